// A newsroom's server instead of the one on this computer: its address, the reader's token, and the browser's leave.

import { choose, newsroom } from "../background/browser.js";
import { addressOf, check, isToken, patternOf } from "../background/newsroom.js";
import { ServerError } from "../background/problem.js";
import { giveBack } from "../shared/site.js";

const { problems, switches, text } = globalThis.onrecord;
// Firefox asks along with it whether what is read may leave the computer; Chromium knows no such question.
const DATA = chrome.sidePanel ? {} : { data_collection: ["websiteContent", "browsingActivity"] };

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
const [address, token, stop] = [field("newsroom-address"), field("newsroom-token"), field("newsroom-stop")];
/** @param {string} sentence */
const say = (sentence) => {
  field("newsroom-said").textContent = sentence;
};

/** @param {Newsroom | null} chosen */
export function drawNewsroom(chosen) {
  stop.hidden = chosen === null;
  if (chosen !== null && document.activeElement !== address) address.value = chosen.address;
}

/** Give the browser's leave for a server back, unless pages of that host are marked by themselves. @param {string} where */
async function release(where) {
  const current = await switches.read();
  if (!current.everywhere && !switches.rule(current, new URL(where).hostname)?.on)
    await giveBack([patternOf(where)]);
}

field("newsroom").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [where, known] = [addressOf(address.value), token.value.trim()];
  if (where === null || !isToken(known)) return say(text("optionsNewsroomWrong"));
  // before anything else that is waited for: the browser asks while the button is being pressed, and not later
  const leave = /** @type {chrome.permissions.Permissions} */ ({ origins: [patternOf(where)], ...DATA });
  if (!(await chrome.permissions.request(leave))) return say(text("optionsNewsroomRefused", where));
  say(text("optionsNewsroomTrying", where));
  const before = await newsroom();
  try {
    await check({ address: where, token: known });
  } catch (error) {
    if (before?.address !== where) await release(where);
    const problem = error instanceof ServerError ? error : new ServerError("unexpected", "");
    return say(problems.shown({ code: problem.code, message: problem.message }).sentence);
  }
  await choose({ address: where, token: known });
  if (before !== null && before.address !== where) await release(before.address);
  token.value = "";
  say(text("optionsNewsroomUsed", where));
});
stop.addEventListener("click", async () => {
  const before = await newsroom();
  await choose(null);
  if (before !== null) await release(before.address);
  address.value = "";
  say(text("optionsNewsroomStopped"));
});
