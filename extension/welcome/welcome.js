// The first page: whether the button can start the server, and if not, the one command that lets it; or a code to type.

import { connection, newsroom } from "../background/browser.js";
import { canStart, connect } from "../background/native.js";
import { openSample } from "../background/sample.js";
import { homePage, pair, ServerError } from "../background/server.js";

const { text } = globalThis.onrecord;
text.fill(document);

/** @param {string} id @returns {HTMLElement} */
const at = (id) => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
};
const form = /** @type {HTMLFormElement} */ (at("pair"));
const code = /** @type {HTMLInputElement} */ (at("code"));
const port = /** @type {HTMLInputElement} */ (at("port"));
const result = at("result");
const said = at("said");
const HIGHEST_PORT = 65_535;

/** @returns {number | null} */
const chosenPort = () => {
  const number = Number(port.value);
  return Number.isInteger(number) && number > 0 && number <= HIGHEST_PORT ? number : null;
};
/** @param {number} number */
const address = (number) => `http://127.0.0.1:${number}`;

/** @param {unknown} error @param {string} where the address that was asked */
function told(error, where) {
  if (!(error instanceof ServerError)) return text("welcomeRefused");
  if (error.code === "server_not_running") return text("welcomeSilent", where);
  if (error.code === "not_proved") return text("welcomeNotProved", where);
  if (error.code === "start_failed") return error.message || text("problem_start_failed");
  return error.message || text("welcomeRefused");
}

async function pairNow() {
  at("next").hidden = true;
  const number = chosenPort();
  if (number === null) {
    result.textContent = text("welcomePortWrong");
    return;
  }
  result.textContent = text("welcomePairing");
  try {
    await pair(code.value, number);
    code.value = "";
    result.textContent = text("welcomePaired", address(number));
    await look();
    at("next").hidden = false;
  } catch (error) {
    result.textContent = told(error, address(number));
  }
}

/** Whether there is anything left to do before the button works. */
async function look() {
  const [able, chosen] = [await canStart(), await newsroom()];
  const { port: known, secret } = await connection();
  at("newsroom").hidden = chosen === null;
  at("newsroom-address").textContent = chosen?.address ?? "";
  at("only").hidden = at("by-code").hidden = chosen !== null;
  at("ready").hidden = !able || chosen !== null;
  at("missing").hidden = able || chosen !== null;
  at("go").hidden = (!able && secret === "") || chosen !== null;
  at("again").classList.toggle("second", secret !== ""); // who has paired by code has something better to press
  at("address").textContent = address(known);
  return able;
}

/** @param {() => Promise<unknown>} act @param {string} [meanwhile] */
const trying = async (act, meanwhile = text("starting")) => {
  said.textContent = meanwhile;
  try {
    await act();
    said.textContent = "";
  } catch (error) {
    said.textContent = told(error, address((await connection()).port));
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void pairNow();
});
port.addEventListener("input", () => {
  at("address").textContent = address(chosenPort() ?? 8377);
});
for (const id of ["sample", "first"]) at(id).addEventListener("click", () => void trying(openSample));
at("home").addEventListener("click", () => void trying(async () => location.assign(await homePage())));
at("again").addEventListener("click", async () => {
  said.textContent = (await look()) ? "" : text("welcomeNotYet");
});

// `python3 -m server open` says which page to open once the server is connected.
const given = new URLSearchParams(location.hash.slice(1)).get("open");
history.replaceState(null, "", location.pathname);
const able = await look();
if (given !== null && able) {
  const next = URL.parse(given);
  if (next?.protocol === "http:" || next?.protocol === "https:")
    await trying(async () => {
      await connect();
      location.assign(next.href);
    });
}
