#include "tests/conformance/host_contract.h"

#include <gmock/gmock.h>

#include <set>

#include "lib/hosts/hosts.h"
#include "lib/review/review.h"

namespace greenroom::testing {

using hosts::Permission;
using model::Effect;
using model::EffectKind;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Effect HostContract::effect(EffectKind kind, const std::string& slot) {
  Effect effect;
  effect.target = ground_->change();
  effect.kind = kind;
  effect.slot = slot;
  effect.key = "contract/" + std::to_string(++made_);
  effect.head_sha = ground_->head();
  return effect;
}

Effect HostContract::comment(const std::string& slot, const std::string& words) {
  auto one = effect(EffectKind::create_comment, slot);
  one.body = review::with_marker(words, slot, key_);
  return one;
}

Effect HostContract::thread(const std::string& fingerprint) {
  auto one = effect(EffectKind::create_thread, "thread/" + fingerprint);
  one.path = "src/a.py";
  one.line = 3;
  one.body = review::with_marker("A note", one.slot, key_);
  return one;
}

std::string HostContract::perform(const Effect& effect) {
  const auto reference = host().perform(effect);
  EXPECT_TRUE(reference) << reference.error().describe();
  return reference.value_or("");
}

std::vector<hosts::Standing> HostContract::standing() {
  const auto found = host().standing(ground_->change(), key_);
  EXPECT_TRUE(found) << found.error().describe();
  return found.value_or(std::vector<hosts::Standing>());
}

hosts::Host::Deeds HostContract::deeds_since(const std::string& cursor) {
  auto deeds = host().deeds_since(ground_->change().host_repository_id, cursor);
  EXPECT_TRUE(deeds) << deeds.error().describe();
  return deeds ? *deeds : hosts::Host::Deeds{{}, cursor, false};
}

std::vector<std::string> HostContract::kinds_of(const hosts::Host::Deeds& deeds) {
  std::vector<std::string> kinds;
  for (const auto& delivery : deeds.told) {
    const auto event = hosts::ingress_named(delivery.host)->parse(delivery);
    EXPECT_TRUE(event && *event) << delivery.body;
    if (event && *event) kinds.emplace_back(model::name_of((*event)->kind));
  }
  return kinds;
}

void expect_error(const Result<std::string>& result, ErrorKind kind) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, kind) << result.error().describe();
}

TEST_P(HostContract, KnowsWhoTheBotIs) {
  EXPECT_GT(host().bot_account_id(), 0);
  EXPECT_FALSE(host().bot_login().empty());
}

TEST_P(HostContract, FindsAgainWhatItMade) {
  const auto comment_reference = perform(comment());
  const auto thread_reference = perform(thread());
  const auto found = standing();
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].slot, "summary");
  EXPECT_EQ(found[0].host_ref, comment_reference);
  EXPECT_EQ(found[1].slot, "thread/f1");
  EXPECT_EQ(found[1].host_ref, thread_reference);
  EXPECT_FALSE(found[1].answered || found[1].resolved);
}

TEST_P(HostContract, FindsAmongManyMoreThanOnePage) {
  for (int i = 0; i < 130; ++i) perform(comment("say/" + std::to_string(i)));
  EXPECT_THAT(standing(), SizeIs(130));
}

TEST_P(HostContract, DoesNotTakeOthersWordsForItsOwn) {
  ground_->person_comments(ground_->change(), review::with_marker("Forged", "summary", key_));
  ground_->person_comments(ground_->change(), "plain words");
  auto foreign = comment();
  foreign.body = review::with_marker("Another bot's", "summary", Secret("another key"));
  perform(foreign);
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_P(HostContract, EditsInPlace) {
  auto edit = effect(EffectKind::edit_comment, "summary");
  edit.host_ref = perform(comment());
  edit.body = review::with_marker("Other words", "summary", key_);
  perform(edit);
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_THAT(standing()[0].body, HasSubstr("Other words"));
  const int deeds = ground_->deeds();
  perform(edit);
  EXPECT_EQ(ground_->deeds(), deeds) << "the same edit again changes nothing";
}

TEST_P(HostContract, SaysNotFoundWhenTheCommentIsGone) {
  auto edit = effect(EffectKind::edit_comment, "summary");
  edit.host_ref = perform(comment());
  edit.body = "Other words";
  ground_->person_deletes(edit.host_ref);
  expect_error(host().perform(edit), ErrorKind::not_found);
  auto removal = effect(EffectKind::delete_comment, "summary");
  removal.host_ref = edit.host_ref;
  expect_error(host().perform(removal), ErrorKind::not_found);
}

TEST_P(HostContract, DeletesItsOwnCommentsOnly) {
  auto removal = effect(EffectKind::delete_comment);
  removal.host_ref = ground_->person_comments(ground_->change(), "a person's words");
  expect_error(host().perform(removal), ErrorKind::not_found);
  removal.host_ref = perform(comment());
  perform(removal);
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_P(HostContract, EditsItsOwnCommentsOnly) {
  auto edit = effect(EffectKind::edit_comment);
  edit.host_ref = ground_->person_comments(ground_->change(), "a person's words");
  edit.body = "the bot's words";
  EXPECT_FALSE(host().perform(edit));
}

TEST_P(HostContract, AThreadSurvivesItsAnswersAndItsResolution) {
  const auto reference = perform(thread());
  ground_->person_replies(reference, "Why?");
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_TRUE(standing()[0].answered);
  auto reply = effect(EffectKind::reply_thread, "say/gone/f1");
  reply.host_ref = reference;
  reply.body = review::with_marker("It is gone.", reply.slot, key_);
  perform(reply);
  auto resolve = effect(EffectKind::resolve_thread, "thread/f1");
  resolve.host_ref = reference;
  perform(resolve);
  ASSERT_THAT(standing(), SizeIs(2));
  EXPECT_EQ(standing()[0].host_ref, reference);
  EXPECT_TRUE(standing()[0].resolved);
  EXPECT_FALSE(standing()[0].resolved_by_person);
  EXPECT_EQ(standing()[1].slot, "say/gone/f1");
}

TEST_P(HostContract, ResolvesAndReopensOnce) {
  auto resolve = effect(EffectKind::resolve_thread, "thread/f1");
  resolve.host_ref = perform(thread());
  perform(resolve);
  const int deeds = ground_->deeds();
  perform(resolve);
  EXPECT_EQ(ground_->deeds(), deeds);
  auto reopen = resolve;
  reopen.kind = EffectKind::unresolve_thread;
  perform(reopen);
  EXPECT_FALSE(standing()[0].resolved);
}

TEST_P(HostContract, TellsThatAPersonResolvedAThread) {
  const auto reference = perform(thread());
  ground_->person_resolves(reference);
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_TRUE(standing()[0].resolved && standing()[0].resolved_by_person);
}

TEST_P(HostContract, AThreadStandsOnALineOrOnARangeOfLines) {
  EXPECT_EQ(ground_->anchor_of(perform(thread())), std::pair(0, 3));
  auto range = thread("f2");
  range.start_line = 2;
  EXPECT_EQ(ground_->anchor_of(perform(range)), std::pair(ground_->has_ranges() ? 2 : 0, 3));
}

TEST_P(HostContract, RefusesARangeThatDoesNotRunForward) {
  for (const int start : {3, 4, -1}) {
    auto bad = thread();
    bad.start_line = start;
    expect_error(host().perform(bad), ErrorKind::rejected);
  }
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_P(HostContract, RefusesAnAnchorThatIsNoLine) {
  auto bad = thread();
  bad.line = -1;
  expect_error(host().perform(bad), ErrorKind::rejected);
  bad = thread();
  bad.start_line = 9;
  expect_error(host().perform(bad), ErrorKind::rejected);
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_P(HostContract, RefusesABodyOverTheLimit) {
  auto large = comment();
  large.body = std::string(70'000, 'x');
  expect_error(host().perform(large), ErrorKind::rejected);
}

TEST_P(HostContract, RefusesAReferenceThatIsNotItsOwn) {
  auto edit = effect(EffectKind::edit_comment);
  edit.body = "words";
  for (const auto* reference : {"", "../1", "1 OR 1=1", "99999999999999999999"}) {
    edit.host_ref = reference;
    EXPECT_FALSE(host().perform(edit)) << reference;
  }
}

TEST_P(HostContract, LabelsOnce) {
  auto label = effect(EffectKind::add_label);
  label.target = ground_->issue();
  label.name = "good first issue";
  const int before = ground_->deeds();
  perform(label);
  perform(label);
  EXPECT_EQ(ground_->deeds(), before + 1);
  label.kind = EffectKind::remove_label;
  perform(label);
  perform(label);
  EXPECT_EQ(ground_->deeds(), before + 2);
}

TEST_P(HostContract, SetsAStatusAndTheSameOnlyOnce) {
  auto status = effect(EffectKind::set_status, "status/greenroom/flake8");
  status.name = "greenroom/flake8";
  status.value = "pending";
  const int before = ground_->deeds();
  perform(status);
  perform(status);
  EXPECT_EQ(ground_->deeds(), before + 1);
  status.value = "success";
  perform(status);
  EXPECT_EQ(ground_->deeds(), before + 2);
}

TEST_P(HostContract, ReactsOnceAndOnlyToWhatIsThere) {
  auto reaction = effect(EffectKind::react);
  reaction.host_ref = ground_->person_comments(ground_->change(), "/run");
  reaction.name = "eyes";
  const int before = ground_->deeds();
  perform(reaction);
  perform(reaction);
  EXPECT_EQ(ground_->deeds(), before + 1);
  reaction.host_ref = "987654";
  expect_error(host().perform(reaction), ErrorKind::not_found);
}

TEST_P(HostContract, AssignsOnce) {
  auto assignment = effect(EffectKind::assign);
  assignment.value = std::to_string(ground_->maintainer());
  const int before = ground_->deeds();
  perform(assignment);
  perform(assignment);
  EXPECT_EQ(ground_->deeds(), before + 1);
  assignment.value = "987654";
  expect_error(host().perform(assignment), ErrorKind::not_found);
}

TEST_P(HostContract, SaysNotFoundOfAChangeThatIsNot) {
  auto one = comment();
  one.target.number = 4711;
  expect_error(host().perform(one), ErrorKind::not_found);
  auto other = thread();
  other.target.number = 4711;
  expect_error(host().perform(other), ErrorKind::not_found);
  const auto described = host().describe(ground_->change().host_repository_id, 4711);
  ASSERT_FALSE(described);
  EXPECT_EQ(described.error().kind, ErrorKind::not_found);
}

TEST_P(HostContract, KnowsWhatPeopleMay) {
  const auto repository = ground_->change().host_repository_id;
  EXPECT_EQ(host().permission(repository, ground_->person()).value(), Permission::read);
  EXPECT_EQ(host().permission(repository, ground_->maintainer()).value(), Permission::write);
  EXPECT_EQ(host().permission(repository, 987654).value(), Permission::none);
}

TEST_P(HostContract, ListsOpenChangesAndDescribesThem) {
  const auto change = ground_->change();
  const auto heads = host().open_heads(change.host_repository_id);
  ASSERT_TRUE(heads);
  ASSERT_THAT(*heads, SizeIs(1));
  EXPECT_EQ((*heads)[0].number, change.number);
  EXPECT_EQ((*heads)[0].sha, ground_->head());
  const auto event = host().describe(change.host_repository_id, change.number);
  ASSERT_TRUE(event && event->change);
  EXPECT_EQ(event->kind, model::EventKind::change_opened);
  EXPECT_EQ(event->change->head_sha, ground_->head());
  EXPECT_EQ(event->repository.host_repository_id, change.host_repository_id);
  EXPECT_GT(event->change->author.host_account_id, 0);
}

TEST_P(HostContract, TellsWhatPeopleDidInOrder) {
  const auto reference = perform(thread());
  const auto start = deeds_since("").cursor;
  ground_->person_comments(ground_->change(), "/help");
  ground_->person_replies(reference, "Why?");
  ground_->person_resolves(reference);
  ground_->person_reopens(reference);
  const auto issue = ground_->person_opens_issue();
  ground_->maintainer_labels(issue, "bug");
  ground_->maintainer_unlabels(issue, "bug");
  ground_->person_closes_issue(issue);
  const auto deeds = deeds_since(start);
  std::vector<std::string> wanted{"comment_created", "comment_created"};
  if (ground_->tells_of_threads()) wanted.insert(wanted.end(), {"thread_resolved", "thread_unresolved"});
  wanted.insert(wanted.end(), {"issue_opened", "issue_labeled", "issue_unlabeled", "issue_closed"});
  EXPECT_THAT(kinds_of(deeds), ElementsAreArray(wanted));
  EXPECT_THAT(deeds_since(deeds.cursor).told, IsEmpty());
}

TEST_P(HostContract, ADeedHasTheMeaningOfItsWebhook) {
  const auto start = deeds_since("").cursor;
  ground_->person_comments(ground_->change(), "/run");
  const auto deeds = deeds_since(start);
  ASSERT_THAT(deeds.told, SizeIs(1));
  EXPECT_FALSE(deeds.told[0].semantic_key.empty());
  EXPECT_EQ(deeds.told[0].semantic_key, ground_->meaning_of_last_webhook());
}

TEST_P(HostContract, TellsEveryDeedOnceOverSeveralPages) {
  auto cursor = deeds_since("").cursor;
  for (int i = 0; i < 230; ++i) ground_->person_comments(ground_->issue(), "word " + std::to_string(i));
  std::set<std::string> meanings;
  std::size_t told = 0;
  for (bool more = true; more;) {
    const auto deeds = deeds_since(cursor);
    for (const auto& delivery : deeds.told) meanings.insert(delivery.semantic_key);
    told += deeds.told.size();
    ASSERT_TRUE(deeds.cursor != cursor || !deeds.more) << "the cursor stands still";
    cursor = deeds.cursor;
    more = deeds.more;
  }
  EXPECT_EQ(told, 230u);
  EXPECT_EQ(meanings.size(), 230u);
}

TEST_P(HostContract, RefusesACursorThatIsNotItsOwn) {
  for (const auto* cursor : {"../1", "1 OR 1=1", "99999999999999999999"}) {
    const auto deeds = host().deeds_since(ground_->change().host_repository_id, cursor);
    ASSERT_FALSE(deeds) << cursor;
    EXPECT_EQ(deeds.error().kind, ErrorKind::rejected) << cursor;
  }
}

TEST_P(HostContract, ListsItsRepositories) {
  const auto repositories = host().repositories();
  ASSERT_TRUE(repositories);
  ASSERT_THAT(*repositories, SizeIs(1));
  EXPECT_EQ((*repositories)[0].host_repository_id, ground_->change().host_repository_id);
}

}  // namespace greenroom::testing
