// A short notice in the corner: that work goes on, or one sentence about a problem with one thing to do.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;
  if (shared.notice) return; // run a second time, it would lose what it has shown

  const STYLE = `
    :host { all: initial; }
    :host(:popover-open) { display: block; position: fixed; inset: 16px 16px auto auto; margin: 0; padding: 0; border: 0; background: none; overflow: visible; }
    .notice { box-sizing: border-box; max-width: min(23rem, calc(100vw - 2rem)); padding: 12px 14px; border-radius: 8px; background: #1b1b1f; color: #fff;
      border: 1px solid #6a6a72; font: 14px/1.45 system-ui, -apple-system, "Segoe UI", sans-serif; box-shadow: 0 6px 24px rgb(0 0 0 / 30%); }
    p { margin: 0; } .row { margin-top: 10px; display: flex; gap: 16px; }
    button { all: unset; min-width: 24px; padding: 2px 0; cursor: pointer; font-weight: 600; text-decoration: underline; text-underline-offset: 3px; }
    button:focus-visible { outline: 2px solid #fff; outline-offset: 3px; }
  `;

  /** @type {HTMLElement | null} */
  let host = null;
  /** The sentence of the notice that work goes on, while it is shown. @type {HTMLElement | null} */
  let going = null;
  let closed = false; // the reader has closed it, and it does not come back for this work

  const remove = () => {
    host?.remove();
    host = null;
    going = null;
  };
  const hide = () => {
    remove();
    closed = false;
  };

  /** @param {string} role @param {Node[]} content */
  const show = (role, ...content) => {
    remove();
    const element = document.createElement("div");
    element.popover = "manual";
    element.lang = shared.text.language();
    element.setAttribute("role", role);
    const root = element.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const box = document.createElement("div");
    box.className = "notice";
    box.append(...content);
    root.append(box);
    document.documentElement.append(element);
    // a page may zoom its root element; our box is drawn at its own size, and its place is counted in real pixels
    element.style.zoom = String(1 / (element.currentCSSZoom ?? 1));
    element.showPopover();
    host = element;
  };

  /** @param {string} text */
  const sentence = (text) => {
    const element = document.createElement("p");
    element.textContent = text;
    return element;
  };

  const buttons = () => {
    const row = document.createElement("div");
    row.className = "row";
    /** @param {string} label @param {() => void} pressed */
    const add = (label, pressed) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", pressed);
      row.append(button);
    };
    return { row, add };
  };

  shared.notice = {
    hide,
    owns: (node) => host !== null && node !== null && (node === host || host.contains(node)),
    working(text) {
      if (closed) return;
      if (going) {
        going.textContent = text; // in place, so that a screen reader hears what is new of it
        return;
      }
      const said = sentence(text);
      const { row, add } = buttons();
      add(shared.text("close"), () => {
        remove();
        closed = true;
      });
      show("status", said, row);
      going = said;
    },
    show(problem, act, role = "alert") {
      const { row, add } = buttons();
      const action = problem.button;
      if (action !== null) add(problem.action, () => act(action));
      add(shared.text("close"), hide);
      show(role, sentence(problem.sentence), row);
    },
  };
})();
