// What the card says about a passage. Every word of the article goes in as text, never as markup.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const MOST_OTHERS = 3; // further statements of the same source that a card lists

  /** @param {string} tag @param {string} name @param {(Node | string)[]} children */
  const make = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  };

  /** @param {WireSpan[]} spans */
  const quoted = (spans) =>
    spans.flatMap((span, at) => (at ? [" … ", make("q", "", span.text)] : [make("q", "", span.text)]));

  /** @param {string} type @param {Element | null} under */
  const colour = (type, under) => shared.palette[shared.scheme.of(under)][type] ?? "currentColor";

  /** @param {string} label @param {() => void} act */
  const button = (label, act) => {
    const element = /** @type {HTMLButtonElement} */ (make("button", "", label));
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  };

  /** @param {WireQuote} quote @param {WireAnalysis} analysis @param {(id: string) => void} jump @param {Element | null} under @param {string} hue */
  const quotePart = (quote, analysis, jump, under, hue) => {
    const words = shared.taxonomy;
    const source = analysis.sources.find(({ id }) => id === quote.source);
    const part = make("section", "part");
    const line = make("span", `line ${source ? words.line[source.identification] : "lost"}`);
    if (source) line.style.color = colour(hue || source.type, under);
    const label = source ? words.typeLabel[source.type] : words.typeLabel.lost;
    part.append(make("div", "type", line, `${words.certainty(quote.confidence)}${label}`));
    if (!source) {
      part.append(make("p", "quiet", "The words of this passage do not say who speaks."));
      return part;
    }
    part.append(make("div", "name", source.label));
    part.append(make("p", "", `${words.identificationLabel[source.identification]}.`));
    if (source.anonymity) {
      const why = source.anonymity;
      part.append(make("p", "", words.anonymousNote));
      part.append(
        make(
          "p",
          "",
          "Why not named: ",
          ...quoted([...why.evidence, ...(why.reason ? [why.reason] : [])]),
          ` ${words.reasonLabel[why.reason_kind] ?? ""}`,
        ),
      );
      if (why.opinion) part.append(make("p", "", "This is an opinion, not information."));
    } else if (source.evidence.length > 0) {
      part.append(make("p", "quiet", "The article says: ", ...quoted(source.evidence)));
    }
    if (quote.channel === "declined_comment") part.append(make("p", "quiet", "Declined to comment."));
    else if (quote.channel !== "not_stated")
      part.append(make("p", "quiet", `Said ${words.channelLabel[quote.channel] ?? ""}.`));
    const others = analysis.quotes.filter((other) => other.source === source.id && other.id !== quote.id);
    if (others.length > 0) {
      part.append(
        make(
          "p",
          "quiet",
          `${others.length} other statement${others.length === 1 ? "" : "s"} by this source:`,
        ),
      );
      const list = make("ul", "");
      for (const other of others.slice(0, MOST_OTHERS)) {
        list.append(
          make(
            "li",
            "",
            button(other.content[0]?.text ?? "", () => jump(other.id)),
          ),
        );
      }
      part.append(list);
    }
    return part;
  };

  /** @param {WireClaim} claim @param {WireAnalysis} analysis @param {(id: string) => void} jump @param {Element | null} under */
  const claimPart = (claim, analysis, jump, under) => {
    const words = shared.taxonomy;
    const part = make("section", "part");
    const wave = make("span", "wave", "\u2003\u2003");
    wave.style.textDecorationColor = colour("contested", under);
    part.append(
      make("div", "type", wave, `${words.certainty(claim.confidence)}${words.statusLabel[claim.status]}`),
    );
    if (claim.also.length > 0)
      part.append(
        make("p", "", `Also: ${claim.also.map((status) => words.statusLabel[status]).join(", ")}.`),
      );
    part.append(make("p", "quiet", "The article’s words: ", ...quoted(claim.evidence)));
    const by = analysis.sources.find(({ id }) => id === claim.by);
    if (by) part.append(make("p", "quiet", `By: ${by.label}.`));
    const quote = claim.quote;
    if (quote !== null)
      part.append(
        make(
          "p",
          "",
          button("Show where", () => jump(claim.id)),
        ),
      );
    return part;
  };

  shared.describe = {
    card(marks, analysis, jump, openPanel) {
      const body = document.createDocumentFragment();
      const under = marks[0]?.range.startContainer.parentElement ?? null;
      const done = new Set();
      for (const mark of marks) {
        if (done.has(mark.id)) continue;
        done.add(mark.id);
        const quote = mark.kind === "quote" ? analysis.quotes.find(({ id }) => id === mark.id) : undefined;
        const claim = mark.kind === "claim" ? analysis.claims.find(({ id }) => id === mark.id) : undefined;
        // the hue it is painted in: one of ten, or of three
        if (quote)
          body.append(quotePart(quote, analysis, jump, under, mark.styles?.[1]?.split("-")[0] ?? ""));
        if (claim) body.append(claimPart(claim, analysis, jump, under));
      }
      if (!body.hasChildNodes()) return null;
      body.append(make("p", "foot", button("All sources", openPanel)));
      return body;
    },
  };
})();
