#pragma once
// A headless Chromium that looks at one page as somebody who is signed in. It gets at the dashboard through a small
// relay that adds the cookie, so that no debugging protocol is needed.

#include <memory>
#include <string>
#include <vector>

#include "lib/http/server.h"
#include "tests/browser/seeded_dashboard.h"

namespace greenroom::testing {

enum class Scheme { light, dark };

struct Seen {
  std::string dom;                      // after scripts ran
  std::vector<std::string> complaints;  // what the browser's console said: errors, refused by policy
};

class Browser {
 public:
  Browser(SeededDashboard& dashboard, std::string cookie);
  ~Browser();
  Seen look(const std::string& path);
  // How the page fares `width` pixels wide, in words, one for each fault: it scrolls sideways, or a word that
  // `selector` finds is broken over two lines. Empty when all is well.
  std::vector<std::string> faults_at(const std::string& path, int width, const std::string& selector);
  // Writes a PNG of the page's first `height` pixels.
  void picture(const std::string& path, Scheme scheme, const std::string& file, int width = 1280, int height = 1600);
  // The same in a frame of that width: a window cannot be as narrow as a phone.
  void phone_picture(const std::string& path, Scheme scheme, const std::string& file, int width, int height);

 private:
  std::string run(const std::vector<std::string>& words, std::string& errors);

  SeededDashboard& dashboard_;
  const std::string cookie_;
  TempDirectory profile_;
  std::unique_ptr<http::Server> relay_;
};

}  // namespace greenroom::testing
