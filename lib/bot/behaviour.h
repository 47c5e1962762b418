#pragma once
// A behaviour: a descriptor and a pure decide(). One folder each in behaviours/, listed in behaviours.cc.
// decide() reads only its arguments; the bot carries the decisions out in one transaction.

#include <optional>
#include <string_view>
#include <vector>

#include "lib/bot/approval.h"
#include "lib/command/command.h"
#include "lib/hosts/host.h"
#include "lib/model/decision.h"
#include "lib/model/event.h"
#include "lib/model/person.h"

namespace greenroom::bot {

// What the bot looked up before it asked; plain values.
struct Context {
  TimePoint now;
  std::string bot_login;
  std::string dashboard_url;
  std::optional<model::Person> author;  // of the change or issue
  std::optional<model::Person> actor;   // who did it; nobody for a timer
  bool change_open = true;              // the event's change, after the event
  bool first_change = false;            // no earlier change by this person in this project, any state
  bool greeted = false;                 // RecordGreeting was made once in this project
  bool job_for_head = false;            // a job of the event's head SHA exists already
  std::vector<model::Buddy> roster;     // everyone who may be a buddy here, with today's load
  std::optional<model::PersonId> current_buddy;
  std::vector<model::PersonId> earlier_buddies;  // of this change, who handed it on
  hosts::Permission actor_permission = hosts::Permission::none;
  ApprovalRule approval;
  Trust trust;                             // in the author and the head of the event's change
  std::string head_when_said;              // the change's head at the event's own time; empty: nobody knows
  bool approval_section = false;           // the living comment says that something waits
  std::vector<command::Command> commands;  // of the event's comment, already parsed; empty otherwise
  std::vector<std::string> labels;         // of the event's issue or change
};

struct CommandHelp {
  std::string_view verb;     // "good-first-issue"
  std::string_view grammar;  // "/good-first-issue"
  std::string_view who;      // "people with triage rights"
  std::string_view help;     // one sentence
};

struct Behaviour {
  std::string_view name;     // the folder's name; also the section's name in the living comment
  std::string_view purpose;  // one sentence
  std::vector<CommandHelp> commands;
  std::vector<std::string_view> config_keys;
  model::Decisions (*decide)(const model::Event& event, const Context& context);
};

const std::vector<Behaviour>& all_behaviours();  // behaviours.cc

// What every behaviour decided, in the order of the list, for one event. Pure.
struct Decided {
  std::string_view behaviour;
  model::Decisions decisions;
};
std::vector<Decided> decide_all(const model::Event& event, const Context& context);

}  // namespace greenroom::bot
