#include "lib/git/fetch_failure.h"

#include <gtest/gtest.h>

namespace greenroom::git {
namespace {

Error explain(const std::string& complaint) {
  process::Outcome outcome;
  outcome.exit_code = 128;
  outcome.err.head = complaint;
  return explain_failure(outcome);
}

TEST(FetchFailure, TellsWhatTheCallerCanDo) {
  const std::vector<std::pair<std::string, ErrorKind>> cases = {
      {"fatal: remote error: upload-pack: not our ref 0123\n", ErrorKind::not_found},
      {"error: Server does not allow request for unadvertised object 0123", ErrorKind::not_found},
      {"fatal: '/x' does not appear to be a git repository", ErrorKind::not_found},
      {"remote: Repository not found.\nfatal: repository 'https://h/x/' not found", ErrorKind::not_found},
      {"fatal: Authentication failed for 'https://h/x/'", ErrorKind::rejected},
      {"fatal: could not read Username for 'https://h': terminal prompts disabled", ErrorKind::rejected},
      {"fatal: unable to access 'https://h/': The requested URL returned error: 403", ErrorKind::rejected},
      {"fatal: transport 'ext' not allowed", ErrorKind::rejected},
      {"error: object 01: hasDotgit: contains '.git'\nfatal: fsck error in packed object", ErrorKind::user_fault},
      {"fatal: write error: File too large\nfatal: fetch-pack: invalid index-pack output", ErrorKind::user_fault},
      {"fatal: unable to access 'https://h/': Could not resolve host: h", ErrorKind::transient},
      {"fatal: unable to access 'https://h/': The requested URL returned error: 503", ErrorKind::transient},
      {"", ErrorKind::transient},
  };
  for (const auto& [complaint, kind] : cases) EXPECT_EQ(explain(complaint).kind, kind) << complaint;
}

TEST(FetchFailure, ATimeOutOrASignalMayPass) {
  process::Outcome outcome;
  outcome.timed_out = true;
  EXPECT_EQ(explain_failure(outcome).kind, ErrorKind::transient);
  outcome = {};
  outcome.signal = 9;
  EXPECT_EQ(explain_failure(outcome).kind, ErrorKind::transient);
}

TEST(FetchFailure, ShowsOnlyTheLastLineScrubbed) {
  EXPECT_EQ(explain("noise\nfatal: odd \xff thing\n").message, "fatal: odd \xEF\xBF\xBD thing");
}

}  // namespace
}  // namespace greenroom::git
