// What else can be done with a statement, in a menu that opens beside its button.

const { text, elements } = globalThis.onrecord;

const COPIED = 1200; // milliseconds for which an entry says that it was copied
const EDGE = 8; // CSS pixels between the menu and the edge of the panel

/** Put a popover that is shown below what has opened it. @param {HTMLElement} box @param {HTMLElement} opener */
export function below(box, opener) {
  const at = opener.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(EDGE, at.right - width)}px`;
  box.style.top = `${Math.max(EDGE, Math.min(at.bottom + 2, innerHeight - height - EDGE))}px`;
}

/** @typedef {{label: string, act: () => Promise<string | null> | void}} Entry what it does; words that it gives are copied */

/** @param {HTMLElement} box a popover @param {(said: string) => void} tell a live region */
export function menu(box, tell) {
  let openedAt = 0;
  addEventListener(
    "scroll",
    () => {
      // the event of a scroll that has come to rest before the menu was opened arrives a frame later
      if (scrollY !== openedAt && box.matches(":popover-open")) box.hidePopover();
    },
    { passive: true },
  );

  /** @param {HTMLElement} opener @param {string} name @param {Entry[]} entries */
  const open = (opener, name, entries) => {
    box.setAttribute("aria-label", name);
    box.replaceChildren(
      ...entries.map(({ label, act }) => {
        const entry = elements.button(label, async () => {
          const words = await act();
          if (typeof words !== "string") return box.hidePopover();
          await navigator.clipboard.writeText(words);
          entry.textContent = text("copied");
          tell(text("copied"));
          setTimeout(() => entry.isConnected && box.hidePopover(), COPIED);
        });
        return entry;
      }),
    );
    opener.focus({ preventScroll: true }); // where the browser goes back to when the menu closes
    openedAt = scrollY;
    box.showPopover();
    below(box, opener);
    box.querySelector("button")?.focus({ preventScroll: true });
  };
  return { open };
}
