#include "lib/work/practice.h"

#include <fstream>

#include "lib/base/log.h"
#include "lib/base/remove_tree.h"
#include "lib/base/text.h"
#include "lib/pipeline/snippet.h"
#include "lib/queue/practice.h"
#include "lib/sandbox/scratch.h"
#include "lib/store/practice_report.h"
#include "lib/work/admission.h"
#include "lib/work/project.h"
#include "lib/work/read_access.h"
#include "lib/work/run_checks.h"

namespace greenroom::work {
namespace {

// The snippet alone in a folder of the slot, gone with this object.
class SnippetFolder {
 public:
  static Result<SnippetFolder> make(const SlotDirectory& slot, const model::PracticeTry& lease) {
    SnippetFolder folder(slot.scratch() + "/practice");
    GREENROOM_CHECK(remove_tree(folder.path_));  // of a runner that was killed
    GREENROOM_CHECK(make_directory(folder.path_));
    std::ofstream file(folder.path_ + "/" + lease.file_name, std::ios::binary);
    file << lease.content;
    if (!file.flush()) return transient("cannot write the snippet below " + folder.path_ + "; is the disk full?");
    return folder;
  }
  SnippetFolder(SnippetFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  SnippetFolder& operator=(SnippetFolder&&) = delete;
  ~SnippetFolder() {
    if (!path_.empty()) sandbox::remove_thoroughly(path_);
  }
  const std::string& path() const { return path_; }

 private:
  explicit SnippetFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// The names come from the page's own list; the table's CHECK holds them to a letter, a dot and letters.
bool is_plain(const std::string& name) {
  return name.find('/') == std::string::npos && name.find("..") == std::string::npos;
}

model::Job job_of(const model::PracticeTry& lease) {
  model::Job job;
  job.trace = lease.trace;
  job.repository = lease.repository;
  job.host = lease.host;
  job.host_repository_id = lease.host_repository_id;
  job.head_sha = lease.head_sha;
  job.base_sha = lease.base_sha;
  return job;
}

model::MayRun allowed(const model::PracticeTry& lease) { return lease.run ? lease.may_run : model::MayRun::reading; }

std::string printed(const process::Capture& capture) { return scrub_utf8(capture.joined()); }

}  // namespace

PracticeAttempt::PracticeAttempt(const Settings& settings, pg::Pool& db, const SlotDirectory& slot,
                                 const model::PracticeTry& lease, const std::function<bool()>& stopping)
    : settings_(settings),
      db_(db),
      slot_(slot),
      lease_(lease),
      stopping_(stopping),
      lease_kept_(db, [&lease](pg::Connection& one) { return queue::renew_try(one, lease); }) {}

Result<model::Ran> PracticeAttempt::run_snippet(const std::string& directory) {
  pipeline::SnippetLimits limits;
  limits.wall = settings_.config.seconds("practice.run_seconds");
  limits.memory_bytes = static_cast<std::uint64_t>(settings_.config.integer("checks.memory_bytes"));
  limits.output_bytes = model::kShownOutput;
  const auto plan = pipeline::run_of_snippet(lease_.file_name, directory, slot_.scratch(), limits);
  GREENROOM_TRY(outcome, settings_.execute(plan, {}, [this] { return !wanted(); }));
  return model::Ran{pipeline::ending_of(outcome), outcome.process.ok(), outcome.process.took,
                    printed(outcome.process.out), printed(outcome.process.err)};
}

Result<model::PracticeReport> PracticeAttempt::look_at_snippet() {
  if (!is_plain(lease_.file_name)) return bug("a snippet whose name is a path");
  GREENROOM_TRY(folder, SnippetFolder::make(slot_, lease_));
  const checks::ProjectView view{{lease_.file_name}, {lease_.file_name}, [](auto) { return std::string(); }};
  GREENROOM_TRY(planned, checks::plan(view, settings_.toolbox, settings_.config));
  pipeline::Workspace workspace;
  workspace.directory = folder.path();
  workspace.scratch = slot_.scratch();
  workspace.diff = pipeline::whole_file(lease_.file_name, lease_.content);
  auto admission = admit(planned, allowed(lease_), {});
  auto ran = pipeline::run(admission.to_run, workspace, settings_.execute, settings_.parallel, {},
                           [this] { return !wanted(); });
  auto whole = completed(std::move(admission.standing), std::move(ran));
  model::PracticeReport report{std::move(whole.checks), std::move(whole.findings), {}, {}};
  const bool runs = allowed(lease_) == model::MayRun::everything && !pipeline::interpreter_of(lease_.file_name).empty();
  if (!runs || !wanted()) return report;
  GREENROOM_TRY(once, run_snippet(folder.path()));
  report.ran = std::move(once);
  return report;
}

Result<model::PracticeReport> PracticeAttempt::look_at_branch() {
  const auto unwanted = [this] { return !wanted(); };
  const auto source = [this]() -> Result<git::FetchSource> {
    if (lease_.host != "local") return user_fault("branches can be tried on the practice host only");
    return practice_source(settings_, lease_.host_repository_id);
  };
  GREENROOM_TRY(project, prepare(job_of(lease_), settings_, slot_, source, unwanted));
  auto admission = admit(project.checks, allowed(lease_), {});
  auto ran = work::run_checks(project, std::move(admission.to_run), settings_, {}, unwanted);
  auto whole = completed(std::move(admission.standing), std::move(ran));
  return model::PracticeReport{std::move(whole.checks), std::move(whole.findings), {}, project.config_error};
}

Result<model::PracticeReport> PracticeAttempt::look() {
  return lease_.is_snippet() ? look_at_snippet() : look_at_branch();
}

Ended PracticeAttempt::run() {
  const auto report = look();
  if (!wanted()) return leave();
  if (!report) return fail(report.error());
  const auto told =
      db_.with<bool>([&](pg::Connection& db) { return queue::finish_try(db, lease_, store::to_json(*report)); });
  if (!told) return fail(told.error());
  return *told ? Ended::finished : Ended::lease_lost;
}

// Somebody waits before the page: where our side fails the next runner tries at once.
Ended PracticeAttempt::fail(const Error& error) {
  log::warn("try failed", {{"try", lease_.id.value}, {"trace", lease_.trace.hex}, {"error", error}});
  const bool theirs = error.kind == ErrorKind::user_fault, gone = error.kind == ErrorKind::not_found;
  const std::string shown = theirs ? error.message
                            : gone ? "the git host no longer has this commit"
                                   : "it could not run because of a problem on our side";
  const auto told = db_.with<void>(
      [&](pg::Connection& db) { return queue::fail_try(db, lease_, scrub_utf8(shown), !theirs && !gone); });
  if (!told) log::warn("failure not written; the lease will run out", {{"try", lease_.id.value}});
  return Ended::failed;
}

Ended PracticeAttempt::leave() {
  if (!lease_kept_.held()) return Ended::lease_lost;
  const auto done = db_.with<void>([&](pg::Connection& db) { return queue::give_back_try(db, lease_); });
  if (!done) log::warn("try not handed back; its lease will run out", {{"try", lease_.id.value}});
  return Ended::given_back;
}

}  // namespace greenroom::work
