// What stands among the paragraphs of an article and is none of it: dates, bylines, buttons, teasers, letters to
// subscribe to. Told by what a box holds and what others make of it, by how such lines are worded, and last by the
// names of classes; those judge labels alone, and sentences only where nothing speaks for them.
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
  // These are what sentences stand in; a class on one of them says how it looks.
  const TEXT =
    "p, h1, h2, h3, h4, h5, h6, li, ul, ol, blockquote, q, b, strong, em, i, body, html, main, article";
  // Under a quotation this is who said it, and not who wrote the article.
  const SPEAKER =
    "blockquote footer, blockquote cite, blockquote [class*='author' i], blockquote [class*='byline' i]";
  // A box that holds more than this share of the page's prose is not beside the article but around it.
  const AROUND = 0.35;
  // Readers' comments are often longer than the article, so only a box with nearly everything is around it.
  const AROUND_COMMENTS = 0.9;
  // A box of sentences is the article's if Readability keeps so much of them.
  const KEPT = 0.5;
  // A block that is mostly links is navigation; a line that is nearly all link is a teaser.
  const LINKS = 0.6;
  // Words outside the link that make a linked line a sentence of the article.
  const FREE_WORDS = 3;
  // A paragraph has at least so many characters, or it is a label.
  const SHORTEST_PARAGRAPH = 40;
  // A line of furniture is short; a long paragraph that begins like one is a paragraph.
  const LONGEST_LINE = 220;
  const ENDS = /[.!?…:][”’"'»)\]]*$/;
  // Lines that tell readers to do something, or the page's machinery to.
  const CALL =
    /^(?:(?:read|see|learn|find out) more\b|see also\b|don['’]t miss\b|related(?: (?:articles?|stories|story|content|links?|topics?|news))?\s*(?::|$)|more (?:from|on|about|stories|articles|news)\b|more (?:great |top )?.{0,20}(?:stories|articles|news)$|also (?:read|see|on)\b|recommended(?: for you)?$|trending\b.{0,20}$|most (?:read|popular|viewed)\b|popular(?: now)?$|latest(?: news)?$|advertis(?:e|ement)\b.{0,30}$|sponsored\b.{0,40}$|story continues below|article continues below|continue reading\b|click here\b|tap here\b|sign up (?:for|to|here)\b|sign in\b|log ?in\b|subscribe\b|join our\b|follow (?:us|him|her|me|@|\w+ on (?:twitter|facebook|instagram))\b|like us on\b|get (?:the|our) .{0,40}(?:newsletter|app)\b|share (?:this|on|via)\b|share$|tweet$|print(?: article)?$|e-?mail(?: this)?$|order reprints|text size|comments?(?: \(?\d+\)?)?$|\d+ comments?$|leave a (?:comment|reply)|loading\b.{0,20}$|media playback is (?:un)?supported|this video (?:file )?can(?:no|')t be played|image (?:caption|copyright|source)\b|media caption|caption$|close$|image \d+ of|\d+ ?(?:of|\/) ?\d+$|(?:photo(?:graph)?s?|image|picture|video|credit)s?(?: (?:by|credits?|courtesy|via))?\s*:|about the authors?$|about the writer|(?:©|\(c\)) |via [\w.]+$|view (?:all|comments|gallery)\b|write to .{0,60}@|contact .{0,60}@|citation:|for more (?:stories|news|information)\b.{0,80}(?:visit|click|check|http|www)|by [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?:,? (?:and|&) [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})?$|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}(?:,? .{0,30})?$)/i;
  // Lines that a sentence of the article may begin with as well.
  const LABEL =
    /^(?:getty images\b|(?:published|updated|posted|last (?:updated|modified)|first published)\b.{0,80}$|copyright\b|all rights reserved|terms of (?:use|service)|privacy policy|you (?:may|might) (?:also )?(?:like|be interested)|advertising\b.{0,30}$)/i;
  const INSIDE =
    /\((?:image|photo|picture|credit)s?(?: by|:)[^)]{0,60}\)$|\b(?:all rights reserved|is subject to copyright|may earn (?:an? )?(?:affiliate )?commission|sign up (?:for|to) (?:our|the) .{0,30}newsletter|photo by [A-Z]|download (?:our|the) .{0,20}app)\b/i;
  // Who made the report, at its end.
  const SIGNED =
    /^\(?(?:additional |with )?(?:reporting|writing|editing|edited|written|compiled|translated|produced|research|graphics|photography)\b(?: and \w+)? (?:by|from)\b|\b(?:[Rr]eporting|[Ee]diting|[Ww]riting)(?: and \w+)? by \p{Lu}|\b[Aa]dditional reporting\b|\bcontributed (?:to this (?:report|story|article)|reporting)\b/u;
  // And who wrote it, above or below.
  const BYLINE = /^by \p{Lu}/iu;
  const DATE =
    /\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}\b|\b\d{1,2} (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]* \d{4}\b/i;
  const ADDRESS = /https?:\/\/\S+/g;
  // A text with so large a share of addresses is meant for machines.
  const ADDRESSES = 0.5;
  // A label with nothing behind it but links: what an article is filed under, or leads to.
  const FILE = /^[\p{L}’' ]{2,30}:[\s,;|/·•&]*$/u;
  const LONGEST_DATE = 80;
  // The time of a post, with who wrote it or where, and no sentence.
  const TIME =
    /(?<![\p{L}\p{N}.,$€£])(?:\d{1,2}[:h]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?|\d{1,2}(?:\.\d{2})?\s?[AaPp]\.?[Mm]\.?|\d{1,3}\s?(?:m|h|d|[Mm]in(?:ute)?s?|[Hh]ours?|[Hh]rs?|[Dd]ays?) ago)(?![\p{Ll}\p{N}%])/u;
  // A sentence that asks readers for something names the way to do it.
  const ASKS =
    /^(?:do you|have you|are you|did you|if you|want to|got a|please|follow|get in touch|contact|e-?mail|send|write to|tell us|let us know|join|visit|check out|watch|listen|download|support|donate|help us|add us|find)\b/i;
  const WAYS =
    /\S@\S|https?:\/\/|\bwww\.|\b(?:e-?mail(?:ing)?|newsletters?|podcasts?|whatsapp|google news|preferred source|our (?:app|team|page|channel|website|newsroom|journalists|reporters)|(?:click|tap|sign up|subscribe|register|read more) here)\b/i;

  // What a publisher says to readers of its own letters and memberships.
  const OFFERS =
    /\b(?:inbox|newsletters?|subscri(?:be|ber|bers|ption|ptions)|sign(?:ing)? up|alerts|memberships?|donations?|donate|this (?:article|story))\b/i;
  // It thanks them for having read as far as this, or sends them after its writers.
  const THANKS =
    /^if you(?:['’]ve| have)? (?:enjoy|enjoyed|like|liked|love|value|appreciate|found)\b.{0,40}\b(?:this|our|these|what we)\b|\bfollow (?:him|her|them|us|me) (?:on|at) (?:@|Twitter|X\b|Facebook|Instagram|Threads|Bluesky|Mastodon|LinkedIn|TikTok)/i;
  const READERS = /\b(?:our|us|we)\b/i;
  const YOU = /\b(?:you|your)\b/i;
  const QUOTED = /“[^”]*”|"[^"]*"/g;
  const LONGEST_OFFER = 320;
  const LONGEST_TIME = 60;
  // A named box with so few sentences may be a letter to subscribe to or a note on the author; with more it is text.
  const FEW = 2;

  /** How much of a block's text is links. @param {LiveBlock} block */
  const linked = (block) => {
    let sum = 0;
    for (const run of block.runs) if (run.node.parentElement?.closest("a")) sum += run.length;
    return sum;
  };
  /** @type {WeakMap<LiveBlock, number>} */
  const shares = new WeakMap();
  /** The share of a block's text that is links. @param {LiveBlock} block */
  const linkShare = (block) => {
    let share = shares.get(block);
    if (share === undefined) {
      share = linked(block) / Math.max(1, block.text.length);
      shares.set(block, share);
    }
    return share;
  };

  /** The words of a block outside of its links. @param {LiveBlock} block */
  const free = (block) => {
    let text = "";
    for (const run of block.runs)
      if (!run.node.parentElement?.closest("a")) text += ` ${block.text.slice(run.at, run.at + run.length)}`;
    return text.trim();
  };

  /** A line that is mostly a link and yet a sentence: it has words of its own around the link, and ends as sentences do. @param {LiveBlock} block */
  const isLinkedSentence = (block) => {
    if (!ENDS.test(block.text)) return false;
    return (free(block).match(/[\p{Ll}]\p{L}+/gu) ?? []).length >= FREE_WORDS;
  };

  /** Whether a block is nothing but a link to something else. @param {LiveBlock} block */
  const isLink = (block) => linkShare(block) > LINKS && !isLinkedSentence(block);

  /** @param {LiveBlock} block */
  const isProse = (block) =>
    block.role !== "headline" && block.text.length >= SHORTEST_PARAGRAPH && !isLink(block);

  /** What a sentence of the article looks like, and a label does not. @param {LiveBlock} block */
  const isSentence = (block) =>
    isProse(block) && (block.text.length >= 2 * SHORTEST_PARAGRAPH || ENDS.test(block.text));

  /** The kind of box that a block stands in, if it has a class. @param {LiveBlock} block */
  const boxed = ({ element }) => {
    const called = element.parentElement?.getAttribute("class") ?? "";
    return called === "" ? "" : `${element.parentElement?.tagName}.${called}`;
  };

  /** What most of the sentences have in common. @param {Iterable<LiveBlock>} blocks @param {(block: LiveBlock) => string} of */
  const commonest = (blocks, of) => {
    /** @type {Map<string, number>} */
    const sizes = new Map();
    for (const block of blocks)
      if (isSentence(block)) sizes.set(of(block), (sizes.get(of(block)) ?? 0) + block.text.length);
    return [...sizes].reduce((best, one) => (one[1] > best[1] ? one : best), ["", 0])[0];
  };

  /**
   * What stands in each element of the page: prose, sentences and what Readability keeps of them, links, in characters.
   * @param {LiveBlock[]} all @param {Set<LiveBlock>} kept @param {string} set the element that most of it is set in @param {string} kind the kind of box that holds most of it
   */
  const weigh = (all, kept, set, kind) => {
    /** @type {Map<Element, {prose: number, sentences: number, many: number, alike: boolean, twin: boolean, kept: number, text: number, links: number, last: number}>} */
    const weight = new Map();
    for (const [number, block] of all.entries()) {
      const { length } = block.text;
      const [prose, sentence] = [isProse(block), isSentence(block)];
      const links = linked(block);
      for (
        let at = /** @type {Element | null} */ (block.element);
        at !== null;
        at = shared.blocks.parent(at)
      ) {
        let own = weight.get(at);
        if (!own) {
          own = {
            prose: 0,
            sentences: 0,
            many: 0,
            alike: false,
            twin: false,
            kept: 0,
            text: 0,
            links: 0,
            last: number,
          };
          weight.set(at, own);
        }
        own.text += length;
        own.links += links;
        if (prose) own.prose += length;
        if (sentence) {
          own.sentences += length;
          own.many += 1;
          own.alike ||= block.element.tagName === set;
          own.twin ||= kind !== "" && boxed(block) === kind && block.element.parentElement !== at;
        }
        own.last = number;
        if (sentence && kept.has(block)) own.kept += length;
      }
    }
    return weight;
  };

  /** The words of an element's classes, those written in one as words of their own: "signupBox" is "signup-Box". @param {Element} element */
  const names = (element) =>
    (element.getAttribute("class") ?? "").replace(/([a-z])([A-Z])/g, "$1-$2").replace(FILED, "");

  /**
   * Tells which elements stand beside the article rather than around it.
   * @param {LiveBlock[]} all @param {Set<LiveBlock>} kept what Readability keeps @param {LiveBlock} [heading] the page's
   */
  const judge = (all, kept, heading) => {
    const set = commonest(kept, (block) => block.element.tagName);
    const kind = commonest(kept, boxed);
    const weight = weigh(all, kept, set, kind);
    const total = weight.get(document.body)?.prose ?? 0;
    const end = all.findLastIndex((block) => kept.has(block) && isSentence(block));
    /** @param {Element} element @param {boolean} byName whether names may speak against sentences */
    const own = (element, byName) => {
      if (element.tagName === "BODY" || element.tagName === "HTML") return false;
      if (element.matches(SPEAKER)) return false;
      const box = weight.get(element);
      const share = (box?.prose ?? 0) / Math.max(1, total);
      if (share <= AROUND && element.matches(APART) && !shared.slides.isHiddenSlide(element)) return true;
      if (element.matches(TEXT)) return false;
      const called = names(element);
      if (share <= AROUND_COMMENTS && COMMENTS.test(called)) return true;
      if (share > AROUND || !CLUTTER.test(called)) return false;
      if (!box || box.sentences === 0 || box.links > LINKS * box.text) return true;
      if (!byName || box.twin || (heading && element.contains(heading.element))) return false;
      if (
        box.many <= FEW &&
        (!box.alike || box.last >= end || YOU.test((element.textContent ?? "").replace(QUOTED, "")))
      )
        return true;
      return box.kept < KEPT * box.sentences && element.querySelector("blockquote") === null;
    };
    /** @param {boolean} byName */
    const judged = (byName) => {
      /** @type {Map<Element, boolean>} */
      const known = new Map();
      /** Whether the element, or a box around it, is apart. @param {Element} element @returns {boolean} */
      const isApart = (element) => {
        const before = known.get(element);
        if (before !== undefined) return before;
        const above = shared.blocks.parent(element);
        const found = own(element, byName) || (above !== null && isApart(above));
        known.set(element, found);
        return found;
      };
      return isApart;
    };
    return { isApart: judged(true), isApartUnnamed: judged(false) };
  };

  /** Whether a line is told as a sentence is: in small letters, with a full stop. @param {string} text */
  const isTold = (text) => {
    const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
    const small = words.filter((word) => /^\p{Ll}/u.test(word)).length;
    return words.length >= 6 && small >= 0.6 * words.length && /[.!?][”’"']*$/.test(text);
  };

  /** The time of a post, with who wrote it. @param {string} text */
  const isTime = (text) => text.length <= LONGEST_TIME && TIME.test(text) && !ENDS.test(text);

  /** @param {LiveBlock} block */
  const isLine = (block) => {
    const { text, role } = block;
    if (text.length - text.replace(ADDRESS, "").length > ADDRESSES * text.length) return true;
    if (THANKS.test(text)) return true;
    if (text.length > LONGEST_OFFER) return false;
    const quoted = /[“”]/.test(text);
    if (INSIDE.test(text) || (!quoted && OFFERS.test(text) && READERS.test(text))) return true;
    if (text.length > LONGEST_LINE) return false;
    return (
      CALL.test(text) ||
      (SIGNED.test(text) && !quoted) ||
      isTime(text) ||
      (linked(block) > 0 && FILE.test(free(block))) ||
      (DATE.test(text) && role !== "blockquote" && text.length <= LONGEST_DATE && !isTold(text)) ||
      ((LABEL.test(text) || BYLINE.test(text)) && !isTold(text)) ||
      (ASKS.test(text) && WAYS.test(text) && !quoted)
    );
  };

  /** Whether a short block is apart, or each piece of it: a time beside a headline has an element, but no block, of its own. @param {LiveBlock} block @param {(element: Element) => boolean} isApart */
  const isBeside = (block, isApart) =>
    isApart(block.element) ||
    (block.text.length <= LONGEST_LINE &&
      block.runs.every(({ node }) => node.parentElement !== null && isApart(node.parentElement)));

  shared.furniture = {
    judge,
    isBeside,
    linkShare,
    isLink,
    isProse,
    isLine,
    isTime,
    isSentence,
    SHORTEST_PARAGRAPH,
  };
})();
