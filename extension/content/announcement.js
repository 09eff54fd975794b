// What a screen reader is told on the page: which mark is the current one. Highlights mean nothing to it. The words stand
// in a live region of our own, in a closed shadow root, on the page only while somebody goes through the marks.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;
  if (shared.announcement) return; // run a second time, it would lose what it has shown

  // Milliseconds that a live region stands empty before its first words: what it is born with is not read out.
  const EMPTY = 100;
  const STYLE = `
    :host { all: initial !important; position: fixed !important; top: 0 !important; left: 0 !important; width: 1px !important; height: 1px !important;
      overflow: hidden !important; clip-path: inset(50%) !important; white-space: nowrap !important; pointer-events: none !important; }
  `;

  /** @type {HTMLElement | null} */
  let host = null;
  /** @type {HTMLElement | null} */
  let box = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** All that were ever on the page: one that was just taken away is ours too. @type {WeakSet<Node>} */
  const ours = new WeakSet();

  const region = () => {
    if (host?.isConnected && box) return box;
    host = document.createElement("div");
    host.setAttribute("role", "status");
    host.lang = shared.text.language();
    ours.add(host);
    const root = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    box = document.createElement("p");
    root.append(box);
    document.documentElement.append(host);
    return box;
  };

  shared.announcement = {
    say(words) {
      const isNew = !host?.isConnected;
      const own = region();
      clearTimeout(timer);
      if (isNew)
        timer = setTimeout(() => {
          own.textContent = words;
        }, EMPTY);
      else own.textContent = words;
    },
    hush() {
      clearTimeout(timer);
      host?.remove();
      host = null;
      box = null;
    },
    owns: (node) => node !== null && ours.has(node),
  };
})();
