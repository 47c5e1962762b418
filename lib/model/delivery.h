#pragma once
// Stage 1 of the line: what a git host sent, byte for byte, after its signature was checked.

#include <string>
#include <utility>
#include <vector>

#include "lib/base/clock.h"
#include "lib/model/ids.h"

namespace greenroom::model {

using Headers = std::vector<std::pair<std::string, std::string>>;  // names lower-case, in order of arrival

struct Delivery {
  DeliveryId id;
  TraceId trace;
  std::string host;           // "local", "github", …: the key of the host's configuration
  std::string host_delivery;  // the host's own id, unique per host (GitHub: X-GitHub-Delivery)
  std::string event_name;     // the host's name for it ("push", "pull_request", …); unsigned on GitHub
  std::string semantic_key;   // same meaning, other id: (repository, change, SHA, action, comment); may be empty
  Headers headers;            // an allow-list; never Authorization or a token
  std::string body;           // the raw signed bytes
  TimePoint received_at;
};

}  // namespace greenroom::model
