#pragma once
// What this runner tells about itself at /metrics: docs/metrics.md. Thread-safe.

#include "lib/metrics/metrics.h"
#include "lib/model/job.h"
#include "lib/sandbox/sandbox.h"
#include "lib/work/worker.h"

namespace greenroom::runner {

class Measures {
 public:
  Measures();  // every series stands from the start, so that a first event is a rise and no new line
  void slots(std::size_t count);
  void guarantee(const sandbox::Guarantee& guarantee);
  void begins(const model::Job& job);
  void ends(work::Ended ended);
  std::string text() const { return registry_.text(); }

 private:
  metrics::Registry registry_;
};

}  // namespace greenroom::runner
