#pragma once
// What every part of the bot is given at start.

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "lib/base/secret.h"
#include "lib/bot/approval.h"
#include "lib/hosts/host.h"
#include "lib/model/ids.h"

namespace greenroom::bot {

struct Settings {
  std::string dashboard_url;  // no slash at the end
  Secret marker_key;
  int inline_cap = 3;
  ApprovalRule approval;
};

// One set per thread: a Host is used by one thread at a time.
using HostSet = std::map<std::string, std::unique_ptr<hosts::Host>, std::less<>>;

// Whether a step found something to do; "nothing" means wait for a notification.
enum class Step { did, nothing };

// Called with the name of each point at which a crash must lose nothing and do nothing twice; does not return when the
// process is to die there. Names: docs/bot.md.
using CrashPoint = std::function<void(std::string_view)>;

}  // namespace greenroom::bot
