// Readability's view of the page: it works on a numbered clone, and what it keeps is found again on the live page.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const NUMBER = "data-onrecord-number"; // on the clone only; the page never sees it
  // A block belongs to the article if Readability kept at least this share of it.
  const KEPT = 0.5;

  // What these hold no article needs; what the structured data says, Readability reads.
  const OPAQUE = "style, script:not([type='application/ld+json'])";
  // After so many nodes a copy may pause.
  const PAUSE = 64;

  /**
   * A numbered copy of the page, without the contents of its scripts and style sheets, which the browser would read again.
   * @param {Document} document @returns {Generator<void, {copy: Document, live: Element[]}, void>} the live elements by number
   */
  const copied = function* (document) {
    const copy = /** @type {Document} */ (document.cloneNode(false));
    /** @type {Element[]} */
    const live = [];
    let count = 0;
    /** @param {Node} node @param {Node} into @returns {Generator<void, void, void>} */
    const copyInside = function* (node, into) {
      for (const child of Array.from(node.childNodes)) {
        count += 1;
        if (count % PAUSE === 0) yield;
        const twin = into.appendChild(copy.importNode(child, false));
        if (child.nodeType !== Node.ELEMENT_NODE) continue;
        const element = /** @type {Element} */ (child);
        /** @type {Element} */ (twin).setAttribute(NUMBER, String(live.length));
        live.push(element);
        if (!element.matches(OPAQUE)) yield* copyInside(element, twin);
      }
    };
    yield* copyInside(document, copy);
    return { copy, live };
  };

  /** The live text nodes that Readability keeps. @param {Document} document @returns {Generator<void, Set<Text>, void>} */
  const keptNodes = function* (document) {
    const { copy, live } = yield* copied(document);
    yield;
    const result = new Readability(copy, {
      serializer: (/** @type {Element} */ element) => element,
      keepClasses: true,
    }).parse();
    yield;
    /** @type {Set<Text>} */
    const kept = new Set();
    if (result === null) return kept;
    const walker = result.content.ownerDocument.createTreeWalker(result.content, NodeFilter.SHOW_TEXT);
    /** Text nodes of an element that are not yet taken. @type {Map<Element, Text[]>} */
    const waiting = new Map();
    /** @param {Element} element @param {string} words */
    const take = (element, words) => {
      let own = waiting.get(element);
      if (own === undefined) {
        own = [];
        const inner = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = inner.nextNode(); node !== null; node = inner.nextNode())
          own.push(/** @type {Text} */ (node));
        waiting.set(element, own);
      }
      const at = own.findIndex((node) => !kept.has(node) && node.data.trim() === words);
      const node = own[at];
      if (!node) return;
      kept.add(node);
      own.splice(at, 1);
    };
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const words = /** @type {Text} */ (node).data.trim();
      if (words === "") continue;
      // Readability moves words into new paragraphs, so the number may stand further up
      const numbered = node.parentElement?.closest(`[${NUMBER}]`);
      const element = live[Number(numbered?.getAttribute(NUMBER) ?? Number.NaN)];
      if (element) take(element, words);
    }
    return kept;
  };

  shared.readable = {
    view: function* (document, all) {
      /** @type {Set<Text>} */
      let kept;
      try {
        kept = yield* keptNodes(document);
      } catch (error) {
        console.debug("Onrecord: Readability could not read this page", error);
        return [];
      }
      return all.filter((block) => {
        let share = 0;
        for (const run of block.runs) if (kept.has(run.node)) share += run.length;
        return share >= KEPT * block.text.length;
      });
    },
  };
})();
