// The card beside a mark: one popover in a closed shadow root, on the page only while it is shown (WCAG 1.4.13:
// it can be dismissed with Escape, pointed at, and stays until the pointer leaves both the mark and the card).
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;
  if (shared.card) return; // run a second time, it would lose what it has shown

  const OPEN_AFTER = 140; // milliseconds of rest on a mark, so that a pointer passing by opens nothing
  const CLOSE_AFTER = 260; // milliseconds to cross from the mark into the card
  const GAP = 8; // CSS pixels between mark and card
  const STYLE = `
    :host { all: initial; }
    :host(:popover-open) { display: block; position: fixed; margin: 0; padding: 0; border: 0; background: none; overflow: visible; inset: auto; }
    .card { box-sizing: border-box; width: min(22rem, calc(100vw - 1rem)); max-height: min(26rem, calc(100vh - 1rem)); overflow: auto;
      padding: 12px 14px; border-radius: 8px; border: 1px solid #c9c9c9; background: #fff; color: #1a1a1a;
      font: 14px/1.45 system-ui, -apple-system, "Segoe UI", sans-serif; box-shadow: 0 6px 24px rgb(0 0 0 / 22%); text-align: start; }
    .card:focus { outline: 2px solid currentColor; outline-offset: -2px; }
    .part + .part { margin-top: 10px; padding-top: 10px; border-top: 1px solid #ddd; }
    .type { display: flex; align-items: center; gap: 8px; font-weight: 700; }
    .line { flex: none; width: 26px; height: 0; border-bottom: 3px solid currentColor; }
    .line.unnamed { border-bottom-style: dashed; } .line.anonymous { border-bottom-style: dotted; } .line.document { border-bottom-style: double; }
    .line.lost { visibility: hidden; width: 0; margin-right: -8px; }
    .wave { flex: none; width: 26px; height: 1.45em; text-decoration: underline wavy; text-decoration-thickness: 1.5px; white-space: pre; }
    mark { background: none; color: inherit; font-weight: 700; }
    .name { font-size: 15px; font-weight: 600; margin-top: 2px; }
    p { margin: 3px 0 0; } .quiet { color: #595959; } q { quotes: "“" "”"; }
    ul { margin: 4px 0 0; padding: 0; list-style: none; }
    button { all: unset; cursor: pointer; text-decoration: underline; text-underline-offset: 2px; }
    a { color: inherit; text-underline-offset: 2px; }
    a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
    li button, .foot button, .open-wrong, .by-reader button { min-width: 24px; padding: 2px 0; }
    .foot button, .open-wrong, .by-reader button { display: inline-block; }
    li button { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 100%; }
    button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
    .by-reader { font-style: italic; }
    .by-reader button { font-style: normal; }
    .open-wrong { margin-top: 6px; }
    .wrong { margin-top: 8px; padding-top: 8px; border-top: 1px dashed #b5b5b5; display: grid; gap: 6px; justify-items: start; }
    .field { display: grid; gap: 2px; width: 100%; font-size: 13px; }
    .field select, .field input { box-sizing: border-box; width: 100%; min-height: 28px; font: inherit; color: inherit; background: #fff; border: 1px solid #767676; border-radius: 4px; padding: 2px 4px; }
    .dark .field select, .dark .field input { background: #1b1b1f; border-color: #8a8a92; }
    .field :focus-visible { outline: 2px solid currentColor; outline-offset: 1px; }
    .press, .foot .press { padding: 3px 10px; min-height: 24px; border: 1px solid #767676; border-radius: 4px; text-decoration: none; box-sizing: border-box; }
    .foot { margin-top: 10px; }
    h2, h3 { margin: 10px 0 4px; font-size: 14px; } h2 { margin-top: 0; font-size: 15px; }
    .key li { display: flex; gap: 8px; align-items: center; padding: 2px 0; }
    .line.contested { height: auto; border: 0; line-height: 1; text-decoration: underline wavy 1.5px; white-space: pre; }
    .card:has(.key) { max-height: calc(100vh - 1rem); } .forced { display: none; }
    .dark { background: #26262b; color: #ececec; border-color: #4a4a52; } .dark .quiet { color: #b8b8b8; } .dark .part + .part { border-color: #45454d; }
    @media (forced-colors: active) { .card { border-color: CanvasText; } .forced { display: block; } }
  `;

  /** @type {HTMLElement | null} */
  let host = null;
  let shownFor = "";
  let held = false; // the reader writes in the card: it stays whatever the pointer does
  let restingAt = { x: 0, y: 0 }; // how far the page was scrolled when the card was shown
  /** The box inside the host. @type {HTMLElement | null} */
  let inside = null;
  /** What had the focus before the card took it. @type {HTMLElement | null} */
  let before = null;
  let entered = false; // by the keyboard

  const hide = () => {
    host?.remove();
    host = null;
    inside = null;
    shownFor = "";
    held = false;
    entered = false;
    before?.focus({ preventScroll: true });
    before = null;
  };

  /** A box of a frame as the window around it sees it. @param {DOMRect} box @param {Document} page */
  const outside = (box, page) => {
    const frame = page === document ? null : page.defaultView?.frameElement?.getBoundingClientRect();
    return new DOMRect(box.x + (frame?.x ?? 0), box.y + (frame?.y ?? 0), box.width, box.height);
  };

  /** @param {DOMRect} mark @param {DOMRect} card */
  const place = (mark, card) => {
    const below = mark.bottom + GAP;
    const above = mark.top - GAP - card.height;
    const fits = below + card.height <= innerHeight || above < 0;
    const top = Math.max(4, Math.min(fits ? below : above, innerHeight - card.height - 4));
    const left = Math.max(4, Math.min(mark.left, innerWidth - card.width - 4));
    return { top, left };
  };

  /** Whether Tab goes out of a card, and which way: 1 on, -1 back, 0 not at all. @param {KeyboardEvent} event @param {ShadowRoot} root */
  const leaving = ({ key, shiftKey }, root) => {
    if (key !== "Tab") return 0;
    const stops = [...root.querySelectorAll("a[href], button, select, input")];
    const at = root.activeElement ? stops.indexOf(root.activeElement) : -1;
    if (shiftKey) return at <= 0 ? -1 : 0;
    return at === stops.length - 1 ? 1 : 0;
  };

  /**
   * @param {Mark[]} marks @param {DOMRect} box @param {Node} body @param {boolean} [focused] whether the keyboard goes into it
   * @param {string} [name] what a screen reader calls it
   * @param {((on: boolean) => void) | null} [back] to the place that the card is about, when Tab has led out of it
   */
  const show = (marks, box, body, focused = false, name = shared.text("cardName"), back = null) => {
    hide();
    const element = document.createElement("div");
    element.popover = "manual";
    element.setAttribute("role", "dialog");
    element.lang = shared.text.language();
    element.setAttribute("aria-label", name);
    const root = element.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const card = document.createElement("div");
    const under = marks[0]?.range.startContainer.parentElement ?? document.body;
    card.className = shared.scheme.of(under) === "dark" ? "card dark" : "card";
    card.append(body);
    for (const kind of ["keydown", "keypress", "keyup"])
      card.addEventListener(kind, (event) => {
        if (/** @type {KeyboardEvent} */ (event).key !== "Escape") event.stopPropagation(); // a page's own keys are not for what is typed here
        const way = kind === "keydown" && entered ? leaving(/** @type {KeyboardEvent} */ (event), root) : 0;
        if (way === 0) return;
        // it stands at the end of the document, and what would come next there is nowhere near the mark
        event.preventDefault();
        if (back) before = null;
        hide();
        back?.(way > 0);
      });
    root.append(card);
    inside = card;
    document.documentElement.append(element);
    // a page may zoom its root element; our box is drawn at its own size, and its place is counted in real pixels
    element.style.zoom = String(1 / (element.currentCSSZoom ?? 1));
    element.showPopover();
    const { top, left } = place(box, card.getBoundingClientRect());
    element.style.top = `${top}px`;
    element.style.left = `${left}px`;
    host = element;
    restingAt = { x: scrollX, y: scrollY };
    shownFor = marks.map((mark) => mark.id).join();
    entered = focused;
    if (focused) {
      const active = document.activeElement;
      before = active instanceof HTMLElement && active !== document.body ? active : null;
      card.tabIndex = -1;
      card.focus({ preventScroll: true });
    }
  };

  shared.card = {
    show,
    hide,
    hold() {
      held = true;
    },
    entered: () => entered,
    box: () => host?.getBoundingClientRect() ?? null,
    fill(body) {
      inside?.replaceChildren(body);
    },
    outside,
    owns: (node) => host !== null && node !== null && (node === host || host.contains(node)),
    attach(find, fill, signal, page = document) {
      let timer = 0;
      let frame = 0;
      /** @param {PointerEvent} event */
      const look = (event) => {
        frame = 0;
        const target = /** @type {Node | null} */ (event.target);
        clearTimeout(timer);
        if (shared.card.owns(target) || shared.tour.owns(target) || (held && event.type !== "click")) return;
        const marks = find(event.clientX, event.clientY);
        if (marks.length === 0) {
          if (host !== null) timer = setTimeout(hide, CLOSE_AFTER);
          return;
        }
        if (marks.map((mark) => mark.id).join() === shownFor) return;
        const open = () => {
          const body = fill(marks);
          if (body !== null)
            show(marks, outside(new DOMRect(event.clientX, event.clientY - 8, 1, 20), page), body);
        };
        if (event.type === "click") open();
        else timer = setTimeout(open, OPEN_AFTER);
      };
      const view = page.defaultView ?? window;
      shared.senses.hear(
        "pointermove",
        (event) => {
          if (frame === 0 && event.buttons === 0) frame = requestAnimationFrame(() => look(event));
        },
        signal,
        view,
      );
      shared.senses.hear("click", look, signal, view);
      view.addEventListener(
        "scroll",
        (event) => {
          // the event of a scroll that came to rest before the card was shown arrives a frame later
          const rests = event.target === page && view.scrollX === restingAt.x && view.scrollY === restingAt.y;
          if (!rests && !held) hide();
        },
        { signal, passive: true, capture: true },
      );
      shared.senses.hear(
        "keydown",
        (event) => {
          if (event.key !== "Escape" || host === null) return false;
          hide();
          return true;
        },
        signal,
        view,
      );
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        hide();
      });
    },
  };
})();
