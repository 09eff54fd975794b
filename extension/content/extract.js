// Which of the page's blocks are the article: Readability's view and our own of the live page, compared.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const NUMBER = "data-onrecord-number"; // on the clone only; the page never sees it
  // The two views differ widely when one has less than this share of the other's paragraph text.
  const WIDELY = 0.6;
  // A block that is mostly links is navigation.
  const LINKS = 0.6;
  // Fewer words or paragraphs than these are no article: a front page's teasers, a search form.
  const FEWEST_WORDS = 60;
  const FEWEST_PARAGRAPHS = 2;
  // A paragraph has at least so many characters, or it is a label.
  const SHORTEST_PARAGRAPH = 40;
  const APART =
    'nav, aside, footer, form, menu, [role="navigation"], [role="complementary"], [role="contentinfo"], [role="dialog"], [aria-hidden="true"]';
  const CLUTTER =
    /(?:^|[-_\s])(?:ad|ads|advert\w*|promo\w*|related|recirc\w*|newsletter|subscri\w*|share|sharing|social|comments?|cookie\w*|consent|paywall|sponsor\w*|breadcrumbs?|byline|author-bio|tags?|toolbar|most-read|trending)(?:$|[-_\s])/i;
  // How an article is filed says nothing about what it is: WordPress writes "tag-comments" on articles.
  const FILED = /(?<!\S)(?:tag|category)-\S+/g;

  /** @param {LiveBlock[]} blocks */
  const paragraphText = (blocks) =>
    blocks.reduce(
      (sum, block) =>
        sum + (block.role === "headline" || block.text.length < SHORTEST_PARAGRAPH ? 0 : block.text.length),
      0,
    );

  /** @param {LiveBlock} block */
  const linkShare = (block) => {
    let linked = 0;
    block.nodeAt.forEach((at) => {
      if (block.nodes[at]?.parentElement?.closest("a")) linked += 1;
    });
    return linked / Math.max(1, block.text.length);
  };

  /** @param {Element} element @param {Element} within */
  const isApart = (element, within) => {
    const apart = element.closest(APART);
    if (apart !== null && within.contains(apart)) return true;
    for (
      let at = /** @type {Element | null} */ (element);
      at !== null && at !== within && at.tagName !== "BODY"; // whose classes list what the page has besides
      at = at.parentElement
    ) {
      if (CLUTTER.test(`${at.id} ${(at.getAttribute("class") ?? "").replace(FILED, "")}`)) return true;
    }
    return false;
  };

  /**
   * Our own view: the container with the most paragraph text, preferring what the page itself calls the article.
   * @param {Document} document @param {LiveBlock[]} all
   */
  const ours = (document, all) => {
    /** @type {Map<Element, number>} */
    const weight = new Map();
    for (const block of all) {
      if (block.role === "headline" || block.text.length < SHORTEST_PARAGRAPH || linkShare(block) > LINKS)
        continue;
      if (isApart(block.element, document.documentElement)) continue;
      let share = block.text.length;
      for (
        let at = /** @type {Element | null} */ (block.element);
        at !== null && share > 1;
        at = at.parentElement
      ) {
        weight.set(at, (weight.get(at) ?? 0) + share);
        share *= 0.9; // so that of two containers with the same text the inner one wins
      }
    }
    /** @type {Element | null} */
    let best = null;
    let most = 0;
    for (const [element, found] of weight) {
      const named = element.matches(
        '[itemprop~="articleBody"], article, main, [role="main"], [role="article"]',
      );
      const score = found * (named ? 1.4 : 1);
      if (score > most) {
        best = element;
        most = score;
      }
    }
    if (best === null) return [];
    const container = best;
    return all.filter(
      (block) =>
        container.contains(block.element) && !isApart(block.element, container) && linkShare(block) <= LINKS,
    );
  };

  /**
   * Readability's view, mapped back to live blocks by number and by equal text.
   * @param {Document} document @param {LiveBlock[]} all
   */
  const readabilitys = (document, all) => {
    const clone = /** @type {Document} */ (document.cloneNode(true));
    /** @type {Map<Element, string>} */
    const numbers = new Map();
    const live = document.getElementsByTagName("*");
    const copies = clone.getElementsByTagName("*");
    for (let at = 0; at < copies.length; at += 1) {
      const element = live[at];
      if (element) numbers.set(element, String(at));
      copies[at]?.setAttribute(NUMBER, String(at));
    }
    const result = new Readability(clone, {
      serializer: (/** @type {Element} */ element) => element,
      keepClasses: true,
    }).parse();
    if (result === null) return [];
    const kept = new Set(
      Array.from(result.content.querySelectorAll(`[${NUMBER}]`), (element) => element.getAttribute(NUMBER)),
    );
    /** @param {string} text */
    const letters = (text) => shared.blocks.collapse(text).replaceAll(" ", "");
    const text = letters(result.content.textContent ?? "");
    return all.filter((block) => {
      for (let at = /** @type {Element | null} */ (block.element); at !== null; at = at.parentElement) {
        // node by node, for Readability keeps the hidden pieces between them
        if (kept.has(numbers.get(at) ?? null))
          return block.nodes.every((node) => text.includes(letters(node.data)));
      }
      return block.text.length >= SHORTEST_PARAGRAPH && text.includes(letters(block.text));
    });
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

  shared.extract = {
    article(document) {
      const all = shared.blocks.read(document.body);
      const own = ours(document, all);
      /** @type {LiveBlock[]} */
      let theirs = [];
      try {
        theirs = readabilitys(document, all);
      } catch (error) {
        console.debug("Onrecord: Readability could not read this page", error);
      }
      const [less, more] = [paragraphText(own), paragraphText(theirs)].sort((a, b) => a - b);
      const agree = (less ?? 0) >= WIDELY * (more ?? 0);
      const body =
        agree && theirs.length > 0 ? theirs : paragraphText(own) > paragraphText(theirs) ? own : theirs;
      return withHeadline(all, body);
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
        (block) => block.role !== "headline" && block.text.length >= SHORTEST_PARAGRAPH,
      );
      const words = paragraphs.reduce((sum, block) => sum + block.text.split(" ").length, 0);
      return paragraphs.length >= FEWEST_PARAGRAPHS && words >= FEWEST_WORDS;
    },
  };
})();
