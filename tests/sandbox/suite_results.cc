#include "suite_results.h"

#include <algorithm>
#include <iterator>
#include <pugixml.hpp>
#include <set>

namespace greenroom::sandbox {
namespace {

std::string of(const Results& results, const std::string& test) {
  const auto found = results.find(test);
  return found == results.end() ? "absent" : found->second;
}

}  // namespace

Results results_in(const std::string& junit) {
  Results results;
  pugi::xml_document document;
  if (!document.load_buffer(junit.data(), junit.size())) return results;
  for (const auto& found : document.select_nodes("//testcase")) {
    const pugi::xml_node test = found.node();
    std::string result = "passed";
    for (const char* other : {"failure", "error", "skipped"})
      if (test.child(other)) result = other;
    results[std::string(test.attribute("classname").value()) + "::" + test.attribute("name").value()] = result;
  }
  return results;
}

std::size_t passed_in(const Results& results) {
  return static_cast<std::size_t>(
      std::ranges::count_if(results, [](const auto& test) { return test.second == "passed"; }));
}

std::vector<std::string> differences(const Results& outside, const Results& inside) {
  std::set<std::string> tests;
  for (const Results* side : {&outside, &inside})
    for (const auto& [test, result] : *side) tests.insert(test);
  std::vector<std::string> all;
  for (const auto& test : tests)
    if (of(outside, test) != of(inside, test))
      all.push_back(test + ": " + of(outside, test) + " outside, " + of(inside, test) + " inside");
  return all;
}

std::vector<std::string> common(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  std::vector<std::string> both;
  std::ranges::set_intersection(some, others, std::back_inserter(both));
  return both;
}

}  // namespace greenroom::sandbox
