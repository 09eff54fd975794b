// Saving an analysis: as the server's JSON, or in a format that the server makes of the same blocks.

import { connection } from "../background/browser.js";
import { post, ServerError } from "../background/server.js";
import { save } from "../shared/download.js";

const { text } = globalThis.onrecord;

/** What the server makes, with the kind that it is asked for and the ending of the file. @type {Record<string, string>} */
const KINDS = { csv: "text/csv", jsonld: "application/ld+json" };

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
  const title = (view.title || text("article")).replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);
  const { blocks, url } = view;
  const kind = KINDS[format];
  if (format === "json") {
    // what was not read to its end says so, in the file and in its name
    const part = view.whole ? {} : { partial: { read: view.read } };
    const name = `onrecord-${title}${view.whole ? "" : `-${text("partial")}`}.json`;
    save(name, "application/json", JSON.stringify({ ...part, ...view.analysis, blocks }, null, 2));
  } else if (format === "report") {
    const { title, outlet, published } = view;
    const made = await post("/v1/reports", { blocks, url, title, outlet, published }, "application/json");
    const { location } = await whole(made.json());
    const { port } = await connection();
    await chrome.tabs.create({ url: `http://127.0.0.1:${port}${location}` });
  } else if (kind) {
    // Web Annotations count in code points, and so do most programs that read a table
    const made = await post("/v1/analyze", { blocks, url, title: view.title, offsets: "code-point" }, kind);
    // a server of another version answers with what it knows, and that is no table
    if (!made.headers.get("content-type")?.startsWith(kind)) throw new ServerError("version_mismatch", "");
    save(`onrecord-${title}.${format}`, kind, await whole(made.blob()));
  }
}
