// The page's side of one job: what is sent, what becomes of the answers, and which problem is shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { analysis, OWN_READING, page, plain, storage } from "./load.js";

const SCRIPTS = [
  "shared/taxonomy.js",
  "shared/palette.js",
  "shared/messages.js",
  "shared/problems.js",
  "shared/memory.js",
  "shared/switches.js",
  "shared/filter.js",
  ...OWN_READING,
  "content/about.js",
  "content/anchor.js",
  "content/scheme.js",
  "content/marks.js",
  "content/job.js",
  "content/correct.js",
];
const FILL =
  "The ferry was to sail at dawn with forty lorries and a brass band on board, and the whole of the town had come down to the quay to wave it off as it does every year in the first warm week of May.";

/** An article in a page whose visible parts (paint, card, notice) only record what they are asked for. */
function open({ lang = "en", text, stored, quick = false } = {}) {
  const { blocks } = analysis();
  const paragraphs =
    text ??
    `${blocks
      .slice(1)
      .map((block) => `<p>${block.text}</p>`)
      .join("")}<p>${FILL}</p>`;
  const listeners = { tab: [], port: [], gone: [], stored: [] };
  const sent = { job: [], told: [] };
  const port = {
    onMessage: { addListener: (listener) => listeners.port.push(listener) },
    onDisconnect: { addListener: (listener) => listeners.gone.push(listener) },
    postMessage: (message) => sent.job.push(plain(message)),
    disconnect() {},
  };
  const chrome = {
    runtime: {
      id: "onrecord",
      sendMessage: async (message) => void sent.told.push(plain(message)),
      connect: () => port,
      onMessage: { addListener: (listener) => listeners.tab.push(listener) },
    },
    storage: { local: storage(stored), onChanged: { addListener: (heard) => listeners.stored.push(heard) } },
  };
  const shown = { marks: [], problem: null, gone: [] };
  const { document, onrecord, window, add } = page(
    `<html lang="${lang}"><title>Ferry</title><body><h1>${blocks[0].text}</h1><article>${paragraphs}</article></body></html>`,
    SCRIPTS,
    {
      chrome,
      TextEncoder,
      scheduler: { yield: async () => {} },
      setInterval: () => 0,
      clearInterval() {},
      setTimeout: () => 0,
      clearTimeout() {},
    },
  );
  let now = 0;
  window.performance.now = () => {
    now += quick ? 10 : 1000;
    return now;
  };
  window.Readability = class {
    parse() {
      return null;
    }
  };
  Object.assign(onrecord, {
    paint: {
      draw: (marks) => Object.assign(shown, { marks }),
      clear: () => Object.assign(shown, { marks: [] }),
    },
    hit: { index() {}, at: () => [] },
    card: { attach() {}, hide() {}, owns: () => false },
    notice: {
      show: (problem) => Object.assign(shown, { problem }),
      working() {},
      hide: () => Object.assign(shown, { problem: null }),
      owns: () => false,
    },
    watch: { start: () => ({ also() {} }), colours() {} },
    walk: { attach: () => ({ to: (...where) => shown.gone.push(where) }) },
    announcement: { owns: () => false },
    tour: { attach: () => ({ start: () => shown.gone.push("tour") }), owns: () => false },
  });
  return { document, onrecord, add, shown, sent, listeners };
}

/** Lets everything that waits for the storage go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The same with the button pressed; `answer` is what the background sends back. */
async function pressed(options) {
  const opened = open(options);
  opened.add(["content/main.js"]);
  const press = async (message, sender = { id: "onrecord" }) => {
    for (const listener of opened.listeners.tab) listener(message, sender, () => {});
    await settled();
  };
  await press({ type: "toggle" });
  const answer = (message) => {
    for (const listener of opened.listeners.port) listener(message);
  };
  return { ...opened, press, answer, request: opened.sent.job[0]?.request };
}

/** The analysis of load.js with its blocks renamed to those that the page sent. */
function answerFor(request) {
  const { blocks, analysis: found } = analysis();
  const ids = new Map(
    blocks.map(({ id, text }) => [id, request.blocks.find((block) => block.text === text).id]),
  );
  return JSON.parse(JSON.stringify(found), (key, value) => (key === "block" ? ids.get(value) : value));
}

test("an article is sent with its blocks, counted as JavaScript counts", async () => {
  const { request } = await pressed();
  assert.equal(request.offsets, "utf-16");
  assert.equal(request.url, "https://gazette.example/story");
  assert.equal(request.title, "Ferry");
  const { blocks } = analysis();
  assert.deepEqual(
    request.blocks.map(({ text }) => text),
    [...blocks.map(({ text }) => text), FILL],
  );
});

test("the language is told by the words: English is sent as English whatever the page calls itself", async () => {
  for (const lang of ["de", "fr", "en_GB", " "])
    assert.equal((await pressed({ lang })).request.language, "en");
  const german =
    "<p>Der Hafenrat hat am Dienstag beschlossen, dass der alte Kran noch ein Jahr lang stehen bleiben soll, wo er steht. Niemand wusste, wohin man ihn bringen könnte, und das Geld fehlt seit dem Frühjahr.</p>".repeat(
      3,
    );
  assert.equal((await pressed({ lang: "de", text: german })).request.language, "de");
  assert.equal((await pressed({ lang: "en", text: german })).request.language, "und", "the server judges");
});

test("a page that is no article is not sent anywhere", async () => {
  const { sent, shown } = await pressed({ text: "<p>Log in to read on.</p>" });
  assert.deepEqual(sent.job, []);
  assert.match(shown.problem.sentence, /not look like an article/);
});

test("an answer becomes marks on the very words, and the badge counts the sources", async () => {
  const { request, answer, shown, sent, document } = await pressed();
  answer({ type: "done", analysis: answerFor(request) });
  const words = [...shown.marks].map(({ range }) => {
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    return live.toString();
  });
  assert.deepEqual(words, ["“We painted over it,”", "“No ship leaves unseen.”", "“Ever,”", "hiding a crack"]);
  assert.deepEqual(
    [...shown.marks[0].styles],
    ["affected", "affected-anonymous-light", "tint-affected-light"],
  );
  assert.deepEqual([...shown.marks[3].styles], ["contested", "contested-light"]);
  const badges = sent.told.filter(({ type }) => type === "badge");
  assert.deepEqual(badges.at(-1), { type: "badge", sources: 2, problem: false, read: null, hidden: false });
});

test("what cannot be placed is listed for the panel and not guessed on the page", async () => {
  const { request, answer, shown, sent } = await pressed();
  const found = answerFor(request);
  found.quotes[0].content[0].block = "b99";
  answer({ type: "done", analysis: found });
  assert.equal(shown.marks.length, 3);
  assert.deepEqual(sent.told.filter(({ type }) => type === "changed").at(-1).view.lost, ["q1"]);
});

test("an answer to a claim in another paragraph is marked as the other end of the link", async () => {
  const { request, answer, shown } = await pressed();
  const found = answerFor(request);
  const { block } = found.quotes[1].content[0];
  found.claims[0].evidence.push({ block, start: 12, end: 20, text: "Ida Moss" });
  answer({ type: "done", analysis: found });
  const ends = shown.marks.filter(({ kind }) => kind === "claim").map(({ id }) => id);
  assert.deepEqual([...ends], ["c1", "c1e1"]);
});

test("the panel is led to the claim, and to the words that contest it", async () => {
  const { request, answer, press, onrecord, document } = await pressed();
  const flashed = [];
  onrecord.paint.flash = (ranges) => flashed.push(...ranges);
  document.createRange = () => ({ setStart() {}, setEnd() {}, getBoundingClientRect: () => ({ top: 0 }) });
  document.defaultView.matchMedia = () => ({ matches: true });
  document.defaultView.scrollTo = () => {};
  answer({ type: "done", analysis: answerFor(request) });
  for (const id of ["c1", "c1e0", "c1e7", "c9e0", "f1"]) await press({ type: "jump", id, focus: false });
  const words = flashed.map((range) => range.startContainer.data.slice(range.startOffset, range.endOffset));
  assert.deepEqual(words, ["hiding a crack", "accused of"]);
});

test("a statement that matches a fact-check is marked", async () => {
  const { request, answer, shown } = await pressed();
  const found = answerFor(request);
  found.factchecks.push({ id: "f1", content: found.claims[0].content });
  answer({ type: "done", analysis: found });
  const mark = shown.marks.find(({ id }) => id === "f1");
  assert.deepEqual([...mark.styles], ["contested", "contested-light"]);
});

test("a server of another version is not half understood", async () => {
  const { request, answer, shown } = await pressed();
  answer({ type: "done", analysis: { ...answerFor(request), schema: "onrecord/2" } });
  assert.match(shown.problem.sentence, /different versions/);
  assert.equal(shown.marks.length, 0);
});

test("a failure is shown with our own sentence, and an unknown one with the server's", async () => {
  const first = await pressed();
  first.answer({ type: "failed", problem: { code: "busy", message: "HTTP 429" } });
  assert.equal(first.shown.problem.sentence, "The server has too much to do at the moment.");
  const second = await pressed();
  second.answer({
    type: "failed",
    problem: { code: "brand_new", message: "One sentence of a newer server." },
  });
  assert.equal(second.shown.problem.sentence, "One sentence of a newer server.");
  assert.deepEqual(second.sent.told.filter(({ type }) => type === "badge").at(-1), {
    type: "badge",
    sources: null,
    problem: true,
    read: null,
    hidden: false,
  });
});

test("a background that goes away in the middle is a problem, and not an endless wait", async () => {
  const { listeners, shown } = await pressed();
  for (let times = 0; times < 3; times += 1) for (const listener of [...listeners.gone]) listener();
  assert.equal(shown.problem.sentence, "Something went wrong between the extension and the server.");
});

test("pressing the button again takes the marks off, and a third time puts them back without asking anew", async () => {
  const { request, answer, press, shown, sent } = await pressed();
  answer({ type: "done", analysis: answerFor(request) });
  await press({ type: "toggle" });
  assert.equal(shown.marks.length, 0);
  await press({ type: "toggle" });
  assert.equal(shown.marks.length, 4);
  assert.equal(sent.job.length, 1);
});

test("orders that do not come from the extension itself are not followed", async () => {
  const { press, sent } = await pressed({ text: "<p>Nothing.</p>" });
  const before = sent.told.length;
  await press({ type: "toggle" }, { id: "somebody-else" });
  await press({ type: "navigate" });
  await press({ type: "toggle", at: 1 }); // an order of ours says no more than it must
  assert.equal(sent.told.length, before);
});

test("a worker that was stopped is asked again before anything is called a problem", async () => {
  const { listeners, shown, sent, answer, request } = await pressed();
  for (const listener of [...listeners.gone]) listener();
  assert.equal(shown.problem, null);
  assert.equal(sent.job.length, 2);
  answer({ type: "done", analysis: answerFor(request) });
  assert.equal(shown.marks.length, 4);
});

test("the first press travels with the scripts: the page begins without a message", async () => {
  const { add, sent } = open();
  add(["content/main.js", "content/toggle.js"]);
  assert.deepEqual(sent.job, []); // the page has its turn first
  await settled();
  assert.equal(sent.job[0]?.type, "analyze");
});

test("what is pressed while the article is still looked for is heard", async () => {
  for (const message of [{ type: "toggle" }, { type: "switch", on: false }]) {
    const { add, sent, listeners } = open();
    add(["content/main.js", "content/toggle.js"]);
    for (const listener of listeners.tab) listener(message, { id: "onrecord" }, () => {});
    await settled();
    assert.deepEqual(sent.job, [], "the press took it back");
    for (const listener of listeners.tab) listener({ type: "toggle" }, { id: "onrecord" }, () => {});
    await settled();
    assert.equal(sent.job.length, 1);
  }
});

test("a pause while the article is still looked for ends that too", async () => {
  const { add, sent, listeners } = open();
  add(["content/main.js", "content/toggle.js"]);
  for (const heard of listeners.stored)
    heard({ switches: { oldValue: {}, newValue: { paused: true } } }, "local");
  await settled();
  assert.deepEqual(sent.job, []);
});

test("a press on a page that is being read by itself is a press: what fails is said", async () => {
  const { add, sent, listeners, shown } = open({
    stored: { switches: { everywhere: true } },
    text: "<p>Too little.</p>",
  });
  add(["content/main.js", "content/always.js"]);
  for (const listener of listeners.tab) listener({ type: "toggle" }, { id: "onrecord" }, () => {});
  await settled();
  assert.deepEqual(sent.job, []);
  assert.match(shown.problem.sentence, /article/);
});

test("while Onrecord is paused the button says so, and its one action goes on", async () => {
  const { shown, sent, press } = await pressed({ stored: { switches: { paused: true } } });
  assert.match(shown.problem.sentence, /paused on all sites/);
  assert.deepEqual(sent.job, []);
  await press({ type: "resume" });
  assert.equal(sent.job.length, 1);
});

test("three colours say only whether a source is named", async () => {
  const { shown, request, answer } = await pressed({ stored: { preferences: { colours: "three" } } });
  answer({ type: "done", analysis: answerFor(request) });
  assert.deepEqual(
    [...shown.marks].map(({ styles }) => styles[1]),
    ["business-anonymous-light", "official-named-light", "official-named-light", "contested-light"],
  );
  assert.equal(shown.marks[0].styles[0], "affected", "the filter is still by kind");
});

/** What the panel was told last. */
const latest = (sent) => sent.told.filter(({ type }) => type === "changed").at(-1).view;
const badge = (sent) => sent.told.filter(({ type }) => type === "badge").at(-1);

test("a half-read article says how far it is, on the button and to the panel, until it is read", async () => {
  const { request, answer, sent } = await pressed();
  answer({ type: "progress", read: 2 });
  answer({ type: "partial", analysis: answerFor(request) });
  const share = latest(sent).read;
  assert.ok(share > 0 && share < 1);
  assert.deepEqual([latest(sent).reading, latest(sent).whole, badge(sent).read], [true, false, share]);
  answer({ type: "done", analysis: answerFor(request) });
  assert.deepEqual([latest(sent).reading, latest(sent).whole, badge(sent).read], [false, true, null]);
});

test("the panel is told that a newsroom's server has read the article, and no longer once another one does", async () => {
  const { request, answer, sent, press } = await pressed();
  answer({ type: "newsroom" });
  answer({ type: "done", analysis: answerFor(request) });
  assert.equal(latest(sent).newsroom, true);
  await press({ type: "retry" });
  answer({ type: "done", analysis: answerFor(request) });
  assert.equal(latest(sent).newsroom, false);
});

test("what breaks off keeps its marks, and stays a problem of the page", async () => {
  const { request, answer, sent, shown } = await pressed();
  answer({ type: "progress", read: 2 });
  answer({ type: "partial", analysis: answerFor(request) });
  answer({ type: "failed", problem: { code: "timed_out", message: "" } });
  assert.equal(shown.marks.length, 4);
  assert.match(shown.problem.sentence, /not read to its end/);
  const { problem, whole, reading, read } = latest(sent);
  assert.deepEqual([problem.code, whole, reading, read < 1], ["read_in_part", false, false, true]);
  assert.equal(badge(sent).problem, true);
});

test("a half-read article is read anew when its marks are wanted back", async () => {
  const { request, answer, press, sent } = await pressed();
  answer({ type: "partial", analysis: answerFor(request) });
  await press({ type: "toggle" });
  await press({ type: "toggle" });
  assert.equal(sent.job.length, 2);
});

test("reading again keeps the marks that stand, also when it fails", async () => {
  const { request, answer, press, sent, shown } = await pressed();
  answer({ type: "done", analysis: answerFor(request) });
  await press({ type: "retry" });
  assert.equal(shown.marks.length, 4);
  answer({ type: "partial", analysis: { ...answerFor(request), quotes: [], claims: [] } });
  assert.equal(shown.marks.length, 4, "the first part of an answer replaces nothing");
  answer({ type: "failed", problem: { code: "server_not_running", message: "" } });
  assert.equal(shown.marks.length, 4);
  assert.match(shown.problem.sentence, /not running/);
  assert.deepEqual([latest(sent).whole, latest(sent).status], [true, "shown"]);
});

test("an article without quotes says so and offers the selection; a selection without any only says so", async () => {
  const { request, answer, shown, onrecord, press } = await pressed();
  const none = { ...answerFor(request), quotes: [], claims: [] };
  answer({ type: "done", analysis: none });
  assert.equal(shown.problem.sentence, "No quotes were found in this article.");
  assert.equal(shown.problem.button, "analyze-selection");
  onrecord.extract.find = async (document) => onrecord.extract.article(document);
  await press({ type: "analyze-selection" });
  answer({ type: "done", analysis: none });
  assert.equal(shown.problem.sentence, "No quotes were found in the selected text.");
  assert.equal(shown.problem.button, null);
});

test("what nobody asked for fails without a word on the page, and says so on the button", async () => {
  const { shown, sent, add, listeners } = open({ stored: { switches: { everywhere: true } } });
  add(["content/main.js", "content/always.js"]);
  await settled();
  assert.equal(sent.job.length, 1);
  for (const listener of listeners.port)
    listener({ type: "failed", problem: { code: "server_not_running", message: "" } });
  assert.equal(shown.problem, null);
  assert.equal(badge(sent).problem, true);
  assert.equal(latest(sent).problem.code, "server_not_running");
});

test("a double click means one press", async () => {
  const { request, answer, press, shown } = await pressed({ quick: true });
  await press({ type: "toggle" });
  answer({ type: "done", analysis: answerFor(request) });
  assert.equal(shown.marks.length, 4);
});

test("*never by itself* takes nothing off that the reader has asked for, and pause does", async () => {
  const { request, answer, shown, listeners } = await pressed();
  answer({ type: "done", analysis: answerFor(request) });
  const switched = (newValue) => {
    for (const heard of listeners.stored) heard({ switches: { oldValue: {}, newValue } }, "local");
  };
  switched({ never: ["gazette.example"] });
  assert.equal(shown.marks.length, 4);
  switched({ paused: true });
  assert.equal(shown.marks.length, 0);
});

test("another tab with the same article follows: marks come and go in both", async () => {
  const { request, answer, shown, listeners, onrecord } = await pressed();
  answer({ type: "done", analysis: answerFor(request) });
  const key = await onrecord.remembered.key("https://gazette.example/story");
  const told = async (before, after) => {
    for (const heard of listeners.stored)
      heard({ articles: { oldValue: { [key]: before }, newValue: { [key]: after } } }, "local");
    await settled();
    await settled();
  };
  await told(true, false);
  assert.equal(shown.marks.length, 0);
  await told(false, true);
  assert.equal(shown.marks.length, 4);
});

test("what the panel chooses to see of the article is all that is painted, told to the panel and the button", async () => {
  const { request, answer, shown, press, sent, listeners } = await pressed();
  const ids = () => Array.from(shown.marks, ({ id }) => id);
  answer({ type: "done", analysis: answerFor(request) });
  await press({ type: "filter", filter: { layers: {}, only: "s2", label: "" } });
  assert.deepEqual(ids(), ["q2", "q3"]);
  assert.equal(latest(sent).filter.label, "Port warden Ida Moss");
  assert.equal(badge(sent).hidden, true);
  await press({ type: "filter", filter: { layers: { contested: false }, only: "", label: "" } });
  assert.equal(shown.marks.length, 3);
  for (const heard of listeners.stored)
    heard({ preferences: { newValue: { layers: { official: false } } } }, "local");
  assert.deepEqual(ids(), ["q1"]);
  await press({ type: "toggle" });
  await press({ type: "retry" }); // read anew, everything is shown again that is not hidden in all articles
  answer({ type: "done", analysis: answerFor(sent.job.at(-1).request) });
  assert.deepEqual(ids(), ["q1", "c1"]);
});

test("who comes by key is led on by key", async () => {
  const { request, answer, press, shown, document } = await pressed();
  document.createRange = () => ({ setStart() {}, setEnd() {}, getBoundingClientRect: () => ({ top: 0 }) });
  document.defaultView.matchMedia = () => ({ matches: true });
  document.defaultView.scrollTo = () => {};
  document.defaultView.onrecord.paint.flash = () => {};
  answer({ type: "done", analysis: answerFor(request) });
  await press({ type: "jump", id: "q2", focus: true });
  await press({ type: "jump", id: "s2", focus: false });
  assert.deepEqual(shown.gone, [
    ["q2", true],
    ["q2", false],
  ]);
});
