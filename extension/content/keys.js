// The keyboard on a marked page: j and k go from mark to mark, Enter opens the card, ? lists the keys, Escape leaves.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const FIELD =
    "input, textarea, select, [contenteditable], [role='textbox'], [role='combobox'], [role='searchbox']";
  const PRESSABLE = "a[href], button, summary, [role='button'], [role='link'], [tabindex]:not(body)";

  /** @param {KeyboardEvent} event */
  const within = (event) => {
    const target = event.composedPath()[0];
    return target && /** @type {Node} */ (target).nodeType === Node.ELEMENT_NODE
      ? /** @type {Element} */ (target)
      : null;
  };

  shared.keys = {
    attach(acts, signal) {
      shared.senses.hear(
        "keydown",
        (event) => {
          if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !event.isTrusted)
            return false;
          if (shared.card.owns(/** @type {Node | null} */ (event.target)) && event.key !== "Escape")
            return false; // the card has fields and buttons of its own
          if (shared.tour.owns(/** @type {Node | null} */ (event.target)) && event.key !== "?") return false; // and so the tour
          const target = within(event);
          if (target?.closest(FIELD) || document.designMode === "on") return false;
          const act =
            event.key === "j"
              ? () => acts.step(1)
              : event.key === "k"
                ? () => acts.step(-1)
                : event.key === "Tab"
                  ? () => acts.tab(event.shiftKey ? -1 : 1)
                  : event.key === "?"
                    ? acts.help
                    : event.key === "Enter" && !target?.closest(PRESSABLE)
                      ? acts.open
                      : event.key === "Escape"
                        ? acts.leave
                        : null;
          if (act === null || !act()) return false; // what we do nothing with is the page's
          event.preventDefault();
          return true;
        },
        signal,
      );
    },
  };
})();
