// What the card says about a passage. Every word of the article goes in as text, never as markup.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const MOST_OTHERS = 3; // further statements of the same source that a card lists

  /** @param {string} name @param {(Node | string)[]} children */
  const paragraph = (name, ...children) => shared.elements.make("p", name, ...children);

  /** @param {string} type @param {Element | null} under */
  const colour = (type, under) => shared.palette[shared.scheme.of(under)][type] ?? "currentColor";

  /** The words that contest a claim, each of which leads to where it stands. @param {WireClaim} claim @param {(id: string) => void} jump */
  const evidence = (claim, jump) =>
    claim.evidence.flatMap((span, number) => {
      const { make, button } = shared.elements;
      const words = button(make("q", "", span.text), () => jump(`${claim.id}e${number}`));
      return number ? [" … ", words] : [words];
    });

  /** @param {WireQuote} quote @param {WireAnalysis} analysis @param {(id: string) => void} jump @param {Element | null} under @param {string} hue @param {Corrector} [corrector] */
  const quotePart = (quote, analysis, jump, under, hue, corrector) => {
    const { elements, taxonomy, text } = shared;
    const { make } = elements;
    const source = analysis.sources.find(({ id }) => id === quote.source);
    const part = make("section", "part");
    const line = make("span", `line ${source ? taxonomy.line[source.identification] : "lost"}`);
    if (source) line.style.color = colour(hue || source.type, under);
    const label = source ? taxonomy.ofSource(source) : taxonomy.label("type", "lost");
    part.append(make("div", "type", line, taxonomy.certain(quote.confidence, label)));
    if (!source) {
      part.append(paragraph("quiet", text("speakerUnknown")));
      if (corrector) part.append(shared.wrong.part(quote, analysis, corrector));
      return part;
    }
    part.append(
      make("div", "name", source.label),
      paragraph("", text("identifiedAs", taxonomy.label("identification", source.identification))),
    );
    if (source.anonymity) {
      part.append(
        paragraph("", text("anonymousNote")),
        paragraph("", ...elements.whyNotNamed(source.anonymity)),
      );
      if (source.anonymity.opinion) part.append(paragraph("", text("opinion")));
    } else {
      const telling = shared.evidence.ofSource(source);
      if (telling) part.append(paragraph("quiet", ...text.nodes("articleSays", telling)));
    }
    if (quote.channel === "declined_comment") part.append(paragraph("quiet", text("declined")));
    else if (quote.channel !== "not_stated")
      part.append(paragraph("quiet", text("said", taxonomy.label("channel", quote.channel))));
    const others = analysis.quotes.filter((other) => other.source === source.id && other.id !== quote.id);
    if (others.length > 0) {
      part.append(paragraph("quiet", text.count("others", others.length)));
      const list = make("ul", "");
      for (const other of others.slice(0, MOST_OTHERS))
        list.append(
          make(
            "li",
            "",
            elements.button(other.content[0]?.text ?? "", () => jump(other.id)),
          ),
        );
      part.append(list);
    }
    if (corrector) part.append(shared.wrong.part(quote, analysis, corrector));
    return part;
  };

  /** @param {string} label @param {Element | null} under */
  const contested = (label, under) => {
    const wave = shared.elements.make("span", "wave", "\u2003\u2003");
    wave.style.textDecorationColor = colour("contested", under);
    return shared.elements.make("div", "type", wave, label);
  };

  /** @param {WireClaim} claim @param {WireAnalysis} analysis @param {(id: string) => void} jump @param {Element | null} under @param {boolean} answered whether the card stands at the words that contest the claim @param {Corrector} [corrector] */
  const claimPart = (claim, analysis, jump, under, answered, corrector) => {
    const { elements, taxonomy, text } = shared;
    const part = elements.make("section", "part");
    part.append(
      // one sentence: the name of the status, and its words once more, would say the same
      contested(taxonomy.certain(claim.confidence, taxonomy.label("statusSentence", claim.status)), under),
    );
    if (answered) {
      const back = elements.button(elements.words(claim.content), () => jump(claim.id));
      part.append(paragraph("", ...text.nodes("theClaim", back)));
    }
    if (claim.also.length > 0)
      part.append(
        paragraph("", text("also", text.list(claim.also.map((status) => taxonomy.label("status", status))))),
      );
    const said =
      shared.evidence.ofClaim(claim, (number) => jump(`${claim.id}e${number}`)) ?? evidence(claim, jump);
    part.append(paragraph("quiet", ...text.nodes("articleWords", said)));
    const quote = analysis.quotes.find(({ id }) => id === claim.quote);
    const speaker = analysis.sources.find(({ id }) => id === quote?.source);
    if (quote && speaker && speaker.id !== claim.by)
      part.append(
        paragraph(
          "quiet",
          ...text.nodes(
            "claimedBy",
            elements.button(speaker.label, () => jump(quote.id)),
          ),
        ),
      );
    const by = analysis.sources.find(({ id }) => id === claim.by);
    if (by)
      part.append(
        paragraph(
          "quiet",
          ...text.nodes(
            "by",
            elements.button(by.label, () => jump(by.id)),
          ),
        ),
      );
    if (corrector) part.append(shared.wrong.part(claim, analysis, corrector));
    return part;
  };

  /** @param {WireFactcheck} check @param {Element | null} under */
  const factcheckPart = (check, under) => {
    const { elements, text } = shared;
    const { make } = elements;
    const part = make("section", "part");
    part.append(
      contested(text("factcheck"), under),
      paragraph("", ...text.nodes("factcheckRating", check.publisher, make("q", "", check.rating))),
      paragraph("quiet", ...text.nodes("factcheckReviewed", make("q", "", check.reviewed), check.date ?? "")),
    );
    const address = elements.link(check.url, text("factcheckRead"));
    if (address) part.append(paragraph("", address));
    part.append(paragraph("quiet", text("factcheckNote")));
    return part;
  };

  shared.describe = {
    card(marks, analysis, jump, openPanel, corrector) {
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
          body.append(
            quotePart(quote, analysis, jump, under, mark.styles?.[1]?.split("-")[0] ?? "", corrector),
          );
        if (claim) body.append(claimPart(claim, analysis, jump, under, answers !== undefined, corrector));
        if (check) body.append(factcheckPart(check, under));
      }
      if (!body.hasChildNodes()) return null;
      body.append(paragraph("foot", shared.elements.button(shared.text("allSources"), openPanel)));
      return body;
    },
  };
})();
