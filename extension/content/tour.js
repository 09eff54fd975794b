// The tour of the sample article: marks, card, panel, switches. A box that is no modal dialog, in a closed shadow root, on
// the page only while the tour goes on. What it points at is framed beside it, so that the marks keep their looks.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;
  if (shared.tour) return; // run a second time, it would lose what it has shown

  const FRAME = 4; // CSS pixels between the words of a quote and the frame around them
  const ROOM = 24; // and so much more than its height the box needs above a quote
  const STYLE = `
    :host { all: initial; }
    :host(:popover-open) { display: block; position: fixed; inset: auto; width: min(23rem, calc(100% - 16px)); margin: 0; padding: 0; border: 0; background: none; overflow: visible; }
    .tour { position: relative; box-sizing: border-box; padding: 14px 16px; border-radius: 8px; border: 2px solid #1a1a1a; background: #fff; color: #1a1a1a;
      font: 14px/1.45 system-ui, -apple-system, "Segoe UI", sans-serif; box-shadow: 0 6px 24px rgb(0 0 0 / 30%); text-align: start; overflow-wrap: anywhere; }
    .tour:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
    .said { display: grid; grid-template-columns: 1fr auto; gap: 4px 12px; align-items: baseline; }
    h2, p { margin: 0; } h2 { font-size: 16px; line-height: 1.3; } .words, .here { grid-column: 1 / -1; }
    .count { color: #595959; }
    .here { display: flex; gap: 8px; align-items: center; font-weight: 600; margin-top: 2px; }
    .line { flex: none; width: 26px; height: 0; border-bottom: 3px solid currentColor; }
    .line.unnamed { border-bottom-style: dashed; } .line.anonymous { border-bottom-style: dotted; } .line.document { border-bottom-style: double; }
    .row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }
    button { all: unset; box-sizing: border-box; min-width: 24px; min-height: 28px; padding: 3px 12px; border: 1px solid #767676; border-radius: 6px; cursor: pointer; }
    button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
    button.next { color: #fff; background: #1a1a1a; border-color: #1a1a1a; font-weight: 600; } button.next:focus-visible { outline-color: #1a1a1a; }
    button.skip { margin-inline-start: auto; border-color: transparent; text-decoration: underline; text-underline-offset: 3px; }
    [hidden] { display: none !important; }
    .arrow { position: absolute; width: 12px; height: 12px; box-sizing: border-box; background: inherit; border: solid currentColor; border-width: 2px 0 0 2px; }
    .below .arrow { top: -7px; left: var(--at); transform: translateX(-6px) rotate(45deg); }
    .above .arrow { bottom: -7px; left: var(--at); transform: translateX(-6px) rotate(225deg); }
    .right .arrow { left: -7px; top: var(--at); transform: translateY(-6px) rotate(315deg); }
    .left .arrow { right: -7px; top: var(--at); transform: translateY(-6px) rotate(135deg); }
    .apart .arrow { display: none; }
    .frame { position: fixed; box-sizing: border-box; border: 2px solid #1a1a1a; border-radius: 5px; pointer-events: none; }
    .tour.dark { background: #26262b; color: #ececec; border-color: #ececec; } .dark .count { color: #b8b8b8; }
    .dark button { border-color: #8a8a92; } .dark button.skip { border-color: transparent; } .frame.dark { border-color: #ececec; }
    .dark button.next { color: #1a1a1a; background: #ececec; border-color: #ececec; } .dark button.next:focus-visible { outline-color: #ececec; }
    @media (forced-colors: active) { button.skip { border-color: currentColor; } }
    @media print { :host(:popover-open) { display: none; } }
  `;

  /**
   * `show` makes the page show what the step is about beside a box of that size, and `points` says where that is: nowhere for what is in the browser's
   * own windows. The box goes to the first of the `sides` on which it hides nothing of it.
   * @typedef {{title: string, words: string, sides: Exclude<Berth["side"], "apart">[], show(size: DOMRect): void, points(): DOMRect[]}} Step
   */

  /** @type {HTMLElement | null} */
  let host = null;
  /** @type {AbortController | null} */
  let going = null;

  const hide = () => {
    going?.abort();
    going = null;
    host?.remove();
    host = null;
  };

  /** Where marks stand on the page, line by line. @param {Mark[]} marks */
  const lines = (marks) =>
    (shared.marks.stand(marks) ? marks : []).flatMap(({ range }) => {
      const live = document.createRange();
      live.setStart(range.startContainer, range.startOffset);
      live.setEnd(range.endContainer, range.endOffset);
      return Array.from(live.getClientRects()).filter((box) => box.width > 1);
    });

  /** A quote to explain the marks by: its words in full, its card with evidence, and nothing else on it. @param {Mark[]} marks @param {WireAnalysis} analysis */
  const example = (marks, analysis) => {
    /** @type {{quote: WireQuote, source: WireSource, mark: Mark, worth: number} | null} */
    let best = null;
    for (const quote of analysis.quotes) {
      const own = marks.filter(({ id, styles }) => id === quote.id && styles.length > 1);
      const [mark] = own;
      const source = analysis.sources.find(({ id }) => id === quote.source);
      if (!mark || !source) continue;
      const alone = shared.hit.over(own.map(({ range }) => range)).every(({ id }) => id === quote.id);
      const worth = [quote.kind === "direct", source.telling ?? source.anonymity, alone].filter(
        Boolean,
      ).length;
      if (best === null || worth > best.worth) best = { quote, source, mark, worth };
    }
    return best;
  };

  /** @typedef {Parameters<Onrecord["tour"]["attach"]>[0]} Page */

  /** All words are asked for at once: after an update of the extension nobody answers. @param {Page} page @param {string} id of the quote @returns {[Step, ...Step[]]} */
  const stepsOf = (page, id) => {
    const { text, card } = shared;
    const { colours, keys } = page.preferences();
    const own = () => page.marks().filter((mark) => mark.id === id);
    const reveal = () => page.reveal(own().map(({ range }) => range));
    const switches = text("tourSwitchesSaid", text("show"));
    return [
      {
        title: text("tourMarks"),
        words: colours === "three" ? text("tourMarksThree") : text("tourMarksSaid"),
        sides: ["below", "above", "right", "left"],
        show: reveal,
        points: () => lines(own()),
      },
      {
        title: text("tourCard"),
        words: text("tourCardSaid", text("wrong")),
        sides: ["right", "left", "below", "above"],
        show(size) {
          reveal();
          // in a window without room beside the card, the quote goes down as far as the box above it needs
          const missing = size.height + ROOM - (lines(own())[0]?.top ?? 0);
          if (missing > 0 && innerWidth < 2 * size.width) scrollBy({ top: -missing, behavior: "instant" });
          if (page.card(id)) card.hold(); // whatever the pointer does on its way to the box
        },
        points() {
          const box = card.box();
          return box ? [...lines(own()), box] : lines(own());
        },
      },
      {
        title: text("tourPanel"),
        words: text("tourPanelSaid", text("allSources")),
        sides: [],
        show: card.hide,
        points: () => [],
      },
      {
        title: text("tourSwitches"),
        words: keys ? `${switches} ${text("tourKeys")}` : switches,
        sides: [],
        show: card.hide,
        points: () => [],
      },
    ];
  };

  /** What the mark of the example says, as the key draws it. @param {ReturnType<typeof example>} found */
  const legend = (found) => {
    const { make } = shared.elements;
    if (found === null) return make("p", "here");
    const { quote, source, mark } = found;
    const { taxonomy, palette, scheme } = shared;
    const line = make("span", `line ${taxonomy.line[source.identification]}`);
    line.ariaHidden = "true";
    const hue = mark.styles[1]?.split("-")[0] ?? source.type;
    line.style.color = palette[scheme.of(mark.range.startContainer.parentElement)][hue] ?? "currentColor";
    return make(
      "p",
      "here",
      line,
      [
        taxonomy.certain(quote.confidence, taxonomy.ofSource(source)),
        taxonomy.label("identification", source.identification),
      ].join(" · "),
    );
  };

  shared.tour = {
    hide,
    owns: (node) => host !== null && node !== null && (node === host || host.contains(node)),
    attach(page, signal) {
      let last = false; // the reader has come to the last step
      /** What had the focus before the tour took it. @type {HTMLElement | null} */
      let before = null;

      /** @param {boolean} over whether the reader has had enough of it for good */
      const end = (over) => {
        if (host === null) return;
        hide();
        shared.card.hide();
        before?.focus({ preventScroll: true });
        before = null;
        if (over) shared.toured.write(true).catch(() => {}); // the extension was updated meanwhile
      };
      // marks that are taken off end it: that is what its last step tells the reader to try
      signal.addEventListener("abort", () => end(last));
      shared.senses.hear(
        "keydown",
        ({ key, target }) => {
          if (key !== "Escape" || host === null || shared.card.owns(/** @type {Node | null} */ (target)))
            return false;
          end(true);
          return true;
        },
        signal,
      );

      const start = () => {
        const analysis = page.analysis();
        if (host !== null || analysis === null) return;
        const { make, button } = shared.elements;
        const { text } = shared;
        const found = example(page.marks(), analysis);
        const steps = stepsOf(page, found?.quote.id ?? "");
        const counts = steps.map((_, number) => text("tourStep", number + 1, steps.length));
        const done = text("tourDone");
        const on = text("tourNext");
        let number = 0;
        last = false;

        const title = make("h2", "");
        const count = make("p", "count");
        const words = make("p", "words");
        const here = legend(found);
        const said = make("div", "said", title, count, words, here);
        said.id = "said";
        said.ariaLive = "polite";
        said.ariaAtomic = "true";
        const back = button(text("tourBack"), () => go(number - 1), "back");
        const next = button(on, () => (number + 1 < steps.length ? go(number + 1) : end(true)), "next");
        const skip = button(text("tourSkip"), () => end(true), "skip");
        const arrow = make("div", "arrow");
        arrow.ariaHidden = "true";
        const box = make("div", "tour", said, make("div", "row", back, next, skip), arrow);
        box.setAttribute("role", "dialog");
        box.setAttribute("aria-describedby", said.id);
        box.ariaLabel = text("tourName");
        box.tabIndex = -1;
        for (const kind of ["keydown", "keypress", "keyup"])
          box.addEventListener(kind, (event) => {
            // a page's own keys are not for what is pressed here
            if (/** @type {KeyboardEvent} */ (event).key !== "Escape") event.stopPropagation();
          });

        const element = document.createElement("div");
        element.popover = "manual";
        element.lang = text.language();
        const root = element.attachShadow({ mode: "closed", delegatesFocus: true });
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        root.adoptedStyleSheets = [sheet];
        const frames = make("div", "");
        frames.ariaHidden = "true";
        root.append(box, frames);
        document.documentElement.append(element);
        // a page may zoom its root element; our box is drawn at its own size, and its place is counted in real pixels
        element.style.zoom = String(1 / (element.currentCSSZoom ?? 1));
        element.showPopover();
        host = element;

        const step = () => steps[number] ?? steps[0];
        const settle = () => {
          const dark = shared.scheme.of(document.body) === "dark" ? "dark" : "";
          const targets = step().points();
          const room = { width: document.documentElement.clientWidth, height: innerHeight };
          const { left, top, side, at } = shared.berth.find(
            element.getBoundingClientRect(),
            room,
            targets,
            step().sides,
          );
          element.style.left = `${left}px`;
          element.style.top = `${top}px`;
          box.className = `tour ${side} ${dark}`;
          box.style.setProperty("--at", `${at}px`);
          frames.replaceChildren(
            ...(number === 0 ? targets : []).map((line) => {
              const frame = make("div", `frame ${dark}`);
              frame.style.left = `${line.left - FRAME}px`;
              frame.style.top = `${line.top - FRAME}px`;
              frame.style.width = `${line.width + 2 * FRAME}px`;
              frame.style.height = `${line.height + 2 * FRAME}px`;
              return frame;
            }),
          );
        };
        /** @param {number} to */
        const go = (to) => {
          number = to;
          last ||= number === steps.length - 1;
          title.textContent = step().title;
          count.textContent = counts[number] ?? "";
          words.textContent = step().words;
          here.hidden = number > 0 || found === null;
          next.textContent = number === steps.length - 1 ? done : on;
          skip.hidden = number === steps.length - 1;
          const leaving = root.activeElement === back && number === 0;
          back.hidden = number === 0;
          if (leaving) next.focus({ preventScroll: true });
          step().show(element.getBoundingClientRect());
          settle();
        };

        going = new AbortController();
        let frame = 0;
        const moved = () => {
          cancelAnimationFrame(frame);
          frame = requestAnimationFrame(settle);
        };
        going.signal.addEventListener("abort", () => cancelAnimationFrame(frame));
        for (const kind of ["scroll", "resize"])
          addEventListener(kind, moved, { signal: going.signal, passive: true, capture: true });
        shared.watch.colours(settle, going.signal);

        const active = document.activeElement;
        before = active instanceof HTMLElement && active !== document.body ? active : null;
        go(0);
        next.focus({ preventScroll: true });
      };
      return { start };
    },
  };
})();
