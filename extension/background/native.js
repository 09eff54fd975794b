// The channel that the browser itself guards: a program on this computer that starts the server and hands over where it
// is and a fresh secret. The browser runs it for this extension alone, if `python3 -m server install` has told it to.

import { install, keep } from "./browser.js";
import { ServerError } from "./problem.js";

const HOST = "onrecord";
// What the browsers say where no host of that name is registered, or not for us: Chromium, then Firefox.
const UNKNOWN = /host not found|host is forbidden|No such native application|is not permitted/i;

/** @param {object} message @returns {Promise<Record<string, unknown> | null>} its answer; null where there is no host */
async function ask(message) {
  if (!chrome.runtime.sendNativeMessage) return null; // Firefox for Android
  try {
    return await chrome.runtime.sendNativeMessage(HOST, message);
  } catch (error) {
    if (UNKNOWN.test(String(error))) return null;
    throw new ServerError("start_failed", "");
  }
}

/** Whether the button can start the server. */
export async function canStart() {
  try {
    return (await ask({ type: "status" })) !== null;
  } catch {
    return false;
  }
}

/** @type {Promise<Connection | null> | null} */
let underWay = null;

/** Start the server if none runs, and share a fresh secret with it; null where no host is registered. */
export function connect() {
  underWay ??= connected().finally(() => {
    underWay = null;
  });
  return underWay;
}

/** @returns {Promise<Connection | null>} */
async function connected() {
  const own = await install();
  const told = await ask({ type: "connect", install: own, origin: location.origin });
  if (told === null) return null;
  const { port, secret } = told;
  if (told.type !== "ready" || typeof port !== "number" || typeof secret !== "string")
    throw new ServerError("start_failed", typeof told.message === "string" ? told.message : "");
  await keep({ port, secret });
  return { port, secret, install: own };
}
