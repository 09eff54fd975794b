// Evidence worth reading: the sentence of the article that tells who somebody is, with the telling words marked.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const LONGEST = 240; // characters of a sentence; what is longer is cut around the words that tell
  const WORD = /[\p{L}\p{N}'’-]+/gu;
  // *The* and *of* tell nothing; *MP* and *UN* do.
  const SAYS = /\p{L}{4,}|\p{Lu}{2,}/u;

  /** Whether words tell more than the name they stand in: *Moscow* of *Moscow* does not, *a fisherman* does. @param {string} words @param {string} label */
  const tells = (words, label) => {
    if (!SAYS.test(words)) return false;
    const known = new Set(label.match(WORD) ?? []);
    const own = words.match(WORD) ?? [];
    return own.some((word) => !known.has(word) || (/^\p{Ll}/u.test(word) && SAYS.test(word)));
  };

  /** Where the sentence around a place begins and ends. @param {string} text @param {WireSpan} span */
  const around = (text, span) => {
    const sentences = new Intl.Segmenter("en", { granularity: "sentence" }).segment(text);
    const first = sentences.containing(span.start);
    const last = sentences.containing(Math.max(span.start, span.end - 1));
    let start = first?.index ?? 0;
    let end = last ? last.index + last.segment.trimEnd().length : text.length;
    if (end - start > LONGEST) {
      const room = Math.max(0, Math.floor((LONGEST - (span.end - span.start)) / 2));
      if (span.start - start > room) start = text.indexOf(" ", span.start - room) + 1 || span.start;
      if (end - span.end > room) end = Math.max(text.lastIndexOf(" ", span.end + room), span.end);
    }
    return { start: Math.min(start, span.start), end: Math.max(end, span.end), whole: first?.index ?? 0 };
  };

  shared.evidence = {
    sentence(spans, blocks, act = null) {
      const span = spans[0];
      const text = blocks.find(({ id }) => id === span?.block)?.text;
      if (!span || text === undefined) return null;
      const { start, end, whole } = around(text, span);
      const { make, button } = shared.elements;
      const inside = spans
        .map((one, number) => ({ one, number }))
        .filter(({ one }) => one.block === span.block && one.start >= start && one.end <= end)
        .sort((a, b) => a.one.start - b.one.start);
      const box = make("q", "");
      if (start > whole) box.append("… ");
      let at = start;
      for (const { one, number } of inside) {
        if (one.start < at) continue;
        const words = make("mark", "", text.slice(one.start, one.end));
        box.append(text.slice(at, one.start), act ? button(words, () => act(number)) : words);
        at = one.end;
      }
      box.append(text.slice(at, end));
      if (!/[.!?…]["”’)]*$/.test(text.slice(0, end)) && end < text.length) box.append(" …");
      return box;
    },
    ofSource(source, blocks) {
      return shared.evidence.sentence(
        source.evidence.filter(({ text }) => tells(text, source.label)),
        blocks,
      );
    },
  };
})();
