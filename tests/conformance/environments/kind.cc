#include "tests/conformance/environments/kind.h"

#include <cstdlib>

namespace greenroom::environment {
namespace {

// As checks::find_tools() finds them, without trying all the others.
checks::Tool debian(const std::string& name) { return {name, "/usr/bin/" + name, "1", {}, {}}; }
std::vector<sandbox::ReadOnlyBind> pinned_folder() {
  const char* folder = std::getenv("GREENROOM_TOOLS");
  return {{folder != nullptr ? folder : "/usr/local", std::string(checks::kToolsInside)}};
}
checks::Tool pinned_program(const std::string& name) {
  return {name, std::string(checks::kToolsInside) + "/bin/" + name, "1", pinned_folder(), {}};
}
checks::Tool pinned_module(const std::string& name, const std::string& module) {
  return {name, std::string(checks::kToolsInside) + "/bin/python", "1", pinned_folder(), {"-P", "-m", module}};
}

// What every kind over an index shares.
Kind over_index(const std::string& name, const std::string& lock) {
  Kind kind;
  kind.name = name;
  kind.lock = lock;
  kind.packages = {{"pytest", "8.0"}, {"shot-naming", "1.2"}};
  const std::string asks = lock + " asks for shot-naming==1.2, ";
  kind.wrong_version = "ENV001 " + asks + "which the package index does not have";
  kind.no_package = "ENV002 " + asks + "and the package index has no package of that name";
  return kind;
}

Kind virtualenv() {
  Kind kind = over_index("virtualenv", "requirements.txt");
  kind.tools = {debian("virtualenv")};
  kind.project = [](const std::string& sha256) {
    return Files{{"requirements.txt", "shot-naming==1.2 --hash=sha256:" + sha256 + "\n"}};
  };
  kind.ask_for_a_folder = [](Files& files) { files["requirements.txt"] += "-e libs/extra\n"; };
  kind.spoil = [](Files& files) { files["requirements.txt"] = "shot-naming = 1.2\n"; };
  kind.left_out = "requirements.txt line 2: -e libs/extra";
  return kind;
}

Kind uv() {
  Kind kind = over_index("uv", "uv.lock");
  kind.tools = {pinned_program("uv")};
  kind.pinned = {"uv"};
  kind.project = [](const std::string& sha256) {
    return Files{{"pyproject.toml",
                  "[project]\nname = \"shots\"\nversion = \"1.0\"\nrequires-python = \">=3.9\"\n"
                  "dependencies = [\"shot-naming==1.2\"]\n"},
                 {"uv.lock",
                  "version = 1\nrevision = 3\nrequires-python = \">=3.9\"\n\n"
                  "[[package]]\nname = \"shot-naming\"\nversion = \"1.2\"\n"
                  "source = { registry = \"https://index.example/simple\" }\n"
                  "wheels = [{ url = \"https://index.example/shot_naming-1.2-py3-none-any.whl\", hash = \"sha256:" +
                      sha256 +
                      "\" }]\n\n[[package]]\nname = \"shots\"\nversion = \"1.0\"\nsource = { virtual = \".\" }\n"
                      "dependencies = [{ name = \"shot-naming\" }]\n\n[package.metadata]\n"
                      "requires-dist = [{ name = \"shot-naming\", specifier = \"==1.2\" }]\n"}};
  };
  kind.ask_for_a_folder = [](Files& files) {
    files["pyproject.toml"] =
        "[project]\nname = \"shots\"\nversion = \"1.0\"\nrequires-python = \">=3.9\"\n"
        "dependencies = [\"shot-naming==1.2\", \"extra\"]\n[tool.uv.sources]\nextra = { path = \"libs/extra\" }\n";
    files["libs/extra/pyproject.toml"] = "[project]\nname = \"extra\"\nversion = \"1.0\"\n";
    std::string& lock = files["uv.lock"];
    const auto put = [&lock](const std::string& before, const std::string& text) {
      lock.insert(lock.find(before), text);
    };
    put("[[package]]", "[[package]]\nname = \"extra\"\nversion = \"1.0\"\nsource = { directory = \"libs/extra\" }\n\n");
    put("{ name = \"shot-naming\" }", "{ name = \"extra\" }, ");
    put("{ name = \"shot-naming\", specifier", "{ name = \"extra\", directory = \"libs/extra\" }, ");
  };
  kind.leave_the_lock_behind = [](Files& files) {
    std::string& project = files["pyproject.toml"];
    project.replace(project.find("==1.2"), 5, ">=1.1");
  };
  kind.spoil = [](Files& files) { files["uv.lock"] = "version = 9\n"; };
  kind.left_out = "uv.lock: extra, from the folder libs/extra";
  return kind;
}

Kind pipenv() {
  Kind kind = over_index("pipenv", "Pipfile.lock");
  kind.tools = {pinned_module("pipenv", "pipenv"), debian("virtualenv")};
  kind.pinned = {"pipenv"};
  kind.project = [](const std::string& sha256) {
    // The hash of _meta is pipenv's own of this Pipfile.
    return Files{{"Pipfile",
                  "[[source]]\nname = \"studio\"\nurl = \"https://index.example/simple\"\nverify_ssl = true\n\n"
                  "[packages]\nshot-naming = \"==1.2\"\n"},
                 {"Pipfile.lock", R"({"_meta": {
  "hash": {"sha256": "bf8681c7539e7e937cb93919a92b0879695a81ef21df37a463370a60a4fbbf7c"},
  "pipfile-spec": 6, "requires": {},
  "sources": [{"name": "studio", "url": "https://index.example/simple", "verify_ssl": true}]},
 "default": {"shot-naming": {"hashes": ["sha256:)" +
                                      sha256 +
                                      R"("], "index": "studio", "version": "==1.2"}},
 "develop": {"shot-naming": {"hashes": ["sha256:)" +
                                      sha256 + R"("], "index": "studio", "version": "==1.2"}}})"}};
  };
  kind.ask_for_a_folder = [](Files& files) {
    std::string& lock = files["Pipfile.lock"];
    lock.insert(lock.find("\"shot-naming\""), R"("extra": {"editable": true, "path": "libs/extra"}, )");
  };
  kind.leave_the_lock_behind = [](Files& files) { files["Pipfile"] += "studio-frames = \"*\"\n"; };
  kind.spoil = [](Files& files) { files["Pipfile"] += "x x\n"; };
  kind.left_out = "Pipfile.lock: extra, from the folder libs/extra";
  return kind;
}

Kind rez() {
  Kind kind;
  kind.name = "rez";
  kind.lock = "package.py";
  kind.tools = {pinned_module("rez", "rez.cli._main")};
  kind.pinned = {"rez"};
  kind.project = [](const std::string&) {
    return Files{{"package.py", "name = 'shots'\nversion = '1.0'\nrequires = ['shot_naming-1.2']\n"}};
  };
  kind.packages = {{"shot_naming", "1.2"}};  // the machine's pytest runs the tests
  kind.spoil = [](Files& files) { files["package.py"] += "requires = [\n"; };
  kind.wrong_version = "ENV022 no version of shot_naming fits shot_naming-1.2; the studio's package folders have 1.1";
  kind.no_package =
      "ENV021 package.py needs the rez package shot_naming, which the studio's package folders do not have";
  kind.over_index = false;
  return kind;
}

}  // namespace

void PrintTo(const Kind& kind, std::ostream* stream) { *stream << kind.name; }

const std::vector<Kind>& all_kinds() {
  static const std::vector<Kind> all{virtualenv(), uv(), pipenv(), rez()};
  return all;
}

std::vector<Kind> kinds_over_an_index() {
  std::vector<Kind> some = all_kinds();
  std::erase_if(some, [](const Kind& kind) { return !kind.over_index; });
  return some;
}

}  // namespace greenroom::environment
