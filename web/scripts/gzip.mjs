/** Leaves every asset of a build gzipped beside it, as small as gzip makes it: whoever serves them need not do it again. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const assets = new URL("../dist/assets/", import.meta.url);
const names = (await readdir(assets)).filter((name) => /\.(js|css)$/.test(name));
await Promise.all(
  names.map(async (name) => {
    const content = await readFile(new URL(name, assets));
    await writeFile(new URL(`${name}.gz`, assets), gzipSync(content, { level: 9 }));
  }),
);
