#include "tests/conformance/gitea_ground.h"

#include "lib/base/text.h"
#include "lib/hosts/hosts.h"

namespace greenroom::testing {
namespace {

const std::string kSecret = "the webhook's";

FakeGiteaOptions with(FakeGiteaOptions options, const Clock& clock) {
  options.webhook_secret = kSecret;
  options.clock = &clock;
  return options;
}

FakeGiteaOptions of(gitea::Flavour flavour) {
  FakeGiteaOptions options;
  options.flavour = flavour;
  return options;
}

}  // namespace

GiteaGround::GiteaGround(gitea::Flavour flavour) : GiteaGround(of(flavour)) {}

GiteaGround::GiteaGround(FakeGiteaOptions options)
    : flavour_(options.flavour), gitea_(with(std::move(options), clock_)) {
  gitea_.add_user("studio", 19);
  gitea_.add_user("roombot", kBot);
  gitea_.add_user("maya", kMaya);
  gitea_.add_user("ben", kBen);
  gitea_.add_repository("studio", "pipeline", kRepository);
  gitea_.set_role(kRepository, "roombot", gitea::Role::admin);
  gitea_.set_role(kRepository, "maya", gitea::Role::read);
  gitea_.set_role(kRepository, "ben", gitea::Role::write);
  for (const char* label : {"bug", "good first issue"}) gitea_.add_label(kRepository, label);
  gitea_.set_lines(kRepository, "src/a.py", 4);
  change_ = gitea_.person_opens_pull(kRepository, "maya", head());
  issue_ = gitea_.person_opens_issue(kRepository, "ben", "Add a frame range");
  token_ = gitea_.add_token("roombot");
  use(GiteaGround::options());
}

GiteaGround::~GiteaGround() { EXPECT_EQ(gitea_.unknown_routes(), std::vector<std::string>()); }

hosts::gitea::Options GiteaGround::options() const {
  hosts::gitea::Options options;
  options.api_url = gitea_.api_url();
  options.dashboard_url = "https://greenroom.example";
  options.token = Secret(token_);
  return options;
}

void GiteaGround::use(const hosts::gitea::Options& options) { host_ = hosts::gitea::make_host(options, clock_); }

std::string GiteaGround::person_comments(const model::Target& target, const std::string& body) {
  clock_.advance(std::chrono::seconds(1));
  return std::to_string(gitea_.person_comments(kRepository, target.number, "maya", body));
}
void GiteaGround::person_replies(const std::string& thread, const std::string& body) {
  clock_.advance(std::chrono::seconds(1));
  gitea_.person_replies(std::stoll(thread), "maya", body);
}
void GiteaGround::person_resolves(const std::string& thread) { gitea_.person_resolves(std::stoll(thread), "maya"); }
void GiteaGround::person_reopens(const std::string& thread) {
  gitea_.person_resolves(std::stoll(thread), "maya", false);
}
void GiteaGround::person_deletes(const std::string& comment) { gitea_.person_deletes(std::stoll(comment)); }
std::int64_t GiteaGround::person_opens_issue() {
  clock_.advance(std::chrono::seconds(1));
  return gitea_.person_opens_issue(kRepository, "maya", "A wish");
}
void GiteaGround::maintainer_labels(std::int64_t issue, const std::string& label) {
  clock_.advance(std::chrono::seconds(1));
  gitea_.person_labels(kRepository, issue, "ben", label, true);
}
void GiteaGround::maintainer_unlabels(std::int64_t issue, const std::string& label) {
  clock_.advance(std::chrono::seconds(1));
  gitea_.person_labels(kRepository, issue, "ben", label, false);
}
void GiteaGround::person_closes_issue(std::int64_t issue) {
  clock_.advance(std::chrono::seconds(1));
  gitea_.person_closes(kRepository, issue, "maya");
}

std::pair<int, int> GiteaGround::anchor_of(const std::string& thread) {
  const auto row = gitea_.row(std::stoll(thread));
  const auto first = static_cast<int>(row.line), extra = static_cast<int>(row.extra);
  return {extra > 0 ? first : 0, first + extra};
}

std::string GiteaGround::meaning_of_last_webhook() {
  const auto sent = gitea_.webhooks().back();
  model::Headers headers;
  for (const auto& [name, value] : sent.headers) headers.emplace_back(to_lower_ascii(name), value);
  const auto verified = hosts::ingress_named("gitea")->verify(headers, sent.body, {Secret(kSecret)});
  return verified ? verified->semantic_key : verified.error().describe();
}

}  // namespace greenroom::testing
