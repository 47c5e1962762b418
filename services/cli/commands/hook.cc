// Run by git on the practice host's bare repositories; see lib/hosts/local/bare_repository.cc. The pusher comes from
// smart HTTP as $GREENROOM_PUSHER; without it somebody pushed by path, who owns the files and needs no leave.

#include <cstdlib>
#include <iostream>
#include <iterator>

#include "lib/base/log.h"
#include "lib/hosts/local/practice.h"
#include "services/cli/commands.h"
#include "services/cli/database.h"

namespace greenroom::cli {
namespace {

struct Receiving {
  std::int64_t repository = 0, pusher = 0;  // pusher 0: by path
  std::vector<hosts::local::RefUpdate> updates;
};

Result<std::int64_t> number_in(const std::string& text, std::string_view what) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
    return user_fault("'" + text + "' is not the number of " + std::string(what));
  return std::stoll(text);
}

Result<Receiving> receiving_of(const Arguments& arguments) {
  Receiving receiving;
  GREENROOM_TRY(repository, number_in(arguments.text("repository"), "a repository"));
  receiving.repository = repository;
  if (const char* pusher = std::getenv("GREENROOM_PUSHER")) {
    GREENROOM_TRY(account, number_in(pusher, "an account"));
    receiving.pusher = account;
  }
  const std::string input((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
  GREENROOM_TRY(updates, hosts::local::parse_ref_updates(input));
  receiving.updates = std::move(updates);
  return receiving;
}

// The push is in already: whatever happens now, git must not be told that it failed. What cannot be sent at once
// waits in the outbox.
Result<int> after(Session& session, const Receiving& receiving) {
  const std::string directory =
      hosts::local::repository_directory(session.config.text("local.git_root"), receiving.repository);
  GREENROOM_TRY(events, hosts::local::receive_push(*session.db, directory, receiving.repository, receiving.pusher,
                                                   receiving.updates));
  for (const auto& event : events) {
    if (event.kind != model::EventKind::change_opened && event.kind != model::EventKind::change_updated) continue;
    std::cout << "Change " << event.change->number << ": " << session.config.text("dashboard.url") << "/"
              << event.repository.full_name << "/changes/" << event.change->number << "\n"
              << std::flush;
  }
  const auto sent = hosts::local::send_waiting(*session.db, session.config.text("webhook.url"),
                                               session.config.secret("local.webhook_secret"));
  if (!sent) log::warn("events wait in the outbox", {{"error", sent.error()}});
  return kFine;
}

Result<int> run(const Arguments& arguments) {
  const std::string hook = arguments.text("hook");
  if (hook != "pre-receive" && hook != "post-receive") return user_fault("the hooks are pre-receive and post-receive");
  GREENROOM_TRY(receiving, receiving_of(arguments));
  if (receiving.pusher == 0) return kFine;
  GREENROOM_TRY(session, open_session("greenroom_dashboard"));
  if (hook == "post-receive") return after(session, receiving);
  const auto allowed = hosts::local::allow_push(*session.db, receiving.repository, receiving.pusher, receiving.updates);
  if (!allowed && allowed.error().kind == ErrorKind::rejected) return user_fault(allowed.error().message);
  GREENROOM_CHECK(allowed);
  return kFine;
}

}  // namespace

Command command_hook() {
  return {"hook",
          "Run by git when somebody pushes to the practice host.",
          {{"hook", "pre-receive or post-receive"}, {"repository", "its number"}},
          {},
          run};
}

}  // namespace greenroom::cli
