#pragma once
// Whether a repository is set up for Greenroom, read from GitHub's answers. Pure: each adds its remarks. Inner to
// lib/hosts/github. What is needed and why: docs/hosts.md.
// Sources: GitHub's REST description of "Get the authenticated app", "Get a repository installation for the
// authenticated app", "Get a webhook configuration for an app", "List deliveries for an app webhook", "Get rules for a
// branch", "Get a branch".

#include <cstdint>
#include <string>
#include <vector>

#include "lib/hosts/remark.h"
#include "lib/json/json.h"

namespace greenroom::hosts::github {

// What the App asks for and what the repository's owner granted.
void judge_permissions(const json::Value& app, const json::Value& installation, Remarks& remarks);
void judge_events(const json::Value& app, Remarks& remarks);
void judge_hook(const json::Value& config, const std::string& hook_url, Remarks& remarks);
// `deliveries`: the newest page of the App's list. It is of all its repositories, and when this one is not among them
// the others say at least whether the App's webhook arrives.
void judge_deliveries(const json::Value& deliveries, std::int64_t host_repository_id, Remarks& remarks);
// `rules`: of the branch; `branch`: itself, with its protection.
void judge_branch(const std::vector<json::Value>& rules, const json::Value& branch, const std::string& name,
                  Remarks& remarks);

}  // namespace greenroom::hosts::github
