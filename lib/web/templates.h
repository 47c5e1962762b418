#pragma once
// The page templates on ctemplate, which escapes every text by the place in the HTML where it stands. ctemplate's
// headers stay in templates.cc. Templates are read once; rendering is thread-safe.

#include <memory>
#include <string>

#include "lib/base/error.h"
#include "lib/web/view.h"

namespace greenroom::web {

class Templates {
 public:
  // Every *.html of the directory. Errors: user_fault naming the file that cannot be read or parsed, that does not
  // begin with the escaping pragma, that switches escaping off for anything but a name that ends in _HTML, or that has
  // a name that ends in _VALUE anywhere but in value="…".
  static Result<std::unique_ptr<Templates>> load(const std::string& directory);
  ~Templates();

  // A file that does not exist is a bug of ours and throws std::logic_error.
  std::string render(const std::string& file, const View& view) const;

 private:
  struct Impl;
  explicit Templates(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::web
