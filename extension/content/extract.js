// Which of the page's blocks are the article: Readability's view, our own of the live page, and what the page says of
// itself in its structured data, compared.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  // Two views differ widely when one has less than this share of the other's paragraph text.
  const WIDELY = 0.6;
  // Structured data is believed when so much of it stands on the page: it is often cut short, or of another page.
  const STANDS = 0.8;
  // Fewer words or paragraphs than these are no article: a front page's teasers, a search form.
  const FEWEST_WORDS = 60;
  const FEWEST_PARAGRAPHS = 2;
  // At least so many teasers, and this share of all paragraphs, make a list of articles rather than an article.
  const FEWEST_TEASERS = 3;
  const TEASERS = 0.5;
  // Of two boxes with the same text the inner one wins: each step outwards keeps this share.
  const OUTWARDS = 0.9;
  // What the page itself calls the article weighs more by this factor.
  const NAMED = 1.4;
  const ARTICLE = '[itemprop~="articleBody"], article, main, [role="main"], [role="article"]';

  /** @param {LiveBlock[]} blocks */
  const paragraphText = (blocks) =>
    blocks.reduce((sum, block) => sum + (shared.furniture.isProse(block) ? block.text.length : 0), 0);

  /**
   * Our own view: the container with the most paragraph text, preferring what the page itself calls the article.
   * @param {LiveBlock[]} all @param {(element: Element) => boolean} isApart
   */
  const ours = (all, isApart) => {
    /** @type {Map<Element, number>} */
    const weight = new Map();
    for (const block of all) {
      if (!shared.furniture.isProse(block) || isApart(block.element)) continue;
      let share = block.text.length;
      for (
        let at = /** @type {Element | null} */ (block.element);
        at !== null && share > 1;
        at = shared.blocks.parent(at)
      ) {
        weight.set(at, (weight.get(at) ?? 0) + share);
        share *= OUTWARDS;
      }
    }
    /** @type {Element | null} */
    let best = null;
    let most = 0;
    for (const [element, found] of weight) {
      const score = found * (element.matches(ARTICLE) ? NAMED : 1);
      if (score > most) {
        best = element;
        most = score;
      }
    }
    if (best === null) return [];
    const container = best;
    /** @param {Element} element */
    const isInside = (element) => {
      for (let at = /** @type {Element | null} */ (element); at !== null; at = shared.blocks.parent(at))
        if (at === container) return true;
      return false;
    };
    return all.filter((block) => isInside(block.element));
  };

  /** @param {string} text */
  const letters = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();

  /** The article bodies that a page's JSON-LD gives. @param {Document} document @returns {string[]} */
  const bodies = (document) => {
    /** @type {string[]} */
    const found = [];
    /** @param {unknown} value */
    const search = (value) => {
      if (Array.isArray(value)) value.forEach(search);
      else if (typeof value === "object" && value !== null) {
        const body = /** @type {{articleBody?: unknown}} */ (value).articleBody;
        if (typeof body === "string") found.push(letters(body));
        search(/** @type {{"@graph"?: unknown}} */ (value)["@graph"]);
      }
    };
    for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
      try {
        search(JSON.parse(script.textContent ?? ""));
      } catch {
        // pages write broken JSON; then they say nothing
      }
    }
    return found;
  };

  /** From the first to the last block that the structured data has. @param {Document} document @param {LiveBlock[]} all @returns {LiveBlock[]} */
  const stated = (document, all) => {
    for (const body of bodies(document)) {
      const inside = all.filter(
        (block) =>
          block.text.length >= shared.furniture.SHORTEST_PARAGRAPH && body.includes(letters(block.text)),
      );
      const stands = inside.reduce((sum, block) => sum + letters(block.text).length, 0);
      const [first, last] = [inside[0], inside.at(-1)];
      if (first && last && stands >= STANDS * body.length)
        return all.slice(all.indexOf(first), all.indexOf(last) + 1);
    }
    return [];
  };

  /** @param {LiveBlock | undefined} block @param {Element} box */
  const isInBox = (block, box) =>
    block !== undefined &&
    (block.element.parentElement === box || block.element.parentElement?.parentElement === box);

  /** Without furniture, and without what stands before the first sentence and after the last. @param {LiveBlock[]} blocks @param {(element: Element) => boolean} isApart */
  const trimmed = (blocks, isApart) => {
    const { isBeside, isLine, isSentence, linkShare, LINKS } = shared.furniture;
    let listed = false; // whether the lines before were the heading of a list of other stories
    const kept = blocks.filter((block) => {
      const line = isLine(block) || linkShare(block) > LINKS;
      listed = line || (listed && block.role === "list_item");
      return !listed && !isBeside(block, isApart);
    });
    /** @param {LiveBlock} block */
    const isText = (block) => isSentence(block) && block.role !== "caption";
    const first = kept.findIndex(isText);
    let last = kept.findLastIndex(isText);
    // a closing list or short line stands in the same box as the sentence before it
    const box = kept[last]?.element.parentElement;
    while (box && isInBox(kept[last + 1], box)) last += 1;
    return kept.filter(
      (block, at) =>
        block.role === "caption" || block.element.closest("h1") || (first >= 0 && at >= first && at <= last),
    );
  };

  /** @param {LiveBlock[]} all @param {LiveBlock[]} body */
  const withHeadline = (all, body) => {
    if (body.some((block) => block.element.closest("h1"))) return body;
    const first = body[0];
    const headline = all.find(
      (block) =>
        block.element.closest("h1") &&
        (!first || block.element.compareDocumentPosition(first.element) & Node.DOCUMENT_POSITION_FOLLOWING),
    );
    return headline ? [headline, ...body] : body;
  };

  /**
   * Whether the blocks are a list of other articles: most of their paragraphs follow a headline that is a link.
   * @param {LiveBlock[]} all @param {LiveBlock[]} body
   */
  const isIndex = (all, body) => {
    const prose = new Set(body.filter(shared.furniture.isSentence));
    let teasers = 0;
    let under = false;
    for (const block of all) {
      if (block.role === "headline") under = shared.furniture.linkShare(block) > shared.furniture.LINKS;
      else if (prose.has(block)) {
        if (under) teasers += 1;
        under = false;
      }
    }
    return teasers >= FEWEST_TEASERS && teasers >= TEASERS * prose.size;
  };

  shared.extract = {
    article(document) {
      const all = shared.blocks.read(document.body);
      const { isApart } = shared.furniture.judge(all);
      const own = trimmed(ours(all, isApart), isApart);
      const theirs = trimmed(shared.readable.view(document, all), isApart);
      const said = trimmed(stated(document, all), isApart);
      const [mine, other] = [paragraphText(own), paragraphText(theirs)];
      const agree = Math.min(mine, other) >= WIDELY * Math.max(mine, other);
      const either = new Set(agree ? [...own, ...theirs] : mine > other ? own : theirs);
      const body = all.filter((block) => either.has(block));
      const best = paragraphText(said) >= WIDELY * paragraphText(body) ? said : body;
      return isIndex(all, best) ? [] : withHeadline(all, best);
    },
    selection(document) {
      const selection = document.getSelection();
      if (selection === null || selection.isCollapsed) return [];
      const ranges = Array.from({ length: selection.rangeCount }, (_, at) => selection.getRangeAt(at));
      return shared.blocks
        .read(document.body)
        .filter((block) => block.nodes.some((node) => ranges.some((range) => range.intersectsNode(node))));
    },
    isArticle(blocks) {
      const paragraphs = blocks.filter(
        (block) => block.role !== "headline" && block.text.length >= shared.furniture.SHORTEST_PARAGRAPH,
      );
      const words = paragraphs.reduce((sum, block) => sum + block.text.split(" ").length, 0);
      return paragraphs.length >= FEWEST_PARAGRAPHS && words >= FEWEST_WORDS;
    },
  };
})();
