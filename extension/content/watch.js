// Tells when the page has changed its text, its address or its colours: at most once a second, and after it has been
// quiet for a moment.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const QUIET = 150; // milliseconds without a change before the marks are placed again
  const LONGEST = 1000; // milliseconds that a page which never rests can put that off
  const FADED = 700; // milliseconds after which a change of colours that fades in has ended

  shared.watch = {
    start(changed, ignore, signal) {
      let timer = 0;
      let since = 0;
      const fire = () => {
        timer = 0;
        since = 0;
        changed();
      };
      const soon = () => {
        const now = performance.now();
        since ||= now;
        clearTimeout(timer);
        timer = setTimeout(fire, Math.max(0, Math.min(QUIET, LONGEST - (now - since))));
      };
      /** @param {MutationRecord} record */
      const isReal = (record) => {
        if (record.type === "characterData") return true;
        for (const node of record.addedNodes) if (!ignore(node)) return true;
        for (const node of record.removedNodes) if (!ignore(node)) return true;
        return false;
      };
      const observer = new MutationObserver((records) => {
        if (records.some(isReal)) soon();
      });
      const options = { subtree: true, childList: true, characterData: true };
      observer.observe(document.documentElement, options);
      for (const name of ["popstate", "hashchange"]) addEventListener(name, soon, { signal });
      signal.addEventListener("abort", () => {
        observer.disconnect();
        clearTimeout(timer);
      });
      return {
        /** A tree that the document's own observer does not see: a shadow root, a frame's document. */
        also(root) {
          observer.observe(root, options);
        },
      };
    },
    colours(changed, signal) {
      let timers = /** @type {ReturnType<typeof setTimeout>[]} */ ([]);
      const soon = () => {
        for (const timer of timers) clearTimeout(timer);
        timers = [setTimeout(changed, QUIET), setTimeout(changed, FADED)];
      };
      const observer = new MutationObserver(soon);
      for (const element of [document.documentElement, document.body])
        observer.observe(element, { attributes: true });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", soon, { signal });
      signal.addEventListener("abort", () => {
        observer.disconnect();
        for (const timer of timers) clearTimeout(timer);
      });
    },
  };
})();
