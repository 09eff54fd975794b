// What stands among the paragraphs of an article and is none of it: dates, bylines, buttons, teasers, letters to
// subscribe to. Told by the names that pages give their boxes, and by how such lines are worded.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const APART =
    'nav, aside, footer, form, menu, [role="navigation"], [role="complementary"], [role="contentinfo"], [role="dialog"], [role="alertdialog"], [role="search"], [role="menu"], [role="menubar"], [role="toolbar"], [role="tablist"], [aria-hidden="true"]';
  const CLUTTER =
    /(?:^|[-_\s])(?:ad|ads|advert\w*|sponsor\w*|promo\w*|dfp|outbrain|taboola|related\w*|recirc\w*|recommend\w*|read-?more|more-?(?:stories|from|on|in|news|links)|see-?also|up-?next|next-?(?:story|article|up)|most-?(?:read|popular|viewed)|popular|trending|teasers?|newsletter\w*|sign-?up\w*|subscri\w*|share|sharing|share\w*bar|social\w*|follow-?us|cookies?|consent|gdpr|paywall|breadcrumbs?|tags?|topics|masthead|menus?|nav|navbar|navigation|toolbar|pagination|pager|skip|modal|popup|overlay|sidebar|rail|widget\w*|byline\w*|author\w*|bio|about-?the-?author|contributors?|datelines?|dates?|timestamp|pub-?date|published|updated|posted-?on|post-?meta|entry-?meta|meta|disclosure|disclaimer|copyrights?|syndigate\w*|print-?only|print-?header|screen-?reader\w*|visually-?hidden|sr-?only|text-?resizer\w*|reprints?|nav-?stats|control-?bar\w*|footer)(?=$|[-_\s])/i;
  const COMMENTS = /(?:^|[-_\s])(?:comments?|disqus\w*|livefyre|respond|replies|comment-?list)(?=$|[-_\s])/i;
  // How an article is filed says nothing about what it is: WordPress writes "tag-comments" on articles.
  const FILED = /(?<!\S)(?:tag|category)-\S+/g;
  // A box that holds more than this share of the page's prose is not beside the article but around it.
  const AROUND = 0.35;
  // Readers' comments are often longer than the article, so only a box with nearly everything is around it.
  const AROUND_COMMENTS = 0.9;
  // A block that is mostly links is navigation; a line that is nearly all link is a teaser.
  const LINKS = 0.6;
  // A paragraph has at least so many characters, or it is a label.
  const SHORTEST_PARAGRAPH = 40;
  // A line of furniture is short; a long paragraph that begins like one is a paragraph.
  const LONGEST_LINE = 220;
  const ENDS = /[.!?…:][”’"'»)\]]*$/;
  const LINE =
    /^(?:(?:read|see|learn|find out) more\b|see also\b|don['’]t miss\b|related(?: (?:articles?|stories|story|content|links?|topics?|news))?\s*(?::|$)|more (?:from|on|about|stories|articles|news)\b|more (?:great |top )?.{0,20}(?:stories|articles|news)$|also (?:read|see|on)\b|recommended(?: for you)?$|you (?:may|might) (?:also )?(?:like|be interested)|trending\b.{0,20}$|most (?:read|popular|viewed)\b|popular(?: now)?$|latest(?: news)?$|advertis(?:e|ement|ing)\b.{0,30}$|sponsored\b.{0,40}$|story continues below|article continues below|continue reading\b|click here\b|tap here\b|sign up (?:for|to|here)\b|sign in\b|log ?in\b|subscribe\b|join our\b|follow (?:us|him|her|me|@|\w+ on (?:twitter|facebook|instagram))\b|like us on\b|get (?:the|our) .{0,40}(?:newsletter|app)\b|share (?:this|on|via)\b|share$|tweet$|print(?: article)?$|e-?mail(?: this)?$|order reprints|text size|comments?(?: \(?\d+\)?)?$|\d+ comments?$|leave a (?:comment|reply)|loading\b.{0,20}$|media playback is (?:un)?supported|this video (?:file )?can(?:no|')t be played|image (?:caption|copyright|source)\b|media caption|caption$|close$|image \d+ of|\d+ ?(?:of|\/) ?\d+$|(?:photo(?:graph)?s?|image|picture|video|credit)s?(?: (?:by|credit|courtesy|via))?\s*:|getty images\b|(?:published|updated|posted|last (?:updated|modified)|first published)\b.{0,80}$|about the authors?$|about the writer|(?:©|\(c\)) |copyright\b|all rights reserved|terms of (?:use|service)|privacy policy|via [\w.]+$|view (?:all|comments|gallery)\b|write to .{0,60}@|contact .{0,60}@|citation:|for more (?:stories|news|information)\b.{0,80}(?:visit|click|http|www)|by [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?:,? (?:and|&) [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})?$|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}(?:,? .{0,30})?$)/i;
  const INSIDE =
    /\((?:image|photo|picture|credit)s?(?: by|:)[^)]{0,60}\)$|\b(?:all rights reserved|is subject to copyright|may earn (?:an? )?(?:affiliate )?commission|sign up (?:for|to) (?:our|the) .{0,30}newsletter|photo by [A-Z]|download (?:our|the) .{0,20}app)\b/i;

  /** The share of a block's text that is links. @param {LiveBlock} block */
  const linkShare = (block) => {
    let linked = 0;
    for (const run of block.runs) if (run.node.parentElement?.closest("a")) linked += run.length;
    return linked / Math.max(1, block.text.length);
  };

  /** @param {LiveBlock} block */
  const isProse = (block) =>
    block.role !== "headline" && block.text.length >= SHORTEST_PARAGRAPH && linkShare(block) <= LINKS;

  /** How much prose stands in each element of the page. @param {LiveBlock[]} all @returns {Map<Element, number>} */
  const weigh = (all) => {
    /** @type {Map<Element, number>} */
    const weight = new Map();
    for (const block of all) {
      if (!isProse(block)) continue;
      for (let at = /** @type {Element | null} */ (block.element); at !== null; at = shared.blocks.parent(at))
        weight.set(at, (weight.get(at) ?? 0) + block.text.length);
    }
    return weight;
  };

  /** Tells which elements stand beside the article rather than around it. @param {LiveBlock[]} all */
  const judge = (all) => {
    const weight = weigh(all);
    const total = weight.get(document.body) ?? 0;
    /** @type {Map<Element, boolean>} */
    const known = new Map();
    /** @param {Element} element */
    const own = (element) => {
      if (element.tagName === "BODY" || element.tagName === "HTML") return false;
      const share = (weight.get(element) ?? 0) / Math.max(1, total);
      const names = shared.blocks.named(element).replace(FILED, "");
      if (share <= AROUND_COMMENTS && COMMENTS.test(names)) return true;
      return share <= AROUND && (element.matches(APART) || CLUTTER.test(names));
    };
    /** Whether the element, or a box around it, is apart. @param {Element} element @returns {boolean} */
    const isApart = (element) => {
      const before = known.get(element);
      if (before !== undefined) return before;
      const above = shared.blocks.parent(element);
      const found = own(element) || (above !== null && isApart(above));
      known.set(element, found);
      return found;
    };
    return { weight, isApart };
  };

  /** @param {LiveBlock} block */
  const isLine = (block) =>
    block.text.length <= LONGEST_LINE && (LINE.test(block.text) || INSIDE.test(block.text));

  /** Whether a short block is apart, or each piece of it: a time beside a headline has an element, but no block, of its own. @param {LiveBlock} block @param {(element: Element) => boolean} isApart */
  const isBeside = (block, isApart) =>
    isApart(block.element) ||
    (block.text.length <= LONGEST_LINE &&
      block.runs.every(({ node }) => node.parentElement !== null && isApart(node.parentElement)));

  /** What a sentence of the article looks like, and a label does not. @param {LiveBlock} block */
  const isSentence = (block) =>
    isProse(block) && (block.text.length >= 2 * SHORTEST_PARAGRAPH || ENDS.test(block.text));

  shared.furniture = { judge, isBeside, linkShare, isProse, isLine, isSentence, LINKS, SHORTEST_PARAGRAPH };
})();
