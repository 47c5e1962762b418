#include "lib/web/diff_view.h"

#include "lib/base/text.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

constexpr std::size_t kLineBytes = 2000;

struct Painter {
  const std::vector<PlacedThread>& threads;
  const ThreadPlace& place;
  TimePoint now;
  std::vector<bool> placed;
  int lines_left = kLinesShown;

  // The threads of one line of a file, into the row `under`.
  void put_threads(View& under, const std::string& path, int line) {
    View* row = nullptr;
    for (std::size_t i = 0; i < threads.size(); ++i) {
      if (placed[i] || threads[i].path != path || threads[i].line != line) continue;
      placed[i] = true;
      if (row == nullptr) row = &under.add("THREADS");
      fill_thread(row->include("THREAD_BOX", "thread.html"), *threads[i].thread, place, now);
    }
  }
};

std::string status_words(const diff::File& file) {
  using enum diff::File::Status;
  switch (file.status) {
    case added: return "new file";
    case deleted: return "deleted";
    case renamed: return "renamed from " + escape_bytes(file.old_path);
    case copied: return "copied from " + escape_bytes(file.old_path);
    case mode_only: return "mode " + file.old_mode + " → " + file.new_mode;
    case modified: return "";
  }
  return "";
}

void put_line(View& row, const diff::Line& line) {
  using enum diff::Line::Kind;
  row.set("KIND", line.kind == added ? "add" : line.kind == removed ? "del" : "ctx");
  row.set("SIGN", line.kind == added ? "+" : line.kind == removed ? "−" : "");
  row.set("SPOKEN", line.kind == added ? "added" : line.kind == removed ? "removed" : "");
  row.set("OLD", line.old_line > 0 ? std::to_string(line.old_line) : "");
  row.set("NEW", line.new_line > 0 ? std::to_string(line.new_line) : "");
  row.set("TEXT", shorten(scrub_utf8(line.text), kLineBytes));
}

void put_file(Painter& painter, View& box, const diff::File& file, int number) {
  const std::string& path = file.new_path.empty() ? file.old_path : file.new_path;
  const diff::Size size = diff::size_of(diff::Diff{{file}});
  box.set("NUMBER", number).set("PATH", escape_bytes(path)).set("STATUS", status_words(file));
  box.set("ADDED", size.added).set("REMOVED", size.removed);
  if (file.binary)
    box.add("NOTE").set("WORDS", "A binary file; nothing to read here.");
  else if (file.submodule)
    box.add("NOTE").set("WORDS", "A submodule points to another commit.");
  else if (file.hunks.empty())
    box.add("NOTE").set("WORDS", "No line of it changed.");
  painter.put_threads(box, path, 0);
  for (const auto& hunk : file.hunks) {
    if (painter.lines_left <= 0) break;
    View& part = box.add("HUNK");
    part.set("OLD_START", hunk.old_start)
        .set("NEW_START", hunk.new_start)
        .set("SECTION", shorten(scrub_utf8(hunk.section), 200));
    for (const auto& line : hunk.lines) {
      if (painter.lines_left-- <= 0) break;
      View& row = part.add("LINE");
      put_line(row, line);
      if (line.kind != diff::Line::Kind::removed) painter.put_threads(row, path, line.new_line);
    }
  }
}

}  // namespace

void fill_diff(View& view, const diff::Diff& diff, const std::vector<PlacedThread>& threads, const ThreadPlace& place,
               TimePoint now) {
  Painter painter{threads, place, now, std::vector<bool>(threads.size(), false)};
  const diff::Size size = diff::size_of(diff);
  view.set("SIZE", counted(size.files, "file", "files")).set("ADDED", size.added).set("REMOVED", size.removed);
  int number = 0;
  for (const auto& file : diff.files) {
    if (number >= kFilesShown || painter.lines_left <= 0) break;
    put_file(painter, view.add("FILE"), file, ++number);
  }
  view.show("CUT", painter.lines_left <= 0 || number < static_cast<int>(diff.files.size()));
  ThreadPlace outside = place;
  outside.outdated = true;
  View* elsewhere = nullptr;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    if (painter.placed[i]) continue;
    if (elsewhere == nullptr) elsewhere = &view.add("ELSEWHERE");
    fill_thread(elsewhere->include("THREAD_BOX", "thread.html"), *threads[i].thread, outside, now);
  }
}

}  // namespace greenroom::web
