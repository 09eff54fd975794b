// What two annotation libraries find on a page: reads {blocks, codePoints, utf16} from the standard input, where the
// last two are exports of one analysis, and writes the words that each selector of each target lands on.
import { JSDOM } from "jsdom";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { blocks, codePoints, utf16 } = JSON.parse(Buffer.concat(chunks).toString("utf8"));

const { window } = new JSDOM("<!doctype html><main></main>");
for (const name of ["window", "document", "Node", "NodeFilter", "Range", "HTMLElement", "Element", "Text"]) {
  globalThis[name] = name === "window" ? window : window[name];
}
const main = document.querySelector("main");
blocks.forEach((text, at) => {
  if (at) main.append("\n\n");
  const paragraph = document.createElement("p");
  // text in several nodes, as on a real page
  const middle = document.createElement("em");
  middle.append(text.slice(3, 9));
  paragraph.append(text.slice(0, 3), middle, text.slice(9));
  main.append(paragraph);
});

const { createTextQuoteSelectorMatcher, createTextPositionSelectorMatcher } = await import("@apache-annotator/dom");
const { parseW3CTextAnnotation, reviveSelector } = await import("@recogito/text-annotator");

const place = (range) => {
  const before = document.createRange();
  before.setStart(main, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { start: before.toString().length, text: range.toString() };
};

const apache = [];
for (const annotation of codePoints.first.items) {
  for (const target of annotation.target) {
    const found = {};
    for (const selector of target.selector) {
      const makers = {
        TextQuoteSelector: createTextQuoteSelectorMatcher,
        TextPositionSelector: createTextPositionSelectorMatcher,
      };
      if (!makers[selector.type]) continue;
      found[selector.type] = [];
      for await (const range of makers[selector.type](selector)(main)) found[selector.type].push(place(range));
    }
    apache.push(found);
  }
}

const recogito = [];
for (const annotation of utf16.first.items) {
  const { parsed, error } = parseW3CTextAnnotation(annotation);
  if (error) throw error;
  for (const selector of parsed.target.selector) recogito.push(place(reviveSelector(selector, main).range));
}
process.stdout.write(JSON.stringify({ text: main.textContent, apache, recogito }));
