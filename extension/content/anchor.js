// From a span of a block's text to a range of the page, and back again after the page has changed.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  // How many characters on either side tell two equal quotations apart; as many as Web Annotations carry.
  const CONTEXT = 32;

  /** @param {LiveBlock} block @param {{start: number, end: number}} span */
  const range = (block, span) => {
    if (span.start < 0 || span.end > block.text.length || span.start >= span.end) return null;
    const first = shared.blocks.place(block, span.start);
    const last = shared.blocks.place(block, span.end - 1);
    if (!first?.node.isConnected || !last?.node.isConnected) return null;
    return new StaticRange({
      startContainer: first.node,
      startOffset: Math.min(first.offset, first.node.length),
      endContainer: last.node,
      // the space that stands for a <br> lies behind the last letter of its node
      endOffset: Math.min(last.offset + 1, last.node.length),
    });
  };

  /**
   * The span of an analysed block on the page as it is now: in a block with the same text (of several the one with
   * the same role, then the same number), else where its words stand with the same neighbours. Exact matches only;
   * null if there is none or more than one.
   * @param {LiveBlock[]} blocks @param {WireBlock} wire @param {WireSpan} span
   */
  const locate = (blocks, wire, span) => {
    const equal = blocks.filter((block) => block.text === wire.text);
    const alike = equal.length > 1 ? equal.filter((block) => block.role === wire.role) : equal;
    const same = alike.length > 1 ? alike.find((block) => block.id === wire.id) : alike[0];
    if (same) return range(same, span);
    const before = wire.text.slice(Math.max(0, span.start - CONTEXT), span.start);
    const after = wire.text.slice(span.end, span.end + CONTEXT);
    const needle = before + span.text + after;
    const hits = blocks.flatMap((block) => {
      const at = block.text.indexOf(needle);
      if (at < 0) return [];
      const places = block.text.includes(needle, at + 1) ? 2 : 1;
      return Array(places).fill({ block, start: at + before.length });
    });
    const hit = hits[0];
    return hits.length === 1 && hit
      ? range(hit.block, { start: hit.start, end: hit.start + span.text.length })
      : null;
  };

  shared.anchor = { range, locate };
})();
