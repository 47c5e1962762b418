#pragma once
// What GitHub could not deliver: the App's list of webhook deliveries, which reaches three days back. Inner to
// lib/hosts/github. Source: docs.github.com, "REST API endpoints for GitHub App webhooks".

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lib/hosts/github/api.h"
#include "lib/hosts/github/session.h"
#include "lib/hosts/host.h"

namespace greenroom::hosts::github {

// The list is of all repositories together: it is read once for a round of them, and anew when one asks again.
class Deliveries {
 public:
  Deliveries(Api& api, Session& session) : api_(api), session_(session) {}

  // Those that were not taken after the delivery `after`, oldest first, as many as one page takes. One that was
  // delivered again with success counts as taken. Errors: Host's.
  Result<Host::Deeds> missed(std::int64_t host_repository_id, std::int64_t after);

 private:
  struct Listed {
    std::int64_t id = 0, repository = 0;
    std::string guid, event, action;
    bool taken = false;
  };
  Result<void> read(std::int64_t after);
  // nullopt: it means nothing to Greenroom.
  Result<std::optional<model::Delivery>> fetch(const Listed& one);
  bool reaches(std::int64_t after) const;

  Api& api_;
  Session& session_;
  std::vector<Listed> listed_;  // newest first
  bool whole_ = false;          // to the oldest that GitHub keeps
  std::set<std::int64_t> served_;
};

}  // namespace greenroom::hosts::github
