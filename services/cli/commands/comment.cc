#include <iostream>

#include "lib/hosts/local/practice.h"
#include "lib/pg/query.h"
#include "services/cli/commands.h"
#include "services/cli/database.h"

namespace greenroom::cli {
namespace {

Result<int> run(const Arguments& arguments) {
  GREENROOM_TRY(session, open_session());
  GREENROOM_TRY(found, session.db->run(pg::query("practice/repository_and_account"),
                                       {arguments.text("repository"), arguments.text("as")}));
  if (found.empty())
    return not_found("there is no repository '" + arguments.text("repository") + "' or no account '" +
                     arguments.text("as") + "' on the practice host");
  std::int64_t number = 0;
  try {
    number = std::stoll(arguments.text("number"));
  } catch (const std::exception&) {
    return user_fault("'" + arguments.text("number") + "' is not the number of a change or issue");
  }
  GREENROOM_TRY(written,
                hosts::local::write_comment(*session.db, found[0].integer("repository"), number,
                                            found[0].integer("account"), arguments.text("body"), std::nullopt));
  // It is written and kept; what the webhook cannot take now the dashboard sends later.
  const auto sent = hosts::local::send_waiting(*session.db, session.config.text("webhook.url"),
                                               session.config.secret("local.webhook_secret"));
  if (!sent) std::cerr << "The comment is kept, and told to Greenroom once the webhook answers.\n";
  return kFine;
}

}  // namespace

Command command_comment() {
  return {"comment",
          "Write a comment on the practice host as one of its people.",
          {{"repository", "for instance practice/shotlist"}, {"number", "of the change or issue"}},
          {{"--as", "LOGIN", "whose comment it is"}, {"--body", "TEXT", "the comment, Markdown"}},
          run};
}

}  // namespace greenroom::cli
