#include "lib/checks/run_here.h"

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "lib/sandbox/scratch.h"

namespace greenroom::checks {
namespace fs = std::filesystem;
namespace {

class Folder {  // gone with its content at the end
 public:
  static Result<Folder> make() {
    std::error_code failed;
    std::string path = (fs::temp_directory_path(failed) / "greenroom-check-XXXXXX").string();
    if (failed || mkdtemp(path.data()) == nullptr)
      return transient("cannot make a folder for temporary files; is the disk full?");
    return Folder(std::move(path));
  }
  explicit Folder(std::string path) : path_(std::move(path)) {}
  Folder(Folder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Folder& operator=(Folder&&) = delete;
  ~Folder() {
    if (!path_.empty()) sandbox::remove_thoroughly(path_);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Where a path of the sandbox lies here.
struct Places {
  std::vector<std::pair<std::string, std::string>> moves;  // from → to

  // "--config=/greenroom/x" and "/work": the path begins the word or follows '=' or ':', and ends there or at '/'.
  std::string in(const std::string& word) const {
    for (const auto& [from, to] : moves) {
      for (auto at = word.find(from); at != std::string::npos; at = word.find(from, at + 1)) {
        const bool begins = at == 0 || word[at - 1] == '=' || word[at - 1] == ':';
        const auto end = at + from.size();
        if (begins && (end == word.size() || word[end] == '/')) return word.substr(0, at) + to + word.substr(end);
      }
    }
    return word;
  }
};

Places places_of(const sandbox::Plan& plan, const std::string& folder) {
  Places places{{{"/work", plan.workspace}, {"/greenroom", folder + "/files"}, {"/tmp/out", folder + "/out"}}};
  for (const auto& bind : plan.binds) places.moves.emplace_back(bind.to, bind.from);
  return places;
}

std::vector<std::pair<std::string, std::string>> environment_of(const sandbox::Plan& plan) {
  std::vector<std::pair<std::string, std::string>> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) environment.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  environment.insert(environment.end(), plan.environment.begin(), plan.environment.end());
  return environment;
}

Result<void> write_files(const sandbox::Plan& plan, const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder / "files", failed);
  fs::create_directories(folder / "out", failed);
  for (const auto& [name, content] : plan.files) {
    std::ofstream out(folder / "files" / name, std::ios::binary);
    out << content;
    if (!out.flush()) return transient("cannot write " + (folder / "files" / name).string() + "; is the disk full?");
  }
  return {};
}

std::vector<sandbox::Artefact> read_artefacts(const sandbox::Plan& plan, const fs::path& folder) {
  std::vector<sandbox::Artefact> artefacts;
  for (const std::string& name : plan.artefacts) {
    std::ifstream in(folder / "out" / name, std::ios::binary);
    std::stringstream text;
    if (in && text << in.rdbuf()) artefacts.push_back({name, text.str()});
  }
  return artefacts;
}

}  // namespace

Result<sandbox::SandboxOutcome> run_here(const sandbox::Plan& plan,
                                         const std::function<void(process::Stream, std::string_view)>& on_output,
                                         const std::function<bool()>& cancelled) {
  GREENROOM_TRY(folder, Folder::make());
  GREENROOM_CHECK(write_files(plan, folder.path()));
  const Places places = places_of(plan, folder.path());
  process::Command command;
  for (const std::string& word : plan.argv) command.argv.push_back(places.in(word));
  command.environment = environment_of(plan);
  command.directory = plan.workspace;
  command.wall = plan.limits.wall;
  command.capture_bytes = plan.limits.output_bytes;
  command.on_output = on_output;
  command.cancelled = cancelled;
  sandbox::SandboxOutcome outcome;
  GREENROOM_TRY(ended, process::run(command));
  outcome.process = std::move(ended);
  outcome.artefacts = read_artefacts(plan, folder.path());
  return outcome;
}

}  // namespace greenroom::checks
