// Elements made from words. What comes from the page or the server goes in as text, never as markup.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** @param {string} tag @param {string} name @param {(Node | string)[]} children */
  const make = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  };

  shared.elements = {
    make,
    button(label, act, name = "") {
      const element = /** @type {HTMLButtonElement} */ (make("button", name, label));
      element.type = "button";
      element.addEventListener("click", act);
      return element;
    },
    quoted: (spans) =>
      spans.flatMap((span, number) =>
        number ? [" … ", make("q", "", span.text)] : [make("q", "", span.text)],
      ),
    words: (spans) => spans.map((span) => span.text).join(" … "),
    whyNotNamed(why) {
      const said = shared.elements.quoted([...why.evidence, ...(why.reason ? [why.reason] : [])]);
      return shared.text.nodes("whyNotNamed", said, shared.taxonomy.label("reason", why.reason_kind));
    },
    link(url, text) {
      // what is no web address becomes no link
      if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
      const element = /** @type {HTMLAnchorElement} */ (make("a", "", text));
      element.href = url;
      element.target = "_blank";
      element.rel = "noreferrer noopener";
      return element;
    },
  };
})();
