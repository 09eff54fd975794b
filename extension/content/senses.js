// The pointer and the keys, heard before the page hears them. Listeners of one window are called in the order in which
// they were added, and any of them may end the call for all that follow. So ours are added when this script runs, which
// on sites that are always marked is before any script of the page, and pass on nothing until marks are shown.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;
  if (shared.senses) return; // run a second time, it would pass everything on twice

  /** @type {Set<{view: Window, kind: string, hear: (event: Event) => boolean | void}>} */
  const ears = new Set();

  /** @param {Event} event */
  const pass = (event) => {
    for (const ear of ears) {
      if (ear.kind !== event.type || ear.view !== event.currentTarget) continue;
      if (ear.hear(event) !== true) continue;
      event.stopImmediatePropagation();
      return;
    }
  };

  /** A listener that is still there keeps its place. @param {Window} view */
  const open = (view) => {
    for (const kind of ["pointermove", "click"])
      view.addEventListener(kind, pass, { capture: true, passive: true });
    view.addEventListener("keydown", pass, { capture: true });
  };
  open(window);

  shared.senses = {
    hear(kind, hear, signal, view = window) {
      open(view); // a page that has written itself anew has lost all listeners; a frame has had none
      const ear = { view, kind, hear: /** @type {(event: Event) => boolean | void} */ (hear) };
      ears.add(ear);
      signal.addEventListener("abort", () => ears.delete(ear));
    },
  };
})();
