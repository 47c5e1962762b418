#pragma once
// Inside of fake_github only: what can be done to a repository, by a token or by a person alike: the change of the
// state, and the webhook that tells of it. Whether it may be done was asked before.

#include "tests/support/fake_github/state.h"

namespace greenroom::testing::fake {

// Words.
Comment& say(State& state, Repository& repository, Issue& issue, Id author, const std::string& body);
void edit_comment(State& state, Repository& repository, Comment& comment, Id editor, const std::string& body);
void delete_comment(State& state, Repository& repository, Id comment, Id who);
// Gives the reaction, and whether it is new.
std::pair<Reaction, bool> react(State& state, std::vector<Reaction>& reactions, Id user, const std::string& content);

// Reviews.
struct NewReview {
  Id author = 0;
  std::string state, body, commit;  // state: as Review's
  std::vector<std::pair<Anchor, std::string>> comments;
};
Review& add_review(State& state, Repository& repository, Issue& issue, const NewReview& wanted);
// A pending one becomes what everyone sees.
void submit_review(State& state, Repository& repository, Review& review, const std::string& verdict);
void delete_review(Repository& repository, Id review);
Comment& reply(State& state, Repository& repository, Thread& thread, Id author, const std::string& body);
// False: it was so before.
bool set_resolved(State& state, Repository& repository, Thread& thread, Id who, bool resolved);
const Review* pending_review(const Repository& repository, std::int64_t number, Id author);
bool is_pending(const Repository& repository, const Comment& comment);

// Issues and pulls.
Issue& open_issue(State& state, Repository& repository, Id author, const std::string& title, const std::string& body,
                  std::optional<Pull> pull);
void push(State& state, Repository& repository, Issue& issue, const std::string& head_sha);
// Tells "closed", "reopened", "edited", "converted_to_draft", …, of whichever kind the issue is.
void tell_of(State& state, const Repository& repository, const Issue& issue, const std::string& action, Id who);
void close(State& state, Repository& repository, Issue& issue, Id who, bool merged);
void reopen(State& state, Repository& repository, Issue& issue, Id who);
void edit_issue(State& state, Repository& repository, Issue& issue, Id who, const std::string& title,
                const std::string& body);
void retarget(State& state, Repository& repository, Issue& issue, Id who, const std::string& base_ref);
void set_draft(State& state, Repository& repository, Issue& issue, Id who, bool draft);
// Makes the repository's label when there is none. False: it was so before.
bool label(State& state, Repository& repository, Issue& issue, Id who, const std::string& name);
bool unlabel(State& state, Repository& repository, Issue& issue, Id who, const std::string& name);
bool assign(State& state, Repository& repository, Issue& issue, Id who, Id assignee);
bool unassign(State& state, Repository& repository, Issue& issue, Id who, Id assignee);
bool ask_for_review(State& state, Repository& repository, Issue& issue, Id who, Id reviewer);
bool take_back_review(State& state, Repository& repository, Issue& issue, Id who, Id reviewer);

}  // namespace greenroom::testing::fake
