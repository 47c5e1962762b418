#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "lib/config/config.h"

namespace greenroom::config {
namespace {

using ::testing::HasSubstr;

// GREENROOM_ACCEPT=1 writes the page anew.
void expect_page(const std::string& name, const std::string& wanted) {
  const std::string file = GREENROOM_SOURCE_DIR "/docs/" + name;
  if (std::getenv("GREENROOM_ACCEPT") != nullptr) std::ofstream(file) << wanted;
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), wanted) << file << " is stale: GREENROOM_ACCEPT=1 ./dev test -R config";
}

TEST(GeneratedConfiguration, PagesAreFresh) {
  expect_page("configuration.md", documentation());
  expect_page("greenroom.schema.json", json_schema());
}

TEST(GeneratedConfiguration, HelpNamesEveryKey) {
  for (const Key& key : all_keys()) {
    EXPECT_THAT(help_text(), HasSubstr(std::string(key.name)));
    EXPECT_THAT(documentation(), HasSubstr("`" + std::string(key.name) + "`"));
  }
}

TEST(GeneratedConfiguration, TheSchemaHasWhatARepositoryMaySetAndNothingElse) {
  const auto schema = nlohmann::json::parse(json_schema());
  EXPECT_TRUE(schema["properties"]["checks"]["properties"].contains("disabled"));
  EXPECT_FALSE(schema["properties"].contains("database"));
}

}  // namespace
}  // namespace greenroom::config
