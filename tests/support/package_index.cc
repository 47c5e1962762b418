#include "tests/support/package_index.h"

#include <cctype>
#include <stdexcept>

#include "lib/base/hash.h"
#include "lib/base/text.h"

namespace greenroom::testing {
namespace {

// PEP 503: runs of '-', '_' and '.' are one '-', lower case.
std::string project_name(std::string_view name) {
  std::string normal;
  for (const char c : name) {
    const bool mark = c == '-' || c == '_' || c == '.';
    if (mark && (normal.empty() || normal.back() == '-')) continue;
    normal.push_back(mark ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  return normal;
}

std::string file_stem(const Package& package) {
  std::string name = project_name(package.name);
  for (char& c : name)
    if (c == '-') c = '_';
  return name + "-" + package.version;
}

std::string metadata(const Package& package) {
  std::string text = "Metadata-Version: 2.1\nName: " + package.name + "\nVersion: " + package.version + "\n";
  if (!package.requires_python.empty()) text += "Requires-Python: " + package.requires_python + "\n";
  for (const auto& requirement : package.requirements) text += "Requires-Dist: " + requirement + "\n";
  return text;
}

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) html += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
  return html;
}

std::string recorded(const std::string& path, const std::string& content) {
  std::string digest = base64_encode(sha256(content));
  for (char& c : digest) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return path + ",sha256=" + digest.substr(0, digest.find('=')) + "," + std::to_string(content.size()) + "\n";
}

}  // namespace

std::string wheel_name(const Package& package) { return file_stem(package) + "-py3-none-any.whl"; }
std::string sdist_name(const Package& package) { return file_stem(package) + ".tar.gz"; }

std::string wheel(const Package& package) {
  const std::string info = file_stem(package) + ".dist-info/";
  ArchiveFiles files = package.files;
  files.emplace_back(info + "METADATA", metadata(package));
  files.emplace_back(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
  if (!package.commands.empty()) {
    std::string scripts = "[console_scripts]\n";
    for (const auto& [name, entry] : package.commands) scripts.append(name).append(" = ").append(entry).append("\n");
    files.emplace_back(info + "entry_points.txt", scripts);
  }
  std::string record;
  for (const auto& [path, content] : files) record += recorded(path, content);
  files.emplace_back(info + "RECORD", record + info + "RECORD,,\n");
  return zip(files);
}

std::string sdist(const Package& package) {
  const std::string top = file_stem(package) + "/";
  ArchiveFiles files{{top + "PKG-INFO", metadata(package)}, {top + "setup.py", package.setup_py + "\n"}};
  for (const auto& [path, content] : package.files) files.emplace_back(top + path, content);
  return tar_gz(files);
}

PackageIndex::PackageIndex() {
  auto server = http::Server::start({}, [this](const http::Request& request, const auto& responder) {
    responder->send(state_.with([&](State& state) { return answer(state, request.path); }));
  });
  if (!server) throw std::runtime_error(server.error().describe());
  server_ = std::move(*server);
}

std::string PackageIndex::host() const { return "127.0.0.1:" + std::to_string(server_->port()); }
std::string PackageIndex::url() const { return "http://" + host() + "/simple"; }

http::Response PackageIndex::answer(State& state, const std::string& path) {
  state.asked.push_back(path);
  if (state.status != 200) return http::Response::text(state.status, "not now");
  if (path.starts_with("/files/")) {
    const auto found = state.files.find(path.substr(7));
    if (found == state.files.end()) return http::Response::text(404, "no such file");
    return {200, {{"Content-Type", "application/octet-stream"}}, found->second.bytes};
  }
  const std::string project = path.starts_with("/simple/") ? path.substr(8, path.find('/', 8) - 8) : "";
  std::string page;
  for (const auto& [name, file] : state.files) {
    if (file.project != project) continue;
    page += "<a href=\"/files/" + name + "#sha256=" + file.sha256 + "\"";
    if (!file.requires_python.empty()) page += " data-requires-python=\"" + escaped(file.requires_python) + "\"";
    page += ">" + name + "</a>\n";
  }
  if (page.empty()) return http::Response::text(404, "no such project");
  return {200, {{"Content-Type", "text/html"}}, "<!DOCTYPE html>\n<html><body>\n" + page + "</body></html>\n"};
}

std::string PackageIndex::hold(const Package& package, const std::string& name, std::string bytes) {
  const std::string digest = to_hex(sha256(bytes));
  state_.with([&](State& state) {
    state.files[name] = {project_name(package.name), std::move(bytes), digest, package.requires_python};
  });
  return digest;
}

std::string PackageIndex::add(const Package& package) { return hold(package, wheel_name(package), wheel(package)); }
std::string PackageIndex::add_sdist(const Package& package) {
  return hold(package, sdist_name(package), sdist(package));
}

void PackageIndex::tamper(const std::string& file) {
  state_.with([&](State& state) { state.files.at(file).bytes += '\0'; });
}

void PackageIndex::remove(std::string_view project) {
  state_.with([&](State& state) {
    std::erase_if(state.files, [&](const auto& entry) { return entry.second.project == project_name(project); });
  });
}

void PackageIndex::answer_with(int status) {
  state_.with([&](State& state) { state.status = status; });
}

std::vector<std::string> PackageIndex::asked() const {
  return state_.with([](const State& state) { return state.asked; });
}

void PackageIndex::forget() {
  state_.with([](State& state) { state.asked.clear(); });
}

}  // namespace greenroom::testing
