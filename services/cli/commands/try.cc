// A snippet or a branch tried in the sandbox: what the checks say of it and, when asked, what it does. Nothing is kept,
// counted or posted, and what is tried may be anybody's.

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "lib/pipeline/snippet.h"
#include "lib/process/process.h"
#include "lib/review/unseen.h"
#include "lib/sandbox/root_filesystem.h"
#include "lib/sandbox/sandbox.h"
#include "services/cli/commands.h"
#include "services/cli/looking.h"
#include "services/cli/scratch.h"
#include "services/cli/terminal.h"

namespace greenroom::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLargest = 1u << 20;
constexpr std::size_t kShownOutput = 64u << 10;

struct Snippet {
  std::string name, content;
};

// Where everything is tried.
struct Place {
  std::string scratch;  // gone at the end
  std::string root;     // Plan::root
  sandbox::Execute execute;
};

Result<Snippet> read_snippet(const Arguments& arguments) {
  const std::string from = arguments.text("file");
  std::ifstream file;
  if (from != "-") {
    std::error_code ignored;
    file.open(from, std::ios::binary);
    if (!file || !fs::is_regular_file(from, ignored))
      return user_fault("'" + from + "' is no file that can be read; '-' reads the standard input");
  }
  Snippet snippet{fs::path(arguments.text("as", from == "-" ? "snippet.py" : from)).filename().string(), {}};
  if (snippet.name.empty() || snippet.name == "." || snippet.name == "..")
    return user_fault("--as takes a file's name, such as snippet.sh");
  std::istream& in = from == "-" ? std::cin : file;
  snippet.content.resize(kLargest + 1);
  in.read(snippet.content.data(), static_cast<std::streamsize>(snippet.content.size()));
  snippet.content.resize(static_cast<std::size_t>(in.gcount()));
  if (snippet.content.size() > kLargest) return user_fault("the snippet is larger than 1 MiB; try a part of it");
  return snippet;
}

// A tree of the snippet alone, so that the checks see it as a change that brings one file.
Result<WorkingTree> plant(const Snippet& snippet, const Place& place) {
  const fs::path folder = fs::path(place.scratch) / "tree";
  std::error_code failed;
  fs::create_directory(folder, failed);
  std::ofstream file(folder / snippet.name, std::ios::binary);
  file << snippet.content;
  if (!file.flush()) return transient("cannot write " + (folder / snippet.name).string() + "; is the disk full?");
  process::Command init;
  init.argv = {"git", "init", "--quiet", "--template=", folder.string()};
  init.environment = {{"PATH", "/usr/local/bin:/usr/bin:/bin"}, {"GIT_CONFIG_NOSYSTEM", "1"}};
  GREENROOM_TRY(made, process::run(init));
  if (!made.ok()) return transient("cannot prepare the snippet: " + made.err.joined());
  return read_working_tree(folder.string(), "", Part::whole, place.scratch);
}

Result<int> run_it(const Snippet& snippet, const WorkingTree& tree, const config::Config& config, const Place& place) {
  const pipeline::SnippetLimits limits{config.seconds("checks.test_seconds"),
                                       static_cast<std::uint64_t>(config.integer("checks.memory_bytes")), kShownOutput};
  GREENROOM_TRY(outcome,
                place.execute(pipeline::run_of_snippet(snippet.name, tree.directory, place.scratch, limits), {}, {}));
  const auto took = std::chrono::duration<double>(outcome.process.took).count();
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f s", took);
  for (const auto* printed : {&outcome.process.out, &outcome.process.err}) {
    const std::string text = review::show_unseen(printed->joined());
    std::cout << text << (text.empty() || text.back() == '\n' ? "" : "\n");
  }
  std::cout << "It " << pipeline::ending_of(outcome) << ", after " << seconds << ".\n\n";
  return outcome.process.ok() ? kFine : kAttention;
}

// What every try shares: the lessons and the checks, in the sandbox.
Result<int> show_review(const WorkingTree& tree, const std::vector<std::string>& changed, const Place& place,
                        const config::Config& config) {
  GREENROOM_TRY(templates, templates_directory(config));
  GREENROOM_TRY(book, teaching::LessonBook::load(templates + "/lessons"));
  const Bench bench{checks::find_tools(config.text("tools.directory"), place.root), place.execute, "/work/",
                    place.scratch};
  GREENROOM_TRY(looked, look(tree, changed, {}, bench, config));
  print_review(looked, tree, book, config);
  return exit_code_of(looked);
}

Result<int> try_snippet(const Arguments& arguments, const config::Config& config, const Place& place) {
  GREENROOM_TRY(snippet, read_snippet(arguments));
  if (arguments.given("run") && pipeline::interpreter_of(snippet.name).empty())
    return user_fault("only .py and .sh can be run; leave out --run, or name the snippet with --as");
  GREENROOM_TRY(tree, plant(snippet, place));
  int ran = kFine;
  if (arguments.given("run")) {
    GREENROOM_TRY(code, run_it(snippet, tree, config, place));
    ran = code;
  }
  GREENROOM_TRY(said, show_review(tree, tree.files, place, config));
  return std::max(ran, said);
}

// Its tests run as well, in the sandbox: a branch may be anybody's.
Result<int> try_revision(const Arguments& arguments, const config::Config& config, const Place& place) {
  const std::string base = arguments.text("base");
  GREENROOM_TRY(tree, arguments.given("branch") ? read_branch(".", arguments.text("branch"), base, place.scratch)
                                                : read_commit(".", arguments.text("commit"), base, place.scratch));
  return show_review(tree, changed_files(tree), place, config);
}

Result<int> run(const Arguments& arguments) {
  const bool branch = arguments.given("branch"), commit = arguments.given("commit"), file = arguments.given("file");
  if (branch + commit + file != 1) return user_fault("say one thing to try: a FILE, --branch NAME, or --commit NAME");
  if (!file && (arguments.given("run") || arguments.given("as")))
    return user_fault("--run and --as are for a snippet; the tests of a branch run anyway");
  if (file && arguments.given("base")) return user_fault("--base is for --branch and --commit");
  if (geteuid() == 0) return user_fault("the sandbox does not run as root; run this as an ordinary user");
  GREENROOM_TRY(config, config::Config::from_environment());
  GREENROOM_TRY(scratch, Scratch::make());
  GREENROOM_TRY(root, sandbox::open_root_filesystem(config.text("sandbox.root")));
  const Place place{scratch.path(), root.path, sandbox::executor_on(root)};
  return file ? try_snippet(arguments, config, place) : try_revision(arguments, config, place);
}

}  // namespace

Command command_try() {
  return {"try",
          "Try a snippet or a branch in the sandbox: what the checks say of it, and what it does.",
          {{"file", "the snippet; '-' reads the standard input", Positional::Count::optional}},
          {{"--as", "NAME", "the snippet's name, for one from the standard input; without it, snippet.py"},
           {"--run", "", "run the snippet too, without network, and print what it prints"},
           {"--branch", "NAME", "a branch instead, here or at origin, with its tests; the working tree is not touched"},
           {"--commit", "NAME", "a commit instead, by SHA, tag or HEAD~1"},
           {"--base", "REF", "the branch that it should go into; without it, origin's default branch"}},
          run};
}

}  // namespace greenroom::cli
