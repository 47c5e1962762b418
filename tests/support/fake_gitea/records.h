#pragma once
// What stands on the fake Gitea, as plain values: tests read copies of these. As on the host, comments, reviews' inline
// comments, labels and states are rows of one table whose ids ascend with time.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/clock.h"

namespace greenroom::testing::gitea {

using Id = std::int64_t;
using Headers = std::vector<std::pair<std::string, std::string>>;

enum class Flavour { gitea, forgejo };
enum class Role { none, read, write, admin };

struct Row {
  enum class Type { comment, code, review, label, close, reopen } type = Type::comment;
  Id id = 0, author = 0;
  std::int64_t number = 0;  // of the issue or change
  std::string body;         // of a label "1" when it was put on
  TimePoint created, updated;
  Id review = 0;           // of code and review
  std::string path;        // of code, and what follows
  std::int64_t line = 0;   // negative: of the base's file
  std::int64_t extra = 0;  // lines that follow it
  Id resolver = 0;
  std::string label;
  std::set<std::pair<Id, std::string>> reactions;
};

struct Review {
  Id id = 0, author = 0;
  std::int64_t number = 0;
  std::string state = "PENDING";  // COMMENT, APPROVED, REQUEST_CHANGES
  std::string body, commit;
  TimePoint updated;
};

struct Status {
  Id id = 0;
  std::string sha, context, state, description, target_url;
};

struct Write {  // of a token, that changed something
  std::string who, kind, path;
};

struct Asked {
  std::string method, path;
  int status = 0;
};

struct Webhook {
  std::string event, body;
  Headers headers;
};

// What goes wrong, the next `count` times that a request fits.
struct Fault {
  enum class What {
    refuse,            // answers `status`; nothing happens
    act_then_answer,   // it happens, and is answered with `status`
    act_then_hang_up,  // it happens, and the connection ends within the answer
    stop_midway,       // of a new review: its comments are written, and then the host fails
    hold_midway,       // of a new review: its comments are written, and it is submitted with release()
    hide_recent        // a list without what was made since the fault was injected; the caller sees no error
  } what = What::refuse;
  std::string method = {}, path = {};  // empty: any; "/repos/*/pulls/*/reviews": '*' is any text
  int count = 1;
  int status = 502;
  Headers headers = {};
};

}  // namespace greenroom::testing::gitea
