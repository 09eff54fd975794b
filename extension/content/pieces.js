// Long work in pieces: between two of them the browser scrolls, paints and hears the reader.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  // Milliseconds after which a piece ends at the next step. What a reader notices begins at 50, and a machine that does
  // other things takes several times as long for the last step of a piece as for all before it.
  const PIECE = 8;
  // Work on a page that changes its text meanwhile begins again so many times; then it is done in one piece.
  const ATTEMPTS = 3;
  // What these hold is no text of the page.
  const UNREAD = "script, style, link, meta, noscript, template";

  /** A turn of the browser's: behind what is waiting, but before what comes later. */
  const turn = () => {
    const { scheduler } = /** @type {{scheduler?: {yield?(): Promise<void>}}} */ (globalThis);
    if (scheduler?.yield) return scheduler.yield();
    return /** @type {Promise<void>} */ (
      new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          done();
        };
        port2.postMessage(null);
      })
    );
  };

  /** @param {Node} node */
  const hasText = (node) =>
    !(node.nodeType === Node.ELEMENT_NODE && /** @type {Element} */ (node).matches(UNREAD)) &&
    (node.textContent ?? "").trim() !== "";

  /** Whether the page's text is another one than before. @param {MutationRecord} record */
  const isReal = ({ type, target, addedNodes, removedNodes }) =>
    type === "characterData"
      ? !target.parentElement?.matches(UNREAD)
      : [...addedNodes, ...removedNodes].some(hasText);

  shared.pieces = {
    atOnce(work) {
      for (;;) {
        const { done, value } = work.next();
        if (done) return value;
      }
    },
    async inTurns(make, signal) {
      let changed = false;
      const observer = new MutationObserver((records) => {
        changed ||= records.some(isReal);
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true });
      try {
        for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
          const work = make();
          changed = false;
          while (!changed) {
            await turn();
            if (signal.aborted) return null;
            for (const ends = performance.now() + PIECE; !changed; ) {
              const { done, value } = work.next();
              if (done) return value;
              if (performance.now() >= ends) break;
            }
          }
        }
        return shared.pieces.atOnce(make());
      } finally {
        observer.disconnect();
      }
    },
  };
})();
