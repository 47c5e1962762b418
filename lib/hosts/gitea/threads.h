#pragma once
// The conversations of a change's reviews. The host lists comments for one review at a time and knows no conversation:
// what stands on the same line of the same file is one, whichever review it came with. Inner to lib/hosts/gitea.
// Sources: modules/structs/pull_review.go, services/convert/pull_review.go of Gitea and Forgejo.

#include <map>
#include <string>
#include <vector>

#include "lib/hosts/gitea/api.h"
#include "lib/hosts/gitea/session.h"

namespace greenroom::hosts::gitea {

struct Inline {  // a comment on a line
  std::int64_t id = 0, review = 0, author = 0;
  std::int64_t resolver = 0;  // the account that settled it; 0: nobody
  std::string path, body;
  std::int64_t line = 0;   // of the head's file; negative: of the base's
  std::int64_t extra = 0;  // lines that follow it, on Forgejo
  std::string row;         // as the host gave it: JSON

  // Where the conversation is shown: at the last of its lines.
  std::pair<std::string, std::int64_t> place() const { return {path, line < 0 ? line - extra : line + extra}; }
};

class Threads {
 public:
  // In the order of their ids. Reviews that are not submitted are not read: they are nobody's words yet.
  explicit Threads(std::vector<Inline> comments);
  const std::vector<Inline>& comments() const { return comments_; }
  const Inline* find(std::int64_t id) const;                             // nullptr: not there
  const Inline& first_of(const Inline& comment) const;                   // of its conversation
  std::int64_t resolver_of(const Inline& comment) const;                 // the host marks one comment; mostly the first
  bool holds_others(const Inline& comment, std::int64_t account) const;  // than this account's words

 private:
  std::vector<Inline> comments_;
  std::map<std::pair<std::string, std::int64_t>, std::size_t> first_;
};

// Errors: Api's.
Result<Threads> threads_of(Api& api, const Access& access, std::int64_t number);
// Of one review. Errors: Api's.
Result<std::vector<Inline>> comments_of(Api& api, const std::string& review_path, std::int64_t review);

}  // namespace greenroom::hosts::gitea
