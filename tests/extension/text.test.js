// Every word that a reader sees comes from _locales: no key is missing, none is left over, and no text is left in code.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { bare, page, plain, ROOT, source } from "./load.js";

const MESSAGES = JSON.parse(source("extension/_locales/en/messages.json"));
const files = readdirSync(new URL("extension/", ROOT), { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => !name.startsWith("vendor/"));
const scripts = files.filter((name) => name.endsWith(".js"));
const pages = files.filter((name) => name.endsWith(".html"));
const code = scripts.map((name) => source(`extension/${name}`)).join("\n");
const markup = pages.map((name) => source(`extension/${name}`)).join("\n");

/** The keys that are put together from an id, with where the ids come from. */
function composed() {
  const { taxonomy, problems } = bare(["shared/taxonomy.js", "shared/problems.js"]);
  const families = Object.entries(taxonomy.FAMILIES).flatMap(([family, ids]) =>
    ids.map((id) => `${family}_${id}`),
  );
  const states = Object.keys(problems.BUTTONS).map((code) => `problem_${code}`);
  const actions = Object.values(problems.BUTTONS).map((button) => `action_${button.replaceAll("-", "_")}`);
  const sites = ["ask", "always", "never"].map((choice) => `site_${choice}`);
  const corrected = ["not_a_quote", "not_contested", "note"].map((what) => `corrected_${what}`);
  const lines = [...new Set(Object.values(taxonomy.line))].map((line) => `keyLine_${line}`);
  const three = ["named", "unnamed"].map((name) => `keyThree_${name}`);
  return [...families, ...states, ...actions, ...sites, ...corrected, ...lines, ...three];
}

/** The keys that stand in scripts, in pages and in the manifest as they are. */
function written() {
  const counts = [...code.matchAll(/\btext\.count\(\s*"(\w+)"/g)].flatMap(([, key]) => [
    `${key}_one`,
    `${key}_other`,
  ]);
  const calls = [...code.matchAll(/\b(?:text|text\.nodes|say|message)\(\s*"(\w+)"/g)].map(([, key]) => key);
  const choices = [
    ...code.matchAll(/\b(?:text|say)\([^()"]*(?:\([^()]*\))?[^()"]*\? "(\w+)" : "(\w+)"/g),
  ].flatMap(([, one, other]) => [one, other]);
  const named = ["named", "unnamed"]; // the two parts of the share bar in three colours
  const attributes = [...markup.matchAll(/data-text="(\w+)"/g)].map(([, key]) => key);
  const manifest = [...source("extension/manifest.json").matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key);
  return [...counts, ...calls, ...choices, ...named, ...attributes, ...manifest];
}

test("every message that is asked for is there, and every message that is there is asked for", () => {
  const asked = new Set([...composed(), ...written()]);
  assert.deepEqual([...asked].filter((key) => !Object.hasOwn(MESSAGES, key)).sort(), []);
  assert.deepEqual(
    Object.keys(MESSAGES)
      .filter((key) => !asked.has(key))
      .sort(),
    [],
  );
});

test("every message tells its translator what it is for, and counts its parts from one", () => {
  for (const [key, { message, description }] of Object.entries(MESSAGES)) {
    assert.ok(message.trim() === message && message !== "", key);
    assert.match(description, /^[A-Z“$].+[.:”]$|^[A-Z“$].+\.$/, key);
    const parts = [...message.matchAll(/\$(\d)/g)].map(([, number]) => Number(number));
    assert.deepEqual(
      parts,
      parts.map((_, at) => at + 1),
      key,
    );
  }
});

test("the keys that messages and pages name are those of the manifest", () => {
  const { commands } = JSON.parse(source("extension/manifest.json"));
  const given = Object.values(commands).map((command) => command.suggested_key?.default);
  for (const [key, { message }] of Object.entries(MESSAGES))
    for (const [named] of message.matchAll(/\b(?:Alt|Ctrl|Command)\+[\w+]+/g))
      assert.ok(given.includes(named), key);
  const drawn = [...markup.matchAll(/<kbd>Alt<\/kbd>\+<kbd>Shift<\/kbd>\+<kbd>(\w)<\/kbd>/g)];
  assert.ok(drawn.length > 0);
  for (const [, letter] of drawn) assert.ok(given.includes(`Alt+Shift+${letter}`), letter);
});

test("pages hold no words of their own, but for the name, commands and examples", () => {
  for (const name of pages) {
    const text = source(`extension/${name}`)
      .replace(/<(kbd|code)\b[^>]*>.*?<\/\1>/g, "")
      .replace(/<[^>]*>/g, " ")
      .replace(/\b(?:Onrecord|JSON-LD|JSON|CSV|doctype html)\b/g, "");
    assert.doesNotMatch(text, /\p{L}{2}/u, name);
    assert.doesNotMatch(source(`extension/${name}`), /\b(?:title|aria-label|alt)="[^"]/, name);
  }
});

test("every message of a page has a place for each element that stands in it", () => {
  for (const name of pages) {
    const { document, onrecord } = page(source(`extension/${name}`), []);
    const ids = () => [...document.querySelectorAll("[id]")].map(({ id }) => id).sort();
    const before = ids();
    onrecord.text.fill(document);
    assert.deepEqual(ids(), before, name);
    assert.equal(document.documentElement.lang, "en");
    assert.equal(document.querySelectorAll("[data-text]:empty").length, 0, name);
  }
});

test("scripts hold no sentences", () => {
  for (const name of scripts) {
    const strings = source(`extension/${name}`)
      .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, "")
      .replace(/(?:new Error|throw new Error|console\.debug)\([^;]*;/g, "")
      .replace(/const STYLE = `[^`]*`/g, "")
      .matchAll(/"([^"\n]*)"|`([^`]*)`/g);
    for (const [, plainly, template] of strings) {
      const text = (plainly ?? template).replace(/\$\{[^}]*\}/g, "");
      assert.doesNotMatch(text, /\b[A-Z][a-z]+ [a-z]+ [a-z]+|[a-z]{2} [a-z]+ [a-z]+\.$/, name);
    }
  }
});

test("what is put in can neither be taken for a part nor for a place", () => {
  const { text } = bare([]);
  assert.equal(text("articleWordsBy", "$2", "$1 \ue000"), "The article’s words: $2 · $1 \ue000");
  const { document, onrecord } = page("", []);
  const strong = document.createElement("b");
  const nodes = onrecord.text.nodes("factcheckRating", "<i>$2</i>", strong);
  assert.deepEqual([nodes[0], nodes[1], nodes[2] === strong], ["<i>$2</i>", ": ", true]);
});

test("numbers take the plural of the language, and a share is a percentage", () => {
  const { text } = bare([]);
  assert.equal(text.count("sources", 1), "1 source");
  assert.equal(text.count("sources", 0), "0 sources");
  assert.equal(text.share(0.256), "26%");
  assert.equal(text.list(["a", "b", "c"]), "a, b, c");
  assert.deepEqual(plain(text.list([])), "");
});

test("a key that no message has is an error at once", () => {
  assert.throws(() => bare([]).text("nowhere"), /no message “nowhere”/);
});
