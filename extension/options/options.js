// The options: where pages are marked, what marks look like, and a file to take all that along.

import { connection, newsroom } from "../background/browser.js";
import { save as download } from "../shared/download.js";
import { giveBack } from "../shared/site.js";
import { drawNewsroom } from "./newsroom.js";

const { taxonomy, palette, preferences, switches, text, toured } = globalThis.onrecord;
text.fill(document);
const FORMAT = "onrecord-options/1";
const LONGEST_FILE = 1_000_000; // bytes; two full lists of hosts have fewer
const ALL_SITES = { origins: ["https://*/*", "http://*/*"] };

/** @param {string} id @returns {HTMLElement} */
const at = (id) => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the options have no #${id}`);
  return element;
};
/** @param {string} id */
const box = (id) => /** @type {HTMLInputElement} */ (at(id));
/** @param {string} id */
const area = (id) => /** @type {HTMLTextAreaElement} */ (at(id));
/** @param {string} key @param {string[]} parts */
const say = (key, ...parts) => {
  at("said").textContent = text(key, ...parts);
};

/** @param {Partial<Preferences>} changed */
const prefer = async (changed) => {
  await preferences.write({ ...(await preferences.read()), ...changed });
  say("saved");
};

const drawLayers = () => {
  const list = at("layers");
  for (const layer of taxonomy.LAYERS) {
    const input = document.createElement("input");
    input.type = "checkbox";
    input.id = `layer-${layer}`;
    input.addEventListener("change", async () => {
      const { layers } = await preferences.read();
      await prefer({ layers: { ...layers, [layer]: input.checked } });
    });
    const label = document.createElement("label");
    label.append(input, ` ${taxonomy.label("type", layer)}`);
    list.append(label);
  }
};

const draw = async () => {
  const [chosen, where, { port }] = [await preferences.read(), await switches.read(), await connection()];
  for (const name of /** @type {const} */ (["tint", "print", "keys"])) box(name).checked = chosen[name];
  for (const name of /** @type {const} */ (["colours", "button"]))
    for (const radio of document.querySelectorAll(`input[name=${name}]`)) {
      const input = /** @type {HTMLInputElement} */ (radio);
      input.checked = input.value === chosen[name];
    }
  for (const layer of taxonomy.LAYERS) box(`layer-${layer}`).checked = chosen.layers[layer] !== false;
  for (const name of /** @type {const} */ (["paused", "everywhere"])) box(name).checked = where[name];
  for (const name of /** @type {const} */ (["always", "never"]))
    if (document.activeElement !== at(name)) area(name).value = where[name].join("\n");
  granted = new Set((await chrome.permissions.getAll()).origins);
  at("address").textContent = `http://127.0.0.1:${port}`;
  const elsewhere = await newsroom();
  at("here").hidden = elsewhere !== null;
  at("again").hidden = elsewhere !== null; // which has no sample article
  drawNewsroom(elsewhere);
  const colours = palette[matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"];
  const hues = { named: palette.THREE.named, unnamed: palette.THREE.unnamed, contested: "contested" };
  for (const [name, hue] of Object.entries(hues)) {
    const sample = /** @type {HTMLElement | null} */ (document.querySelector(`.sample.${name}`));
    sample?.style.setProperty("--line", colours[hue] ?? "currentColor");
  }
};

/** The hosts of a list as somebody types them: one a line, whole addresses too. @param {string} text */
const hosts = (text) =>
  text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => switches.siteOf(word.includes("://") ? word : `https://${word}`)?.host ?? word);

/** What the browser allows, kept at hand: it may be asked for more only at once, while a click is being handled. */
let granted = new Set(/** @type {string[]} */ ([]));

/** Ask the browser for the hosts that it has not allowed yet in either scheme. @param {string[]} always */
const allow = async (always) => {
  const origins = always.flatMap((host) => {
    const secure = switches.patterns(host, "https");
    const known = [secure, switches.patterns(host, "http")];
    return known.some((patterns) => patterns.every((pattern) => granted.has(pattern))) ? [] : secure;
  });
  return origins.length === 0 || chrome.permissions.request({ origins });
};

/** @param {Partial<Switches>} changed @param {boolean} allowed */
const save = async (changed, allowed) => {
  const before = await switches.read();
  const wanted = switches.clean({ ...before, ...changed });
  // sites that the browser does not allow stay on the button
  await switches.write(
    allowed ? wanted : { ...wanted, everywhere: before.everywhere, always: before.always },
  );
  const after = await switches.read();
  if (before.everywhere && !after.everywhere) await giveBack(ALL_SITES.origins);
  for (const host of before.always.filter((site) => !after.always.includes(site)))
    for (const scheme of ["https", "http"]) await giveBack(switches.patterns(host, scheme));
  say(allowed ? "saved" : "optionsRefused");
  await draw();
};

for (const name of /** @type {const} */ (["tint", "print", "keys"]))
  at(name).addEventListener("change", () => prefer({ [name]: box(name).checked }));
for (const radio of document.querySelectorAll("input[type=radio]")) {
  const input = /** @type {HTMLInputElement} */ (radio);
  input.addEventListener("change", () => prefer({ [input.name]: input.value }));
}
at("paused").addEventListener("change", async () => {
  await switches.write({ ...(await switches.read()), paused: box("paused").checked });
  say(box("paused").checked ? "optionsPaused" : "optionsResumed");
});
at("everywhere").addEventListener("change", async () => {
  const on = box("everywhere").checked && (await chrome.permissions.request(ALL_SITES));
  const refused = box("everywhere").checked && !on;
  await save({ everywhere: on }, !refused);
});
at("save-sites").addEventListener("click", async () => {
  const [always, never] = [hosts(area("always").value), hosts(area("never").value)];
  const wanted = switches.clean({ always, never });
  const refused = [...always, ...never].filter(
    (host) => !wanted.always.includes(host) && !wanted.never.includes(host),
  );
  if (refused.length > 0) say("optionsNoHost", refused[0] ?? "");
  else await save({ always: wanted.always, never: wanted.never }, await allow(wanted.always));
});
at("export").addEventListener("click", async () => {
  const kept = {
    format: FORMAT,
    preferences: await preferences.read(),
    switches: await switches.read(),
  };
  download("onrecord-options.json", "application/json", JSON.stringify(kept, null, 2));
});
at("import").addEventListener("change", async () => {
  const [file] = box("import").files ?? [];
  if (!file) return;
  try {
    if (file.size > LONGEST_FILE) throw new Error("too long");
    const kept = JSON.parse(await file.text());
    if (kept?.format !== FORMAT) throw new Error("another format");
    await preferences.write(kept.preferences);
    await switches.write(kept.switches);
    await draw();
    say("optionsRead");
  } catch {
    say("optionsUnread");
  }
  box("import").value = "";
});
at("tour").addEventListener("click", async () => {
  await toured.write(false);
  await chrome.runtime.sendMessage({ type: "open-sample" }); // which opens the welcome page where there is no server
});
at("forget").addEventListener("click", async () => {
  await chrome.storage.local.remove("articles");
  say("optionsForgotten");
});

drawLayers();
chrome.storage.onChanged.addListener((_, name) => {
  if (name === "local") void draw();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void draw());
void draw();
