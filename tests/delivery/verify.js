// Standard Webhooks' own verifier: takes {secret, headers, body} from standard input, and fails if it refuses them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

// The package is installed outside the tree.
const require = createRequire(path.join(process.env.NODE_TOOLS, "package.json"));
const { Webhook } = require("standardwebhooks");

const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
const event = new Webhook(secret).verify(body, headers);
console.log(event.type);
