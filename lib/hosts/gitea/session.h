#pragma once
// Who the bot is, and which repositories it reaches. Names of repositories come from the host, by numeric id
// (GET /repositories/{id}), and are read anew every minute and after a redirect: a name in a payload is never part of a
// URL. Inner to lib/hosts/gitea. One thread at a time.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/hosts/gitea/api.h"
#include "lib/model/event.h"

namespace greenroom::hosts::gitea {

struct Bot {
  std::int64_t account_id = 0;
  std::string login;
};

struct Access {      // to one repository
  std::string path;  // "/repos/studio/pipeline"
  model::RepositoryFacts facts;
};

class Session {
 public:
  Session(Api& api, const Clock& clock) : api_(api), clock_(clock) {}

  Result<Bot> bot();
  // Where the bot's account is a collaborator, or a member. Asks each time.
  Result<std::vector<model::RepositoryFacts>> repositories();
  // Errors: not_found (the host does not show it to us), and those of Api.
  Result<Access> access(std::int64_t host_repository_id);

 private:
  struct Place {
    model::RepositoryFacts facts;
    TimePoint read_at;
  };
  Api& api_;
  const Clock& clock_;
  std::optional<Bot> bot_;
  std::map<std::int64_t, Place> places_;  // by repository
};

}  // namespace greenroom::hosts::gitea
