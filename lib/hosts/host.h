#pragma once
// The contract between Greenroom and a git host, in two halves: Ingress reads what a host sends (webhook and bot),
// Host does what an effect says (bot only: it holds the write token). One folder per host; registered in hosts.cc.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/hosts/limits.h"
#include "lib/hosts/remark.h"
#include "lib/model/delivery.h"
#include "lib/model/effect.h"
#include "lib/model/event.h"

namespace greenroom::hosts {

struct Verified {
  std::string host_delivery;  // unique per host
  std::string event_name;
  std::string semantic_key;  // may be empty
};

// Pure and thread-safe.
class Ingress {
 public:
  virtual ~Ingress() = default;
  // HMAC over the raw bytes in constant time, against each of the valid secrets (two during rotation).
  // What is signed is parsed: a verified body is JSON within the limits of json::parse, and UTF-8.
  // Errors: rejected (no or wrong signature), user_fault (headers or body are not this host's).
  virtual Result<Verified> verify(const model::Headers& headers, std::string_view body,
                                  const std::vector<Secret>& secrets) const = 0;
  // nullopt: a delivery that means nothing to Greenroom. Words of a change may come without its head and refs, when the
  // host does not say them: head_sha is then empty, and the words are about what stood there at their time.
  // Errors: user_fault.
  virtual Result<std::optional<model::Event>> parse(const model::Delivery& delivery) const = 0;
};

struct Standing {    // something of ours that stands on the host, found by its marker
  std::string slot;  // from the verified marker
  std::string host_ref;
  std::string body;
  bool answered = false;
  bool resolved = false;
  bool resolved_by_person = false;
};

enum class Permission { none, read, triage, write, admin };

// Blocking; one thread at a time per instance. Errors: transient (with a wait in the message when the host gave one),
// rejected (permission, bad anchor: the message is the host's), not_found (the target is gone), in_doubt.
class Host {
 public:
  virtual ~Host() = default;
  virtual std::int64_t bot_account_id() const = 0;
  virtual std::string bot_login() const = 0;
  // Does the effect and returns the host's reference of what it made (empty when it makes nothing).
  // Bodies already carry their marker.
  virtual Result<std::string> perform(const model::Effect& effect) = 0;
  // Several new threads on lines of one change, at one head, in a single write: all of them, or none. The references in
  // the order of the effects. Errors: as of perform(); rejected when any one of them is.
  virtual Result<std::vector<std::string>> perform_together(const std::vector<model::Effect>& threads);
  // Whether perform_together() is there for such an effect. The default: for none.
  virtual bool goes_together(const model::Effect& effect) const;
  // What counts against the host's limits when the effect is done: whose writes they are ("installation/7"), and
  // which limits. The default: an account without limits. Errors: those of perform().
  struct Allowance {
    std::string account;
    std::vector<WriteLimit> limits;  // empty: the host sets none
  };
  virtual Result<Allowance> allowance(const model::Effect& effect);
  // How much longer the host wants to be left alone, as it said itself; 0: it may be asked.
  virtual std::chrono::seconds silence() const { return std::chrono::seconds(0); }
  // Everything of the bot's that carries a verified marker on the target; pages to the end.
  virtual Result<std::vector<Standing>> standing(const model::Target& target, const Secret& marker_key) = 0;
  virtual Result<Permission> permission(std::int64_t host_repository_id, std::int64_t account_id) = 0;
  struct ReadAccess {     // what git needs to fetch from a repository, and nothing more
    std::string git_url;  // https, without user and password
    Secret token;         // may only read this repository's content; empty: git is not asked for one
  };
  // For a runner. The default is of hosts whose repositories are fetched in another way. Errors: not_found (the bot was
  // not let in), rejected, transient.
  virtual Result<ReadAccess> read_access(std::int64_t host_repository_id);
  struct Head {
    std::int64_t number = 0;
    std::string sha;
  };
  // Heads of every open change: finds what webhooks missed (I8).
  virtual Result<std::vector<Head>> open_heads(std::int64_t host_repository_id) = 0;
  struct Deeds {
    std::vector<model::Delivery> told;  // oldest first, without a trace
    std::string cursor;                 // where to go on, in the host's own words
    bool more = false;                  // ask again at once
  };
  // What people said, settled, labelled, opened and closed after the cursor, one page of it (I8). Each is the delivery
  // that its webhook brings: Ingress::parse reads it, and the semantic key is the same, so it is done once. No pushes
  // (open_heads), and no edit without its earlier words: its commands would run again. An empty cursor begins as far
  // back as the host allows. Errors: rejected for a cursor that is not the host's own, too.
  virtual Result<Deeds> deeds_since(std::int64_t host_repository_id, const std::string& cursor) = 0;
  // Every repository the bot was invited to: one whose first webhook was lost is found here.
  virtual Result<std::vector<model::RepositoryFacts>> repositories() = 0;
  // The event that the webhook would have brought for this change as it is now, in the host's own time: change_opened,
  // change_closed or change_merged by its state; whether an open one is new to us, only we know.
  virtual Result<model::Event> describe(std::int64_t host_repository_id, std::int64_t number) = 0;
  // Whether what the bot needs is set up on the host, as far as the host shows it: permissions, the webhook, which has
  // to go to `hook_url`, and whether deliveries arrive. It only looks; what the host does not show is a remark. The
  // default is of hosts that show nothing. Errors: not_found (the bot was not let in), rejected, transient.
  virtual Result<Remarks> examine(std::int64_t host_repository_id, const std::string& hook_url);
};

}  // namespace greenroom::hosts
