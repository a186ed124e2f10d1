/**
 * Fails when the built page makes people wait: all script that the first screen needs before it can be shown, gzipped,
 * is less than 150 kB. What is fetched later, such as the drawing of charts, is listed and not counted.
 */
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const MOST_BYTES = 150_000;
const FIRST = ["index.html", "src/balance/index.tsx"];

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL(".vite/manifest.json", dist), "utf8").catch(fail));

function fail() {
  console.error("size: there is no built page; run `npm run build` first");
  process.exit(1);
}

/** A chunk and everything that it cannot run without. */
function needed(name, found = new Set()) {
  const chunk = manifest[name];
  if (chunk === undefined) {
    throw new Error(`size: the build has no chunk ${name}`);
  }
  if (!found.has(chunk.file)) {
    found.add(chunk.file);
    chunk.imports?.forEach((imported) => needed(imported, found));
  }
  return found;
}

async function size(file) {
  return gzipSync(await readFile(new URL(file, dist)), { level: 9 }).length;
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const first = new Set(FIRST.flatMap((name) => [...needed(name)]));
const later = new Set(Object.values(manifest).map(({ file }) => file));
let total = 0;
for (const file of first) {
  later.delete(file);
  const bytes = await size(file);
  total += bytes;
  console.log(`first  ${kB(bytes).padStart(9)}  ${file}`);
}
for (const file of [...later].filter((file) => file.endsWith(".js"))) {
  console.log(`later  ${kB(await size(file)).padStart(9)}  ${file}`);
}
console.log(`${kB(total)} of script before the first screen is shown; at most ${kB(MOST_BYTES)}`);
process.exit(total < MOST_BYTES ? 0 : 1);
