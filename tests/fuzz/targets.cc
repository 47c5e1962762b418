#include "tests/fuzz/targets.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/checks/providers/explain/explain.h"
#include "lib/checks/providers/pyproject.h"
#include "lib/checks/providers/requirements.h"
#include "lib/command/command.h"
#include "lib/command/question.h"
#include "lib/config/config.h"
#include "lib/diagnostics/parser.h"
#include "lib/diff/diff.h"
#include "lib/egress/head.h"
#include "lib/hosts/gitea/payload.h"
#include "lib/hosts/github/payload.h"
#include "lib/hosts/gitlab/payload.h"
#include "lib/hosts/local/payload.h"
#include "lib/hosts/meaning.h"
#include "lib/http/target.h"
#include "lib/json/json.h"
#include "lib/review/review.h"

namespace greenroom::fuzz {
namespace {

void promise(bool kept) {
  if (!kept) std::abort();
}

// The input serves as every stream of the tool at once: each format reads its own and must bear the others.
void run_format(std::string_view name, std::string_view input) {
  diagnostics::Input streams;
  streams.out = streams.err = streams.artefact = input;
  streams.exit_code = 1;
  streams.tool = std::string(name);
  const auto source = [](std::string_view) { return std::string_view("a = 1\n\xc3\xa9 = \xf0\x9f\x8c\xb1\n"); };
  const diagnostics::Parsed parsed = diagnostics::format_named(name)->parse(streams, source);
  promise(parsed.diagnostics.size() <= diagnostics::kMaxDiagnostics);
  for (const model::Diagnostic& found : parsed.diagnostics) {
    promise(found.message.size() <= diagnostics::kMaxMessageBytes);
    promise(found.path.empty() || diagnostics::repository_path(found.path, "/work/") == found.path);
  }
}

void run_diff(std::string_view, std::string_view input) {
  const auto parsed = diff::parse(input);
  if (!parsed) return;
  promise(diff::size_of(*parsed).files >= 0);
  for (const diff::File& file : parsed->files)
    for (const int line : {0, 1, 2, 1000, 2147483647}) {
      (void)diff::side_of(file, line);
      (void)diff::base_line(file, line);
      (void)diff::head_line(file, line);
    }
}

void run_json(std::string_view, std::string_view input) {
  const auto parsed = json::parse(input);
  if (parsed) promise(json::parse(json::dump(*parsed)).has_value());
}

void run_config(std::string_view, std::string_view input) {
  static const config::Config operators = *config::Config::load("", [](const std::string&) { return std::string(); });
  (void)operators.with_repository(input);
}

void run_command(std::string_view, std::string_view input) {
  const auto commands = command::parse(input, "greenroom");
  promise(commands.size() <= command::kMaxCommands);
  for (const command::Command& one : commands) {
    promise(one.arguments.size() <= command::kMaxArguments);
    (void)command::nearest(one.verb, {"claim", "run", "help"});
  }
  promise(command::parse_new(input, input, "greenroom").empty());
  (void)command::asks_somebody(input, "greenroom");
}

void run_payload(std::string_view, std::string_view input) { (void)hosts::local::decode(input); }

// As every event: its name is not signed. Whatever is understood has a meaning that can be kept.
void run_github(std::string_view, std::string_view input) {
  for (const char* name : {"pull_request", "issues", "issue_comment", "pull_request_review",
                           "pull_request_review_comment", "pull_request_review_thread"}) {
    const auto event = hosts::github::event_of(name, input);
    if (!event || !*event) continue;
    promise((*event)->change || (*event)->issue);
    promise(!hosts::meaning_of(**event).empty());
  }
}

void run_gitlab(std::string_view, std::string_view input) {
  const auto event = hosts::gitlab::event_of(input);
  if (!event || !*event) return;
  promise(hosts::gitlab::name_in(input).has_value());
  promise((*event)->change || (*event)->issue);
  promise(!hosts::meaning_of(**event).empty());
}

void run_gitea(std::string_view, std::string_view input) {
  for (const char* name : {"pull_request", "issues", "issue_comment", "pull_request_comment"}) {
    const auto event = hosts::gitea::event_of(name, input);
    if (!event || !*event) continue;
    promise((*event)->change || (*event)->issue);
    promise(!hosts::meaning_of(**event).empty());
  }
}

void run_http_target(std::string_view, std::string_view input) {
  const auto parsed = http::parse_target(input);
  if (!parsed) return;
  promise(parsed->path.starts_with('/') && parsed->path.find('\0') == std::string::npos);
  promise(("/" + parsed->path + "/").find("/../") == std::string::npos);
  (void)http::form_value(parsed->query, "a");
}

void run_plain(std::string_view, std::string_view input) {
  promise(review::plain(input).find('\n') == std::string::npos);
}

void run_code_span(std::string_view, std::string_view input) {
  promise(review::code_span(input).find('\n') == std::string::npos);
}

// Packages and the index have their say in what an installer prints; a person is shown one harmless sentence of it.
void run_explain(std::string_view, std::string_view input) {
  checks::EnvironmentPlan plan;
  plan.lock = "Pipfile.lock";
  for (const auto explain : {checks::explain_pip, checks::explain_uv, checks::explain_pipenv}) {
    const auto fault = explain(plan, input);
    if (!fault) continue;
    promise(fault->code.starts_with("ENV") && fault->message.size() < 500);
    promise(escape_bytes(fault->message) == fault->message);
  }
}

// No input carries a marker of a key that it cannot know, and what we mark is found again.
void run_marker(std::string_view, std::string_view input) {
  static const Secret key("fuzz-only-key");
  promise(!review::find_marker(input, key));
  promise(review::find_marker(review::with_marker(input, "summary", key), key) == "summary");
}

// What goes on to a server is one request, for the host that was judged.
void run_egress_head(std::string_view, std::string_view input) {
  const auto request = egress::read_head(input);
  if (!request) return;
  promise(egress::parse_destination(egress::to_string(request->to), 0) == request->to);
  if (request->kind == egress::ProxyRequest::Kind::tunnel) return;
  promise(request->head.find("\r\n\r\n") == request->head.size() - 4);
  promise(request->head.find("\r\nHost: " + egress::to_string(request->to) + "\r\n") != std::string::npos);
}

// As a requirements file that may name itself, and as a pyproject.toml.
void run_requirements(std::string_view, std::string_view input) {
  checks::Requirements all;
  checks::read_requirements(
      "requirements.txt", [input](std::string_view) { return std::string(input); }, all);
  for (const auto& [path, content] : all.files) {
    promise(("/" + path + "/").find("/../") == std::string::npos && !path.starts_with('/'));
    for (const std::string_view line : split_lines(content))
      promise(line.empty() || line.starts_with("-r ") || line.starts_with("-c ") || line.starts_with("--pre") ||
              line == "--require-hashes" || checks::names_a_package(line));
  }
  (void)checks::project_dependencies(input);
}

std::vector<Target> make_targets() {
  std::vector<Target> targets;
  for (const diagnostics::Format& format : diagnostics::all_formats())
    targets.push_back({std::string(format.name), run_format});
  targets.insert(targets.end(), {{"diff", run_diff},
                                 {"json", run_json},
                                 {"config", run_config},
                                 {"command", run_command},
                                 {"payload", run_payload},
                                 {"github_payload", run_github},
                                 {"gitlab_payload", run_gitlab},
                                 {"gitea_payload", run_gitea},
                                 {"http_target", run_http_target},
                                 {"plain", run_plain},
                                 {"code_span", run_code_span},
                                 {"marker", run_marker},
                                 {"egress_head", run_egress_head},
                                 {"requirements", run_requirements},
                                 {"explain", run_explain}});
  return targets;
}

}  // namespace

void PrintTo(const Target& target, std::ostream* stream) { *stream << target.name; }

const std::vector<Target>& all_targets() {
  static const std::vector<Target> targets = make_targets();
  return targets;
}

const Target& target_named(std::string_view name) {
  for (const Target& target : all_targets())
    if (target.name == name) return target;
  std::abort();
}

}  // namespace greenroom::fuzz
