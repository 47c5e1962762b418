#include "lib/model/job.h"

namespace greenroom::model {

std::string_view name_of(MayRun may_run) {
  switch (may_run) {
    case MayRun::nothing: return "nothing";
    case MayRun::reading: return "reading";
    case MayRun::everything: return "everything";
  }
  return "nothing";
}

}  // namespace greenroom::model
