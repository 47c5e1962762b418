#include "lib/web/answers.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "lib/base/hash.h"

namespace greenroom::web {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'";

std::string type_of(const fs::path& file) {
  const std::string extension = file.extension().string();
  if (extension == ".css") return "text/css; charset=utf-8";
  if (extension == ".js") return "text/javascript; charset=utf-8";
  return extension == ".svg" ? "image/svg+xml" : "";
}

}  // namespace

http::HeaderList page_headers(Transport transport, const std::string& form_target) {
  const std::string policy = kPolicy + (form_target.empty() ? "" : " " + form_target);
  http::HeaderList headers{{"Content-Type", "text/html; charset=utf-8"},
                           {"Content-Security-Policy", policy},
                           {"X-Content-Type-Options", "nosniff"},
                           {"Referrer-Policy", "same-origin"},
                           {"Cross-Origin-Opener-Policy", "same-origin"},
                           {"Cross-Origin-Resource-Policy", "same-origin"},
                           {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
                           {"Cache-Control", "no-store"}};
  if (transport == Transport::https) headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  return headers;
}

http::Response see_other(const std::string& path) {
  http::Response response = http::Response::text(303, "see " + path);
  response.headers.emplace_back("Location", path);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Result<Assets> Assets::load(const std::string& directory) {
  Assets assets;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const std::string type = type_of(entry.path());
    if (type.empty()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in) return user_fault("cannot read " + entry.path().string());
    const std::string tag = "\"" + to_hex(sha256(content)).substr(0, 16) + "\"";
    assets.files_[entry.path().filename().string()] = {type, tag, std::move(content)};
  }
  if (error) return user_fault("cannot read the folder " + directory);
  return assets;
}

http::Response Assets::serve(const std::string& name, const http::Request& request) const {
  const auto found = files_.find(name);
  if (found == files_.end()) return http::Response::text(404, "there is no such file");
  const File& file = found->second;
  http::Response response;
  response.headers = {{"Content-Type", file.type},
                      {"ETag", file.tag},
                      {"Cache-Control", "no-cache"},
                      {"X-Content-Type-Options", "nosniff"}};
  if (request.header("if-none-match") == file.tag)
    response.status = 304;
  else
    response.body = file.content;
  return response;
}

}  // namespace greenroom::web
