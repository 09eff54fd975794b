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
  // An article in one paragraph has more of both.
  const ONE_PARAGRAPH = 120;
  const ONE_SENTENCES = 4;
  // At least so many teasers make a list of articles; with this share of all paragraphs the page is one.
  const FEWEST_TEASERS = 3;
  const TEASERS = 0.5;
  // A teaser's box holds no more sentences than this.
  const TEASER_SENTENCES = 3;
  // Of two boxes with the same text the inner one wins: each step outwards keeps this share.
  const OUTWARDS = 0.9;
  // A block counts for no more characters than this, so that one long notice does not outweigh a short story.
  const MOST_COUNTED = 400;
  // The box in which the page's headline stands is the article if it has this share of the text of the largest box.
  const HEADED = 0.25;
  // What the page itself calls the article weighs more by this factor.
  const NAMED = 1.4;
  const ARTICLE = '[itemprop~="articleBody"], article, main, [role="main"], [role="article"]';
  const ENTITLED = 1.2; // and still more with the page's headline in it
  const ONE = '[itemprop~="articleBody"], article, [role="article"]';
  // Names that take more than this share of the article's text are not about what is furniture.
  const MISNAMED = 0.2;
  // Words that every English text is full of, and no other language's has.
  const ENGLISH = new Set(
    "the of and to that is was for it with be by have has had not are but from which this were they his her their been would will who said what there when more than about after our you your we she".split(
      " ",
    ),
  );
  const ENGLISH_SHARE = 0.15;
  // A standfirst is a sentence under the headline; fewer words are a rubric.
  const STANDFIRST_WORDS = 7;
  const FEWEST_LEAD = 4; // words of a sentence above the first long one
  const STANDFIRST_REACH = 3; // blocks behind the headline
  const PICTURE = "img, picture, video, amp-img, svg";
  const SLANTED = "em, i, small, cite";
  const LONGEST_CAPTION = 250;
  // A picture in the middle of the text says by such words that a line belongs to it.
  const SHOWS =
    /^(?:\w+ )?(?:from left|(?:clockwise )?from (?:top|bottom)|(?:above|below|left|right|top|bottom|pictured|seen here|file)\b[:,]|(?:in )?(?:this|an?) (?:file |undated |handout )?(?:photo|picture|image|frame|screen ?grab)|(?:file|handout) (?:photo|picture|image))/i;
  // Or it ends with who took it: a person and an agency, in brackets or behind the last full stop.
  const CREDITED =
    /\((?:[^()]{0,40}\b)?(?:photo(?:graph)?s?|images?|picture|credit|courtesy|screen ?(?:shot|grab))\b[^()]{0,60}\)(?: (?:less|more))?$/i;
  const AGENCY =
    /(?:\p{Lu}[\p{L}.'’-]+ ){1,3}\p{Lu}[\p{L}.'’-]+ ?\/ ?\p{Lu}[\p{L}\p{N} ]{1,40}\)?$|^\p{Lu}[\p{L}.'’ -]{2,40}(?: ?\| ?\p{Lu}[\p{L}.'’ -]{1,40})+(?<=Images|Photos?|Pictures|Agency)$/u;
  const LONGEST_CREDITED = 500;
  // At the end a press release says who sent it.
  const CLOSING =
    /^(?:about\b.{1,60}|notes? (?:to|for) editors?|(?:media|press) contacts?|contacts?|ends?|[-–—#*\s]{2,}.{0,10})$/i;
  const CLOSING_SENTENCES = 6;

  /** @param {LiveBlock[]} blocks */
  const paragraphText = (blocks) =>
    blocks.reduce((sum, block) => sum + (shared.furniture.isProse(block) ? block.text.length : 0), 0);

  /** @param {Element} container @param {Element} element */
  const isInside = (container, element) => {
    for (let at = /** @type {Element | null} */ (element); at !== null; at = shared.blocks.parent(at))
      if (at === container) return true;
    return false;
  };

  /**
   * Our own view: the container with the most paragraph text, preferring what the page itself calls the article, and
   * the box under the page's headline.
   * @param {LiveBlock[]} all @param {LiveBlock | undefined} heading @param {(block: LiveBlock) => boolean} isOut
   */
  const ours = (all, heading, isOut) => {
    /** @type {Map<Element, number>} */
    const weight = new Map();
    /** @type {Map<Element, number>} */
    const paragraphs = new Map();
    for (const block of all) {
      if (!shared.furniture.isProse(block) || isOut(block)) continue;
      let share = Math.min(block.text.length, MOST_COUNTED);
      for (
        let at = /** @type {Element | null} */ (block.element);
        at !== null && share > 1;
        at = shared.blocks.parent(at)
      ) {
        weight.set(at, (weight.get(at) ?? 0) + share);
        if (shared.furniture.isSentence(block)) paragraphs.set(at, (paragraphs.get(at) ?? 0) + 1);
        share *= OUTWARDS;
      }
    }
    /** @type {Element | null} */
    let best = null;
    let most = 0;
    for (const [element, found] of weight) {
      const named = element.matches(ARTICLE) ? NAMED : 1;
      const headed = heading && element.matches(ONE) && element.contains(heading.element) ? ENTITLED : 1;
      const score = found * named * headed;
      if (score > most) {
        best = element;
        most = score;
      }
    }
    if (best === null || !heading) return best;
    /** @param {Element} box */
    const heavy = (box) => (weight.get(box) ?? 0) >= HEADED * most;
    /** @param {Element} box */
    const several = (box) => (paragraphs.get(box) ?? 0) >= FEWEST_PARAGRAPHS;
    let under = shared.blocks.parent(heading.element);
    while (under && !several(under)) under = shared.blocks.parent(under);
    if (under && !isInside(under, best) && !isInside(best, under) && heavy(under)) return under;
    // a box around everything: what the page calls the article in it, if its headline is there
    let inner = heading.element.closest(ARTICLE);
    while (inner && !several(inner)) inner = inner.parentElement?.closest(ARTICLE) ?? null;
    return inner && inner !== best && isInside(best, inner) && !best.closest(ARTICLE) && heavy(inner)
      ? inner
      : best;
  };

  /**
   * What stands in the container, but without boxes behind the one with the headline that are of another make and have
   * fewer paragraphs: a long notice below a short story.
   * @param {LiveBlock[]} all @param {Element} container @param {LiveBlock | undefined} heading
   */
  const within = (all, container, heading) => {
    const inside = all.filter((block) => isInside(container, block.element));
    if (!heading || container.matches(ARTICLE) || !isInside(container, heading.element)) return inside;
    /** @param {Element} element */
    const island = (element) => {
      let at = element;
      for (let up = shared.blocks.parent(at); up && up !== container; up = shared.blocks.parent(at)) at = up;
      return at;
    };
    /** @type {Map<Element, LiveBlock[]>} */
    const islands = Map.groupBy(inside.filter(shared.furniture.isSentence), (block) => island(block.element));
    const home = islands.get(island(heading.element)) ?? [];
    if (home.length < FEWEST_PARAGRAPHS) return inside;
    const tags = new Set(home.map((block) => block.element.tagName));
    return inside.filter((block) => {
      const own = islands.get(island(block.element)) ?? [];
      return (
        own.length === 0 || own.length >= home.length || own.some(({ element }) => tags.has(element.tagName))
      );
    });
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

  /** The page's headline: the first that is of the first rank, of several the one that the title has. @param {Document} document @param {LiveBlock[]} all */
  const headline = (document, all) => {
    const first = all.filter((block) => block.element.closest("h1"));
    const title = letters(document.title);
    return first.find((block) => title.includes(letters(block.text))) ?? first[0];
  };

  /** The blocks of other stories: each in a box of its own with a headline that leads to another page. @param {LiveBlock[]} all @returns {Set<LiveBlock>} */
  const teasers = (all) => {
    const { isLink, isSentence } = shared.furniture;
    /** @param {LiveBlock} block */
    const leads = (block) => {
      if (block.role !== "headline" || !isLink(block)) return false;
      const link = /** @type {HTMLAnchorElement | null} */ (
        block.runs[0]?.node.parentElement?.closest("a") ?? null
      );
      return link !== null && (link.hash === "" || link.pathname !== location.pathname);
    };
    /** @type {Map<Element, {heads: number, sentences: LiveBlock[]}>} */
    const boxes = new Map();
    for (const block of all) {
      const [head, sentence] = [leads(block), isSentence(block)];
      if (!head && !sentence) continue;
      for (
        let at = /** @type {Element | null} */ (block.element);
        at !== null;
        at = shared.blocks.parent(at)
      ) {
        const box = boxes.get(at) ?? { heads: 0, sentences: [] };
        if (head) box.heads += 1;
        if (sentence) box.sentences.push(block);
        boxes.set(at, box);
      }
    }
    /** @type {Set<LiveBlock>} */
    const found = new Set();
    for (const { heads, sentences } of boxes.values())
      if (heads === 1 && sentences.length <= TEASER_SENTENCES)
        for (const block of sentences) found.add(block);
    return found.size >= FEWEST_TEASERS ? found : new Set();
  };

  /** A line in small or slanted type right below a picture. @param {LiveBlock} block */
  const isBelowPicture = ({ element, runs }) => {
    if (!runs.every(({ node }) => node.parentElement?.closest(SLANTED))) return false;
    let above = element.previousSibling;
    while (above && (above.textContent ?? "").trim() === "") {
      if (above.nodeType === Node.ELEMENT_NODE) {
        const box = /** @type {Element} */ (above);
        if (box.matches(PICTURE) || box.querySelector(PICTURE)) return true;
      }
      above = above.previousSibling;
    }
    return false;
  };

  /** A line of its own in a box with a picture, or below one that it describes, is the picture's caption. @param {LiveBlock[]} blocks @param {Element} container */
  const captioned = (blocks, container) => {
    for (const block of blocks) {
      if (block.role !== "paragraph" && block.role !== "list_item") continue;
      if (block.text.length <= LONGEST_CREDITED && (CREDITED.test(block.text) || AGENCY.test(block.text)))
        block.role = "caption";
      if (block.role !== "paragraph" || block.text.length > LONGEST_CAPTION) continue;
      const { element } = block;
      const size = (element.textContent ?? "").trim().length;
      if (element.querySelector(PICTURE) && !shared.furniture.isSentence(block)) block.role = "caption";
      let box = element.parentElement;
      while (box && box !== container && (box.textContent ?? "").trim().length === size) {
        if (box.querySelector(PICTURE) && !element.querySelector(PICTURE)) block.role = "caption";
        box = box.parentElement;
      }
      if (isBelowPicture(block)) block.role = "caption";
      const before = element.previousElementSibling;
      if (SHOWS.test(block.text) && before && (before.matches(PICTURE) || before.querySelector(PICTURE)))
        if ((before.textContent ?? "").trim() === "") block.role = "caption";
    }
  };

  /** What an article may begin with before its first sentence: a list, what names it, a sentence of a few words. @param {LiveBlock | undefined} block */
  const isLead = (block) =>
    block !== undefined &&
    shared.furniture.linkShare(block) === 0 &&
    (block.role === "list_item" ||
      (block.role === "paragraph" &&
        block.text.split(" ").length >= FEWEST_LEAD &&
        (/[.!?][”’"')]*$/.test(block.text) || block.element.querySelector("strong, b") !== null)));

  /** Without what a sender says of itself below the text. @param {LiveBlock[]} kept */
  const unsigned = (kept) => {
    const sentences = kept.filter(shared.furniture.isSentence);
    const at = kept.findLastIndex(
      (block) =>
        CLOSING.test(block.text) &&
        (block.role === "headline" ||
          block.element.querySelector("strong, b") !== null ||
          block.element.closest("strong, b") !== null ||
          !/\p{Ll}/u.test(block.text)),
    );
    if (at < 0) return kept;
    const rest = kept.slice(at).filter(shared.furniture.isSentence).length;
    return rest <= CLOSING_SENTENCES && rest < sentences.length / 2 ? kept.slice(0, at) : kept;
  };

  /** Without furniture, and without what stands before the first sentence and after the last. @param {LiveBlock[]} blocks @param {(element: Element) => boolean} isApart @param {Set<LiveBlock>} others */
  const trimmed = (blocks, isApart, others) => {
    const { isBeside, isLine, isSentence, isLink } = shared.furniture;
    let listed = false; // whether the lines before were the heading of a list of other stories
    const kept = unsigned(
      blocks.filter((block) => {
        const line = isLine(block) || isLink(block);
        listed = line || (listed && block.role === "list_item");
        return !listed && !others.has(block) && !isBeside(block, isApart);
      }),
    );
    /** @param {LiveBlock} block */
    const isText = (block) => isSentence(block) && block.role !== "caption";
    let first = kept.findIndex(isText);
    // so do a list and a short sentence above the first one
    const top = kept[first]?.element.parentElement;
    for (let at = first - 1; top && at >= 0 && isInBox(kept[at], top); at -= 1)
      if (isLead(kept[at])) first = at;
    let last = kept.findLastIndex(isText);
    // a closing list or short line stands in the same box as the sentence before it
    const box = kept[last]?.element.parentElement;
    while (box && isInBox(kept[last + 1], box)) last += 1;
    return kept.filter(
      (block, at) =>
        block.role === "caption" || block.element.closest("h1") || (first >= 0 && at >= first && at <= last),
    );
  };

  /** The article's headline and the sentence under it, which pages often set outside of the text's own box. @param {LiveBlock[]} all @param {LiveBlock[]} body @param {LiveBlock | undefined} heading */
  const withHeadline = (all, body, heading) => {
    const first = body.find((block) => !block.element.closest("h1"));
    const inside = body.find((block) => block.element.closest("h1"));
    const top =
      inside ??
      (heading &&
      (!first || heading.element.compareDocumentPosition(first.element) & Node.DOCUMENT_POSITION_FOLLOWING)
        ? heading
        : undefined);
    if (!top) return body;
    const at = all.indexOf(top);
    const head = top.element.closest("header, hgroup, div, section, article, main, body");
    const chosen = new Set(body);
    chosen.add(top);
    for (const block of all.slice(at + 1, at + 1 + STANDFIRST_REACH)) {
      if (block === first) break;
      if (
        block.role === "headline" &&
        head?.contains(block.element) &&
        block.text.split(" ").length >= STANDFIRST_WORDS &&
        block.text.length >= shared.furniture.SHORTEST_PARAGRAPH &&
        !shared.furniture.isLink(block) &&
        !shared.furniture.isLine(block)
      ) {
        chosen.add(block);
        break;
      }
    }
    return all.filter((block) => chosen.has(block));
  };

  /** How the boxes between a block and the article's are nested. @param {LiveBlock} block @param {Element} container */
  const shape = (block, container) => {
    /** @type {string[]} */
    const tags = [];
    let at = /** @type {Element | null} */ (block.element);
    while (at !== null && at !== container && !at.contains(container)) {
      tags.push(at.tagName);
      at = shared.blocks.parent(at);
    }
    return tags.join(" ");
  };

  /**
   * Names may speak against a box of sentences, but not against the article: where they would take so much of it, they
   * mean something else on this page.
   * @param {LiveBlock[]} all @param {Element | null} container chosen without them @param {Set<LiveBlock>} others
   * @param {ReturnType<typeof shared.furniture.judge>} judged
   */
  const trusted = (all, container, others, { isApart, isApartUnnamed }) => {
    const sentences = all.filter(
      (block) =>
        container !== null &&
        isInside(container, block.element) &&
        shared.furniture.isSentence(block) &&
        !others.has(block) &&
        !isApartUnnamed(block.element),
    );
    const named = sentences.filter((block) => isApart(block.element));
    return paragraphText(named) > MISNAMED * paragraphText(sentences) ? isApartUnnamed : isApart;
  };

  /** The article's blocks, in steps between which the browser may do something else. @param {Document} document @returns {Generator<void, LiveBlock[], void>} */
  const article = function* (document) {
    const all = yield* shared.blocks.steps(document.body);
    yield;
    const kept = yield* shared.readable.view(document, all);
    yield;
    const heading = headline(document, all);
    const others = teasers(all);
    yield;
    const judged = shared.furniture.judge(all, new Set(kept), heading);
    yield;
    const anyway = ours(all, heading, (block) => others.has(block) || judged.isApartUnnamed(block.element));
    const isApart = trusted(all, anyway, others, judged);
    yield;
    const container = ours(all, heading, (block) => others.has(block) || isApart(block.element));
    if (container === null) return [];
    yield;
    captioned(all, container);
    yield;
    const own = trimmed(within(all, container, heading), isApart, others);
    yield;
    const theirs = trimmed(kept, isApart, others);
    yield;
    const said = trimmed(stated(document, all), isApart, others);
    yield;
    const [mine, other] = [paragraphText(own), paragraphText(theirs)];
    const shapes = new Set(own.filter(shared.furniture.isSentence).map((block) => shape(block, container)));
    const ownFirst = own.find(shared.furniture.isSentence);
    const common = theirs.filter((block) => own.includes(block));
    /** Whether what Readability has besides is more of the same. @param {LiveBlock} block */
    const isAlike = (block) =>
      own.includes(block) ||
      shapes.has(shape(block, container)) ||
      (ownFirst !== undefined &&
        heading !== undefined &&
        all.indexOf(block) < all.indexOf(ownFirst) &&
        all.indexOf(block) > all.indexOf(heading));
    /** @type {LiveBlock[]} */
    let chosen;
    const headed = heading !== undefined && container.contains(heading.element);
    const agree = common.length > 0 && Math.min(mine, other) >= WIDELY * Math.max(mine, other);
    if (agree || (headed && mine >= HEADED * other)) chosen = [...own, ...theirs.filter(isAlike)];
    else chosen = mine > other ? own : theirs;
    const either = new Set(chosen);
    let body = all.filter((block) => either.has(block));
    if (paragraphText(said) >= WIDELY * paragraphText(body)) {
      const [first] = said.filter(shared.furniture.isSentence);
      const from = first ? all.indexOf(first) : 0;
      // structured data often leaves out the first paragraph
      const lede = body.filter(
        (block) =>
          all.indexOf(block) < from &&
          shared.furniture.isSentence(block) &&
          block.element.parentElement === first?.element.parentElement &&
          heading !== undefined &&
          all.indexOf(block) > all.indexOf(heading),
      );
      const whole = new Set([...lede, ...said]);
      body = all.filter((block) => whole.has(block));
    }
    const prose = body.filter(shared.furniture.isSentence);
    if (
      others.size >= TEASERS * (prose.length + others.size) &&
      (!heading || shared.furniture.isLink(heading) || prose.length < FEWEST_PARAGRAPHS)
    )
      return [];
    yield;
    shared.forms.number(all, body);
    shared.forms.write(body);
    yield;
    return withHeadline(all, shared.forms.withEchoes(all, body, container), heading);
  };

  /** What the reader has selected; it stays so when the selection goes. @param {Document} document @returns {Range[]} */
  const selected = (document) => {
    const selection = document.getSelection();
    if (selection === null || selection.isCollapsed) return [];
    return Array.from({ length: selection.rangeCount }, (_, at) => selection.getRangeAt(at).cloneRange());
  };

  /** The blocks that some of the ranges is in, in steps. @param {Document} document @param {Range[]} ranges @returns {Generator<void, LiveBlock[], void>} */
  const touched = function* (document, ranges) {
    if (ranges.length === 0) return [];
    const all = yield* shared.blocks.steps(document.body);
    return all.filter((block) =>
      block.nodes.some((node) => ranges.some((range) => range.intersectsNode(node))),
    );
  };

  shared.extract = {
    article: (document) => shared.pieces.atOnce(article(document)),
    selection: (document) => shared.pieces.atOnce(touched(document, selected(document))),
    find(document, what, signal) {
      const ranges = what === "selection" ? selected(document) : null;
      return shared.pieces.inTurns(() => (ranges ? touched(document, ranges) : article(document)), signal);
    },
    isEnglish(blocks) {
      const words = blocks.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}]+/gu) ?? []);
      const common = words.filter((word) => ENGLISH.has(word)).length;
      return words.length > 0 && common >= ENGLISH_SHARE * words.length;
    },
    isArticle(blocks) {
      const paragraphs = blocks.filter(
        (block) => block.role !== "headline" && block.text.length >= shared.furniture.SHORTEST_PARAGRAPH,
      );
      const words = paragraphs.reduce((sum, block) => sum + block.text.split(" ").length, 0);
      const sentences = paragraphs.flatMap(
        (block) => block.text.match(/[.!?…][”’"')]*(?=\s|$)/g) ?? [],
      ).length;
      return (
        (paragraphs.length >= FEWEST_PARAGRAPHS && words >= FEWEST_WORDS) ||
        (words >= ONE_PARAGRAPH && sentences >= ONE_SENTENCES)
      );
    },
  };
})();
