#include "lib/web/discussion_view.h"

#include "lib/base/text.h"
#include "lib/web/markdown.h"
#include "lib/web/page.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

std::string shown_reaction(std::string_view name) { return name == "eyes" ? "seen" : std::string(name); }

std::string lines_of(const hosts::local::Thread& thread) {
  if (thread.line <= 0) return "the whole file";
  if (thread.start_line > 0 && thread.start_line < thread.line) {
    return "lines " + std::to_string(thread.start_line) + "–" + std::to_string(thread.line);
  }
  return "line " + std::to_string(thread.line);
}

}  // namespace

void fill_comment(View& view, const hosts::local::Comment& comment, TimePoint now) {
  const bool is_bot = comment.author.kind == model::Account::Kind::bot;
  const std::string name = name_of(comment.author.display_name, comment.author.login);
  view.set("ID", comment.id).set("AUTHOR", name).set("LOGIN", comment.author.login).set("INITIAL", initial_of(name));
  view.set("KIND", is_bot ? "bot" : "person");
  view.set("BODY_HTML", render_markdown(comment.body, is_bot ? Author::bot : Author::person));
  view.show("IS_BOT", is_bot).show("EDITED", comment.edited_at.has_value());
  set_time(view, "WHEN", comment.created_at, now);
  if (comment.reactions.empty()) return;
  for (const auto reaction : split(comment.reactions, ' ')) view.add("REACTION").set("NAME", shown_reaction(reaction));
}

void fill_thread(View& view, const hosts::local::Thread& thread, const ThreadPlace& place, TimePoint now) {
  view.set("THREAD", thread.id)
      .set("PATH", escape_bytes(thread.path))
      .set("LINES", lines_of(thread))
      .set("ACTION", place.item_path);
  const bool resolved = !thread.resolved_by.empty();
  View& state = view.add(resolved ? "RESOLVED" : "OPEN");
  state.set("BY", thread.resolved_by)
      .set("COUNT", counted(static_cast<std::int64_t>(thread.comments.size()), "comment", "comments"));
  view.show("OUTDATED", place.outdated);
  for (const auto& comment : thread.comments) fill_comment(view.include("COMMENT", "comment.html"), comment, now);
  if (!place.may_settle) return;
  view.add("SETTLE").set("RESOLVE", resolved ? "0" : "1").set("LABEL", resolved ? "Reopen" : "Resolve");
}

}  // namespace greenroom::web
