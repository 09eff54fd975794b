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

  /**
   * The blocks under `root`, in order. A block ends where an element begins or ends that is not inline, and at a
   * double line break. White space is collapsed; hidden and invisible text is left out, and so is every field that
   * the reader writes in. Open shadow roots and large frames of the same origin are read where they stand.
   * @param {Element} root @returns {LiveBlock[]}
   */
  const read = (root) => {
    /** @type {LiveBlock[]} */
    const found = [];
    /** @type {LiveBlock | null} */
    let open = null;
    let spaceAt = /** @type {[Text, number] | null} */ (null);
    let breaks = 0;

    const close = () => {
      if (open !== null && open.text !== "") {
        open.id = `b${found.length}`;
        found.push(open);
      }
      open = null;
      spaceAt = null;
      breaks = 0;
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
      else if (last && open?.text !== "") spaceAt ??= [last.node, last.node.data.length];
    };

    /** @param {Text} node @param {Element} element @param {boolean} kept whether its line breaks are shown */
    const text = (node, element, kept) => {
      for (const { 0: piece, index } of node.data.matchAll(PIECES)) {
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
        put(open, piece, node, index);
      }
    };

    /** @param {Element} element @param {Element} block @param {boolean} visible @param {boolean} kept */
    const walk = (element, block, visible, kept) => {
      for (const child of inside(element)) {
        if (child.nodeType === Node.TEXT_NODE) {
          if (visible) text(/** @type {Text} */ (child), block, kept);
        } else if (child.nodeType === Node.ELEMENT_NODE) {
          enter(/** @type {Element} */ (child), block);
        }
      }
    };

    /** @param {Element} inner @param {Element} block */
    const enter = (inner, block) => {
      const tag = inner.tagName.toUpperCase();
      if (SKIPPED.has(tag) || inner.matches(EDITABLE)) return;
      if (tag === "BR") return lineBreak();
      const style = getComputedStyle(inner);
      if (style.display === "none" || isClipped(style)) return;
      if (tag === "DETAILS" && !inner.hasAttribute("open")) {
        close();
        return;
      }
      if (tag === "IFRAME" || tag === "FRAME") {
        const inside = framed(inner);
        if (!inside || inside.designMode === "on") return;
        close();
        walk(inside.body, inside.body, true, false);
        close();
        return;
      }
      const visible = style.visibility !== "hidden" && style.visibility !== "collapse";
      const kept = /^(?:pre|break)/.test(style.whiteSpace);
      if (isInline(inner, style)) {
        walk(inner, block, visible, kept);
      } else {
        close();
        walk(inner, inner, visible, kept);
        close();
      }
    };

    if (root.ownerDocument.designMode !== "on" && !root.matches(EDITABLE)) walk(root, root, true, false);
    close();
    return found;
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

  shared.blocks = {
    read,
    place,
    parent,
    collapse: (text) =>
      text
        .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
        .replace(/[\s\u00a0]+/g, " ")
        .trim(),
  };
})();
