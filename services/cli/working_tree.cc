#include "services/cli/working_tree.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "lib/base/text.h"
#include "lib/process/process.h"

namespace greenroom::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxOutput = 64u << 20;
constexpr const char* kEmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

class Git {
 public:
  explicit Git(std::string directory) : directory_(std::move(directory)) {}
  void use_index(const std::string& file) { index_ = file; }

  Result<process::Outcome> run(const std::vector<std::string>& words) const {
    process::Command command;
    command.argv = {
        "git", "-c", "core.quotePath=true", "-c", "core.fsmonitor=false", "-c", "advice.addEmbeddedRepo=false"};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    command.directory = directory_;
    command.capture_bytes = kMaxOutput;
    command.environment = environment();
    return process::run(command);
  }

  // What git prints, or a user_fault with its own words.
  Result<std::string> ask(const std::vector<std::string>& words) const {
    GREENROOM_TRY(outcome, run(words));
    if (!outcome.ok())
      return user_fault("git " + words[0] + ": " + std::string(trim(scrub_utf8(outcome.err.joined()))));
    if (outcome.out.cut > 0)
      return user_fault("this change is too large to look at in one go; name the folders to check");
    return outcome.out.head + outcome.out.tail;
  }

  bool fine(const std::vector<std::string>& words) const {
    const auto outcome = run(words);
    return outcome && outcome->ok();
  }

 private:
  std::vector<std::pair<std::string, std::string>> environment() const {
    std::vector<std::pair<std::string, std::string>> kept{
        {"LC_ALL", "C.UTF-8"}, {"GIT_OPTIONAL_LOCKS", "0"}, {"GIT_TERMINAL_PROMPT", "0"}};
    for (const char* name : {"PATH", "HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"})
      if (const char* value = std::getenv(name)) kept.emplace_back(name, value);
    if (!index_.empty()) kept.emplace_back("GIT_INDEX_FILE", index_);
    return kept;
  }

  std::string directory_, index_;
};

std::vector<std::string> zero_separated(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string_view name : split(text, '\0'))
    if (!name.empty()) names.emplace_back(name);
  return names;
}

// The base branch: as named, else what origin calls its default, else the usual names.
Result<std::string> find_base(const Git& git, const std::string& named) {
  const auto exists = [&](const std::string& ref) {
    return git.fine({"rev-parse", "--quiet", "--verify", "--end-of-options", ref + "^{commit}"});
  };
  if (!named.empty()) {
    if (exists(named)) return named;
    return user_fault("there is no branch or commit '" + named + "'; --base takes one of 'git branch --all'");
  }
  for (const char* ref : {"origin/HEAD", "origin/main", "origin/master", "main", "master"})
    if (exists(ref)) return std::string(ref);
  return std::string();
}

// An index of our own in which the new files are known, so that their lines are part of the difference.
Result<void> know_new_files(Git& git, const std::string& scratch) {
  GREENROOM_TRY(own, git.ask({"rev-parse", "--path-format=absolute", "--git-path", "index"}));
  const fs::path index = fs::path(scratch) / "index";
  std::error_code failed;
  const fs::path theirs{std::string(trim(own))};
  if (fs::exists(theirs) && !fs::copy_file(theirs, index, fs::copy_options::overwrite_existing, failed))
    return transient("cannot write " + index.string() + "; is the disk full?");
  git.use_index(index.string());
  GREENROOM_TRY(added, git.ask({"add", "--intent-to-add", "--all", "--", "."}));
  return {};
}

std::vector<std::string> diff_words(std::vector<std::string> ends) {
  std::vector<std::string> words{"diff",
                                 "--no-color",
                                 "--no-ext-diff",
                                 "--no-textconv",
                                 "--find-renames",
                                 "--unified=3",
                                 "--src-prefix=a/",
                                 "--dst-prefix=b/",
                                 "--ignore-submodules=dirty"};
  words.insert(words.end(), ends.begin(), ends.end());
  words.emplace_back("--");
  return words;
}

Result<void> read_diff(const Git& git, std::vector<std::string> ends, WorkingTree& tree) {
  GREENROOM_TRY(text, git.ask(diff_words(std::move(ends))));
  GREENROOM_TRY(parsed, diff::parse(text));
  tree.diff = std::move(parsed);
  return {};
}

Result<WorkingTree> staged(Git& git, WorkingTree tree, bool has_head, const std::string& scratch) {
  tree.base = has_head ? "HEAD" : "";
  tree.base_name = "HEAD";
  GREENROOM_CHECK(read_diff(git, {"--cached", has_head ? "HEAD" : kEmptyTree}, tree));
  GREENROOM_TRY(names, git.ask({"ls-files", "-z", "--cached"}));
  tree.files = zero_separated(names);
  tree.directory = scratch + "/staged";
  GREENROOM_TRY(written, git.ask({"checkout-index", "--all", "--force", "--prefix=" + tree.directory + "/"}));
  std::error_code ignored;
  fs::create_directories(tree.directory, ignored);
  return tree;
}

Result<WorkingTree> open_repository(const std::string& from) {
  const auto top = Git(from).ask({"rev-parse", "--show-toplevel"});
  if (!top && top.error().kind == ErrorKind::not_found) return user_fault("git is not installed, or not in PATH");
  if (!top) return user_fault("this is no git working tree; change into one and try again");
  WorkingTree tree;
  tree.top = tree.directory = std::string(trim(*top));
  return tree;
}

std::optional<std::string> commit_of(const Git& git, const std::string& name) {
  const auto sha = git.ask({"rev-parse", "--quiet", "--verify", "--end-of-options", name + "^{commit}"});
  return sha ? std::optional(std::string(trim(*sha))) : std::nullopt;
}

Result<std::string> merge_base_of(const Git& git, const std::string& base, const std::string& head) {
  const auto common = git.ask({"merge-base", "--end-of-options", base, head});
  if (common) return std::string(trim(*common));
  return user_fault("'" + base + "' and this branch have no commit in common; --base takes another branch");
}

// Its files below `scratch`, written from an index of our own; the person's index and files stay as they are.
Result<WorkingTree> read_revision(WorkingTree tree, const std::string& sha, const std::string& base,
                                  const std::string& scratch) {
  Git git(tree.top);
  git.use_index(scratch + "/index");
  GREENROOM_TRY(named, find_base(git, base));
  tree.base_name = tree.base = named;
  std::string origin = kEmptyTree;
  if (!named.empty()) {
    GREENROOM_TRY(common, merge_base_of(git, named, sha));
    origin = std::move(common);
  }
  GREENROOM_CHECK(read_diff(git, {origin, sha}, tree));
  GREENROOM_CHECK(git.ask({"read-tree", sha}));
  GREENROOM_TRY(names, git.ask({"ls-files", "-z", "--cached"}));
  tree.files = zero_separated(names);
  tree.directory = scratch + "/branch";
  GREENROOM_CHECK(git.ask({"checkout-index", "--all", "--force", "--prefix=" + tree.directory + "/"}));
  std::error_code ignored;
  fs::create_directories(tree.directory, ignored);
  return tree;
}

}  // namespace

Result<WorkingTree> read_working_tree(const std::string& from, const std::string& base, Part part,
                                      const std::string& scratch) {
  GREENROOM_TRY(tree, open_repository(from));
  Git git(tree.top);
  const bool has_head = git.fine({"rev-parse", "--quiet", "--verify", "HEAD^{commit}"});
  if (part == Part::staged) return staged(git, std::move(tree), has_head, scratch);
  GREENROOM_TRY(named, find_base(git, base));
  tree.base_name = tree.base = named;
  std::string origin = kEmptyTree;
  if (part == Part::changed && has_head && !named.empty()) {
    GREENROOM_TRY(common, merge_base_of(git, named, "HEAD"));
    origin = std::move(common);
  }
  GREENROOM_CHECK(know_new_files(git, scratch));
  GREENROOM_CHECK(read_diff(git, {origin}, tree));
  GREENROOM_TRY(names, git.ask({"ls-files", "-z", "--cached"}));
  tree.files = zero_separated(names);
  return tree;
}

Result<WorkingTree> read_branch(const std::string& from, const std::string& branch, const std::string& base,
                                const std::string& scratch) {
  GREENROOM_TRY(opened, open_repository(from));
  const Git git(opened.top);
  for (const std::string folder : {"refs/heads/", "refs/remotes/origin/"}) {
    const auto sha = commit_of(git, folder + branch);
    if (sha) return read_revision(std::move(opened), *sha, base, scratch);
  }
  return user_fault("there is no branch '" + branch +
                    "', here or at origin; 'git fetch', or take one of 'git branch --all'");
}

Result<WorkingTree> read_commit(const std::string& from, const std::string& commit, const std::string& base,
                                const std::string& scratch) {
  GREENROOM_TRY(opened, open_repository(from));
  const auto sha = commit_of(Git(opened.top), commit);
  if (!sha) return user_fault("there is no commit '" + commit + "' here");
  return read_revision(std::move(opened), *sha, base, scratch);
}

std::vector<std::string> changed_files(const WorkingTree& tree) {
  std::vector<std::string> changed;
  for (const diff::File& file : tree.diff.files) {
    if (file.status == diff::File::Status::deleted || file.submodule || file.binary) continue;
    std::error_code ignored;
    const auto kind = fs::symlink_status(fs::path(tree.directory) / file.new_path, ignored).type();
    if (kind == fs::file_type::regular) changed.push_back(file.new_path);
  }
  return changed;
}

std::string base_file(const WorkingTree& tree, std::string_view path) {
  if (tree.base.empty()) {
    std::ifstream in(fs::path(tree.directory) / path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  const auto outcome = Git(tree.top).run({"show", tree.base + ":" + std::string(path)});
  return outcome && outcome->ok() ? outcome->out.head + outcome->out.tail : std::string();
}

}  // namespace greenroom::cli
