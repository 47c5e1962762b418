#include "lib/git/change_list.h"

#include <git2.h>

#include <map>

#include "lib/git/names.h"
#include "lib/git/objects.h"

namespace greenroom::git {
namespace {

struct Entry {
  git_oid id;
  git_filemode_t mode;
  bool is_tree() const { return mode == GIT_FILEMODE_TREE; }
};
using Entries = std::map<std::string, Entry, std::less<>>;

TreeEntry::Kind kind_of(git_filemode_t mode) {
  switch (mode) {
    case GIT_FILEMODE_LINK: return TreeEntry::Kind::symlink;
    case GIT_FILEMODE_COMMIT: return TreeEntry::Kind::submodule;
    case GIT_FILEMODE_BLOB_EXECUTABLE: return TreeEntry::Kind::executable;
    default: return TreeEntry::Kind::file;
  }
}

std::string below(const std::string& directory, const std::string& name) {
  return directory.empty() ? name : directory + "/" + name;
}

class Comparison {
 public:
  Comparison(git_repository* repository, const TreeTotals& old_totals, const TreeLimits& limits)
      : repository_(repository), limits_(limits) {
    changes_.totals = old_totals;
  }

  // Either may be null: an empty directory.
  Result<void> directory(const std::string& path, const git_oid* old_id, const git_oid* new_id, int depth);
  ChangeList take() && { return std::move(changes_); }

 private:
  Result<Entries> read(const git_oid* id, const std::string& path) const;
  Result<void> leave(const std::string& path, const Entry& entry);
  Result<void> enter(const std::string& path, const Entry& entry, int depth);
  Result<void> replace(const std::string& path, const Entry& was, const Entry& is, int depth);
  Result<void> forget(const Entry& entry, int depth);
  Result<void> check_limits(const std::string& path, std::uint64_t size) const;

  git_repository* repository_;
  const TreeLimits& limits_;
  ChangeList changes_;
};

Result<Entries> Comparison::read(const git_oid* id, const std::string& path) const {
  Entries entries;
  if (id == nullptr) return entries;
  GREENROOM_TRY(tree, find_tree(repository_, *id));
  const std::size_t count = git_tree_entrycount(tree.get());
  for (std::size_t i = 0; i < count; ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
    const std::string name = git_tree_entry_name(entry);
    if (!is_safe_name(name)) return user_fault("the tree has a forbidden name: '" + shown(below(path, name)) + "'");
    const bool fresh =
        entries.try_emplace(name, Entry{*git_tree_entry_id(entry), git_tree_entry_filemode(entry)}).second;
    if (!fresh) return user_fault("the tree names '" + shown(below(path, name)) + "' twice");
  }
  return entries;
}

Result<void> Comparison::check_limits(const std::string& path, std::uint64_t size) const {
  if (path.size() > limits_.path_bytes) {
    return user_fault("the path '" + shown(path) + "' is longer than " + std::to_string(limits_.path_bytes) + " bytes");
  }
  if (size > limits_.file_bytes) {
    return user_fault("'" + shown(path) + "' is larger than " + std::to_string(limits_.file_bytes) + " bytes");
  }
  if (changes_.totals.entries > limits_.entries) {
    return user_fault("the tree has more than " + std::to_string(limits_.entries) + " files and folders");
  }
  if (changes_.totals.bytes > limits_.bytes) {
    return user_fault("the tree's files hold more than " + std::to_string(limits_.bytes) + " bytes");
  }
  return {};
}

// Takes an entry that goes away, and all below it, off the totals.
Result<void> Comparison::forget(const Entry& entry, int depth) {
  if (depth > limits_.depth) return user_fault("the old tree is too deep");
  if (entry.is_tree()) {
    GREENROOM_TRY(entries, read(&entry.id, ""));
    for (const auto& [name, inner] : entries) GREENROOM_CHECK(forget(inner, depth + 1));
    changes_.totals.entries -= 1;
    return {};
  }
  changes_.totals.entries -= 1;
  if (entry.mode == GIT_FILEMODE_COMMIT) return {};
  GREENROOM_TRY(size, size_of_blob(repository_, entry.id));
  changes_.totals.bytes -= size;
  return {};
}

Result<void> Comparison::leave(const std::string& path, const Entry& entry) {
  changes_.remove.push_back(path);
  return forget(entry, 0);
}

Result<void> Comparison::enter(const std::string& path, const Entry& entry, int depth) {
  if (entry.is_tree()) {
    // Folders count too: a few objects can make billions of folders without one file.
    changes_.totals.entries += 1;
    GREENROOM_CHECK(check_limits(path, 0));
    return directory(path, nullptr, &entry.id, depth + 1);
  }
  std::uint64_t size = 0;
  if (entry.mode != GIT_FILEMODE_COMMIT) {
    GREENROOM_TRY(bytes, size_of_blob(repository_, entry.id));
    size = bytes;
  }
  changes_.totals.entries += 1;
  changes_.totals.bytes += size;
  GREENROOM_CHECK(check_limits(path, size));
  changes_.write.push_back({path, to_sha(entry.id), size, kind_of(entry.mode)});
  return {};
}

Result<void> Comparison::replace(const std::string& path, const Entry& was, const Entry& is, int depth) {
  if (was.mode == is.mode && git_oid_equal(&was.id, &is.id) != 0) return {};
  if (was.is_tree() && is.is_tree()) return directory(path, &was.id, &is.id, depth + 1);
  // A file gives way to a file by being written anew; a directory, submodule or new directory needs the place cleared.
  const auto clears = [](const Entry& entry) { return entry.is_tree() || entry.mode == GIT_FILEMODE_COMMIT; };
  if (clears(was) || clears(is)) changes_.remove.push_back(path);
  GREENROOM_CHECK(forget(was, 0));
  return enter(path, is, depth);
}

Result<void> Comparison::directory(const std::string& path, const git_oid* old_id, const git_oid* new_id, int depth) {
  if (depth > limits_.depth) return user_fault("the tree is deeper than " + std::to_string(limits_.depth) + " folders");
  GREENROOM_TRY(old_entries, read(old_id, path));
  GREENROOM_TRY(new_entries, read(new_id, path));
  for (const auto& [name, was] : old_entries) {
    if (!new_entries.contains(name)) GREENROOM_CHECK(leave(below(path, name), was));
  }
  for (const auto& [name, is] : new_entries) {
    const auto was = old_entries.find(name);
    GREENROOM_CHECK(was == old_entries.end() ? enter(below(path, name), is, depth)
                                             : replace(below(path, name), was->second, is, depth));
  }
  return {};
}

}  // namespace

Result<ChangeList> compare_trees(git_repository* repository, std::string_view old_tree, const TreeTotals& old_totals,
                                 std::string_view new_tree, const TreeLimits& limits) {
  git_oid old_id, new_id;
  if (!old_tree.empty()) GREENROOM_CHECK(parse_sha(old_tree, old_id));
  GREENROOM_CHECK(parse_sha(new_tree, new_id));
  Comparison comparison(repository, old_totals, limits);
  GREENROOM_CHECK(comparison.directory("", old_tree.empty() ? nullptr : &old_id, &new_id, 0));
  return std::move(comparison).take();
}

}  // namespace greenroom::git
