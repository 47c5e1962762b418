#include "lib/hosts/github/needs.h"

namespace greenroom::hosts::github {

const std::vector<NeededPermission>& needed_permissions() {
  static const std::vector<NeededPermission> all{{"metadata", "Metadata", Need::read},
                                                 {"contents", "Contents", Need::read},
                                                 {"pull_requests", "Pull requests", Need::write},
                                                 {"issues", "Issues", Need::write},
                                                 {"checks", "Checks", Need::write}};
  return all;
}

const std::vector<NeededEvent>& needed_events() {
  static const std::vector<NeededEvent> all{{"pull_request", "Pull request"},
                                            {"pull_request_review", "Pull request review"},
                                            {"pull_request_review_comment", "Pull request review comment"},
                                            {"pull_request_review_thread", "Pull request review thread"},
                                            {"issues", "Issues"},
                                            {"issue_comment", "Issue comment"}};
  return all;
}

}  // namespace greenroom::hosts::github
