// Prints what the extension reads on pages: one JSON line for each file named, {"page", "blocks": [{role, text, section}]}.

import { readFileSync } from "node:fs";
import { page, READING } from "./load.js";

for (const path of process.argv.slice(2)) {
  const { document, onrecord } = page(readFileSync(path, "utf8"), READING);
  const blocks = [...onrecord.extract.article(document)]
    .filter(({ echo }) => !echo)
    .map(({ role, text, section }) => ({ role, text, section: section ?? 0 }));
  console.log(JSON.stringify({ page: path, blocks }));
}
