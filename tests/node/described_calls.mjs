// Cuts GitHub's official description down to the calls that Greenroom makes: node described_calls.mjs FOLDER, where
// @octokit/openapi is installed. The whole has a thousand calls and takes a validating proxy a minute to read; this is
// the same text of those below. A call that GitHub does not describe ends it. GraphQL, which has no such description,
// takes anything.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const CALLS = {
  "/app": ["get"],
  "/app-manifests/{code}/conversions": ["post"],
  "/app/installations": ["get"],
  "/app/installations/{installation_id}/access_tokens": ["post"],
  "/app/hook/config": ["get"],
  "/app/hook/deliveries": ["get"],
  "/app/hook/deliveries/{delivery_id}": ["get"],
  "/installation/repositories": ["get"],
  "/user": ["get"],
  "/user/repos": ["get"],
  "/user/{account_id}": ["get"],
  "/users/{username}": ["get"],
  "/repos/{owner}/{repo}/branches/{branch}": ["get"],
  "/repos/{owner}/{repo}/check-runs": ["post"],
  "/repos/{owner}/{repo}/check-runs/{check_run_id}": ["patch"],
  "/repos/{owner}/{repo}/collaborators/{username}/permission": ["get"],
  "/repos/{owner}/{repo}/commits/{ref}/check-runs": ["get"],
  "/repos/{owner}/{repo}/commits/{ref}/statuses": ["get"],
  "/repos/{owner}/{repo}/installation": ["get"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["get", "patch", "delete"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions": ["post"],
  "/repos/{owner}/{repo}/issues/{issue_number}": ["get"],
  "/repos/{owner}/{repo}/issues/{issue_number}/assignees": ["post"],
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/issues/{issue_number}/labels": ["get", "post"],
  "/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}": ["delete"],
  "/repos/{owner}/{repo}/pulls": ["get"],
  "/repos/{owner}/{repo}/pulls/comments/{comment_id}": ["get", "patch", "delete"],
  "/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions": ["post"],
  "/repos/{owner}/{repo}/pulls/{pull_number}": ["get"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies": ["post"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers": ["post"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews": ["post"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/comments": ["get"],
  "/repos/{owner}/{repo}/rules/branches/{branch}": ["get"],
  "/repos/{owner}/{repo}/statuses/{sha}": ["post"],
};

const require = createRequire(process.argv[2] + "/");
const whole = JSON.parse(readFileSync(require.resolve("@octokit/openapi/generated/api.github.com.json")));

const paths = {
  "/graphql": {
    post: {
      requestBody: { required: true, content: { "application/json": { schema: { type: "object", required: ["query"] } } } },
      responses: { default: { description: "data, or errors" } },
    },
  },
};
for (const [path, methods] of Object.entries(CALLS)) {
  const described = whole.paths[path];
  if (!described) throw new Error(`GitHub describes no ${path}`);
  paths[path] = {};
  for (const method of methods) {
    const call = described[method];
    if (!call) throw new Error(`GitHub describes no ${method} of ${path}`);
    // What it answers is the fake's affair: only what is sent is held against the description.
    paths[path][method] = { ...call, responses: { default: { description: "any" } } };
  }
}

const components = {};
function take(value) {
  if (Array.isArray(value)) return value.forEach(take);
  if (value === null || typeof value !== "object") return;
  for (const [name, inner] of Object.entries(value)) {
    if (name !== "$ref" || typeof inner !== "string") {
      take(inner);
      continue;
    }
    const [, , kind, key] = inner.split("/");
    components[kind] ??= {};
    if (components[kind][key]) continue;
    components[kind][key] = whole.components[kind][key];
    take(components[kind][key]);
  }
}
take(paths);

process.stdout.write(JSON.stringify({ openapi: whole.openapi, info: whole.info, paths, components }));
