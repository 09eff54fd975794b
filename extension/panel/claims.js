// What the article itself contests, first: the claim as the way to it, how it is contested, and the article's words.

import { settle } from "./rove.js";
import { claimLine } from "./statements.js";

const { evidence, taxonomy, text } = globalThis.onrecord;
const { make, button, words, link } = globalThis.onrecord.elements;

const FIRST = 3; // claims that are shown before the reader asks for all of them

/** @typedef {import("./statements.js").Acts} Acts */

/** Whether all are shown, for the address of an article. */
let whole = "";

/** @param {WireClaim} claim @param {WireAnalysis} analysis @param {Acts} acts */
const entry = (claim, analysis, acts) => {
  const also = text.list(claim.also.map((one) => taxonomy.label("status", one)));
  const by = analysis.sources.find(({ id }) => id === claim.by);
  /** @param {number} number @param {MouseEvent} event */
  const jump = (number, event) => acts.go(`${claim.id}e${number}`, event);
  const sentence = evidence.ofClaim(claim, jump);
  const contesting = sentence
    ? [sentence]
    : claim.evidence.flatMap((span, number) => [
        number ? " … " : "",
        button(make("q", "", span.text), (event) => jump(number, event)),
      ]);
  return make(
    "li",
    "claim",
    claimLine(claim, analysis, acts),
    also ? make("p", "quiet", text("also", also)) : "",
    make(
      "p",
      "quiet",
      ...(by ? text.nodes("articleWordsBy", contesting, by.label) : text.nodes("articleWords", contesting)),
    ),
  );
};

/** @param {HTMLElement} section @param {View} view @param {WireAnalysis} analysis @param {string} colour @param {Acts} acts */
export function drawClaims(section, view, analysis, colour, acts) {
  section.style.setProperty("--contested", colour);
  const { claims } = analysis;
  const list = /** @type {HTMLElement} */ (section.querySelector(".list"));
  const few = whole === view.url ? claims : claims.slice(0, FIRST);
  list.replaceChildren(...few.map((claim) => entry(claim, analysis, acts)));
  if (few.length < claims.length) {
    const all = button(text("allClaims", claims.length), () => {
      whole = view.url;
      drawClaims(section, view, analysis, colour, acts);
      /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".statement"))[few.length]?.focus();
    });
    list.append(make("li", "", all));
  }
  settle(list);
  section.hidden = claims.length === 0;
}

/** @param {HTMLElement} section @param {WireAnalysis} analysis @param {Acts} acts */
export function drawFactchecks(section, analysis, acts) {
  const checks = analysis.factchecks ?? [];
  section.querySelector(".list")?.replaceChildren(
    ...checks.map((check) => {
      const go = button(words(check.content), (event) => acts.go(check.id, event), "plain");
      go.dataset.id = go.dataset.focus = check.id;
      return make(
        "li",
        "",
        make("b", "", ...text.nodes("factcheckRating", check.publisher, make("q", "", check.rating))),
        make("div", "", go),
        make(
          "p",
          "quiet",
          ...text.nodes("factcheckReviewed", make("q", "", check.reviewed), check.date ?? ""),
        ),
        link(check.url, text("factcheckRead")) ?? "",
      );
    }),
  );
  section.hidden = checks.length === 0;
}
