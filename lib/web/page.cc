#include "lib/web/page.h"

#include <charconv>

#include "lib/hosts/local/reading.h"
#include "lib/http/target.h"
#include "lib/web/words.h"

namespace greenroom::web {

Result<model::RepositoryFacts> repository_of(const PageRequest& request) {
  GREENROOM_TRY(found, hosts::local::find_repository(request.db, request.words.at(0) + "/" + request.words.at(1)));
  if (!found) return not_found("there is no such project here");
  return *found;
}

Result<std::int64_t> number_in(const std::string& word) {
  std::int64_t number = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  if (read.ec != std::errc() || read.ptr != word.data() + word.size() || number <= 0)
    return not_found("there is nothing of that number");
  return number;
}

std::string field(const http::Request& request, std::string_view name) {
  const std::string raw = http::form_value(request.body, name);
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\r')
      text += raw[i];
    else if (i + 1 >= raw.size() || raw[i + 1] != '\n')
      text += '\n';
  }
  return text;
}

std::string change_path(const std::string& repository, std::int64_t number) {
  return "/" + repository + "/changes/" + std::to_string(number);
}
std::string issues_path(const std::string& repository) { return "/" + repository + "/issues"; }
std::string issue_path(const std::string& repository, std::int64_t number) {
  return issues_path(repository) + "/" + std::to_string(number);
}

std::string clone_address(const PageRequest& request, const std::string& repository) {
  const std::string& url = request.settings.url;
  const auto scheme = url.find("://");
  const auto host = scheme == std::string::npos ? 0 : scheme + 3;
  const std::string who = request.viewer.host == "local" ? http::percent_encode(request.viewer.login) + "@" : "";
  return url.substr(0, host) + who + url.substr(host) + "/git/" + repository + ".git";
}

void set_time(View& view, const std::string& name, TimePoint time, TimePoint now) {
  view.set(name, ago(time, now));
  view.set(name + "_EXACT", to_rfc3339(time));
}

}  // namespace greenroom::web
