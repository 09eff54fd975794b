// Saving an analysis: as the server's JSON, or in a format that the server makes of the same blocks.

import { pageAt, post, ServerError } from "../background/server.js";
import { nameOf, save } from "../shared/download.js";

const { text } = globalThis.onrecord;

/** What the server makes, with the kind that it is asked for and the ending of the file. @type {Record<string, string>} */
const KINDS = { csv: "text/csv", jsonld: "application/ld+json", html: "text/html" };

/** What stands in an answer, which may break off, or be another program's. @template T @param {Promise<T>} read @returns {Promise<T>} */
async function whole(read) {
  try {
    return await read;
  } catch {
    throw new ServerError("unexpected", "");
  }
}

/** Save in a format; returns what went wrong, if anything. @param {string} format @param {View} view @returns {Promise<Problem | null>} */
export async function exports(format, view) {
  try {
    await make(format, view);
    return null;
  } catch (error) {
    if (error instanceof ServerError) return { code: error.code, message: error.message };
    throw error;
  }
}

/** @param {string} format @param {View} view */
async function make(format, view) {
  if (!view.analysis) return;
  const { blocks, url, title, outlet, published } = view;
  const name = nameOf(view.title || text("article"));
  const kind = KINDS[format];
  if (format === "json") {
    // what was not read to its end says so, in the file and in its name
    const part = view.whole ? {} : { partial: { read: view.read } };
    const ending = `${view.whole ? "" : `-${text("partial")}`}.json`;
    save(
      `${name}${ending}`,
      "application/json",
      JSON.stringify({ ...part, ...view.analysis, blocks }, null, 2),
    );
  } else if (format === "report") {
    const made = await post("/v1/reports", { blocks, url, title, outlet, published }, "application/json");
    const { location } = await whole(made.json());
    await chrome.tabs.create({ url: await pageAt(String(location)) });
  } else if (kind) {
    // Web Annotations count in code points, and so do most programs that read a table
    const made =
      format === "html"
        ? await post("/v1/reports", { blocks, url, title, outlet, published }, kind)
        : await post("/v1/analyze", { blocks, url, title, offsets: "code-point" }, kind);
    // a server of another version answers with what it knows, and that is no table and no page
    if (!made.headers.get("content-type")?.startsWith(kind)) throw new ServerError("version_mismatch", "");
    save(`${name}.${format}`, kind, await whole(made.blob()));
  }
}
