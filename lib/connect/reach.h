#pragma once
// Whether the webhook service answers where git hosts are told to send. Asked from here, which a firewall may tell from
// there: that deliveries arrive, only the host can say.

#include <string>

#include "lib/hosts/remark.h"

namespace greenroom::connect {

// `hook`: "https://ci.example/hooks/github". Sends a GET, which stores nothing: a hook that is set up answers 405, and
// 404 says that it has no secret (lib/ingress/ingress.h). Blocks for at most a few seconds.
hosts::Remark examine_reach(const std::string& hook);

}  // namespace greenroom::connect
