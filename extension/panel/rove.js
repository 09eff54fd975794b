// A list that is one stop of the Tab key: the arrows, Home and End go through its buttons.

const STEPS = /** @type {Record<string, number>} */ ({
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
});

/** @param {Element} list */
const stops = (list) => [...list.querySelectorAll("button")];

/** Make the stop of a list the button that has the focus, or its first one. @param {Element} list */
export function settle(list) {
  const all = stops(list);
  const active = document.activeElement;
  const held = all.find((button) => button === active) ?? all[0];
  for (const button of all) button.tabIndex = button === held ? 0 : -1;
}

/** @param {HTMLElement} list */
export function rove(list) {
  list.addEventListener("focusin", () => settle(list));
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const all = stops(list);
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const step = STEPS[event.key];
    const next =
      event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : step ? all[at + step] : undefined;
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
  settle(list);
}
