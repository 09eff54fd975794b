// Saving an analysis: as the server's JSON, as a table, as Web Annotations, or as a report made by the server.

import { connection } from "../background/browser.js";
import { refusal } from "../background/server.js";

// A cell that starts like this is a formula to a spreadsheet.
const FORMULA = /^[=+\-@\t\r]/;
const CONTEXT = 32; // characters on either side in a TextQuoteSelector

/** @param {unknown} value */
const cell = (value) => {
  const text = String(value ?? "");
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};

/** @param {WireSpan[]} spans */
const words = (spans) => spans.map((span) => span.text).join(" … ");

/** One row per quote and per contested claim. @param {WireAnalysis} analysis */
export function csv(analysis) {
  const rows = [
    [
      "entry",
      "id",
      "kind_or_status",
      "also",
      "source",
      "source_type",
      "identification",
      "channel",
      "text",
      "cue_or_evidence",
      "confidence",
    ],
  ];
  const sources = new Map(analysis.sources.map((source) => [source.id, source]));
  for (const quote of analysis.quotes) {
    const source = sources.get(quote.source ?? "");
    rows.push([
      "quote",
      quote.id,
      quote.kind,
      "",
      source?.label ?? "",
      source?.type ?? "",
      source?.identification ?? "",
      quote.channel,
      words(quote.content),
      words(quote.cue),
      String(quote.confidence),
    ]);
  }
  for (const claim of analysis.claims) {
    const by = sources.get(claim.by ?? "");
    rows.push([
      "claim",
      claim.id,
      claim.status,
      claim.also.join(" "),
      by?.label ?? "",
      by?.type ?? "",
      by?.identification ?? "",
      "",
      words(claim.content),
      words(claim.evidence),
      String(claim.confidence),
    ]);
  }
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A W3C Web Annotation collection. @param {View} view */
export function annotations(view) {
  const blocks = new Map(view.blocks.map((block) => [block.id, block.text]));
  const types = new Map(view.analysis?.sources.map((source) => [source.id, source.type]));
  /** @param {string} id @param {string} motivation @param {string} value @param {WireSpan[]} spans */
  const item = (id, motivation, value, spans) => ({
    id: `urn:onrecord:${id}`,
    type: "Annotation",
    motivation,
    body: [{ type: "TextualBody", purpose: "classifying", value }],
    target: spans.map((span) => {
      const text = blocks.get(span.block) ?? "";
      return {
        source: view.url,
        selector: [
          {
            type: "TextQuoteSelector",
            exact: span.text,
            prefix: text.slice(Math.max(0, span.start - CONTEXT), span.start),
            suffix: text.slice(span.end, span.end + CONTEXT),
          },
        ],
      };
    }),
  });
  const items = [
    ...(view.analysis?.quotes ?? []).map((quote) =>
      item(quote.id, "highlighting", types.get(quote.source ?? "") ?? "speaker_not_found", quote.content),
    ),
    ...(view.analysis?.claims ?? []).map((claim) => item(claim.id, "assessing", claim.status, claim.content)),
  ];
  return {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    id: "urn:onrecord:collection",
    type: "AnnotationCollection",
    label: view.title,
    total: items.length,
    first: { id: "urn:onrecord:page", type: "AnnotationPage", startIndex: 0, items },
  };
}

/** @param {string} name @param {string} kind @param {string} text */
function save(name, kind, text) {
  const url = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // the download has begun long before
}

/** Save in a format; returns what went wrong, if anything. @param {string} format @param {View} view @returns {Promise<Problem | null>} */
export async function exports(format, view) {
  if (!view.analysis) return null;
  const name = `onrecord-${(view.title || "article").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}`;
  if (format === "json")
    save(
      `${name}.json`,
      "application/json",
      JSON.stringify({ ...view.analysis, blocks: view.blocks }, null, 2),
    );
  else if (format === "csv") save(`${name}.csv`, "text/csv", csv(view.analysis));
  else if (format === "jsonld")
    save(`${name}.jsonld`, "application/ld+json", JSON.stringify(annotations(view), null, 2));
  else if (format === "report") return report(view);
  return null;
}

/** Have the server make a report, and open it. @param {View} view @returns {Promise<Problem | null>} */
async function report(view) {
  const { port, token } = await connection();
  let answer;
  try {
    answer = await fetch(`http://127.0.0.1:${port}/v1/reports`, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify({ blocks: view.blocks, url: view.url, title: view.title }),
    });
  } catch {
    return { code: "server_not_running", message: "" };
  }
  if (!answer.ok) return refusal(answer);
  const { location } = await answer.json();
  await chrome.tabs.create({ url: `http://127.0.0.1:${port}${location}` });
  return null;
}
