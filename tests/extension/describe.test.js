// What the card says: whose words, how we know, why not named, what is contested, and nothing that the page can abuse.

import assert from "node:assert/strict";
import { test } from "node:test";
import { analysis, page } from "./load.js";

const SCRIPTS = [
  "shared/taxonomy.js",
  "shared/palette.js",
  "shared/elements.js",
  "shared/evidence.js",
  "content/scheme.js",
  "content/describe.js",
];
const HOSTILE = '<img src=x onerror="alert(1)"></q><script>alert(2)</script>&amp;';

/** The card for some marks of an analysis that a test may have changed. */
function card(ids, change = () => {}, { background = "rgb(255, 255, 255)" } = {}) {
  const { analysis: found } = analysis();
  change(found);
  const { document, onrecord } = page(`<p style="background-color: ${background}">text</p>`, SCRIPTS);
  const startContainer = document.querySelector("p").firstChild;
  const marks = ids.map((id) => ({
    id,
    kind: id.startsWith("q") ? "quote" : "claim",
    range: { startContainer },
  }));
  const pressed = [];
  const body = onrecord.describe.card(
    marks,
    found,
    (id) => pressed.push(id),
    () => pressed.push("panel"),
  );
  if (body === null) return null;
  const box = document.createElement("div");
  box.append(body);
  const press = (label) => {
    const button = [...box.querySelectorAll("button")].find(({ textContent }) => textContent === label);
    assert.ok(button, `no button “${label}”`);
    button.click();
    return pressed;
  };
  return { box, text: box.textContent, press, parts: [...box.querySelectorAll("section")] };
}

test("a named source: its kind, its name, how it is identified, and the article's words for that", () => {
  const { box, text } = card(["q3"]);
  assert.equal(box.querySelector(".type").textContent, "Government, military, courts, police");
  assert.equal(box.querySelector(".name").textContent, "Port warden Ida Moss");
  assert.match(text, /Named person\./);
  assert.match(text, /The article says: “?.*Port warden/);
  assert.equal(box.querySelector("q mark").textContent, "Port warden");
  assert.doesNotMatch(text, /Why not named/);
});

test("an anonymous source: the grant in the article's own words, quoted, and the kind of reason", () => {
  const { box, text } = card(["q1"]);
  assert.match(text, /Anonymous, by agreement\./);
  assert.match(text, /Why not named: a deckhand who feared for his job/);
  assert.equal(box.querySelector("q").textContent, "a deckhand who feared for his job");
  assert.match(text, /The article says: fear of consequences\./);
});

test("an anonymous source without any reason: the card says that there is none", () => {
  const { text } = card(["q1"], ({ sources: [source] }) => {
    source.anonymity = { evidence: [], reason: null, reason_kind: "none_stated", opinion: false };
  });
  assert.match(text, /The article gives no reason\./);
});

test("an opinion under cover of anonymity is called one", () => {
  const { text } = card(["q1"], ({ sources: [source] }) => {
    source.anonymity.opinion = true;
  });
  assert.match(text, /The article words this as an opinion\./);
  assert.doesNotMatch(card(["q1"]).text, /opinion/);
});

test("the grant and a reason that stands elsewhere are two quotations", () => {
  const { box } = card(["q1"], ({ sources: [source] }) => {
    source.anonymity.reason = { block: "b1", start: 0, end: 4, text: "he feared the owner" };
  });
  assert.deepEqual(
    [...box.querySelectorAll("q")].map((quote) => quote.textContent),
    ["a deckhand who feared for his job", "he feared the owner"],
  );
});

test("a quote without a speaker says so and names nobody", () => {
  const { box, text } = card(["q1"], ({ quotes: [quote] }) => {
    quote.source = null;
  });
  assert.match(text, /Speaker not found/);
  assert.equal(box.querySelector(".name"), null);
  assert.match(text, /do not say who speaks/);
});

test("low confidence reads as “Likely”, high confidence as nothing, and neither as a number", () => {
  assert.match(card(["q2"]).text, /Likely: Government/);
  assert.doesNotMatch(card(["q3"]).text, /Likely/);
  for (const id of ["q1", "q2", "q3", "c1"]) assert.doesNotMatch(card([id]).text, /%|0\.\d/);
});

test("the channel is told where the article states one", () => {
  assert.match(card(["q1"]).text, /Said in an interview\./);
  assert.doesNotMatch(card(["q3"]).text, /Said/);
});

test("a refusal to comment is no way of saying something", () => {
  const { text } = card(["q1"], ({ quotes: [quote] }) => {
    quote.channel = "declined_comment";
  });
  assert.match(text, /Declined to comment\./);
  assert.doesNotMatch(text, /Said/);
});

test("other statements of the same source are listed, and lead there", () => {
  const shown = card(["q3"]);
  assert.match(shown.text, /1 other statement by this source:/);
  assert.deepEqual(shown.press("“No ship leaves unseen.”"), ["q2"]);
  assert.doesNotMatch(card(["q1"]).text, /other statement/);
});

test("of many other statements three are listed, and all are counted", () => {
  const { box, text } = card(["q3"], (found) => {
    for (let at = 4; at < 10; at += 1) found.quotes.push({ ...found.quotes[1], id: `q${at}` });
  });
  assert.match(text, /7 other statements by this source:/);
  assert.equal(box.querySelectorAll("li").length, 3);
});

test("a contested claim: its status, what else it is, the words of the article, and who contests it", () => {
  const { text, box } = card(["c1"]);
  assert.match(box.querySelector(".type").textContent, /The article reports this as an accusation\.$/);
  assert.equal(text.match(/accus/g).length, 2); // once as a sentence about the article, once in its own words
  assert.match(text, /Also: Denied by the person concerned\./);
  assert.match(text, /The article’s words: Ferry line accused of hiding a crack/);
  assert.equal(box.querySelector("q mark").textContent, "accused of");
  assert.match(text, /By: Port warden Ida Moss\./);
});

test("a claim that nobody in particular contests names nobody", () => {
  const { text } = card(["c1"], ({ claims: [claim] }) => {
    claim.by = null;
    claim.also = [];
  });
  assert.doesNotMatch(text, /By:|Also:/);
});

test("each status is one plain sentence about the article", () => {
  const said = new Set();
  for (const status of page("", ["shared/taxonomy.js"]).onrecord.taxonomy.STATUSES) {
    const { box } = card(["c1"], ({ claims: [claim] }) => {
      claim.status = status;
    });
    const sentence = box.querySelector(".type").textContent.trim();
    assert.match(sentence, /^The article [^.]+\.$/);
    said.add(sentence);
  }
  assert.equal(said.size, 7);
});

test("who accuses and who denies are named, and lead to their words", () => {
  const shown = card(["c1"], ({ claims: [claim], sources: [first], quotes }) => {
    claim.by = "s2";
    claim.quote = "q1";
    quotes[0].source = first.id;
  });
  assert.match(shown.text, /Said by: /);
  shown.press("Port warden Ida Moss");
});

test("a sentence that was cut says so, and one without telling words is not shown", () => {
  const cut = card(["q3"], ({ sources }) => {
    Object.assign(sources[1].telling, { cut_before: true, cut_after: true });
  });
  assert.match(cut.text, /The article says: … Port warden Ida Moss said.* …/);
  const silent = card(["q3"], ({ sources }) => {
    sources[1].telling = null;
  });
  assert.doesNotMatch(silent.text, /The article says/);
});

test("each of the words that contest a claim leads to where it stands", () => {
  const shown = card(["c1"], ({ claims: [claim] }) => {
    const line = { block: "b0", start: 0, end: 10, text: "Ferry line" };
    claim.evidence.push(line);
    claim.telling.words.unshift(line);
  });
  assert.deepEqual(shown.press("Ferry line"), ["c1e1"]);
  assert.deepEqual(shown.press("accused of"), ["c1e1", "c1e0"]);
  assert.doesNotMatch(shown.text, /The claim:/);
});

test("the card at an answer leads back to the claim that it answers", () => {
  const shown = card(["c1e0"]);
  assert.match(shown.text, /The claim: hiding a crack/);
  assert.deepEqual(shown.press("hiding a crack"), ["c1"]);
});

const CHECK = {
  id: "f1",
  content: [{ block: "b0", start: 0, end: 10, text: "Ferry line" }],
  quote: null,
  claim: null,
  reviewed: "The ferry line hid a crack",
  publisher: "Plain Facts",
  rating: "Mostly accurate",
  date: "2026-01-02",
  url: "https://checks.example/ferry",
};

test("a published fact-check: who says it, in whose words, of what, when, and where to read it", () => {
  const { box, text } = card(["f1"], (found) => found.factchecks.push(CHECK));
  assert.match(box.querySelector(".type").textContent, /Matches a published fact-check$/);
  assert.match(text, /Plain Facts: Mostly accurate/);
  assert.match(text, /The publisher reviewed: The ferry line hid a crack 2026-01-02/);
  assert.match(text, /information from the publisher, not a judgement by Onrecord/);
  const link = box.querySelector("a");
  assert.equal(link.href, CHECK.url);
  assert.equal(link.rel, "noreferrer noopener");
});

test("an address that is none of the web becomes no link, and hostile words no markup", () => {
  for (const url of [
    "javascript:alert(1)",
    "data:text/html,x",
    " https://checks.example",
    "//checks.example",
    HOSTILE,
  ]) {
    const change = { ...CHECK, url, publisher: HOSTILE, rating: HOSTILE, reviewed: HOSTILE, date: HOSTILE };
    const { box } = card(["f1"], (found) => found.factchecks.push(change));
    assert.equal(box.querySelector("a, img, script"), null);
  }
});

test("an answer of an older server, without fact-checks, is read", () => {
  assert.notEqual(
    card(["c1"], (found) => {
      delete found.factchecks;
    }),
    null,
  );
});

test("no card calls anything true, false, a lie or a fact", () => {
  for (const id of ["q1", "q2", "c1"])
    assert.doesNotMatch(card([id]).text, /\b(?:true|false|lie|lies|fact|facts)\b/i);
});

test("a claim inside a quotation makes one card with both, each once", () => {
  const { parts } = card(["q1", "c1", "q1"]);
  assert.equal(parts.length, 2);
});

test("every card leads to the panel", () => {
  assert.deepEqual(card(["c1"]).press("All sources"), ["panel"]);
});

test("marks that the analysis does not know make no card", () => {
  assert.equal(card(["q99"]), null);
  assert.equal(card([]), null);
});

test("hostile words of an article go in as text wherever they turn up", () => {
  const words = { block: "b1", start: 0, end: 1, text: HOSTILE };
  const { box, text } = card(["q1", "q3", "c1"], (found) => {
    for (const source of found.sources) Object.assign(source, { label: HOSTILE, evidence: [words] });
    Object.assign(found.sources[0].anonymity, { evidence: [words], reason: words });
    for (const quote of found.quotes) quote.content = [words];
    Object.assign(found.claims[0], { evidence: [words], content: [words] });
  });
  assert.equal(box.querySelector("img, script"), null);
  assert.ok(text.split(HOSTILE).length > 6, "the words are all there, as they were written");
});

test("kinds and channels that the extension does not know do not become markup", () => {
  const { box } = card(["q1"], (found) => {
    Object.assign(found.sources[0], { type: HOSTILE, identification: HOSTILE });
    Object.assign(found.quotes[0], { channel: HOSTILE });
  });
  assert.equal(box.querySelector("img, script"), null);
});

test("the line has the colour of the kind and the style of the identification, on light and on dark pages", () => {
  const line = (options) => card(["q1"], undefined, options).box.querySelector(".line");
  assert.equal(line().className, "line anonymous");
  assert.equal(line().style.color, "rgb(86, 99, 1)");
  assert.equal(line({ background: "rgb(0, 0, 0)" }).style.color, "rgb(108, 132, 0)");
});
