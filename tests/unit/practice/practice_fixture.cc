#include "tests/unit/practice/practice_fixture.h"

#include <filesystem>
#include <stdexcept>

#include "lib/process/process.h"

namespace greenroom::hosts::local {

Practice::Practice() : db(database.connection()) {
  using Kind = model::Account::Kind;
  maya = ensure_account(db, "maya", "Maya", Kind::person, token).value();
  ben = ensure_account(db, "ben", "Ben", Kind::person, Secret("ben's")).value();
  bot = ensure_account(db, "greenroom", "Greenroom", Kind::bot, std::nullopt).value();
  // A hook that writes down how it was called.
  folder.write("hook",
               "#!/bin/sh\nread line\necho \"$1 $2 $3 pusher=$GREENROOM_PUSHER config=$GREENROOM_CONFIG $line\" >>" +
                   (folder / "called") + "\n[ ! -e " + (folder / "refuse") + " ]\n");
  std::filesystem::permissions(folder / "hook", std::filesystem::perms::owner_all);
  std::filesystem::create_directories(folder / "git");
  std::filesystem::create_directories(folder / "home");
  std::filesystem::create_directories(folder / "clone");
  repository = ensure_repository(db, folder / "git", "practice/shotlist", "main", folder / "hook").value();
  EXPECT_TRUE(set_permission(db, repository, ben, "write"));
  git({"init", "-q", "-b", "main"});
  git({"remote", "add", "origin", bare()});
  push("main", "one\n", "Start");
}

Practice::Attempt Practice::try_git(const std::vector<std::string>& words) {
  process::Command command;
  command.argv = {"git", "-c", "user.name=Maya", "-c", "user.email=maya@example.invalid"};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.directory = folder / "clone";
  command.environment = {{"PATH", "/usr/bin:/bin"},
                         {"HOME", folder / "home"},
                         {"GIT_TERMINAL_PROMPT", "0"},
                         {"GIT_CONFIG_NOSYSTEM", "1"},
                         {"GIT_ASKPASS", "/bin/false"}};
  const auto outcome = process::run(command);
  if (!outcome) throw std::runtime_error(outcome.error().describe());
  return {outcome->exit_code, outcome->out.joined() + outcome->err.joined()};
}

std::string Practice::git(const std::vector<std::string>& words) {
  const auto attempt = try_git(words);
  if (attempt.exit_code != 0) throw std::runtime_error("git " + words[0] + ": " + attempt.text);
  return attempt.text;
}

std::string Practice::head(const std::string& ref) { return git({"rev-parse", ref}).substr(0, 40); }

RefUpdate Practice::push(const std::string& branch, const std::string& content, const std::string& message) {
  const bool known = !git({"branch", "--list", branch}).empty();
  if (known)
    git({"switch", "-q", branch});
  else if (branch != "main")
    git({"switch", "-q", "-c", branch, "main"});
  const std::string before = known ? head() : std::string(40, '0');
  folder.write("clone/file.txt", content);
  git({"add", "-A"});
  git({"commit", "-q", "--allow-empty", "-m", message});
  git({"push", "-q", "--force", "origin", branch});
  return {before, head(), "refs/heads/" + branch};
}

std::vector<model::Event> Practice::receive(const RefUpdate& update, std::int64_t pusher) {
  auto events = receive_push(db, bare(), repository, pusher, {update});
  EXPECT_TRUE(events) << events.error().describe();
  return events.value_or(std::vector<model::Event>());
}

std::string Practice::waiting() { return database.answer("SELECT count(*)::text AS answer FROM local_host.outbox"); }

}  // namespace greenroom::hosts::local
