// Prints every example of GitHub's webhooks, one JSON object a line: {"event", "body", "signature"}, the body as GitHub
// would send it and signed by its own library. Argument: the secret.
import { createRequire } from "node:module";
import { sign } from "@octokit/webhooks-methods";

const require = createRequire(import.meta.url);
const lists = ["", "ghes-31", "ghes-32", "ghes-33", "ghes-34", "ghes-35"].map((server) =>
  require(`@octokit/webhooks-examples/${server || "api.github.com"}/index.json`),
);
for (const { name, examples } of lists.flat()) {
  for (const example of examples) {
    const body = JSON.stringify(example);
    console.log(JSON.stringify({ event: name, body, signature: await sign(process.argv[2], body) }));
  }
}
