#include "tests/line/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

namespace greenroom::testing {
namespace {

std::string read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void compare(const std::string& file, const std::string& actual) {
  if (std::getenv("GREENROOM_ACCEPT") != nullptr) {
    std::ofstream(file, std::ios::binary) << actual;
    return;
  }
  EXPECT_EQ(actual, read(file)) << "differs from " << file;
}

std::string state_of(Line& line, std::int64_t change) {
  nlohmann::ordered_json state;
  state["statuses"] = line.statuses(change);
  state["threads"] = nlohmann::ordered_json::array();
  for (const Thread& thread : line.threads(change))
    state["threads"].push_back({{"path", thread.path},
                                {"line", thread.line},
                                {"resolved", thread.resolved},
                                {"body", without_accidents(thread.body)}});
  return state.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string without_accidents(std::string text) {
  static const std::pair<std::regex, const char*> kAccidents[]{
      {std::regex("<!-- greenroom[^>]*-->"), "<!-- marker -->"},
      {std::regex("\\b[0-9a-f]{40}\\b"), "SHA"},
      {std::regex("Looked at `[0-9a-f]{10}`"), "Looked at `SHA`"},
      {std::regex("/ok-to-test [0-9a-f]{12}"), "/ok-to-test SHA"},
      {std::regex("http://127\\.0\\.0\\.1:[0-9]+"), "http://dashboard"},
      {std::regex("/jobs/[0-9]+"), "/jobs/N"},
      {std::regex("\\b[0-9]+(\\.[0-9]+)? ?(ms|s)\\b"), "TIME"},
  };
  for (const auto& [pattern, word] : kAccidents) text = std::regex_replace(text, pattern, word);
  return text;
}

void expect_golden(Line& line, std::int64_t change, const std::string& folder, const std::string& name) {
  const std::string base = std::string(GREENROOM_SOURCE_DIR "/tests/scenarios/") + folder + "/" + name;
  compare(base + ".md", without_accidents(line.summary(change)) + "\n");
  compare(base + ".json", state_of(line, change));
}

}  // namespace greenroom::testing
