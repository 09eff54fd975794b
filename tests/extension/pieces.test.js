// Long work in pieces: the page has its turns, and what it changes meanwhile is never half read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page, READING } from "./load.js";

const STORY = Array.from(
  { length: 40 },
  (_, at) =>
    `<p>Paragraph ${at} says that the ferry leaves at dawn, “whatever the weather is,” said the mate.</p>`,
).join("");

/** A page whose every step takes longer than a piece may; `turned` is called with the number of each turn. */
function open(turned, { html = `<article><h1>Ferry</h1>${STORY}</article>`, globals } = {}) {
  let turns = 0;
  const scheduler = {
    yield: async () => {
      turns += 1;
      turned(turns, opened);
    },
  };
  const opened = page(html, READING, globals ?? { scheduler });
  let now = 0;
  opened.window.performance.now = () => {
    now += 100;
    return now;
  };
  const own = new opened.window.AbortController();
  const find = (what = "article") => opened.onrecord.extract.find(opened.document, what, own.signal);
  return { ...opened, find, stop: () => own.abort(), turns: () => turns };
}
const texts = (blocks) => [...blocks].map(({ id, role, text }) => `${id} ${role} ${text}`);

test("what is read in pieces is what is read at once, to the last run", async () => {
  const opened = open(() => {});
  const found = [...(await opened.find())];
  const whole = [...opened.onrecord.extract.article(opened.document)];
  assert.ok(opened.turns() > 10, `${opened.turns()} turns`);
  assert.deepEqual(texts(found), texts(whole));
  assert.ok(
    found.every(({ runs }, at) =>
      runs.every(
        ({ node, offset }, no) => whole[at].runs[no].node === node && whole[at].runs[no].offset === offset,
      ),
    ),
  );
});

for (const [name, change, begun] of [
  [
    "a paragraph that comes",
    ({ document }) =>
      document
        .querySelector("p")
        .insertAdjacentHTML(
          "beforebegin",
          "<p>A new first paragraph tells at some length what became of the old ferry.</p>",
        ),
    true,
  ],
  ["a paragraph that goes", ({ document }) => document.querySelector("p").remove(), true],
  [
    "words that are others now",
    ({ document }) => {
      document.querySelector("p").firstChild.data =
        "The first paragraph is another one now, and says nothing of any ferry.";
    },
    true,
  ],
  [
    "a box without text",
    ({ document }) => document.querySelector("article").prepend(document.createElement("div")),
    false,
  ],
  [
    "a style sheet",
    ({ document }) => document.body.insertAdjacentHTML("beforeend", "<style>p { color: red }</style>"),
    false,
  ],
]) {
  for (const at of [2, 9]) {
    test(`${name} in turn ${at}: ${begun ? "it is read anew" : "nothing is read twice"}`, async () => {
      const calm = open(() => {});
      await calm.find();
      const opened = open((turn, page) => turn === at && change(page));
      const found = texts(await opened.find());
      assert.deepEqual(found, texts(opened.onrecord.extract.article(opened.document)));
      assert.equal(opened.turns() > calm.turns(), begun);
    });
  }
}

test("an element that leaves in a pause, without text, harms nothing", async () => {
  const spacers = STORY.replaceAll("<p>", "<div class=spacer></div><p>");
  const opened = open((_, { document }) => document.querySelector(".spacer")?.remove(), {
    html: `<article><h1>Ferry</h1>${spacers}</article>`,
  });
  const found = texts(await opened.find()).map((line) => line.replace(/^\S+ /, ""));
  assert.equal(found.length, 41);
  assert.equal(new Set(found).size, 41);
});

test("a page that never rests is read in one piece in the end", async () => {
  const opened = open((turn, { document }) => document.querySelector("p").append(` And ${turn}.`));
  const found = texts(await opened.find());
  assert.deepEqual(found, texts(opened.onrecord.extract.article(opened.document)));
});

test("nobody gets the blocks of a reading that was given up", async () => {
  const opened = open((turn) => turn === 5 && opened.stop());
  assert.equal(await opened.find(), null);
  assert.equal(opened.turns(), 5);
});

test("what is selected is read in pieces too, as it was selected", async () => {
  const opened = open((turn, { document }) => turn === 1 && document.getSelection().removeAllRanges());
  const range = opened.document.createRange();
  range.selectNode(opened.document.querySelectorAll("p")[7]);
  opened.document.getSelection().addRange(range);
  const found = [...(await opened.find("selection"))];
  assert.deepEqual(
    found.map(({ text }) => /\d+/.exec(text)[0]),
    ["7"],
  );
});

test("a browser without scheduler.yield takes turns by messages", async () => {
  let sent = 0;
  class Channel extends MessageChannel {
    constructor() {
      super();
      sent += 1;
    }
  }
  const opened = open(() => {}, { globals: { MessageChannel: Channel } });
  const found = await opened.find();
  assert.equal(found.length, 41);
  assert.ok(sent > 10);
});
