// The page as blocks of text, each with an exact map from its text back to the text nodes of the page.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const SKIPPED = new Set(
    "SCRIPT STYLE NOSCRIPT TEMPLATE OBJECT EMBED SVG CANVAS VIDEO AUDIO MAP SELECT TEXTAREA INPUT BUTTON DIALOG HEAD MATH RT RP FRAMESET".split(
      " ",
    ),
  );
  // A field the reader writes in is never read, whatever stands in it.
  const EDITABLE =
    '[contenteditable]:not([contenteditable="false" i]), [role="textbox" i], [role="searchbox" i], [role="combobox" i]';
  const INLINE = /^(?:inline|contents|ruby)/;
  // Words with one plain space between them, which stand on the page as they do in the block and so are one piece (word
  // by word is slow on a page just opened); runs of white space; and runs of characters with no width: soft hyphen,
  // zero-width space, word joiner, byte order mark.
  const PIECES =
    /[^\s\u00ad\u200b\u2060]+(?: [^\s\u00ad\u200b\u2060]+)*|[^\S\ufeff]+|[\u00ad\u200b\u2060\ufeff]+/g;
  const SPACE = /^[^\S\ufeff]/;
  const INVISIBLE = /^[\u00ad\u200b\u2060\ufeff]/;
  // A floated piece of at most so many characters is a drop cap, which belongs to the word behind it.
  const LONGEST_DROP_CAP = 3;
  // Text for screen readers alone is clipped to a box of at most so many CSS pixels.
  const CLIPPED = 1;
  const CAPTION = /(?:^|[-_\s])(?:caption|credits?|photo-?credit|image-?credit)(?:$|[-_\s])/i;
  // What a style sheet writes before or after an element counts if it is a quotation mark, or this keyword.
  const MARKS = /^["'“”„‟‘’‚‛«»‹›「」『』\s]+$/u;
  const KEYWORDS = /^(open|close)-quote$/;
  // Elements whose generated text is looked at; everywhere else is too much to ask of a page of thousands.
  const SPOKEN = new Set(["BLOCKQUOTE", "P", "EM", "I", "CITE"]);
  // Marks by depth where the page leaves them to the browser; which of a language's own is no matter.
  const USUAL = ["“", "”", "‘", "’"];
  // A line break ends a paragraph where one sentence ends and another begins, and each side has so many characters.
  const SHORTEST_LINE = 40;
  const SENTENCE_ENDS = /[.!?…:][”’"'»)\]]*$/u;
  const SENTENCE_BEGINS = /^["'“„‘«([]*[\p{Lu}\p{N}]/u;
  // The label of an advertisement, which pages set in the middle of paragraphs.
  const ADVERTISEMENT =
    /^(?:ads?|advert(?:isement|isment|orial)?|sponsored(?: content)?|publicité|anzeige|werbung|anuncio|publicidad)\.?$/i;
  // The address of a picture or a page, which an embedded post ends with and nobody says.
  const ADDRESS = /^(?:(?:https?:\/\/|pic\.|www\.|t\.co\/)\S+|(?:[\w-]+\.)+[a-z]{2,}\/\S*)$/i;
  // The same where it is no link, with the space before it.
  const ADDRESS_BEHIND = /(?:(?:^|\s)(?:https?:\/\/|pic\.twitter\.com\/|t\.co\/)\S+)+$/i;
  const LONGEST_ADDRESS = 200;
  const LONGEST_LABEL = 32;
  // The number of a note, or a sign for one.
  const NOTE = /^(?:\[?\d{1,3}\]?|\[[a-z]\]|[*†‡§]{1,3})$/i;
  const PICTURE = "img, picture, video, svg, canvas, iframe, noscript, amp-img, figcaption";
  // A frame smaller than this in either direction holds an advertisement or a counter, not an article.
  const SMALLEST_FRAME = 200;

  /** The element that contains this one as the reader sees it: out of shadow roots and same-origin frames too. @param {Element} element @returns {Element | null} */
  const parent = (element) => {
    if (element.parentElement) return element.parentElement;
    const root = element.getRootNode();
    if ("host" in root) return /** @type {ShadowRoot} */ (root).host;
    const view = element.ownerDocument.defaultView;
    return view && view !== globalThis.window && view.parent !== view ? view.frameElement : null;
  };

  /** The words of an element's names, with those written in one as words of their own: "signupBox" is "signup-Box". @param {Element} element */
  const named = (element) =>
    `${element.id} ${element.getAttribute("class") ?? ""}`.replace(/([a-z])([A-Z])/g, "$1-$2");

  /** @param {Element} element @returns {Role} */
  const roleOf = (element) => {
    /** @type {Role | null} */
    let role = null;
    for (let at = /** @type {Element | null} */ (element); at !== null; at = parent(at)) {
      if (/^H[1-6]$/.test(at.tagName)) return "headline";
      if (at.tagName === "FIGCAPTION" || CAPTION.test(named(at))) return "caption";
      if (at.tagName === "BLOCKQUOTE") return "blockquote";
      if (at.tagName === "FIGURE" && at.querySelector(PICTURE)) return "caption";
      if (at.tagName === "LI") role ??= "list_item";
      if (at.tagName === "P") role ??= "paragraph";
      if (at.tagName === "ARTICLE" || at.tagName === "MAIN" || at.tagName === "BODY") break;
    }
    return role ?? "paragraph";
  };

  /** @param {Element} element @param {CSSStyleDeclaration} style */
  const isInline = (element, style) => {
    if (INLINE.test(style.display)) return true;
    return (
      style.float !== "none" &&
      style.float !== "" &&
      (element.textContent ?? "").trim().length <= LONGEST_DROP_CAP
    );
  };

  /** Text that is there for screen readers alone; what it repeats is nothing the article says. @param {CSSStyleDeclaration} style */
  const isClipped = (style) =>
    (style.position === "absolute" || style.position === "fixed") &&
    (/^rect\(/.test(style.clip) ||
      /^inset\((?:50|100)%/.test(style.clipPath) ||
      (style.overflow !== "visible" && style.overflow !== "" && Number.parseFloat(style.width) <= CLIPPED));

  /**
   * The quotation mark that the style sheet writes on one side of an element, or "".
   * @param {Element} element @param {"::before" | "::after"} side @param {number} depth of `<q>` in `<q>`
   */
  const generated = (element, side, depth) => {
    const { content } = getComputedStyle(element, side);
    const isQ = element.tagName === "Q";
    if (!content || content === "none" || content === "normal")
      return isQ && content === ""
        ? (USUAL[Math.min(depth, 1) * 2 + (side === "::after" ? 1 : 0)] ?? "")
        : "";
    const keyword = KEYWORDS.exec(content)?.[1];
    if (keyword) {
      const { quotes } = getComputedStyle(element);
      if (quotes === "none") return "";
      const given = Array.from((quotes ?? "").matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, mark]) => mark ?? "");
      const pairs = given.length >= 2 ? given : USUAL;
      return pairs[Math.min(depth * 2, pairs.length - 2) + (keyword === "close" ? 1 : 0)] ?? "";
    }
    const text = Array.from(content.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, mark]) => mark ?? "").join("");
    return MARKS.test(text) ? text.trim() : "";
  };

  /** Whether typed marks stand in an element or around it already. @param {Element} element */
  const isTyped = (element) => {
    const text = (element.textContent ?? "").trim();
    if (text.length > 1 && MARKS.test(text[0] ?? "") && MARKS.test(text.at(-1) ?? "")) return true;
    const before = element.previousSibling?.textContent?.trimEnd().at(-1) ?? "";
    const after = element.nextSibling?.textContent?.trimStart()[0] ?? "";
    return before !== "" && after !== "" && MARKS.test(before) && MARKS.test(after);
  };

  /** The document of a frame of the same origin, if it may hold an article. @param {Element} element */
  const framed = (element) => {
    try {
      const inner = /** @type {HTMLIFrameElement} */ (element).contentDocument;
      const { width, height } = element.getBoundingClientRect();
      return inner?.body && width >= SMALLEST_FRAME && height >= SMALLEST_FRAME ? inner : null;
    } catch {
      return null; // another origin
    }
  };

  /** @param {Element} element @returns {Iterable<Node>} what stands in it, as the reader sees it */
  const inside = (element) => {
    if (element.shadowRoot) return element.shadowRoot.childNodes;
    if (element.tagName === "SLOT") {
      const given = /** @type {HTMLSlotElement} */ (element).assignedNodes();
      if (given.length > 0) return given;
    }
    return element.childNodes;
  };

  // After so many elements a reading of blocks may pause.
  const PAUSE = 16;

  /**
   * The blocks under `root`, in order, in steps between which the browser may do something else. A block ends where an
   * element begins or ends that is not inline, and at a double line break. White space is collapsed; hidden and invisible
   * text is left out but for the slides of a slide show, and so is every field that the reader writes in. Open shadow roots and large frames of the same origin are read where they stand.
   * @param {Element} root @returns {Generator<void, LiveBlock[], void>}
   */
  const steps = function* (root) {
    /** @type {LiveBlock[]} */
    const found = [];
    /** @type {LiveBlock | null} */
    let open = null;
    let spaceAt = /** @type {[Text, number] | null} */ (null);
    let breaks = 0;
    /** The places in the open block at which a line of its own ends. @type {number[]} */
    let lines = [];
    let depth = 0; // of <q> in <q>
    let inQuotation = 0; // boxes that quotations stand in
    /** Marks of elements that have begun and have no word yet. @type {string} */
    let opening = "";

    const close = () => {
      if (open !== null && open.text !== "") {
        for (const block of paragraphs(open, lines)) {
          block.id = `b${found.length}`;
          found.push(block);
        }
      }
      open = null;
      spaceAt = null;
      breaks = 0;
      lines = [];
    };

    /** A mark that stands in the text and in no text node. @param {string} mark */
    const mark = (mark) => {
      if (open === null || open.text === "") return;
      open.text += mark;
    };

    /** @param {LiveBlock} block @param {string} piece @param {Text} node @param {number} offset */
    const put = (block, piece, node, offset) => {
      const last = block.runs.at(-1);
      if (last && last.node === node && last.offset + last.length === offset) last.length += piece.length;
      else block.runs.push({ at: block.text.length, node, offset, length: piece.length });
      if (block.nodes.at(-1) !== node) block.nodes.push(node);
      block.text += piece;
    };

    const lineBreak = () => {
      breaks += 1;
      const last = open?.runs.at(-1);
      if (breaks > 1) close();
      else if (last && open && open.text !== "") {
        spaceAt ??= [last.node, last.node.data.length];
        lines.push(open.text.length);
      }
    };

    /** @param {Text} node @param {Element} element @param {boolean} kept whether its line breaks are shown */
    const text = (node, element, kept) => {
      const words = element.closest("blockquote") ? node.data.replace(ADDRESS_BEHIND, "") : node.data;
      for (const { 0: piece, index } of words.matchAll(PIECES)) {
        if (INVISIBLE.test(piece)) continue;
        if (SPACE.test(piece)) {
          if (kept && piece.includes("\n")) for (const _ of piece.matchAll(/\n/g)) lineBreak();
          spaceAt ??= [node, index];
          continue;
        }
        open ??= { id: "", role: roleOf(element), text: "", element, nodes: [], runs: [] };
        if (spaceAt !== null && open.text !== "") put(open, " ", spaceAt[0], spaceAt[1]);
        spaceAt = null;
        breaks = 0;
        if (opening !== "") open.text += opening;
        opening = "";
        put(open, piece, node, index);
      }
    };

    let entered = 0;
    let inSlide = 0; // of a slide show, whose other slides are hidden while one is shown

    /** @param {Element} element @param {Element} block @param {boolean} visible @param {boolean} kept @returns {Generator<void, void, void>} */
    const walk = function* (element, block, visible, kept) {
      // as they were: an element that comes or goes in a pause must not make another one be read twice, or never
      for (const child of Array.from(inside(element))) {
        if (child.nodeType === Node.TEXT_NODE) {
          if (visible) text(/** @type {Text} */ (child), block, kept);
        } else if (child.nodeType === Node.ELEMENT_NODE) {
          entered += 1;
          if (entered % PAUSE === 0) yield;
          yield* enter(/** @type {Element} */ (child), block);
        }
      }
    };

    /** Whether the open block stands in the middle of a sentence. */
    const isMid = () => open !== null && open.text !== "" && !SENTENCE_ENDS.test(open.text);

    /** What stands in the middle of a sentence and is no part of it. @param {Element} inner @param {string} tag */
    const isAside = (inner, tag) => {
      const size = inner.textContent?.length ?? 0;
      if (size > LONGEST_ADDRESS || open === null) return false;
      const text = (inner.textContent ?? "").trim();
      if (tag === "A" && ADDRESS.test(text)) return inner.closest("blockquote") !== null;
      if (text.length > LONGEST_LABEL) return false;
      if (ADVERTISEMENT.test(text)) return true;
      if (tag !== "SUP" || !NOTE.test(text)) return false;
      return (
        inner.querySelector("a") !== null ||
        inner.closest("a") !== null ||
        /\W$/u.test(open.text) ||
        text.startsWith("[")
      );
    };

    /** @param {Element} inner @param {Element} block @returns {Generator<void, void, void>} */
    const enter = function* (inner, block) {
      const tag = inner.tagName.toUpperCase();
      // a button in a sentence, which explains a word of it, is read
      const explains =
        tag === "BUTTON" && isMid() && block.tagName === "P" && /^\s*\p{Ll}/u.test(inner.textContent ?? "");
      if ((SKIPPED.has(tag) && !explains) || inner.matches(EDITABLE)) return;
      if (tag === "BR") return lineBreak();
      const style = getComputedStyle(inner);
      const unseen = style.display === "none" || style.visibility === "hidden";
      const slide = unseen && inSlide === 0 && shared.slides.isHiddenSlide(inner);
      if ((style.display === "none" && !slide) || isClipped(style)) return;
      if (tag === "DETAILS" && !inner.hasAttribute("open")) {
        close();
        return;
      }
      if (tag === "IFRAME" || tag === "FRAME") {
        const inside = framed(inner);
        if (!inside || inside.designMode === "on") return;
        close();
        yield* walk(inside.body, inside.body, true, false);
        close();
        return;
      }
      const inline = isInline(inner, style);
      if (isAside(inner, tag) && (inline || isMid())) return;
      if (slide) inSlide += 1;
      const visible = inSlide > 0 || (style.visibility !== "hidden" && style.visibility !== "collapse");
      const kept = /^(?:pre|break)/.test(style.whiteSpace);
      const quotes = tag === "Q" || SPOKEN.has(tag) || inQuotation > 0;
      const typed = quotes && isTyped(inner);
      const before = quotes && !typed ? generated(inner, "::before", depth) : "";
      const after = quotes && !typed ? generated(inner, "::after", depth) : "";
      if (tag === "Q") depth += 1;
      if (tag === "BLOCKQUOTE" || tag === "ASIDE" || tag === "FIGURE") inQuotation += 1;
      if (inline) {
        opening += before;
        yield* walk(inner, block, visible, kept);
        end(after);
      } else if (inner.childNodes.length > 0 || !isMid()) {
        close();
        opening += before;
        const first = found.length;
        yield* walk(inner, inner, visible, kept);
        if (open !== null) end(after);
        else if (after !== "" && found.length > first) {
          const last = found.at(-1);
          if (last) last.text += after;
        }
        opening = "";
        close();
      }
      if (tag === "BLOCKQUOTE" || tag === "ASIDE" || tag === "FIGURE") inQuotation -= 1;
      if (tag === "Q") depth -= 1;
      if (slide) inSlide -= 1;
    };

    /** The mark behind an element; one that held no word gets none on either side. @param {string} after */
    const end = (after) => {
      if (opening !== "") opening = "";
      else mark(after);
    };

    if (root.ownerDocument.designMode !== "on" && !root.matches(EDITABLE))
      yield* walk(root, root, true, false);
    close();
    return found;
  };

  /** A block cut into the paragraphs that single line breaks make of it. @param {LiveBlock} block @param {number[]} lines */
  const paragraphs = (block, lines) => {
    /** @type {number[]} */
    const cuts = [];
    let from = 0;
    for (const at of lines) {
      const [before, after] = [block.text.slice(from, at), block.text.slice(at).trimStart()];
      if (before.length < SHORTEST_LINE || after.length < SHORTEST_LINE) continue;
      if (!SENTENCE_ENDS.test(before) || !SENTENCE_BEGINS.test(after)) continue;
      if (before.split("“").length !== before.split("”").length) continue;
      cuts.push(at);
      from = at + 1;
    }
    if (cuts.length === 0) return [block];
    return [0, ...cuts].map((cut, number) => {
      const start = cut === 0 ? 0 : cut + 1; // without the space that stands for the break
      return part(block, start, cuts[number] ?? block.text.length);
    });
  };

  /** A part of a block as a block. @param {LiveBlock} block @param {number} start @param {number} end @returns {LiveBlock} */
  const part = (block, start, end) => {
    const runs = block.runs.flatMap((run) => {
      const [from, to] = [Math.max(run.at, start), Math.min(run.at + run.length, end)];
      return from < to
        ? [{ at: from - start, node: run.node, offset: run.offset + from - run.at, length: to - from }]
        : [];
    });
    return {
      ...block,
      text: block.text.slice(start, end),
      runs,
      nodes: [...new Set(runs.map(({ node }) => node))],
    };
  };

  /** Where a unit of a block's text stands on the page. @param {LiveBlock} block @param {number} at */
  const place = (block, at) => {
    let low = 0;
    let high = block.runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((block.runs[middle]?.at ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const run = block.runs[low];
    return run && at >= run.at && at < run.at + run.length
      ? { node: run.node, offset: run.offset + at - run.at }
      : null;
  };

  /** The part of a span that stands in text nodes: marks that the style sheet writes at either end are left out. @param {LiveBlock} block @param {{start: number, end: number}} span */
  const held = (block, { start, end }) => {
    for (const run of block.runs) {
      if (run.at + run.length <= start) continue;
      if (run.at > start) start = run.at;
      break;
    }
    for (let at = block.runs.length - 1; at >= 0; at -= 1) {
      const run = block.runs[at];
      if (!run || run.at >= end) continue;
      if (run.at + run.length < end) end = run.at + run.length;
      break;
    }
    return { start, end };
  };

  /** The words of a span that the page holds, without marks that its style sheet writes. @param {LiveBlock} block @param {{start: number, end: number}} span */
  const words = (block, { start, end }) =>
    block.runs
      .map((run) =>
        block.text.slice(Math.max(run.at, start), Math.max(start, Math.min(run.at + run.length, end))),
      )
      .join("");

  /** Write signs around a block that the page shows by its looks alone. @param {LiveBlock} block @param {string} before @param {string} after */
  const dress = (block, before, after) => {
    block.dressed = { bare: block.dressed?.bare ?? block.text, before, after };
    block.text = before + block.text + after;
    for (const run of block.runs) run.at += before.length;
  };

  shared.blocks = {
    dress,
    read: (root) => shared.pieces.atOnce(steps(root)),
    steps,
    place,
    held,
    words,
    parent,
    collapse: (text) =>
      text
        .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
        .replace(/[\s\u00a0]+/g, " ")
        .trim(),
  };
})();
