// From an analysis to marks: each span of a quote or claim with its ranges on the page and the styles they are drawn in.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** Blocks by their text, so that a page of thousands is not searched for every span. @param {LiveBlock[]} live */
  const byText = (live) => Map.groupBy(live, (block) => block.text);

  /** The text under a range as it stands in the page. @param {StaticRange} range */
  const under = (range) => {
    const { startContainer, endContainer, startOffset, endOffset } = range;
    if (startContainer === endContainer)
      return /** @type {Text} */ (startContainer).data.slice(startOffset, endOffset);
    const live = /** @type {Document} */ (startContainer.ownerDocument).createRange();
    live.setStart(startContainer, Math.min(startOffset, startContainer.textContent?.length ?? 0));
    live.setEnd(endContainer, Math.min(endOffset, endContainer.textContent?.length ?? 0));
    return live.toString();
  };

  // A quotation with fewer letters stands in other sentences by chance.
  const SHORTEST_ECHO = 16;
  const LETTER = /[\p{L}\p{N}]/u;

  /** Where a text repeats the words of a quotation, whatever signs stand between them; of a longer quotation, all of it. @param {string} text @param {string} quotation */
  const echoed = (text, quotation) => {
    /** @type {number[]} */
    const places = [];
    let own = "";
    for (const [at, unit] of Array.from(
      text.matchAll(/./gsu),
      (found) => /** @type {const} */ ([found.index, found[0]]),
    ))
      if (LETTER.test(unit)) {
        own += unit.toLowerCase()[0];
        places.push(at);
      }
    const theirs = Array.from(quotation, (unit) => (LETTER.test(unit) ? unit.toLowerCase()[0] : "")).join("");
    if (Math.min(own.length, theirs.length) < SHORTEST_ECHO) return null;
    const from = own.indexOf(theirs);
    const [first, last] =
      from >= 0 ? [from, from + theirs.length - 1] : theirs.includes(own) ? [0, own.length - 1] : [-1, -1];
    const [start, end] = [places[first], places[last]];
    return start === undefined || end === undefined ? null : { start, end: end + 1 };
  };

  shared.marks = {
    make(analysis, blocks, live, preferences, echoes) {
      const sources = new Map(analysis.sources.map((source) => [source.id, source]));
      const wires = new Map(blocks.map((block) => [block.id, block]));
      const texts = byText(live);
      const repeated = live.filter((block) => echoes?.has(block.text));
      /** @type {Mark[]} */
      const found = [];
      /** @type {Set<string>} */
      const lost = new Set();
      /** @type {Map<Element, 'light' | 'dark'>} */
      const schemes = new Map();
      /** @param {StaticRange} range */
      const scheme = (range) => {
        const element = range.startContainer.parentElement ?? document.body;
        const known = schemes.get(element) ?? shared.scheme.of(element);
        schemes.set(element, known);
        return known;
      };
      /** @param {'quote' | 'claim'} kind @param {string} id @param {WireSpan[]} spans @param {(range: StaticRange) => string[]} styles */
      const add = (kind, id, spans, styles) => {
        for (const span of spans) {
          const wire = wires.get(span.block);
          const ranges = wire ? shared.anchor.ranges(texts.get(wire.text) ?? live, wire, span) : [];
          if (ranges.length === 0) lost.add(id);
          for (const range of ranges)
            found.push({ kind, id, span, range, styles: styles(range), under: under(range) });
        }
      };
      for (const quote of analysis.quotes) {
        const source = sources.get(quote.source ?? "");
        /** @param {StaticRange} range */
        const styles = (range) => {
          if (!source) return ["lost"];
          const suffix = scheme(range);
          const line = shared.taxonomy.line[source.identification];
          const hue = shared.palette.hue(source, preferences);
          return [source.type, `${hue}-${line}-${suffix}`, `tint-${hue}-${suffix}`];
        };
        add("quote", quote.id, quote.content, styles);
        for (const span of quote.content) {
          for (const block of repeated) {
            const place = echoed(block.text, span.text);
            const range = place && shared.anchor.range(block, place);
            if (range)
              found.push({
                kind: "quote",
                id: quote.id,
                span,
                range,
                styles: styles(range),
                under: under(range),
              });
          }
        }
      }
      /** @param {StaticRange} range */
      const contested = (range) => ["contested", `contested-${scheme(range)}`];
      for (const { id, content } of [...analysis.claims, ...(analysis.factchecks ?? [])])
        add("claim", id, content, contested);
      // where another paragraph answers a claim (*denied the allegation*): the other end of the link
      for (const claim of analysis.claims) {
        for (const [number, span] of claim.evidence.entries()) {
          if (claim.content.some(({ block }) => block === span.block)) continue;
          const id = `${claim.id}e${number}`;
          add("claim", id, [span], contested);
          lost.delete(id); // the claim itself is listed if it is lost
        }
      }
      return { marks: found, lost: [...lost] };
    },
    ranges(blocks, live, span) {
      const wire = blocks.find(({ id }) => id === span.block);
      return wire ? shared.anchor.ranges(live, wire, span) : [];
    },
    stand: (marks) =>
      marks.every(
        ({ range, under: text }) =>
          range.startContainer.isConnected && range.endContainer.isConnected && under(range) === text,
      ),
  };
})();
