// A newsroom's server (docs/shared.md), which the reader has chosen in the options: by https, with a token, and with the
// browser's leave for its host, which is asked for there and then.

import { mayReach } from "./browser.js";
import { refusal, ServerError } from "./problem.js";
import { sent } from "./sent.js";

// The rest is for one reader and her own computer.
const OFFERED = new Set(["/v1/analyze", "/v1/reports"]);
const TOKEN = /^[\x21-\x7e]{16,512}$/;
// What a server says of a request without any text, once it has looked at the token.
const KNOWN = new Set(["nothing_to_analyze", "invalid_request"]);

/** The address of a server as somebody types it, or null where it is none by https. @param {string} typed */
export function addressOf(typed) {
  const url = URL.parse(typed.trim());
  const bare = url?.username === "" && url.password === "" && url.search === "" && url.hash === "";
  return bare && url.protocol === "https:" && url.pathname === "/" ? url.origin : null;
}

/** @param {string} token */
export const isToken = (token) => TOKEN.test(token);

/** What the browser is asked to allow: this host, at any port. @param {string} address */
export const patternOf = (address) => `https://${new URL(address).hostname}/*`;

/**
 * What the server answers; throws a `ServerError` where it refuses, is silent or may not be reached.
 * @param {Newsroom} newsroom @param {string} path @param {Uint8Array<ArrayBuffer>} body @param {string} accept
 * @param {AbortSignal} [signal]
 */
export async function ask({ address, token }, path, body, accept, signal) {
  if (!OFFERED.has(path)) throw new ServerError("newsroom_without", "");
  if (!(await mayReach(patternOf(address)))) throw new ServerError("newsroom_not_allowed", "");
  let answer;
  try {
    answer = await sent(address + path, body, { Accept: accept, Authorization: `Bearer ${token}` }, signal);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ServerError("newsroom_silent", "");
  }
  if (answer.ok) return answer;
  const refused = await refusal(answer);
  throw refused.code === "not_paired" ? new ServerError("newsroom_token", "") : refused;
}

/** Whether a server knows a token, found out without sending it any text; throws a `ServerError` where it does not. @param {Newsroom} newsroom */
export async function check(newsroom) {
  const body = new TextEncoder().encode(JSON.stringify({ blocks: [] }));
  try {
    await ask(newsroom, "/v1/analyze", body, "application/json");
  } catch (error) {
    if (!(error instanceof ServerError && KNOWN.has(error.code))) throw error;
    return;
  }
  throw new ServerError("unexpected", "");
}
