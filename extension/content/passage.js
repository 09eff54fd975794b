// The form in which a browser finds a passage again by a link: whole where it stands in one piece, else by its two ends.
// What is matched, and over what not, was tried in Chromium and Firefox: docs/extension.md says what came of it.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const WHOLE = 120; // characters up to which a passage stands in the link as it is; a longer one by its two ends
  const END_WORDS = 5; // words of each end
  const CONTEXT_WORDS = 3; // words before or after, which tell two equal passages apart
  const INLINE = /^(?:inline|contents)$/;
  const REPLACED =
    "br, wbr, hr, img, svg, video, audio, canvas, iframe, object, embed, input, button, select, textarea, rt";
  const BLANK = /^[^\S\ufeff]*$/;
  const LETTER = /[\p{L}\p{N}]/u;
  const FIRST = /^[\s\p{P}]*[\p{L}\p{N}]\p{P}*/u;

  /** Whether an element's text runs on from what stands before it. @param {Element} element */
  const runsOn = (element) => {
    const style = getComputedStyle(element);
    return (
      INLINE.test(style.display) &&
      !/^(?:absolute|fixed)$/.test(style.position) &&
      (style.float === "none" || style.float === "") &&
      !element.matches(REPLACED)
    );
  };

  /**
   * What stands on the page between two runs of a block and is not in it, "\n" for an edge over which no browser looks
   * further; "" where the one runs on into the other.
   * @param {LiveBlock["runs"][number]} a @param {LiveBlock["runs"][number]} b
   */
  const between = (a, b) => {
    // a mark of the style sheet stands there, or a word that its border with a shadow tree cuts
    if (a.at + a.length !== b.at || a.node.getRootNode() !== b.node.getRootNode()) return "\n";
    const from = Math.min(a.offset + a.length, a.node.length);
    if (a.node === b.node) {
      const gap = a.node.data.slice(from, b.offset);
      const box = a.node.parentElement;
      if (gap.includes("\n") && box && /^(?:pre|break)/.test(getComputedStyle(box).whiteSpace)) return "\n";
      return BLANK.test(gap) ? "" : gap;
    }
    let found = a.node.data.slice(from);
    let at = /** @type {Node | null} */ (a.node);
    let into = false;
    while (at !== null) {
      if (into && at.firstChild) at = at.firstChild;
      else {
        while (at !== null && at.nextSibling === null) {
          at = at.parentNode;
          if (at?.nodeType === Node.ELEMENT_NODE && !runsOn(/** @type {Element} */ (at))) found += "\n";
        }
        at = at?.nextSibling ?? null;
      }
      if (at === null || at === b.node) break;
      into = false;
      if (at.nodeType === Node.TEXT_NODE) found += /** @type {Text} */ (at).data;
      if (at.nodeType !== Node.ELEMENT_NODE) continue;
      const element = /** @type {Element} */ (at);
      if (getComputedStyle(element).display === "none") continue;
      const edge = !runsOn(element);
      if (edge) found += "\n";
      into = !edge || element.contains(b.node);
    }
    found += b.node.data.slice(0, b.offset);
    return BLANK.test(found) && !found.includes("\n") ? "" : found;
  };

  /**
   * How many characters a style sheet sets apart as a large first letter. Chromium 156 looks for no word over the edge
   * of a `::first-letter` that floats, though it is no node of its own; without a float it does, and Firefox always.
   * @param {LiveBlock} block
   */
  const apart = (block) => {
    for (let at = /** @type {Element | null} */ (block.element); at; at = at.parentElement) {
      if (/^(?:left|right)$/.test(getComputedStyle(at, "::first-letter").float))
        return FIRST.exec(block.text)?.[0].length ?? 0;
      const before = document.createRange();
      before.setStart(at.parentElement ?? at, 0);
      before.setEndBefore(at);
      if (!BLANK.test(before.toString())) break; // the first letter of what is around it is another one
    }
    return 0;
  };

  /** The pieces of a block that are found in one; a word that runs on into what is left out is no word of theirs. @param {LiveBlock} block */
  const pieces = (block) => {
    /** @type {{start: number, end: number}[]} */
    const found = [];
    for (const [at, run] of block.runs.entries()) {
      const before = block.runs[at - 1];
      const open = found.at(-1);
      const gap = before ? between(before, run) : "";
      const end = run.at + run.length;
      if (!before || !open) found.push({ start: Math.max(run.at, apart(block)), end });
      else if (gap === "") open.end = end;
      else {
        if (LETTER.test(gap[0] ?? "")) while (LETTER.test(block.text[open.end - 1] ?? "")) open.end -= 1;
        const piece = { start: run.at, end };
        if (LETTER.test(gap.at(-1) ?? ""))
          while (LETTER.test(block.text[piece.start] ?? "")) piece.start += 1;
        found.push(piece);
      }
    }
    return found.filter(({ start, end }) => start < end);
  };

  /** Whether two letters stand side by side there. @param {string} text @param {number} at */
  const isInWord = (text, at) => LETTER.test(text[at - 1] ?? "") && LETTER.test(text[at] ?? "");

  /** The whole words of a stretch of a block: none is found that is cut. @param {string} text @param {{start: number, end: number}} stretch */
  const wholeWords = (text, { start, end }) =>
    Array.from(text.slice(start, end).matchAll(/\S+/g), ({ 0: word, index }) => ({
      start: start + index,
      end: start + index + word.length,
    })).filter((word) => !isInWord(text, word.start) && !isInWord(text, word.end));

  /** @param {LiveBlock[]} blocks */
  const pageText = (blocks) => blocks.map(({ text }) => text.toLowerCase());

  /**
   * @param {LiveBlock} block @param {{start: number, end: number}} span @param {LiveBlock[]} page its blocks in order
   * @returns {Passage | null} null where no link can lead: in a frame, in a shadow tree, where no word is whole
   */
  const find = (block, span, page) => {
    if (block.element.getRootNode() !== document) return null;
    const { text } = block;
    const all = pieces(block);
    const inside = all.flatMap((piece) => {
      let [start, end] = [Math.max(piece.start, span.start), Math.min(piece.end, span.end)];
      if (start >= end) return [];
      while (start > piece.start && isInWord(text, start)) start -= 1;
      while (end < piece.end && isInWord(text, end)) end += 1;
      const words = wholeWords(text, { start, end });
      return words.some((word) => LETTER.test(text.slice(word.start, word.end))) ? [{ piece, words }] : [];
    });
    // a browser takes the first place that fits
    const texts = pageText(page.slice(0, Math.max(0, page.indexOf(block))));
    /** @param {string} words @param {number} at */
    const isFirst = (words, at) =>
      ![...texts, text.slice(0, at).toLowerCase()].some((other) => other.includes(words.toLowerCase()));
    /** @param {{start: number, end: number}[]} words */
    const said = (words) => text.slice(words[0]?.start, words.at(-1)?.end);
    /** @param {number} number of the piece that it begins with @returns {Passage | null} */
    const from = (number) => {
      const [first, last] = [inside[number], inside.at(-1)];
      const [begin, stop] = [first?.words[0]?.start, last?.words.at(-1)?.end];
      if (!first || !last || begin === undefined || stop === undefined) return null;
      const one = first === last && stop - begin <= WHOLE;
      const start = said(one ? first.words : first.words.slice(0, END_WORDS));
      const left = first === last ? first.words.slice(END_WORDS) : last.words;
      const end = one || left.length === 0 ? "" : said(left.slice(-END_WORDS));
      if (isFirst(start, begin)) return { prefix: "", start, end, suffix: "" };
      const before = wholeWords(text, { start: first.piece.start, end: begin }).slice(-CONTEXT_WORDS);
      if (before.length > 0) return { prefix: said(before), start, end, suffix: "" };
      // what tells it apart is longer words of its own, if they come soon
      const next = begin + (span.end - span.start) / 2 > (inside[number + 1]?.words[0]?.start ?? Infinity);
      const later = next ? from(number + 1) : null;
      if (later) return later;
      const after = wholeWords(text, { start: stop, end: last.piece.end }).slice(0, CONTEXT_WORDS);
      return { prefix: "", start, end, suffix: after.length > 0 ? said(after) : "" };
    };
    return from(0);
  };

  shared.passage = { find };
})();
