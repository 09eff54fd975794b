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

  shared.marks = {
    make(analysis, blocks, live, preferences) {
      const sources = new Map(analysis.sources.map((source) => [source.id, source]));
      const wires = new Map(blocks.map((block) => [block.id, block]));
      const texts = byText(live);
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
        add("quote", quote.id, quote.content, (range) => {
          if (!source) return ["lost"];
          const suffix = scheme(range);
          const line = shared.taxonomy.line[source.identification];
          const hue = shared.palette.hue(source, preferences);
          return [source.type, `${hue}-${line}-${suffix}`, `tint-${hue}-${suffix}`];
        });
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
