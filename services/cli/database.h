#pragma once
// The administrator's connection, from $GREENROOM_CONFIG.

#include <memory>

#include "lib/config/config.h"
#include "lib/pg/pg.h"

namespace greenroom::cli {

struct Session {
  config::Config config;
  std::unique_ptr<pg::Connection> db;
};

// Errors: user_fault (the configuration), transient (no database there: the message says where it looked).
// `role` is taken when the configuration names no user.
Result<Session> open_session(const std::string& role = "");

}  // namespace greenroom::cli
