#pragma once
// What every answer of the dashboard has in common: headers that a browser obeys, redirects, static files.

#include <map>
#include <memory>
#include <string>

#include "lib/base/error.h"
#include "lib/http/server.h"
#include "lib/web/session.h"

namespace greenroom::web {

// No script or style but our own files, no frames, nothing sniffed, cached or told to other sites.
// `form_target`: another site that the page's forms may go to; empty: none.
http::HeaderList page_headers(Transport transport, const std::string& form_target = "");

http::Response see_other(const std::string& path);

class Assets {
 public:
  // Every file of the directory, read once. Errors: user_fault naming the file.
  static Result<Assets> load(const std::string& directory);
  // 404 for a name that is none of them; 304 when the browser has it already.
  http::Response serve(const std::string& name, const http::Request& request) const;

 private:
  struct File {
    std::string type, tag, content;
  };
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace greenroom::web
