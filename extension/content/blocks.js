// The page as blocks of text, each with an exact map from its text back to the text nodes of the page.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const SKIPPED = new Set(
    "SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME OBJECT EMBED SVG CANVAS VIDEO AUDIO MAP SELECT TEXTAREA INPUT BUTTON DIALOG HEAD MATH".split(
      " ",
    ),
  );
  const INLINE = /^(?:inline|contents|ruby)/;
  const SPACE = /[\s\u00a0]/;
  // Characters with no width: soft hyphen, zero-width space, word joiner, byte order mark.
  const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/;
  // A floated piece of at most so many characters is a drop cap, which belongs to the word behind it.
  const LONGEST_DROP_CAP = 3;

  /** @param {Element} element @returns {Role} */
  const roleOf = (element) => {
    for (let at = /** @type {Element | null} */ (element); at !== null; at = at.parentElement) {
      if (/^H[1-6]$/.test(at.tagName)) return "headline";
      if (at.tagName === "FIGCAPTION") return "caption";
      if (at.tagName === "BLOCKQUOTE") return "blockquote";
      if (at.tagName === "LI") return "list_item";
      if (at.tagName === "P")
        return at.closest("blockquote") ? "blockquote" : at.closest("figcaption") ? "caption" : "paragraph";
    }
    return "paragraph";
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

  /**
   * The blocks under `root`, in order. A block ends where an element begins or ends that is not inline, and at a
   * double line break. White space is collapsed; hidden and invisible text is left out.
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

    /** @param {LiveBlock} block @param {string} unit @param {Text} node @param {number} offset */
    const put = (block, unit, node, offset) => {
      if (block.nodes.at(-1) !== node) block.nodes.push(node);
      block.text += unit;
      block.nodeAt.push(block.nodes.length - 1);
      block.offsetAt.push(offset);
    };

    /** @param {Text} node @param {Element} element */
    const text = (node, element) => {
      const data = node.data;
      for (let offset = 0; offset < data.length; offset += 1) {
        const unit = /** @type {string} */ (data[offset]);
        if (INVISIBLE.test(unit)) continue;
        if (SPACE.test(unit)) {
          spaceAt ??= [node, offset];
          continue;
        }
        open ??= { id: "", role: roleOf(element), text: "", element, nodes: [], nodeAt: [], offsetAt: [] };
        if (spaceAt !== null && open.text !== "") put(open, " ", spaceAt[0], spaceAt[1]);
        spaceAt = null;
        breaks = 0;
        put(open, unit, node, offset);
      }
    };

    /** @param {Element} element @param {Element} block */
    const walk = (element, block) => {
      for (const child of element.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          text(/** @type {Text} */ (child), block);
        } else if (child.nodeType === Node.ELEMENT_NODE) {
          const inner = /** @type {Element} */ (child);
          if (SKIPPED.has(inner.tagName.toUpperCase())) continue;
          if (inner.tagName === "BR") {
            breaks += 1;
            const last = open?.nodes.at(-1);
            if (breaks > 1) close();
            else if (last && open?.text !== "") spaceAt ??= [last, last.data.length];
            continue;
          }
          const style = getComputedStyle(inner);
          if (style.display === "none" || style.visibility === "hidden" || style.visibility === "collapse")
            continue;
          if (isInline(inner, style)) {
            walk(inner, block);
          } else {
            close();
            walk(inner, inner);
            close();
          }
        }
      }
    };

    walk(root, root);
    close();
    return found;
  };

  shared.blocks = {
    read,
    collapse: (text) =>
      text
        .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
        .replace(/[\s\u00a0]+/g, " ")
        .trim(),
  };
})();
