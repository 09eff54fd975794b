// Who publishes an article and when, as its page says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page, plain } from "./load.js";

const read = (head) => {
  const window = page(`<!doctype html><head>${head}</head><body></body>`, ["content/about.js"]);
  return plain(window.onrecord.about.read(window.document));
};
const script = (value) =>
  `<script type="application/ld+json">${typeof value === "string" ? value : JSON.stringify(value)}</script>`;
const NEWS = {
  "@type": "NewsArticle",
  publisher: { "@type": "Organization", name: "The Harbour  Post" },
  datePublished: "2026-11-28T07:00:00Z",
};
const KNOWN = { outlet: "The Harbour Post", published: "2026-11-28T07:00:00Z" };

test("JSON-LD says it, alone, in a list, in a graph, and below a page", () => {
  for (const value of [
    NEWS,
    [NEWS],
    { "@graph": [{ "@type": "WebSite", publisher: "Another" }, NEWS] },
    { "@type": "WebPage", mainEntity: NEWS },
    { ...NEWS, "@type": ["Thing", "https://schema.org/NewsArticle"] },
    { ...NEWS, publisher: [NEWS.publisher] },
    { ...NEWS, publisher: { name: { "@value": "The Harbour Post" } } },
  ])
    assert.deepEqual(read(script(value)), KNOWN);
});

test("a live blog is the blog and not its posts or a story beside it", () => {
  const blog = { ...NEWS, "@type": "LiveBlogPosting", liveBlogUpdate: [{ "@type": "BlogPosting" }] };
  const beside = { "@type": "NewsArticle", publisher: "Another", datePublished: "2020-01-01" };
  assert.deepEqual(read(script([beside, blog])), KNOWN);
});

test("the head's elements say it where JSON-LD does not, or is broken", () => {
  const head = `<meta property="og:site_name" content=" The Harbour Post ">
    <meta property="article:published_time" content="2026-11-28T07:00:00Z">`;
  assert.deepEqual(read(head), KNOWN);
  assert.deepEqual(read(script("{broken") + head), KNOWN);
  assert.deepEqual(read(script({ "@type": "NewsArticle", datePublished: "today" }) + head), KNOWN);
  assert.deepEqual(read(script({ "@type": "Recipe", publisher: "A cook" }) + head), KNOWN);
});

test("what is no date is none, long names are cut, and a page that says nothing says nothing", () => {
  assert.deepEqual(read(""), { outlet: null, published: null });
  const long = read(script({ ...NEWS, publisher: "x".repeat(9000), datePublished: "28 November" }));
  assert.equal(long.outlet.length, 200);
  assert.equal(long.published, null);
  for (const value of [null, 3, "x", { "@type": 3 }, { "@type": "Article", publisher: 3, datePublished: [] }])
    assert.deepEqual(read(script(value ?? "null")), { outlet: null, published: null });
});

test("JSON-LD without an end is not followed without end", () => {
  let value = NEWS;
  for (let depth = 0; depth < 50; depth += 1) value = { "@graph": [value] };
  assert.deepEqual(read(script(value)), { outlet: null, published: null });
});
