// Pairing: the code that the server shows is exchanged, once, for the token of every later request.

export {};

const { text } = globalThis.onrecord;
text.fill(document);

const form = /** @type {HTMLFormElement} */ (document.getElementById("pair"));
const code = /** @type {HTMLInputElement} */ (document.getElementById("code"));
const port = /** @type {HTMLInputElement} */ (document.getElementById("port"));
const result = /** @type {HTMLElement} */ (document.getElementById("result"));
const address = /** @type {HTMLElement} */ (document.getElementById("address"));
const HIGHEST_PORT = 65_535;

/** @returns {number | null} */
const chosenPort = () => {
  const number = Number(port.value);
  return Number.isInteger(number) && number > 0 && number <= HIGHEST_PORT ? number : null;
};

/** @returns {Promise<boolean>} whether it worked */
async function pair() {
  const number = chosenPort();
  if (number === null) {
    result.textContent = text("welcomePortWrong");
    return false;
  }
  result.textContent = text("welcomePairing");
  try {
    const answer = await fetch(`http://127.0.0.1:${number}/v1/pair`, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code: code.value }),
    });
    const body = await answer.json();
    if (!answer.ok) {
      result.textContent = String(body.error?.message ?? text("welcomeRefused"));
      return false;
    }
    await chrome.storage.local.set({ port: number, token: body.token });
    result.textContent = text("welcomePaired", `http://127.0.0.1:${number}`);
    code.value = "";
    return true;
  } catch {
    result.textContent = text("welcomeSilent", `http://127.0.0.1:${number}`);
    return false;
  }
}

const showAddress = () => {
  address.textContent = `http://127.0.0.1:${chosenPort() ?? 8377}`;
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void pair();
});
port.addEventListener("input", showAddress);

// `python3 -m server open` brings the code along, so that nothing has to be typed.
const given = new URLSearchParams(location.hash.slice(1));
history.replaceState(null, "", location.pathname);
if (given.has("port")) port.value = given.get("port") ?? "";
showAddress();
if (given.has("pair")) {
  code.value = given.get("pair") ?? "";
  if ((await pair()) && given.has("open")) {
    const next = URL.parse(given.get("open") ?? "");
    if (next && (next.protocol === "http:" || next.protocol === "https:")) location.assign(next.href);
  }
}
