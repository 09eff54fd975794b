// Which part of a page is the article.

import assert from "node:assert/strict";
import { test } from "node:test";
import { OWN_READING, page, READING, source } from "./load.js";

const STORY = [
  "The council of Marrow Bay closed its only swimming pool on Monday, after inspectors found that the roof had moved by a hand’s width since the spring.",
  "“We heard it creak all winter, and we wrote it down every time,” said Olga Finch, who has taught children to swim there for nineteen years.",
  "A spokesman for the council said that nobody had been in danger. The builders, he said, would be asked to come back and to look at every beam.",
  "Swimmers gathered outside the doors in the evening with towels around their necks, and sang until the caretaker switched off the lights.",
];
const paragraphs = STORY.map((text) => `<p>${text}</p>`).join("\n");

/** The texts of what is taken for the article. */
function article(body, { scripts = READING, globals = {}, style = "" } = {}) {
  const html = `<html lang="en"><head><title>Pool closed</title><style>${style}</style></head><body>${body}</body></html>`;
  const { document, onrecord } = page(html, scripts, globals);
  const before = document.documentElement.outerHTML;
  const blocks = onrecord.extract.article(document);
  assert.equal(document.documentElement.outerHTML, before, "the page was changed");
  return [...blocks].map(({ text }) => text);
}

/** A Readability that cannot read anything, so that only our own view is left. */
const BLIND = {
  scripts: OWN_READING,
  globals: {
    Readability: class {
      parse() {
        return null;
      }
    },
  },
};

/** A Readability that keeps what a test says. */
const keeping = (selector) => ({
  scripts: OWN_READING,
  globals: {
    Readability: class {
      constructor(clone) {
        this.clone = clone;
      }
      parse() {
        const content = this.clone.querySelector(selector);
        return { content, textContent: content.textContent, title: "" };
      }
    },
  },
});

test("headline and paragraphs are taken; navigation, teasers and footer are not", () => {
  const body = `
    <nav><a href="/">Front page of the Marrow Bay Gazette and all its many sections</a></nav>
    <main><h1>Pool closed after roof moves</h1>${paragraphs}</main>
    <aside><p>Most read this week: the longest queue that the harbour bakery ever had.</p></aside>
    <footer><p>All of this was written by people. Write to us about anything that is wrong.</p></footer>`;
  assert.deepEqual(article(body), ["Pool closed after roof moves", ...STORY]);
});

test("the numbers of the blocks are those of the whole page, so that equal texts can be told apart later", () => {
  const { document, onrecord } = page(`<div>Menu</div><article>${paragraphs}</article>`, READING);
  const all = new Map([...onrecord.blocks.read(document.body)].map(({ id, text }) => [id, text]));
  const found = [...onrecord.extract.article(document)];
  assert.equal(found.length, STORY.length);
  for (const { id, text } of found) assert.equal(all.get(id), text);
});

test("where Readability finds nothing, our own view is taken", () => {
  assert.deepEqual(article(`<div><h1>Pool closed</h1>${paragraphs}</div>`, BLIND), ["Pool closed", ...STORY]);
});

test("where Readability breaks, our own view is taken", () => {
  class Broken {
    parse() {
      throw new Error("broken on purpose");
    }
  }
  const body = `<article>${paragraphs}</article>`;
  const quiet = { debug() {} };
  assert.deepEqual(
    article(body, { scripts: OWN_READING, globals: { Readability: Broken, console: quiet } }),
    STORY,
  );
});

test("where the two views differ widely, the one with more paragraph text is taken", () => {
  const body = `<div id="teaser"><p>${STORY[0]}</p></div><article id="whole">${paragraphs}</article>`;
  assert.deepEqual(article(body, keeping("#teaser")), STORY, "ours");
  const split = `<div class="share">${paragraphs}</div><div><p>A teaser that is just long enough to count here.</p></div>`;
  assert.deepEqual(article(split, keeping(".share")), STORY, "Readability’s");
});

test("what the page itself calls the article wins over a wider box with readers’ letters in it", () => {
  const comments = STORY.slice(2)
    .map((text) => `<p>A reader writes: ${text}</p>`)
    .join("");
  const body = `<div itemprop="articleBody">${paragraphs}</div><section>${comments}</section>`;
  assert.deepEqual(article(body, BLIND), STORY);
});

test("advertisements, sharing rows and newsletters between paragraphs are left out", () => {
  const clutter = [
    '<div class="ad-slot"><p>Buy the new paddling pool, it is cheaper than any other pool.</p></div>',
    '<div class="newsletter"><p>Get the morning letter of the Gazette, every day before breakfast.</p></div>',
    "<form><p>Tell us what you think of this article in your own words, please do.</p></form>",
    '<div aria-hidden="true"><p>A slide that nobody can see but that stands in the middle of it.</p></div>',
  ];
  const body = STORY.map((text, at) => `<p>${text}</p>${clutter[at]}`).join("");
  assert.deepEqual(article(`<article>${body}</article>`, BLIND), STORY);
});

test("paragraphs that are mostly links are left out, paragraphs with a link are not", () => {
  const linked = STORY[0].replace("swimming pool", '<a href="/pool">swimming pool</a>');
  const teaser = '<p><a href="/2">The baker who feeds the gulls and does not want to stop it</a></p>';
  assert.deepEqual(article(`<article><p>${linked}</p>${teaser}<p>${STORY[1]}</p></article>`, BLIND), [
    STORY[0],
    STORY[1],
  ]);
});

test("classes that only say how an article is filed do not make it clutter", () => {
  const body = `<article class="post hentry category-social tag-comments tag-politics">${paragraphs}</article>`;
  assert.deepEqual(article(body, BLIND), STORY);
});

test("classes of the whole page do not make its article clutter", () => {
  const html = `<body class="single has-newsletter cookie-bar"><div>${paragraphs}</div></body>`;
  const { document, onrecord } = page(html, OWN_READING, BLIND.globals);
  assert.deepEqual(
    [...onrecord.extract.article(document)].map(({ text }) => text),
    STORY,
  );
});

test("a paragraph with a hidden piece in it stays part of the article", () => {
  const broken = STORY[1].replace("all winter", 'all <span class="hint">(opens a picture) </span>winter');
  const body = `<article><p>${STORY[0]}</p><p>${broken}</p><p>${STORY[2]}</p><p>${STORY[3]}</p></article>`;
  assert.deepEqual(article(body, { style: ".hint { display: none }" }), STORY);
});

test("a paragraph with soft hyphens and odd spaces stays part of the article", () => {
  const odd = STORY[1].replace("children", "chil&shy;dren").replace(" winter", "&nbsp;\n winter");
  const body = `<article><p>${STORY[0]}</p><p>${odd}</p><p>${STORY[2]}</p><p>${STORY[3]}</p></article>`;
  assert.deepEqual(article(body), STORY);
});

test("a headline that stands outside the article is brought along, a later one is not", () => {
  const body = `<header><h1>Pool closed</h1></header><article>${paragraphs}</article>`;
  assert.equal(article(body, BLIND)[0], "Pool closed");
  assert.equal(article(`<article>${paragraphs}</article><h1>Next story</h1>`, BLIND)[0], STORY[0]);
});

test("a selection takes whole paragraphs, and only those it touches", () => {
  const { window, document, onrecord } = page(`<h1>Pool closed</h1>${paragraphs}`, OWN_READING);
  const [, second, third] = document.querySelectorAll("p");
  const range = document.createRange();
  range.setStart(second.firstChild, 20);
  range.setEnd(third.firstChild, 5);
  window.getSelection().addRange(range);
  assert.deepEqual(
    [...onrecord.extract.selection(document)].map(({ id, text }) => [id, text]),
    [
      ["b2", STORY[1]],
      ["b3", STORY[2]],
    ],
  );
});

test("a caret alone selects nothing", () => {
  const { window, document, onrecord } = page(paragraphs, OWN_READING);
  assert.equal(onrecord.extract.selection(document).length, 0);
  window.getSelection().collapse(document.querySelector("p").firstChild, 3);
  assert.equal(onrecord.extract.selection(document).length, 0);
});

test("two real paragraphs are an article; a list of teasers, a headline or one paragraph is none", () => {
  const is = (body) => {
    const { document, onrecord } = page(body, OWN_READING);
    return onrecord.extract.isArticle(onrecord.blocks.read(document.body));
  };
  assert.equal(is(paragraphs), true);
  assert.equal(is(`<p>${STORY.join(" ")}</p>`), false, "one paragraph");
  assert.equal(is(STORY.map((text) => `<h2>${text}</h2>`).join("")), false, "headlines");
  assert.equal(is("<p>Read more about it.</p>".repeat(40)), false, "teasers");
  assert.equal(is(`<p>${STORY[0]}</p><p>${STORY[3].slice(0, 60)}</p>`), false, "too few words");
  assert.equal(is(""), false, "nothing");
});

test("the vendored Readability is the one that the tests' package list pins", () => {
  const pinned = source("tests/node/node_modules/@mozilla/readability/Readability.js");
  assert.equal(source("extension/vendor/readability/Readability.js"), pinned);
});

test("a form or a hidden box around the whole page does not hide the article from our own view", () => {
  assert.deepEqual(article(`<form id="aspnetForm"><article>${paragraphs}</article></form>`, BLIND), STORY);
  assert.deepEqual(article(`<div aria-hidden="true"><div>${paragraphs}</div></div>`, BLIND), STORY);
});

test("a front page is a list of articles and none itself", () => {
  const teasers = STORY.map(
    (text, at) => `<article><h2><a href="/${at}">${text}</a></h2><p>${text}</p></article>`,
  );
  for (const options of [BLIND, {}])
    assert.deepEqual(article(`<main>${teasers.join("")}</main>`, options), []);
});

test("readers’ comments are no part of the article, even where they are longer than it", () => {
  const comments = STORY.concat(STORY)
    .map((text) => `<p>A reader writes: ${text}</p>`)
    .join("");
  const body = `<main><article>${paragraphs}</article><div class="comment-list">${comments}</div></main>`;
  assert.deepEqual(article(body, BLIND), STORY);
  assert.deepEqual(article(body), STORY);
});

test("dates, bylines, buttons, teasers and the lists under them are left out by their words", () => {
  const body = `<article><p>By Olga Finch</p><p>Published 4 May, 12:30</p>${paragraphs}
    <p>Read more: the longest queue that the harbour bakery ever had.</p>
    <p>More great Gazette stories</p><ul><li>The gull that steals the post every Friday morning.</li></ul></article>`;
  for (const options of [BLIND, {}]) assert.deepEqual(article(body, options), STORY);
});

test("a long paragraph that begins like furniture is a paragraph", () => {
  const long = `Read more closely, the report says something else: ${STORY.join(" ")}`;
  assert.ok(article(`<article>${paragraphs}<p>${long}</p></article>`, BLIND).includes(long));
});

test("structured data says where the article begins and ends", () => {
  const data = JSON.stringify({ "@graph": [{ "@type": "NewsArticle", articleBody: STORY.join("\n") }] });
  const body = `<script type="application/ld+json">${data}</script>
    <article><p>Our offices are closed on Friday, and we thank you for your patience.</p>${paragraphs}
    <p>The writer has swum there herself, and owns a towel from the last century.</p></article>`;
  assert.deepEqual(article(body, BLIND), STORY);
});

test("structured data of another article, or cut short, or broken, is not believed", () => {
  for (const data of [
    '{"articleBody": "Quite another story, of which no line stands here."}',
    JSON.stringify({ articleBody: STORY[0] }),
    "{broken",
  ]) {
    const body = `<script type="application/ld+json">${data}</script><article>${paragraphs}</article>`;
    assert.deepEqual(article(body, BLIND), STORY);
  }
});

test("captions keep their role, wherever a page puts them", () => {
  const caption = "The roof of the pool, photographed in the spring by one of the swimmers.";
  const { document, onrecord } = page(
    `<article><figure><img src="a.png"><p>${caption}</p></figure><div class="photo-caption">${caption}</div>${paragraphs}</article>`,
    OWN_READING,
    BLIND.globals,
  );
  const roles = [...onrecord.extract.article(document)].map(({ role }) => role);
  assert.deepEqual(roles, ["caption", "caption", ...STORY.map(() => "paragraph")]);
});

test("text that only line breaks divide is an article of paragraphs", () => {
  assert.deepEqual(article(`<div id="text">${STORY.join("<br><br>")}</div>`, BLIND), STORY);
  assert.deepEqual(article(`<div id="text">${STORY.join("<br><br>")}</div>`), STORY);
});

test("a body that is hidden behind a paywall is not read, and a stub alone is no article", () => {
  const body = `<article><p>${STORY[0]}</p><div class="rest">${paragraphs}</div></article>`;
  const { document, onrecord } = page(
    `<style>.rest { display: none }</style><body>${body}</body>`,
    OWN_READING,
    BLIND.globals,
  );
  const found = [...onrecord.extract.article(document)];
  assert.deepEqual(
    found.map(({ text }) => text),
    [STORY[0]],
  );
  assert.equal(onrecord.extract.isArticle(found), false);
});

test("a gallery is read by its captions", () => {
  const pictures = STORY.map((text) => `<figure><img src="a.png"><figcaption>${text}</figcaption></figure>`);
  const { document, onrecord } = page(
    `<main><h1>Pool in pictures</h1>${pictures.join("")}</main>`,
    OWN_READING,
    BLIND.globals,
  );
  const found = [...onrecord.extract.article(document)];
  assert.deepEqual(
    found.map(({ role }) => role),
    ["headline", ...STORY.map(() => "caption")],
  );
  assert.equal(onrecord.extract.isArticle(found), true);
});

test("all entries of a live blog are one article, without their times and buttons", () => {
  const entries = STORY.map(
    (text, at) =>
      `<article class="entry"><h2>Entry ${at}</h2><time class="timestamp">1${at}:30</time><p>${text}</p><p>Share this</p></article>`,
  );
  const found = article(`<main><h1>Pool closed: as it happened</h1>${entries.join("")}</main>`, BLIND);
  assert.deepEqual(
    found.filter((text) => STORY.includes(text)),
    STORY,
  );
  assert.ok(!found.some((text) => /Share this|1\d:30/.test(text)));
});

test("names that would take a part of the article away are not believed", () => {
  const told = STORY.map(
    (text, at) =>
      `<div class="${["sidebar-grid", "share-body", "promo-text", "paywall"][at]}"><p>${text}</p></div>`,
  ).join("");
  assert.deepEqual(article(`<div>${told}</div>`, BLIND), STORY);
});

test("a list or a short sentence above the first long one belongs to the text, a line in the same place does not", () => {
  const list = "<ul><li>The roof has moved</li><li>Nobody was hurt</li></ul>";
  assert.deepEqual(article(`<article>${list}${paragraphs}</article>`, BLIND), [
    "The roof has moved",
    "Nobody was hurt",
    ...STORY,
  ]);
  assert.deepEqual(article(`<article><p>It creaked all winter.</p>${paragraphs}</article>`, BLIND), [
    "It creaked all winter.",
    ...STORY,
  ]);
  for (const line of ["<p>Marrow Bay</p>", '<ul><li><a href="/sport">Sport and leisure</a></li></ul>'])
    assert.deepEqual(article(`<article>${line}${paragraphs}</article>`, BLIND), STORY);
});

test("where an article is filed, thanks to readers and addresses for machines are no text", () => {
  for (const line of [
    '<p>Filed under: <a href="/pools">Pools</a>, <a href="/roofs">Roofs</a></p>',
    '<p>A guide for buyers: <a href="/guide">Paddling pools for everybody</a></p>',
    "<p>If you enjoyed this article, and were moved by what it says, we have a plan for you: join the friends of the Gazette. Friends read everything, and they keep our reporters dry in all weathers and at all hours of the day. Would you think about it?</p>",
    "<p>Olga Finch’s book on swimming in cold water is out now. Follow her on Mastodon for more of the same.</p>",
    "<p>https://gazette.example/up/2026/pool.jpg 540 960 admin https://gazette.example/up/logo.png admin</p>",
  ])
    assert.deepEqual(article(`<article>${paragraphs}${line}</article>`, BLIND), STORY, line);
  const said = "<p>The council says:</p>";
  assert.ok(
    article(`<article><p>${STORY[0]}</p>${said}<p>${STORY[1]}</p></article>`, BLIND).includes(
      "The council says:",
    ),
  );
});

test("a slanted line right below a picture, and a line that ends with who took it, are captions", () => {
  for (const caption of [
    '<p><img src="/1.jpg"></p><p> </p><p><em>The roof of the pool as seen from the road</em></p>',
    '<img src="/1.jpg"><br><center><i>The roof of the pool as seen from the road</i></center>',
    "<p>The roof of the pool in Marrow Bay, which has moved by a hand since the spring. (Gazette Photo/Ann Lee)</p>",
    "<p>The roof of the pool in Marrow Bay, which has moved by a hand since the spring Ann Lee/The Gazette</p>",
    "<p>Ann Lee | Northern Light | Gazette Images</p>",
  ]) {
    const html = `<body><article><h1>Pool closed</h1><p>${STORY[0]}</p>${caption}<p>${STORY[1]}</p><p>${STORY[2]}</p></article></body>`;
    const { document, onrecord } = page(html, OWN_READING, BLIND.globals);
    const roles = [...onrecord.extract.article(document)].map(({ role }) => role);
    assert.deepEqual(
      roles.filter((role) => role !== "caption"),
      ["headline", "paragraph", "paragraph", "paragraph"],
      caption,
    );
  }
  const praised = `<p>${STORY[0]}</p><p><em>${STORY[1]}</em></p><p>${STORY[2]}</p>`;
  assert.deepEqual(article(`<article>${praised}</article>`, BLIND), STORY.slice(0, 3));
});
