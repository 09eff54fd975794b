// Saving an analysis: as the server's JSON, or in a format that the server makes of the same blocks.

import { connection } from "../background/browser.js";
import { refusal } from "../background/server.js";

const { text } = globalThis.onrecord;
const RELEASED = 10_000; // milliseconds after which a saved file's address is let go of: the download has begun by then

/** What the server makes, with the kind that it is asked for and the ending of the file. @type {Record<string, string>} */
const KINDS = { csv: "text/csv", jsonld: "application/ld+json" };

/** @param {string} name @param {string} kind @param {BlobPart} content */
function save(name, kind, content) {
  const url = URL.createObjectURL(new Blob([content], { type: kind }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASED);
}

/**
 * What the server on this computer answers about the article that was read, or what went wrong.
 * @param {string} path @param {object} request @param {string} accept @returns {Promise<Response | Problem>}
 */
async function ask(path, request, accept) {
  const { port, token } = await connection();
  let answer;
  try {
    answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      headers: { "Content-Type": "application/json", Accept: accept, Authorization: `Bearer ${token}` },
      body: JSON.stringify(request),
    });
  } catch {
    return { code: "server_not_running", message: "" };
  }
  return answer.ok ? answer : refusal(answer);
}

/** Save in a format; returns what went wrong, if anything. @param {string} format @param {View} view @returns {Promise<Problem | null>} */
export async function exports(format, view) {
  if (!view.analysis) return null;
  const title = (view.title || text("article")).replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);
  const name = `onrecord-${title}.${format}`;
  if (format === "json") {
    save(name, "application/json", JSON.stringify({ ...view.analysis, blocks: view.blocks }, null, 2));
    return null;
  }
  const { blocks, url } = view;
  if (format === "report") {
    const made = await ask("/v1/reports", { blocks, url, title: view.title }, "application/json");
    if (!(made instanceof Response)) return made;
    const { port } = await connection();
    const { location } = await made.json();
    await chrome.tabs.create({ url: `http://127.0.0.1:${port}${location}` });
    return null;
  }
  const kind = KINDS[format];
  if (!kind) return null;
  // Web Annotations count in code points, and so do most programs that read a table
  const request = { blocks, url, title: view.title, offsets: "code-point" };
  const made = await ask("/v1/analyze", request, kind);
  if (!(made instanceof Response)) return made;
  save(name, kind, await made.blob());
  return null;
}
