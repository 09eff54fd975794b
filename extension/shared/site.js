// The switch for one site, wherever it is shown: as the button says, always, or never.

const { switches, text } = globalThis.onrecord;
const CHOICES = ["ask", "always", "never"];

/**
 * Draw the switch for the site of `url` into `box`; nothing for a page that no extension may read.
 * @param {HTMLElement} box @param {string} url
 */
export async function drawSite(box, url) {
  const site = switches.siteOf(url);
  box.hidden = site === null;
  if (site === null) return;
  const { host, scheme } = site;
  const current = await switches.read();
  const rule = switches.rule(current, host);
  const origins = switches.patterns(host, scheme);
  const allowed = await chrome.permissions.contains({ origins });
  const select = document.createElement("select");
  select.id = "site-choice";
  for (const choice of CHOICES) select.append(new Option(text(`site_${choice}`), choice));
  select.value = rule?.on === false ? "never" : rule?.on && allowed ? "always" : "ask";
  const label = document.createElement("label");
  label.htmlFor = select.id;
  label.textContent = text("siteLabel", host);
  select.addEventListener("change", async () => {
    // the browser asks the reader only while the choice is being made, so this comes before anything else
    if (select.value === "always" && !(await chrome.permissions.request({ origins }))) {
      select.value = rule?.on === false ? "never" : "ask";
      return;
    }
    const chosen = select.value === "always" ? true : select.value === "never" ? false : null;
    await switches.write(switches.withSite(await switches.read(), host, chosen));
    if (chosen !== true) await giveBack(origins);
  });
  const focused = document.activeElement?.id === select.id;
  box.replaceChildren(label, select);
  if (focused) select.focus();
}

/** What is no longer needed is no longer allowed. @param {string[]} origins */
export async function giveBack(origins) {
  try {
    await chrome.permissions.remove({ origins });
  } catch {
    // the server's own host is needed for good
  }
}
