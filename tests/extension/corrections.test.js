// Corrections: what the page shows before the server answers, what is sent, and what is said of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { analysis, page, plain } from "./load.js";

const SCRIPTS = [
  "shared/taxonomy.js",
  "shared/palette.js",
  "shared/elements.js",
  "shared/corrections.js",
  "shared/evidence.js",
  "content/scheme.js",
  "content/wrong.js",
  "content/describe.js",
  "content/correct.js",
];

/** A card with *Wrong?* opened, over an analysis; `answer` is what the background says. */
function opened(id, answer = () => ({})) {
  const { analysis: found, blocks } = analysis();
  const sent = [];
  const chrome = {
    runtime: {
      sendMessage: async (message) => {
        sent.push(plain(message));
        return answer(message);
      },
    },
  };
  const { window, document, onrecord } = page("<p>text</p>", SCRIPTS, { chrome });
  const view = { analysis: found, blocks };
  const seen = [];
  const corrector = onrecord.correct.corrector({
    view,
    language: () => "en",
    show: () => seen.push(plain(view.analysis)),
    card: (entry, made) => seen.push({ entry, made }),
    failed: (problem) => seen.push(problem),
    hold: () => {},
  });
  const mark = {
    id,
    kind: id.startsWith("q") ? "quote" : "claim",
    range: { startContainer: document.querySelector("p").firstChild },
  };
  const box = document.createElement("div");
  const fill = () =>
    box.replaceChildren(
      onrecord.describe.card(
        [mark],
        view.analysis,
        () => {},
        () => {},
        corrector,
      ),
    );
  fill();
  box.querySelector(".open-wrong").click();
  const press = (label) =>
    [...box.querySelectorAll("button")].find((one) => one.textContent === label).click();
  const choose = (label, value) => {
    const field = [...box.querySelectorAll("label")].find((one) => one.textContent.startsWith(label));
    const select = field.querySelector("select");
    select.value = value;
    assert.equal(select.value, value);
    select.dispatchEvent(new window.Event("change"));
  };
  return { box, view, sent, seen, press, choose, fill, found };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

test("not a quote: gone at once, and sent with its place and nothing else than the article", async () => {
  const { view, sent, press, found } = opened("q3");
  press("Not a quote");
  assert.ok(!view.analysis.quotes.some(({ id }) => id === "q3"));
  await settle();
  const { block, start, end } = found.quotes.find(({ id }) => id === "q3").content[0];
  const [{ type, request }] = sent;
  assert.equal(type, "correct");
  assert.deepEqual(request.correct.at, { block, start, end });
  assert.equal(request.correct.on, "quote");
  assert.match(request.correct.id, /^[0-9a-f]{32}$/);
  assert.deepEqual(Object.keys(request).sort(), ["blocks", "correct", "language", "offsets"]);
});

test("another speaker: a source of the article, told by its words, or nobody", async () => {
  const { view, sent, choose, found } = opened("q3");
  const other =
    found.sources.find(({ id }) => id !== "s1" && id !== found.quotes[2].source) ?? found.sources[0];
  choose("Another speaker", other.id);
  assert.equal(view.analysis.quotes.find(({ id }) => id === "q3").source, other.id);
  await settle();
  const { block, start, end } = other.mentions[0];
  assert.deepEqual(sent[0].request.correct.speaker, { block, start, end });
});

test("another kind: of the source, whose evidence for the old kind goes", () => {
  const { view, box, choose, fill } = opened("q3");
  choose("Another kind", "expert");
  const source = view.analysis.sources.find(({ id }) => id === view.analysis.quotes[2].source);
  assert.equal(source.type, "expert");
  assert.deepEqual(plain(source.evidence), []);
  fill();
  assert.match(
    box.textContent,
    /You corrected: another kind: Expert or analyst \(Onrecord: Government, military, courts, police\)\. Undo/,
  );
});

test("a claim is not contested, and offers nothing about speakers", () => {
  const { view, box, press } = opened("c1");
  assert.doesNotMatch(box.textContent, /Another speaker|Not a quote/);
  press("Not contested");
  assert.ok(!view.analysis.claims.some(({ id }) => id === "c1"));
});

test("a note is kept if it has words", async () => {
  const { box, sent, press } = opened("q3");
  press("Keep the note");
  await settle();
  assert.deepEqual(sent, []);
  box.querySelector("input").value = " He left in May. ";
  press("Keep the note");
  await settle();
  assert.equal(sent[0].request.correct.note, "He left in May.");
});

test("the server's answer replaces what was shown; a refusal puts everything back and says so", async () => {
  const answered = { quotes: [], claims: [], sources: [], corrections: [] };
  const kept = opened("q3", () => ({ analysis: answered }));
  kept.press("Not a quote");
  await settle();
  assert.equal(kept.view.analysis, answered);
  const refused = opened("q3", () => ({ problem: { code: "not_kept", message: "" } }));
  refused.press("Not a quote");
  await settle();
  assert.equal(refused.view.analysis, refused.found);
  assert.equal(refused.seen.at(-1).code, "not_kept");
});

test("undo sends the id alone with the article", async () => {
  const { box, sent, choose, fill, press } = opened("q3");
  choose("Another kind", "expert");
  fill();
  press("Undo");
  await settle();
  assert.equal(sent[1].request.undo, sent[0].request.correct.id);
  assert.equal(sent[1].request.correct, undefined);
  assert.match(box.textContent, /You corrected/);
});

test("a hostile name in the list of speakers is text", () => {
  const hostile = '<img src=x onerror="alert(1)">';
  const { analysis: found } = analysis();
  found.sources[0].label = hostile;
  const { document, onrecord } = page("<p>text</p>", SCRIPTS);
  const quote = found.quotes.find(({ source }) => source !== found.sources[0].id);
  const box = onrecord.wrong.part(quote, found, { correct() {}, undo() {}, hold() {} });
  document.body.append(box);
  box.querySelector("button").click();
  assert.equal(box.querySelector("img"), null);
  assert.match(box.textContent, /<img src=x/);
});
