// Light or dark marks: by the background that is really under the text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./load.js";

const CLEAR = "rgba(0, 0, 0, 0)";

/** What is chosen for the innermost of nested elements with these backgrounds, outermost first. */
function chosen(backgrounds, { colorScheme = "normal", prefersDark = false } = {}) {
  const open = backgrounds.map((colour) => `<div data-background="${colour}">`).join("");
  const { document, onrecord } = page(`<body>${open}`, ["shared/palette.js", "content/scheme.js"], {
    // jsdom knows neither color-scheme nor the newer colour spaces, so the test says what a browser computes
    getComputedStyle: (element) => ({
      backgroundColor: element.dataset.background ?? CLEAR,
      colorScheme: element.tagName === "HTML" ? colorScheme : "normal",
    }),
    matchMedia: () => ({ matches: prefersDark }),
  });
  return onrecord.scheme.of([...document.querySelectorAll("div")].at(-1) ?? document.body);
}

test("a white page takes the light set and a black one the dark set", () => {
  assert.equal(chosen(["rgb(255, 255, 255)"]), "light");
  assert.equal(chosen(["rgb(0, 0, 0)"]), "dark");
});

test("the border between the sets lies where the palette says", () => {
  assert.equal(chosen(["rgb(119, 119, 119)"]), "light");
  assert.equal(chosen(["rgb(117, 117, 117)"]), "dark");
});

test("the nearest background counts: a pale box on a dark page is light", () => {
  assert.equal(chosen(["rgb(10, 10, 12)", "rgb(244, 236, 216)", CLEAR]), "light");
  assert.equal(chosen(["rgb(255, 255, 255)", "rgb(20, 20, 20)", CLEAR]), "dark");
});

test("a background that one sees through does not count", () => {
  assert.equal(chosen(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0.2)"]), "light");
  assert.equal(chosen(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0.9)"]), "dark");
});

for (const [dark, light] of [
  ["oklch(0.21 0.006 285.885)", "oklch(0.985 0 none)"],
  ["oklab(0.2 0 0)", "oklab(0.97 0.01 0.01)"],
  ["lab(12 1 1)", "lab(96 0 0)"],
  ["lch(5 1 1)", "lch(90 4 80)"],
  ["color(srgb 0.1 0.1 0.12)", "color(srgb 0.95 0.95 0.9)"],
  ["color(srgb-linear 0.1 0.1 0.1)", "color(srgb-linear 0.5 0.5 0.5)"],
  ["color(display-p3 0.1 0.1 0.1)", "color(display-p3 0.9 0.9 0.9)"],
  ["color(xyz-d65 0.05 0.06 0.07)", "color(xyz-d65 0.8 0.85 0.9)"],
])
  test(`a background is read in the colour space of ${dark.replace(/ .*/, " …)")}`, () => {
    assert.equal(chosen(["rgb(255, 255, 255)", dark]), "dark");
    assert.equal(chosen(["rgb(0, 0, 0)", light]), "light");
    assert.equal(chosen(["rgb(255, 255, 255)", dark.replace(")", " / 0.1)")]), "light", "where seen through");
  });

test("a colour that cannot be read is passed over rather than guessed", () => {
  assert.equal(chosen(["rgb(0, 0, 0)", "device-cmyk(0 0 0 0)"]), "dark");
  assert.equal(chosen(["rgb(0, 0, 0)", "rgb(from red r g b)"]), "dark");
});

test("where nothing is painted the page's own scheme decides, not the reader's alone", () => {
  assert.equal(chosen([], { prefersDark: true }), "light");
  assert.equal(chosen([], { colorScheme: "dark" }), "dark");
  assert.equal(chosen([], { colorScheme: "light dark", prefersDark: true }), "dark");
  assert.equal(chosen([], { colorScheme: "light dark", prefersDark: false }), "light");
});
