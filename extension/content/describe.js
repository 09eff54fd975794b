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

  /** @param {string | Node} label @param {() => void} act */
  const button = (label, act) => {
    const element = /** @type {HTMLButtonElement} */ (make("button", "", label));
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  };

  /** The words that contest a claim, each of which leads to where it stands. @param {WireClaim} claim @param {(id: string) => void} jump */
  const evidence = (claim, jump) =>
    claim.evidence.flatMap((span, number) => {
      const words = button(make("q", "", span.text), () => jump(`${claim.id}e${number}`));
      return number ? [" … ", words] : [words];
    });

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

  /** @param {string} label @param {Element | null} under */
  const contested = (label, under) => {
    const wave = make("span", "wave", "\u2003\u2003");
    wave.style.textDecorationColor = colour("contested", under);
    return make("div", "type", wave, label);
  };

  /** @param {WireClaim} claim @param {WireAnalysis} analysis @param {(id: string) => void} jump @param {Element | null} under @param {boolean} answered whether the card stands at the words that contest the claim */
  const claimPart = (claim, analysis, jump, under, answered) => {
    const words = shared.taxonomy;
    const part = make("section", "part");
    part.append(
      contested(`${words.certainty(claim.confidence)}${words.statusLabel[claim.status]}`, under),
      make("p", "", words.statusSentence[claim.status] ?? ""),
    );
    if (answered)
      part.append(
        make(
          "p",
          "",
          "The claim: ",
          button(claim.content.map((span) => span.text).join(" … "), () => jump(claim.id)),
        ),
      );
    if (claim.also.length > 0)
      part.append(
        make("p", "", `Also: ${claim.also.map((status) => words.statusLabel[status]).join(", ")}.`),
      );
    part.append(make("p", "quiet", "The article’s words: ", ...evidence(claim, jump)));
    const by = analysis.sources.find(({ id }) => id === claim.by);
    if (by) part.append(make("p", "quiet", `By: ${by.label}.`));
    return part;
  };

  /** @param {WireFactcheck} check @param {Element | null} under */
  const factcheckPart = (check, under) => {
    const part = make("section", "part");
    part.append(
      contested("Matches a published fact-check", under),
      make("p", "", `${check.publisher}: `, make("q", "", check.rating)),
      make("p", "quiet", "The publisher reviewed: ", make("q", "", check.reviewed), ` ${check.date ?? ""}`),
    );
    const address = shared.webLink(check.url, "Read the fact-check");
    if (address) part.append(make("p", "", address));
    part.append(make("p", "quiet", "This is information from the publisher, not a judgement by Onrecord."));
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
        const [, contestedId, answers] = /^(c\d+)(e\d+)?$/.exec(mark.id) ?? [];
        const claim = analysis.claims.find(({ id }) => id === contestedId);
        const check = analysis.factchecks?.find(({ id }) => id === mark.id);
        // the hue it is painted in: one of ten, or of three
        if (quote)
          body.append(quotePart(quote, analysis, jump, under, mark.styles?.[1]?.split("-")[0] ?? ""));
        if (claim) body.append(claimPart(claim, analysis, jump, under, answers !== undefined));
        if (check) body.append(factcheckPart(check, under));
      }
      if (!body.hasChildNodes()) return null;
      body.append(make("p", "foot", button("All sources", openPanel)));
      return body;
    },
  };
})();
