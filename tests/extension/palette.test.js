// One palette in three places: the script, the highlight rules and the sheet of the server's pages must not drift apart.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, source } from "./load.js";

const { palette, taxonomy } = bare(["shared/taxonomy.js", "shared/palette.js"]);
const SCHEMES = ["light", "dark"];
const LINES = { named: "solid", unnamed: "dashed", anonymous: "dotted", document: "double" };
const KEYS = [...taxonomy.TYPES, "contested"];

/** The rules of paint.css outside @media, and those of each @media, as declarations by highlight name. */
function rules() {
  const sheets = { all: {} };
  const text = source("extension/content/paint.css").replace(/\/\*[\s\S]*?\*\//g, "");
  const outside = text.replace(/@media \(?([\w-]+)[^{]*\{((?:[^{}]*\{[^}]*\})*)\s*\}/g, (_, name, inner) => {
    sheets[name] = parse(inner);
    return "";
  });
  sheets.all = parse(outside);
  return sheets;
}

function parse(text) {
  const found = {};
  for (const [, selectors, body] of text.matchAll(/([^{}]+)\{([^}]*)\}/g)) {
    const declarations = Object.fromEntries(
      body
        .split(";")
        .map((line) => line.split(/:(.*)/s).map((part) => part.trim()))
        .filter(([name]) => name),
    );
    for (const selector of selectors.split(/,\s*(?=:is\()/)) {
      // a rule for every element would cost the page's every restyling in Chromium a hundred styles for each
      const name = selector.match(
        /^\s*:is\(:root, :-moz-any\(\*\)\)::highlight\(onrecord-([\w-]+)\)\s*$/,
      )?.[1];
      assert.ok(name, `“${selector.trim()}” could style the page itself, or styles every element`);
      found[name] = { ...found[name], ...declarations };
    }
  }
  return found;
}

const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one, other) {
  const [low, high] = [one, other]
    .map((hex) =>
      channels(hex)
        .map((channel) => channel / 255)
        .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
        .reduce((sum, share, at) => sum + share * [0.2126, 0.7152, 0.0722][at], 0),
    )
    .sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test("light and dark have a colour for each kind of source and for contested claims, and no two alike", () => {
  for (const scheme of SCHEMES) {
    assert.deepEqual(Object.keys(palette[scheme]).sort(), [...KEYS].sort());
    assert.equal(new Set(Object.values(palette[scheme])).size, KEYS.length, scheme);
  }
});

test("on dark pages no kind of source is a red, as contested claims are", () => {
  for (const kind of taxonomy.TYPES) {
    const [red, green, blue] = channels(palette.dark[kind]);
    const reach = Math.max(red, green, blue) - Math.min(red, green, blue);
    if (reach < 30) continue; // a grey has no hue
    const isReddest = red === Math.max(red, green, blue);
    const hue = isReddest ? Math.abs((60 * (green - blue)) / reach) : 180; // degrees away from pure red
    assert.ok(hue >= 30, `${kind} is ${hue.toFixed(0)} degrees from red`);
  }
});

test("each line of the highlight rules has the palette's colour and the style of its identification", () => {
  const { all } = rules();
  for (const scheme of SCHEMES)
    for (const type of taxonomy.TYPES)
      for (const [line, style] of Object.entries(LINES))
        assert.equal(
          all[`${type}-${line}-${scheme}`]?.["text-decoration"],
          `underline ${style} ${palette[scheme][type]} 2px`,
          `${type}-${line}-${scheme}`,
        );
});

test("each tint is the same colour, a tenth of it at most", () => {
  const { all } = rules();
  for (const scheme of SCHEMES)
    for (const type of taxonomy.TYPES) {
      const tint = all[`tint-${type}-${scheme}`]?.["background-color"] ?? "";
      const [, rgb, alpha] = tint.match(/^rgb\((\d+ \d+ \d+) \/ (\d+)%\)$/) ?? [];
      assert.equal(rgb, channels(palette[scheme][type]).join(" "), `tint-${type}-${scheme}`);
      assert.ok(Number(alpha) <= 10, `tint-${type}-${scheme} hides the text`);
    }
});

test("contested claims have a wavy line in their own colour, and no tint", () => {
  const { all } = rules();
  for (const scheme of SCHEMES) {
    const rule = all[`contested-${scheme}`];
    assert.match(
      rule?.["text-decoration"] ?? "",
      new RegExp(`^underline wavy ${palette[scheme].contested}\\b`),
    );
    assert.equal(rule["background-color"], undefined);
  }
});

test("no rule sets the colour of the text", () => {
  for (const [sheet, found] of Object.entries(rules()))
    for (const [name, rule] of Object.entries(found))
      if (name !== "flash") assert.equal(rule.color, undefined, `${name} in ${sheet}`);
});

test("with forced colours every line keeps its style and every tint goes", () => {
  const sheets = rules();
  const forced = sheets["forced-colors"];
  assert.ok(forced, "no rules for forced colours");
  for (const scheme of SCHEMES) {
    const lines = taxonomy.TYPES.flatMap((type) =>
      Object.keys(LINES).map((line) => `${type}-${line}-${scheme}`),
    );
    for (const name of [...lines, `contested-${scheme}`]) {
      assert.equal(forced[name]?.["text-decoration-color"], "CanvasText", name);
      assert.equal(forced[name]["text-decoration"], undefined, `${name} loses its style`);
      // Chromium's box ends a little below the words, and a line below the box is not seen
      assert.ok(Number.parseFloat(forced[name]["text-underline-offset"]) <= 5, `${name} is not seen`);
    }
    for (const type of taxonomy.TYPES)
      assert.equal(
        forced[`tint-${type}-${scheme}`]?.["background-color"],
        "transparent",
        `${type}-${scheme}`,
      );
  }
});

test("on paper there are no marks unless they are asked for", () => {
  const { all, print } = rules();
  for (const name of Object.keys(all)) {
    const { "text-decoration": line, "background-color": behind } = print?.[name] ?? {};
    const isLine = all[name]["text-decoration"] !== undefined;
    assert.equal(isLine ? line : behind, isLine ? "none" : "transparent", name);
  }
});

test("the server's pages have the palette's colours, light and dark", () => {
  const sheet = source("server/onrecord/formats/templates/palette.css");
  const [light, dark] = [...sheet.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) =>
    Object.fromEntries(
      [...body.matchAll(/--(\w+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]),
    ),
  );
  for (const key of KEYS) {
    assert.equal(light[key], palette.light[key], `light ${key}`);
    assert.equal(dark[key], palette.dark[key], `dark ${key}`);
  }
});

test("the card's and the panel's backgrounds leave every colour at least 3:1, as lines need", () => {
  const card = source("extension/content/card.js");
  const [, light] = card.match(/\.card \{[^}]*background: (#[0-9a-f]+);/) ?? [];
  const [, dark] = card.match(/\.dark \{ background: (#[0-9a-f]+);/) ?? [];
  const long = (hex) => (hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex);
  for (const key of KEYS) {
    assert.ok(contrast(palette.light[key], long(light)) >= 3, `light ${key}`);
    assert.ok(contrast(palette.dark[key], long(dark)) >= 3, `dark ${key}`);
  }
});
