// Forms of articles that are more than paragraphs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page, READING } from "./load.js";

const LEAD =
  "<p>Joan Pell has chaired the harbour board of Ardley for nine years, through two strikes and one flood. She spoke to the Herald on Monday, in the room above the fish hall.</p>";

/** The article's blocks, each with its text and what it bears. */
function read(body) {
  const { document, onrecord } = page(
    `<title>Ardley</title><body><article><h1>Ardley</h1>${body}</article></body>`,
    READING,
  );
  return [...onrecord.extract.article(document)]
    .slice(1)
    .map(({ role, text, section, echo }) => ({ role, text, section, echo }));
}
const texts = (body) => read(body).map(({ text }) => text);

const ANSWERS = [
  "On the radio, like everybody else. I was in the kitchen when they said it.",
  "We offered to halve it, and I have the copy of the letter that they never answered.",
  "I shall ask the ministry to step in before the summer, and I shall go on asking.",
];
const QUESTIONS = ["When did you first hear of it?", "And the fee?", "What will you do now?"];

for (const [how, set] of [
  ["in bold", (text) => `<p><strong>${text}</strong></p>`],
  ["as headings", (text) => `<h3>${text}</h3>`],
])
  test(`questions ${how} with answers in the first person are an interview`, () => {
    const body = QUESTIONS.map((question, at) => `${set(question)}<p>${ANSWERS[at]}</p>`).join("");
    assert.deepEqual(
      texts(LEAD + body).slice(1),
      QUESTIONS.flatMap((question, at) => [`Q: ${question}`, `A: ${ANSWERS[at]}`]),
    );
  });

test("a column that asks itself questions is no interview", () => {
  const body = QUESTIONS.map((question, at) => `<h3>${question}</h3><p>${ANSWERS[at]}</p>`).join("");
  const lead =
    "<p>The fee of the harbour is a matter that nobody in Ardley has had an easy time with since the flood.</p>";
  assert.ok(!texts(lead + body).some((text) => /^[QA]: /.test(text)));
});

test("an explainer that asks questions is no interview", () => {
  const told =
    "The board sets the fee each spring, and the ministry can refuse it within a month of the decision.";
  const body = QUESTIONS.map((question) => `<h3>${question}</h3><p>${told}</p>`).join("");
  assert.ok(!texts(LEAD + body).some((text) => /^[QA]: /.test(text)));
});

test("an embedded post is a quotation above the line that signs it", () => {
  const post =
    '<blockquote><p>I have asked the region for the money three times and will ask again.</p>— Ada Brook (@adabrook) <a href="https://example.org/1">November 18, 2025</a></blockquote>';
  const found = texts(
    `${LEAD}${post}<p>Two of the pilots spoke against the plan, and one of them left the room.</p>`,
  );
  assert.deepEqual(found.slice(1, 3), [
    "“I have asked the region for the money three times and will ask again.”",
    "— Ada Brook (@adabrook) November 18, 2025",
  ]);
});

test("a pull quote that repeats the text is an echo, with whose it is; another block quote is none", () => {
  const said = "<p>“They never answered our letter, not once in nine years,” said Joan Pell on the quay.</p>";
  const pull =
    "<blockquote><div>They never answered our letter, not once</div><div>Joan Pell</div></blockquote>";
  const letter = "<blockquote><p>We ask the company to reply by Friday at the latest.</p></blockquote>";
  const close = "<p>Nobody at the company could be reached on Monday, and its office was closed all day.</p>";
  const echoes = read(LEAD + said + pull + letter + close).flatMap(({ text, echo }) => (echo ? [text] : []));
  assert.deepEqual(echoes, ["They never answered our letter, not once", "Joan Pell"]);
});

test("posts with times are numbered; an article with one time is no live blog", () => {
  const post = (time, text) =>
    `<section><div><time>${time}</time><span>Ines Holt</span></div><p>${text}</p></section>`;
  const blog = ["14:20", "13:05", "11:48"].map((time, at) => post(time, ANSWERS[at])).join("");
  assert.deepEqual(
    read(blog).map(({ text, section }) => [section, text]),
    ANSWERS.map((text, at) => [at + 1, text]),
  );
  const single = `<div><time>14:20</time></div>${ANSWERS.map((text) => `<p>${text}</p>`).join("")}`;
  assert.ok(read(single).every(({ section }) => section === undefined));
});

test("a standfirst that is a sentence of the text, and a text held twice, are read once", () => {
  const [first, second, third] = [
    "The board of Ardley harbour voted on Monday to halve the fee that fishermen pay for their berths.",
    "Nobody on the quay had expected it, and the fishermen who came to hear the vote went home singing.",
    "The ministry has a month to refuse, and has refused each such vote in the last eleven years.",
  ];
  const echoes = (body) => read(body).map(({ echo }) => echo === true);
  const told = (...texts) => texts.map((text) => `<p>${text}</p>`).join("");
  assert.deepEqual(echoes(told(second, first, second, third)), [true, false, false, false]);
  assert.deepEqual(echoes(told(first, second, third, second)), [false, false, false, true]);
});

test("a second story under the first is a story of its own", () => {
  const text = "The board of Ardley harbour voted on Monday to halve the fee for berths on the north quay.";
  const story = (head) =>
    `<article><h1>${head}</h1><p>${text} ${head}.</p><p>“We waited,” said Ann Lee of ${head}. ${text}</p></article>`;
  const sections = (html) => {
    const { document, onrecord } = page(`<title>Ardley</title><body><main>${html}</main></body>`, READING);
    return [...onrecord.extract.article(document)].map(({ section }) => section);
  };
  assert.deepEqual(sections(story("The first vote") + story("The other vote")), [1, 1, 1, 2, 2, 2]);
  assert.ok(sections(story("The only vote")).every((section) => section === undefined));
});

test("what is set off below a colon is a quotation without marks, what has marks has its own", () => {
  const lead = "<p>Joan Pell, who has chaired the board for nine years, wrote to the company:</p>";
  const [one, two] = [
    "They never answered our letter, and we have the copy.",
    "We ask them to reply by Friday.",
  ];
  assert.deepEqual(
    texts(`${LEAD}${lead}<blockquote><p>${one}</p><p>${two}</p></blockquote>${LEAD}`).slice(2, 4),
    [`“${one}`, `“${two}”`],
  );
  assert.equal(texts(`${LEAD}${lead}<blockquote>“${one}”</blockquote>${LEAD}`)[2], `“${one}”`);
  assert.equal(texts(`${LEAD}<blockquote>${one}</blockquote>${LEAD}`)[1], one);
});
