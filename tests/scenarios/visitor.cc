#include "tests/scenarios/visitor.h"

#include <stdexcept>

#include "lib/base/hash.h"
#include "lib/http/client.h"

namespace greenroom::testing {

std::string header_of(const http::Response& response, std::string_view lower_case_name) {
  for (const auto& [name, value] : response.headers)
    if (name == lower_case_name) return value;
  return "";
}

Visitor::Visitor(Line& line, const std::string& login)
    : url_("http://127.0.0.1:" + std::to_string(line.dashboard_port())) {
  const std::string token = random_hex(24);
  const std::string sql =
      "INSERT INTO sign_in_link (token_sha256, person_id, expires_at) SELECT $1, id, now() + "
      "interval '1 hour' FROM person WHERE login = $2";
  const auto made = line.database().run({sql, sql}, {to_hex(sha256(token)), login});
  if (!made) throw std::runtime_error(made.error().describe());
  const std::string cookie = header_of(send("POST", "/sign-in", "token=" + token), "set-cookie");
  if (cookie.empty()) throw std::runtime_error(login + " could not sign in");
  cookie_ = cookie.substr(0, cookie.find(';'));
  const std::string page = get("/").body, before = "name=\"csrf\" value=\"";
  const auto begin = page.find(before) + before.size();
  csrf_ = page.substr(begin, page.find('"', begin) - begin);
}

http::Response Visitor::send(const std::string& method, const std::string& path, const std::string& form) {
  http::Client client(url_, std::chrono::seconds(30));
  http::HeaderList headers{{"cookie", cookie_}};
  if (method == "POST") headers.emplace_back("content-type", "application/x-www-form-urlencoded");
  const auto answer = client.send({method, path, headers, form});
  if (!answer) throw std::runtime_error(answer.error().describe());
  return *answer;
}

http::Response Visitor::get(const std::string& path) { return send("GET", path, ""); }
http::Response Visitor::post(const std::string& path, const std::string& form) {
  return send("POST", path, "csrf=" + csrf_ + "&" + form);
}

}  // namespace greenroom::testing
