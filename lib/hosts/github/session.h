#pragma once
// Who the bot is on GitHub, and which repositories it reaches with which token. Names of repositories come from
// GitHub's own lists, by numeric id, and are read anew every minute: a name in a payload is never part of a URL.
// Inner to lib/hosts/github. One thread at a time.
//
// As an App: its JWT lists installations; each gives a token for an hour, which is taken anew five minutes before its
// end. With a plain token: that of an account, for trials.
// Source: docs.github.com, "Authenticating as a GitHub App installation".

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/hosts/github/api.h"
#include "lib/hosts/github/options.h"
#include "lib/model/event.h"

namespace greenroom::hosts::github {

struct Bot {
  std::int64_t account_id = 0;
  std::string login;  // "greenroom[bot]" of an App
  std::int64_t app_id = 0;
  bool is_app() const { return app_id != 0; }
};

struct Access {      // to one repository
  std::string path;  // "/repos/studio/pipeline"
  std::string owner, name, default_branch;
  std::string account;  // whose limits count: "installation/7", "account/9000"
  Secret token;
};

class Session {
 public:
  Session(Options options, Api& api, const Clock& clock);

  Result<Bot> bot();
  // As the App itself. Errors: user_fault without an App.
  Result<Secret> app_token() const;
  Result<std::vector<model::RepositoryFacts>> repositories();  // asks GitHub each time
  // Errors: not_found (GitHub does not show it to us), and those of Api.
  Result<Access> access(std::int64_t host_repository_id);
  // For git, which shall read and nothing else: a new token of this repository's content alone, or the account's second
  // one.
  Result<Secret> read_token(std::int64_t host_repository_id);
  bool is_app() const { return options_.app_id != 0; }

 private:
  struct Token {
    Secret secret;
    TimePoint ends;
  };
  struct Place {
    model::RepositoryFacts facts;
    std::int64_t installation = 0;
  };
  using Places = std::map<std::int64_t, Place>;  // by repository
  Result<void> read_places();
  Result<void> add_places(std::int64_t installation, Places& places);
  Result<Secret> token_of(std::int64_t installation);
  Result<Token> make_token(std::int64_t installation, const std::string& wish);

  Options options_;
  Api& api_;
  const Clock& clock_;
  std::optional<Bot> bot_;
  std::map<std::int64_t, Token> tokens_;  // by installation
  Places places_;
  TimePoint read_at_;
};

}  // namespace greenroom::hosts::github
