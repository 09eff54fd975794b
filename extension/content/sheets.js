// The highlight rules inside shadow roots. Chromium applies the extension's own style sheet there; Firefox does not, so
// each open root with a mark in it is given a sheet. A sheet that is adopted changes no node of the page.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;
  if (shared.sheets || !("wrappedJSObject" in globalThis)) return; // Firefox's content scripts alone have it

  const LINES = { named: "solid", unnamed: "dashed", anonymous: "dotted", document: "double" };

  /** The rule of content/paint.css with that name, made from the palette. @param {string} name */
  const rule = (name) => {
    const parts = name.split("-");
    const scheme = parts.at(-1) === "dark" ? "dark" : "light";
    const colour = shared.palette[scheme][parts[0] === "tint" ? (parts[1] ?? "") : (parts[0] ?? "")];
    if (name === "flash" || name === "current") return "background-color: rgb(255 214 0 / 45%)";
    if (parts[0] === "tint") return `background-color: ${colour}1a`; // an alpha of 10%
    if (parts[0] === "contested")
      return `text-decoration: underline wavy ${colour} 1.5px; text-underline-offset: 0.36em; text-decoration-skip-ink: none`;
    const line = LINES[/** @type {keyof typeof LINES} */ (parts[1])] ?? "solid";
    return `text-decoration: underline ${line} ${colour} 2px; text-underline-offset: 0.16em; text-decoration-skip-ink: none`;
  };

  /** @type {WeakMap<Node, {sheet: CSSStyleSheet, names: Set<string>}>} */
  const known = new WeakMap();
  /** @type {Set<Node>} */
  const waiting = new Set();

  const write = () => {
    for (const root of waiting) {
      const own = known.get(root);
      // written anew even if nothing is new: Firefox paints a highlight in a shadow root only when its styles change
      own?.sheet.replaceSync(
        Array.from(own.names, (name) => `::highlight(onrecord-${name}) { ${rule(name)} }`).join("\n"),
      );
    }
    waiting.clear();
  };

  /** @param {Node} root */
  const adopt = (root) => {
    const own = { sheet: new CSSStyleSheet(), names: new Set() };
    known.set(root, own);
    try {
      /** @type {ShadowRoot} */ (root).adoptedStyleSheets.push(own.sheet);
    } catch (error) {
      console.debug("Onrecord: a shadow root takes no style sheet", error);
    }
    return own;
  };

  shared.sheets = {
    reach(node, name) {
      const root = node.getRootNode();
      if (!("host" in root)) return;
      (known.get(root) ?? adopt(root)).names.add(name);
      if (waiting.size === 0) queueMicrotask(write);
      waiting.add(root);
    },
  };
})();
