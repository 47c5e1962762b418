#pragma once
// Stage 7 of the line: what should stand on the change now (wanted), and what does stand (posted).

#include <optional>
#include <string>
#include <vector>

#include "lib/model/check.h"
#include "lib/model/ids.h"

namespace greenroom::model {

struct WantedThread {
  std::string fingerprint;  // of the finding it is anchored to
  std::string lesson;       // lesson id, or "tool/CODE" where there is no lesson
  std::string path;
  int line = 0;          // head side, 1-based; 0 = a file-level comment
  int start_line = 0;    // 0: single line
  std::string markdown;  // without marker
};

struct WantedStatus {
  std::string context;  // "greenroom/flake8"
  enum class State { pending, success, neutral, failure, error } state = State::pending;
  std::string description;   // ≤ 140 bytes
  std::string details_path;  // path on the dashboard, "/jobs/7#flake8"
};

struct WantedReview {
  std::string head_sha;
  std::string summary;                         // the living comment's Markdown, without marker
  std::vector<WantedThread> threads;           // those to open or keep open: at most 3 new ones a push
  std::vector<std::string> live_fingerprints;  // every finding that still exists, shown inline or not
  // Every check that reports findings came to its end: what is not live is gone. While it is false (running, crashed,
  // a file that does not parse), the absence of a finding says nothing and no thread is resolved.
  bool findings_known = false;
  std::vector<WantedStatus> statuses;
};

struct PostedThread {
  std::string fingerprint;
  std::string lesson;
  std::string host_ref;  // the host's id of the thread
  std::string path;
  int line = 0;
  enum class State { open, resolved_by_bot, resolved_by_person } state = State::open;
  bool answered = false;      // a person wrote in it: never delete or overwrite
  std::string head_sha = {};  // the head that it was opened for
};

struct PostedReview {
  std::string summary_ref;   // host's id of the living comment; empty: none stands
  std::string summary_hash;  // hex SHA-256 of its wanted Markdown
  std::vector<PostedThread> threads;
  std::vector<WantedStatus> statuses;  // as last set, for the last head
  std::string head_sha;
};

}  // namespace greenroom::model
