// Bundles the editor: `cd front-end && npm ci && npm run build`. The first line names what it was made of; tests/kit/test_editor_bundle.py
// fails if that is no longer what stands here.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { build } from "esbuild";

const folder = new URL("./editor/", import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith(".js")).sort();
const hash = createHash("sha256");
for (const name of sources) hash.update(readFileSync(new URL(name, folder)));
hash.update(readFileSync(new URL("./package-lock.json", import.meta.url)));

await build({
  entryPoints: [new URL("main.js", folder).pathname],
  outfile: new URL("../static/kit/editor.js", import.meta.url).pathname,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  banner: { js: `/* Made of front-end/editor, sources ${hash.digest("hex")}. ProseMirror: MIT, static/vendor/prosemirror/LICENSE */` },
});
