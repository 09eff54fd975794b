// Which marks are under a point: by caret position and our own map from text nodes to marks.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;
  if (shared.hit) return; // run a second time, it would lose what it has shown

  /** @type {Map<Node, {start: number, end: number, mark: Mark}[]>} */
  let byNode = new Map();

  /** The text nodes of a range with the offsets in each. @param {StaticRange} range @returns {Iterable<[Text, number, number]>} */
  function* textNodes(range) {
    const { startContainer, endContainer } = range;
    if (startContainer === endContainer) {
      yield [/** @type {Text} */ (startContainer), range.startOffset, range.endOffset];
      return;
    }
    const root = startContainer.getRootNode(); // of the document, of a frame's document, or of a shadow tree
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    walker.currentNode = startContainer;
    for (let node = /** @type {Node | null} */ (startContainer); node !== null; node = walker.nextNode()) {
      const text = /** @type {Text} */ (node);
      yield [
        text,
        node === startContainer ? range.startOffset : 0,
        node === endContainer ? range.endOffset : text.length,
      ];
      if (node === endContainer) return;
    }
  }

  /** The shadow roots with marks in them: a caret is not looked for inside others. @type {ShadowRoot[]} */
  let shadows = [];

  /** @param {Document} page @param {number} x @param {number} y @returns {{node: Node, offset: number} | null} */
  const caretAt = (page, x, y) => {
    if (page.caretPositionFromPoint) {
      const caret = page.caretPositionFromPoint(x, y, { shadowRoots: shadows });
      return caret && { node: caret.offsetNode, offset: caret.offset };
    }
    const range = page.caretRangeFromPoint(x, y);
    return range && { node: range.startContainer, offset: range.startOffset };
  };

  shared.hit = {
    index(marks) {
      byNode = new Map();
      const roots = new Set();
      for (const mark of marks) {
        for (const [node, start, end] of textNodes(mark.range)) {
          const entries = byNode.get(node) ?? [];
          entries.push({ start, end, mark });
          byNode.set(node, entries);
        }
        const root = mark.range.startContainer.getRootNode();
        if ("host" in root) roots.add(root);
      }
      shadows = /** @type {ShadowRoot[]} */ ([...roots]);
    },
    over(ranges) {
      /** @type {Set<Mark>} */
      const found = new Set();
      for (const range of ranges)
        for (const [node, start, end] of textNodes(range))
          for (const entry of byNode.get(node) ?? [])
            if (entry.start < end && entry.end > start) found.add(entry.mark);
      return [...found];
    },
    at(x, y, page = document) {
      const caret = caretAt(page, x, y);
      if (caret === null) return [];
      const entries =
        byNode.get(caret.node)?.filter(({ start, end }) => start <= caret.offset && caret.offset <= end) ??
        [];
      // the caret jumps to the nearest text even from far away, so the point must lie in the text's own boxes
      return entries
        .filter(({ start, end }) => {
          const range = page.createRange();
          range.setStart(caret.node, start);
          range.setEnd(caret.node, end);
          return Array.from(range.getClientRects()).some(
            (box) => x >= box.left && x <= box.right && y >= box.top - 2 && y <= box.bottom + 4,
          );
        })
        .map(({ mark }) => mark);
    },
  };
})();
