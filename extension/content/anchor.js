// From a span of a block's text to ranges of the page, and back again after the page has changed.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  // How many characters on either side tell two equal quotations apart; as many as Web Annotations carry.
  const CONTEXT = 32;

  /** @param {LiveBlock} block @param {{start: number, end: number}} span */
  const range = (block, span) => {
    if (span.start < 0 || span.end > block.text.length || span.start >= span.end) return null;
    const { start, end } = shared.blocks.held(block, span);
    if (start >= end) return null;
    const first = shared.blocks.place(block, start);
    const last = shared.blocks.place(block, end - 1);
    if (!first?.node.isConnected || !last?.node.isConnected) return null;
    return new StaticRange({
      startContainer: first.node,
      startOffset: Math.min(first.offset, first.node.length),
      endContainer: last.node,
      // the space that stands for a <br> lies behind the last letter of its node
      endOffset: Math.min(last.offset + 1, last.node.length),
    });
  };

  /** A range cannot reach from one tree into another, so a span over a shadow root's border is several. @param {LiveBlock} block @param {{start: number, end: number}} span */
  const ranges = (block, span) => {
    const whole = range(block, span);
    if (whole === null) return [];
    if (whole.startContainer.getRootNode() === whole.endContainer.getRootNode()) return [whole];
    /** @type {{root: Node, start: number, end: number}[]} */
    const pieces = [];
    for (const run of block.runs) {
      const [start, end] = [Math.max(run.at, span.start), Math.min(run.at + run.length, span.end)];
      if (start >= end) continue;
      const root = run.node.getRootNode();
      const last = pieces.at(-1);
      if (last && last.root === root) last.end = end;
      else pieces.push({ root, start, end });
    }
    return pieces.flatMap((piece) => range(block, piece) ?? []);
  };

  /**
   * Where an analysed span stands on the page as it is now: in a block with the same text (of several the one with
   * the same role, then the same number), else where its words stand with the same neighbours. Exact matches only;
   * null if there is none or more than one.
   * @param {LiveBlock[]} blocks @param {WireBlock} wire @param {WireSpan} span
   */
  const find = (blocks, wire, span) => {
    const equal = blocks.filter((block) => block.text === wire.text);
    const alike = equal.length > 1 ? equal.filter((block) => block.role === wire.role) : equal;
    const same = alike.length > 1 ? alike.find((block) => block.id === wire.id) : alike[0];
    if (same) return { block: same, start: span.start, end: span.end };
    const before = wire.text.slice(Math.max(0, span.start - CONTEXT), span.start);
    const after = wire.text.slice(span.end, span.end + CONTEXT);
    const needle = before + span.text + after;
    /** @type {{block: LiveBlock, start: number, end: number} | null} */
    let hit = null;
    for (const block of blocks) {
      const at = block.text.indexOf(needle);
      if (at < 0) continue;
      if (hit !== null || block.text.includes(needle, at + 1)) return null;
      hit = { block, start: at + before.length, end: at + before.length + span.text.length };
    }
    return hit;
  };

  shared.anchor = {
    find,
    range,
    locate(blocks, wire, span) {
      const found = find(blocks, wire, span);
      return found && range(found.block, found);
    },
    ranges(blocks, wire, span) {
      const found = find(blocks, wire, span);
      return found ? ranges(found.block, found) : [];
    },
  };
})();
