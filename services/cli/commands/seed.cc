// Prepares the practice host: its people, its repository, and the first commit from a folder. Safe to run again.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "lib/base/fd.h"
#include "lib/base/hash.h"
#include "lib/git/repository.h"
#include "lib/hosts/local/practice.h"
#include "lib/pg/query.h"
#include "lib/process/process.h"
#include "services/cli/commands.h"
#include "services/cli/database.h"

namespace greenroom::cli {
namespace fs = std::filesystem;
namespace {

constexpr const char* kRepository = "practice/shotlist";

// The push token of a practice account: made on first use, readable by its owner only.
Result<Secret> push_token(const std::string& state, const std::string& login) {
  const std::string folder = state + "/secrets", file = folder + "/push-" + login;
  fs::create_directories(folder);
  if (std::ifstream in(file); in) {
    std::string token;
    std::getline(in, token);
    if (!token.empty()) return Secret(token);
  }
  const Secret token(random_hex(24));
  const Fd out(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  const std::string& text = token.reveal();
  if (!out || write(out.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    return transient("cannot write " + file + ": is the disk full, or the folder another user's?");
  return token;
}

struct People {
  std::int64_t bot = 0, maya = 0, ben = 0;  // accounts of the practice host
};

Result<std::int64_t> person(pg::Connection& db, std::int64_t account, std::string_view login, std::string_view name,
                            bool is_bot) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/upsert_person"), {account, login, name, is_bot}));
  return rows[0].integer("id");
}

Result<People> make_people(Session& session) {
  using Kind = model::Account::Kind;
  pg::Connection& db = *session.db;
  const std::string state = session.config.text("state.directory");
  GREENROOM_TRY(maya_token, push_token(state, "maya"));
  GREENROOM_TRY(ben_token, push_token(state, "ben"));
  GREENROOM_TRY(bot, hosts::local::ensure_account(db, session.config.text("local.bot_login"), "Greenroom", Kind::bot,
                                                  std::nullopt));
  GREENROOM_TRY(maya, hosts::local::ensure_account(db, "maya", "Maya", Kind::person, maya_token));
  GREENROOM_TRY(ben, hosts::local::ensure_account(db, "ben", "Ben", Kind::person, ben_token));
  return People{bot, maya, ben};
}

Result<void> git(const std::string& folder, std::vector<std::string> words) {
  process::Command command;
  command.argv = {"git",
                  "-c",
                  "user.name=Ben",
                  "-c",
                  "user.email=ben@example.invalid",
                  "-c",
                  "safe.directory=*",
                  "-c",
                  "core.autocrlf=false"};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.directory = folder;
  command.environment = {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                         {"HOME", folder},
                         {"LANG", "C.UTF-8"},
                         {"GIT_CONFIG_NOSYSTEM", "1"},
                         {"GIT_TERMINAL_PROMPT", "0"}};
  if (const char* config = std::getenv("GREENROOM_CONFIG"))
    command.environment.emplace_back("GREENROOM_CONFIG", config);
  GREENROOM_TRY(outcome, process::run(command));
  if (!outcome.ok()) return transient("git " + words[0] + ": " + outcome.err.joined());
  return {};
}

// The first commit of the default branch, from a folder of files. Done by git itself, in a folder that goes away.
Result<void> first_commit(const std::string& bare, const fs::path& files) {
  GREENROOM_TRY(repository, git::Repository::open(bare));
  GREENROOM_TRY(branches, repository.branches());
  if (!branches.empty()) return {};
  const fs::path folder = fs::temp_directory_path() / ("greenroom-seed-" + random_hex(8));
  fs::create_directories(folder);
  const auto steps = [&]() -> Result<void> {
    fs::copy(files, folder, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    GREENROOM_CHECK(git(folder, {"init", "-q", "-b", "main"}));
    GREENROOM_CHECK(git(folder, {"add", "-A"}));
    GREENROOM_CHECK(git(folder, {"commit", "-q", "-m", "Start the shot list"}));
    return git(folder, {"push", "-q", bare, "main"});
  };
  const auto done = steps();
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return done;
}

Result<void> introduce(pg::Connection& db, std::int64_t repository, const People& people,
                       const std::string& bot_login) {
  GREENROOM_CHECK(hosts::local::set_permission(db, repository, people.ben, "admin"));
  GREENROOM_CHECK(hosts::local::set_permission(db, repository, people.bot, "write"));
  GREENROOM_TRY(rows, db.run(pg::query("practice/upsert_repository"), {repository, kRepository, "main"}));
  GREENROOM_CHECK(person(db, people.bot, bot_login, "Greenroom", true));
  GREENROOM_CHECK(person(db, people.maya, "maya", "Maya", false));
  GREENROOM_TRY(ben, person(db, people.ben, "ben", "Ben", false));
  GREENROOM_CHECK(db.run(pg::query("practice/join_roster"), {rows[0].integer("id"), ben}));
  return {};
}

Result<int> run(const Arguments& arguments) {
  const fs::path files = fs::path(arguments.text("practice")) / "shotlist";
  if (!fs::is_directory(files))
    return user_fault(files.string() + " is no folder: --practice takes the folder that holds 'shotlist'");
  GREENROOM_TRY(session, open_session());
  const std::string git_root = session.config.text("local.git_root");
  if (git_root.empty())
    return user_fault("local.git_root is not set: it is where the practice host keeps its repositories");
  fs::create_directories(git_root);
  GREENROOM_TRY(people, make_people(session));
  const std::string program = fs::read_symlink("/proc/self/exe").string();
  GREENROOM_TRY(repository, hosts::local::ensure_repository(*session.db, git_root, kRepository, "main", program));
  GREENROOM_CHECK(introduce(*session.db, repository, people, session.config.text("local.bot_login")));
  GREENROOM_CHECK(first_commit(git_root + "/" + std::to_string(repository) + ".git", files));
  std::cout << kRepository << " is ready; Maya is new here, Ben maintains it.\n";
  return kFine;
}

}  // namespace

Command command_seed() {
  return {"seed",
          "Prepare the practice host: two people and a small project.",
          {},
          {{"--practice", "FOLDER", "the folder that holds the project's files as 'shotlist'"}},
          run};
}

}  // namespace greenroom::cli
