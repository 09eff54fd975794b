// Tells when the page has changed its text, at most once a second and after it has been quiet for a moment.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const QUIET = 150; // milliseconds without a change before the marks are placed again
  const LONGEST = 1000; // milliseconds that a page which never rests can put that off

  shared.watch = {
    start(changed, ignore, signal) {
      let timer = 0;
      let since = 0;
      const fire = () => {
        timer = 0;
        since = 0;
        changed();
      };
      const observer = new MutationObserver((records) => {
        const real = records.some((record) =>
          record.type === "characterData"
            ? true
            : [...record.addedNodes, ...record.removedNodes].some((node) => !ignore(node)),
        );
        if (!real) return;
        const now = performance.now();
        since ||= now;
        clearTimeout(timer);
        timer = setTimeout(fire, Math.max(0, Math.min(QUIET, LONGEST - (now - since))));
      });
      observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
      signal.addEventListener("abort", () => {
        observer.disconnect();
        clearTimeout(timer);
      });
    },
  };
})();
