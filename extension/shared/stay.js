// In Firefox what a press on the button allows ends when the page is loaded again, and the marks with it. So the first
// time that pages of a site are marked the reader is asked whether they should always be; each site is asked about once.

const { switches, text } = globalThis.onrecord;
const MOST_SITES = 500; // the latest answers

/** @returns {Promise<string[]>} the hosts that were asked about */
async function answered() {
  const { stay } = /** @type {{stay?: unknown}} */ (await chrome.storage.local.get("stay"));
  return Array.isArray(stay) ? stay.filter((host) => typeof host === "string") : [];
}

/** Whether there is anything to ask: not in Chromium, where a reload keeps the leave, and nothing of a private window. */
const asks = () => !chrome.sidePanel && !chrome.extension?.inIncognitoContext;

/**
 * The question about the site of `url` in `box`, or nothing.
 * @param {HTMLElement} box @param {string} url @param {boolean} marked whether its page is marked
 */
export async function drawStay(box, url, marked) {
  const site = asks() && marked ? switches.siteOf(url) : null;
  const origins = site ? switches.patterns(site.host, site.scheme) : [];
  const current = await switches.read();
  const settled =
    site === null ||
    current.everywhere ||
    switches.rule(current, site.host) !== null ||
    (await answered()).includes(site.host) ||
    (await chrome.permissions.contains({ origins }));
  box.hidden = settled;
  if (settled) {
    box.replaceChildren();
    return;
  }
  const { host } = site;
  if (box.dataset.host === host && box.childElementCount > 0) return; // it is being read
  box.dataset.host = host;
  /** @param {boolean} always */
  const answer = async (always) => {
    box.hidden = true;
    await chrome.storage.local.set({ stay: [...(await answered()), host].slice(-MOST_SITES) });
    if (always) await switches.write(switches.withSite(await switches.read(), host, true));
  };
  const question = document.createElement("span");
  question.textContent = text("stayAsk", host);
  const [yes, no] = [document.createElement("button"), document.createElement("button")];
  yes.type = no.type = "button";
  yes.textContent = text("stayYes");
  no.textContent = text("stayNo");
  // the browser asks too, and only while the press is being handled; who declines there has answered
  yes.addEventListener("click", async () => answer(await chrome.permissions.request({ origins })));
  no.addEventListener("click", () => void answer(false));
  box.replaceChildren(question, yes, no);
}
