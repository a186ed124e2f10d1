/**
 * Writes what is made of other files: the types from the OpenAPI document, and the module of fixtures from what the
 * service has answered to the Rust tests. With --check it writes nothing and fails where a file is not what it would be.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";

const at = (path) => new URL(`../${path}`, import.meta.url);
const DOCUMENT = at("../openapi/openapi.json");
const document = JSON.parse(readFileSync(DOCUMENT, "utf8"));

async function schema() {
  const types = await openapiTS(DOCUMENT, { rootTypes: true, rootTypesNoSchemaPrefix: true });
  return COMMENT_HEADER + astToString(types);
}

const operationOf = (name) => name.split(".", 1)[0];

/** Each answer as a literal: the compiler then knows it to the last word, and holds it to its operation's type. */
function fixtures() {
  const names = readdirSync(at("fixtures")).map((file) => file.replace(/\.json$/, ""));
  names.sort();
  const entries = names.map((name) => {
    const operation = operationOf(name);
    const type = operation === "problem" ? "Problem" : `AnswerOf<operations["${operation}"]>`;
    const answer = readFileSync(at(`fixtures/${name}.json`), "utf8").trimEnd();
    return `  "${name}": ${answer.replaceAll("\n", "\n  ")} satisfies ${type},\n`;
  });
  return `${HEADER}import type { AnswerOf } from "./answers";
import type { operations, Problem } from "./schema";

export const fixtures = {
${entries.join("")}};

/** Where each of their operations is, and what its success is called. */
export const routes = {
${routes(new Set(names.map(operationOf))).join("")}} as const;
`;
}

const HEADER = `/** Written by \`npm run generate\` from fixtures/ and the OpenAPI document. Change nothing here. */
`;

function routes(wanted) {
  const lines = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => wanted.has(operationId))
      .map(([method, { operationId, responses }]) => {
        const status = Object.keys(responses).find((status) => status.startsWith("2"));
        return `  ${operationId}: { method: "${method}", path: "${path}", status: ${status} },\n`;
      }),
  );
  return lines.sort();
}

const made = { "src/schema.ts": await schema(), "src/fixtures.ts": fixtures() };
for (const [file, text] of Object.entries(made)) {
  if (!process.argv.includes("--check")) {
    writeFileSync(at(file), text);
  } else if (readFileSync(at(file), "utf8") !== text) {
    console.error(`frontend-contract/${file} is not what is made of its sources: run \`make generate\``);
    process.exitCode = 1;
  }
}
