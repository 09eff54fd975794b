// The page as text: what a reader sees, and for each unit of it the very place on the page where it stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./load.js";

const SCRIPTS = ["content/pieces.js", "content/slides.js", "content/blocks.js"];
/** Where a unit stands, by the page that was read last. */
let place;
/** The offsets of all units of a block. */
const offsets = (block) => Array.from(block.text, (_, at) => place(block, at).offset);

/** The blocks of a body, after a check that every unit of their text stands where the map says. */
function read(body, style = "") {
  const { document, onrecord } = page(`<style>${style}</style><body>${body}</body>`, SCRIPTS);
  const blocks = [...onrecord.blocks.read(document.body)];
  place = onrecord.blocks.place;
  for (const block of blocks) {
    for (const [at, unit] of block.text.split("").entries()) {
      const where = place(block, at);
      if (where === null)
        assert.match(unit, /[“”‘’«»]/, "only a mark that a style sheet writes stands in no text node");
      if (where === null) continue;
      const { node, offset } = where;
      const there = node.data[offset];
      // the space of a <br> stands behind the last letter of its node
      if (unit === " ") assert.match(there ?? " ", /\s/);
      else assert.equal(there, unit, `unit ${at} of “${block.text}”`);
    }
  }
  return blocks;
}

const texts = (body, style) => read(body, style).map((block) => block.text);

test("runs of spaces, tabs and line ends are one space, and none stands at either end", () => {
  assert.deepEqual(texts("<p>\n  The \t bridge\n\n   is shut. \n</p>"), ["The bridge is shut."]);
});

test("a space is mapped to the first character of its run, across elements too", () => {
  const [block] = read("<p>Rain <b> \n fell</b></p>");
  assert.equal(block.text, "Rain fell");
  const at = block.text.indexOf(" ");
  assert.equal(place(block, at).node.data, "Rain ");
  assert.equal(place(block, at).offset, 4);
});

test("a no-break space is a space", () => {
  assert.deepEqual(texts("<p>40&nbsp;ships &nbsp; sailed</p>"), ["40 ships sailed"]);
});

test("soft hyphens, zero-width spaces, word joiners and byte order marks are left out of words", () => {
  assert.deepEqual(texts("<p>har&shy;bour\u200bmas\u2060ter\ufeff spoke</p>"), ["harbourmaster spoke"]);
});

test("the text behind a soft hyphen keeps its own place", () => {
  const [block] = read("<p>har&shy;bour</p>");
  assert.deepEqual(offsets(block), [0, 1, 2, 4, 5, 6, 7]);
});

test("inline links and emphasis do not cut a sentence", () => {
  const [block] = read('<p>The <a href="#"><em>Harbour</em> Board</a>’s chair left.</p>');
  assert.equal(block.text, "The Harbour Board’s chair left.");
  assert.equal(block.nodes.length, 4);
});

test("an inline element without a space before it does not invent one", () => {
  assert.deepEqual(texts("<p>“<b>No</b>,” he said<sup>1</sup>.</p>"), ["“No,” he said1."]);
});

test("one line break is a space", () => {
  assert.deepEqual(texts("<p>First line<br>second line</p>"), ["First line second line"]);
});

test("a line break beside written spaces is still one space", () => {
  assert.deepEqual(texts("<p>First line <br>\n second line</p>"), ["First line second line"]);
});

test("two line breaks end a paragraph, with white space between them or not", () => {
  assert.deepEqual(texts("<div>One.<br><br>Two.<br>\n <br>Three.</div>"), ["One.", "Two.", "Three."]);
});

test("two line breaks that words stand between do not end a paragraph", () => {
  assert.deepEqual(texts("<p>One<br>two<br>three</p>"), ["One two three"]);
});

test("hidden text is left out, and the words on both sides stay together", () => {
  const body = '<p>The ferry <span class="gone">advertisement </span><span hidden>x</span>sank.</p>';
  assert.deepEqual(texts(body, ".gone { display: none }"), ["The ferry sank."]);
});

test("text that is invisible but takes room is left out", () => {
  const body = '<p>Seen <span class="v">unseen </span><i class="c">unseen </i>again</p>';
  assert.deepEqual(texts(body, ".v { visibility: hidden } .c { visibility: collapse }"), ["Seen again"]);
});

test("scripts, styles, buttons, forms' fields and pictures with text are no text of the article", () => {
  const body =
    "<p>Before <script>let x</script><style>p{}</style><button>Share</button><svg><text>logo</text></svg>" +
    "<noscript>off</noscript><textarea>note</textarea><select><option>one</select>after</p>";
  assert.deepEqual(texts(body), ["Before after"]);
});

test("a drop cap belongs to the word behind it", () => {
  const body = '<p><span class="cap">T</span>he tide turned.</p>';
  assert.deepEqual(texts(body, ".cap { display: block; float: left }"), ["The tide turned."]);
});

test("a drop cap with its quotation mark belongs to the word behind it", () => {
  const body = '<p><span class="cap">“I</span>t turned.”</p>';
  assert.deepEqual(texts(body, ".cap { display: block; float: left }"), ["“It turned.”"]);
});

test("a floated box with more text than a drop cap is a block of its own", () => {
  const body = '<p>The tide <span class="box">A picture of the sea</span>turned.</p>';
  const style = ".box { display: block; float: right }";
  assert.deepEqual(texts(body, style), ["The tide", "A picture of the sea", "turned."]);
});

test("loose text around a block makes blocks of its own", () => {
  assert.deepEqual(texts("<div>Loose <p>Paragraph.</p> behind</div>"), ["Loose", "Paragraph.", "behind"]);
});

test("empty elements make no block, and the numbers have no gaps", () => {
  const blocks = read("<p> </p><p>One.</p><div><p>&shy;</p></div><p>Two.</p>");
  assert.deepEqual(
    blocks.map(({ id, text }) => [id, text]),
    [
      ["b0", "One."],
      ["b1", "Two."],
    ],
  );
});

test("the role of a block says what kind of text it is", () => {
  const body =
    "<h2>H</h2><p>P</p><blockquote>Q<p>QP</p></blockquote><ul><li>L<div>LD</div></li></ul>" +
    "<figure><figcaption>C<p>CP</p></figcaption></figure><div>D</div>";
  assert.deepEqual(Object.fromEntries(read(body).map(({ text, role }) => [text, role])), {
    H: "headline",
    P: "paragraph",
    Q: "blockquote",
    QP: "blockquote",
    L: "list_item",
    LD: "list_item",
    C: "caption",
    CP: "caption",
    D: "paragraph",
  });
});

test("an emoji counts as two units, as the server is told", () => {
  const [block] = read("<p>Gulls 🕊 left</p>");
  assert.equal(block.text.length, 13);
  assert.deepEqual(offsets(block).slice(6, 8), [6, 7]);
});

test("reading a page changes nothing on it", () => {
  const { document, onrecord } = page("<p>One <b>two</b><br>three&shy;</p><p hidden>x</p>", SCRIPTS);
  const before = document.documentElement.outerHTML;
  onrecord.blocks.read(document.body);
  assert.equal(document.documentElement.outerHTML, before);
});

test("any mixture of spaces, breaks, inline and hidden pieces reads like its visible text", () => {
  let seed = 20;
  const chance = (below) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const pieces = [
    ["sea", "sea"],
    [" ", " "],
    ["\n\t ", " "],
    ["&nbsp;", " "],
    ["&shy;", ""],
    ["<b>salt</b>", "salt"],
    ['<a href="#"> wind</a>', " wind"],
    ["<span hidden>gone</span>", ""],
    ["<i>“</i>", "“"],
    ["🐟", "🐟"],
  ];
  for (let round = 0; round < 60; round += 1) {
    const chosen = Array.from({ length: 1 + chance(12) }, () => pieces[chance(pieces.length)]);
    const seen = chosen.map(([, text]) => text).join("");
    const wanted = seen.replace(/\s+/g, " ").trim();
    const html = chosen.map(([markup]) => markup).join("");
    assert.deepEqual(texts(`<p>${html}</p>`), wanted === "" ? [] : [wanted], html);
  }
});

test("text from elsewhere can be brought into the form that blocks have", () => {
  const { onrecord } = page("", SCRIPTS);
  assert.equal(
    onrecord.blocks.collapse("\n The\u00a0 har\u00adbour\u200b\t is\ufeff shut. "),
    "The harbour is shut.",
  );
});

test("a field that the reader writes in is never read", () => {
  const fields = [
    '<div contenteditable="true">secret</div>',
    "<div contenteditable>secret</div>",
    '<p contenteditable="plaintext-only">secret</p>',
    '<div role="textbox">secret</div>',
    "<textarea>secret</textarea>",
    '<input value="secret">',
    "<select><option>secret</option></select>",
  ];
  for (const field of fields) assert.deepEqual(texts(`<p>Open.</p>${field}<p>Shut.</p>`), ["Open.", "Shut."]);
  const { document, onrecord } = page("<p>Draft.</p>", SCRIPTS);
  document.designMode = "on";
  assert.equal(onrecord.blocks.read(document.body).length, 0);
});

test("a piece that says it is not editable is read", () => {
  assert.deepEqual(texts('<p contenteditable="false">Open.</p>'), ["Open."]);
});

test("text in an open shadow root is read where it stands, with what is put into its slots", () => {
  const { document, onrecord } = page("<p>First.</p><news-box><b>given</b></news-box><p>Last.</p>", SCRIPTS);
  const root = document.querySelector("news-box").attachShadow({ mode: "open" });
  root.innerHTML = "<p>Before <slot></slot> after.</p>";
  const found = [...onrecord.blocks.read(document.body)];
  assert.deepEqual(
    found.map(({ text }) => text),
    ["First.", "Before given after.", "Last."],
  );
  assert.equal(onrecord.blocks.parent(root.firstElementChild).localName, "news-box");
});

test("a closed shadow root is left alone", () => {
  const { document, onrecord } = page("<p>First.</p><news-box></news-box>", SCRIPTS);
  document.querySelector("news-box").attachShadow({ mode: "closed" }).innerHTML = "<p>Hidden.</p>";
  assert.deepEqual(
    [...onrecord.blocks.read(document.body)].map(({ text }) => text),
    ["First."],
  );
});

test("line breaks count where white space is kept", () => {
  const body = '<div class="kept">One line\nand its end.\n\nAnother.</div>';
  assert.deepEqual(texts(body, ".kept { white-space: pre-line }"), ["One line and its end.", "Another."]);
});

test("visible text in a hidden box is read, and text clipped for screen readers alone is not", () => {
  const style =
    ".off { visibility: hidden } .on { visibility: visible } .sr { position: absolute; clip: rect(0px, 0px, 0px, 0px) }";
  const body = '<div class="off">No.<p class="on">Yes.</p></div><p>Seen.<span class="sr">Unseen.</span></p>';
  assert.deepEqual(texts(body, style), ["Yes.", "Seen."]);
});

test("what a closed box of details holds is not read, what an open one holds is", () => {
  assert.deepEqual(texts("<details><summary>More</summary><p>Hidden.</p></details><p>Seen.</p>"), ["Seen."]);
  assert.ok(texts("<details open><summary>More</summary><p>Shown.</p></details>").includes("Shown."));
});

test("the marks of <q> are in the text, each at its place, and in no text node", () => {
  assert.deepEqual(texts("<p>The mayor said <q>we will rebuild</q> on Tuesday.</p>"), [
    "The mayor said “we will rebuild” on Tuesday.",
  ]);
  assert.deepEqual(texts("<p>She said: <q> Bob told me <q>go home</q> and I went. </q></p>"), [
    "She said: “Bob told me ‘go home’ and I went.”",
  ]);
  assert.deepEqual(texts("<p><q>Whole.</q></p><p>Nothing <q></q>there.</p>"), ["“Whole.”", "Nothing there."]);
});

test("a <q> with typed marks in it or around it gets no second pair", () => {
  assert.deepEqual(texts("<p>He said “<q>go home</q>” and <q>“stay”</q>.</p>"), [
    "He said “go home” and “stay”.",
  ]);
});

test("a span with generated marks is held by the words between them", () => {
  const { document, onrecord } = page("<p>He said <q>go <b>home</b></q> now.</p>", SCRIPTS);
  const [block] = onrecord.blocks.read(document.body);
  const start = block.text.indexOf("“");
  const end = block.text.indexOf("”") + 1;
  const held = onrecord.blocks.held(block, { start, end });
  assert.equal(block.text.slice(held.start, held.end), "go home");
  assert.equal(onrecord.blocks.words(block, { start, end }), "go home");
});

test("single line breaks between sentences make paragraphs; in a sentence, a poem or a quotation they make none", () => {
  const lines = [
    "The council closed the only pool in town on Monday.",
    "“We heard it creak all winter,” said Olga Finch of the club.",
    "The builders will be asked to come back to every beam.",
  ];
  assert.deepEqual(texts(`<p>${lines.join("<br>\n")}</p>`), lines);
  assert.deepEqual(
    texts("<p>“We are not going to move it because<br>nobody has told us where,” said Ada.</p>"),
    ["“We are not going to move it because nobody has told us where,” said Ada."],
  );
  const open =
    "“We have waited for an answer for nine years now.<br>We shall wait for another nine if we have to,” she said.";
  assert.equal(texts(`<p>${open}</p>`).length, 1);
  assert.equal(texts("<p>Roses are red.<br>Violets are blue.</p>").length, 1);
});

test("the label of an advertisement and the number of a note do not stand in a sentence", () => {
  assert.deepEqual(
    texts('<p>“We had no way to keep <span class="x">Advertisement</span> the fleet,” he said.</p>'),
    ["“We had no way to keep the fleet,” he said."],
  );
  assert.deepEqual(texts('<p>“Nobody <ins style="display: block">Ad</ins>will lose a day,” said Holm.</p>'), [
    "“Nobody will lose a day,” said Holm.",
  ]);
  assert.deepEqual(
    texts("<p>“It is our home.”<sup>3</sup> He left<sup><a href='#n'>[4]</a></sup> at once.</p>"),
    ["“It is our home.” He left at once."],
  );
  assert.deepEqual(texts("<p>It measures 40 m<sup>2</sup> or so.</p>"), ["It measures 40 m2 or so."]);
});

test("a button that explains a word of a sentence is read, others are not", () => {
  assert.deepEqual(texts("<p>The <button>base rate</button> rose again.</p>"), ["The base rate rose again."]);
  assert.deepEqual(texts("<p>The end.<button>Share</button></p>"), ["The end."]);
});

const SLIDES = ["The stairs were repaired in March.", "The lantern is dark.", "The window was cleaned."];
/** A slide show whose second slide is shown. @param {{made?: (text: string, at: number) => string, box?: string}} [how] */
const show = ({ made = (text) => `<div class="one"><img><p>${text}</p></div>`, box = "<div>" } = {}) =>
  `<p>Before.</p>${box}${SLIDES.map(made).join("")}</div><p>After.</p>`;
const HIDDEN = ".one { display: none } .one:nth-child(2) { display: block }";

for (const [name, style] of [
  ["display", HIDDEN],
  ["visibility", ".one { visibility: hidden } .one:nth-child(2) { visibility: visible }"],
])
  test(`the slides of a slide show are read, those that are hidden by ${name} too`, () => {
    assert.deepEqual(texts(show(), style), ["Before.", ...SLIDES, "After."]);
  });

test("two slides are a slide show if they are called one", () => {
  const two = (text, at) => (at === 2 ? "" : `<div class="one"><img><p>${text}</p></div>`);
  assert.deepEqual(texts(show({ made: two }), HIDDEN), ["Before.", SLIDES[1], "After."]);
  for (const box of ['<div class="photoCarousel">', '<div aria-roledescription="carousel">'])
    assert.deepEqual(texts(show({ made: two, box }), HIDDEN), ["Before.", SLIDES[0], SLIDES[1], "After."]);
});

test("what is hidden in a slide, panels without pictures, boxes of another make, and a show that is hidden whole are not read", () => {
  const inner = (text) => `<div class="one"><img><p>${text}</p><p hidden>Share this.</p></div>`;
  assert.deepEqual(texts(show({ made: inner }), HIDDEN), ["Before.", ...SLIDES, "After."]);
  const panel = (text) => `<div class="one"><p>${text}</p></div>`;
  assert.deepEqual(texts(show({ made: panel }), HIDDEN), ["Before.", SLIDES[1], "After."]);
  const others = (text, at) => `<div class="own${at} ${at === 1 ? "" : "gone"}"><img><p>${text}</p></div>`;
  assert.deepEqual(texts(show({ made: others }), ".gone { display: none }"), [
    "Before.",
    SLIDES[1],
    "After.",
  ]);
  assert.deepEqual(texts(show(), ".one { display: none }"), ["Before.", "After."]);
});
