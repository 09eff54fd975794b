// Going through the marks with the keyboard: which one is the current one, and its card. What is seen is said too.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  // What the Tab key stops at, as far as it may be stopped at.
  const STOPS =
    "a[href], area[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [contenteditable], [tabindex]";

  /** @param {Element} element */
  const isStop = (element) =>
    /** @type {HTMLElement} */ (element).tabIndex >= 0 &&
    !element.matches(":disabled, [inert] *") &&
    element.checkVisibility({ visibilityProperty: true });

  shared.walk = {
    attach({ marks, preferences, body, reveal, key, name }, signal) {
      let current = "";
      /** Where the reader stands, until the focus goes elsewhere. @type {Node | null} */
      let standing = null;
      /** The marks that are seen, each quote and claim once, as they stand on the page. */
      const order = () => {
        const visible = marks().filter((mark) => mark.styles.length > 1);
        visible.sort((a, b) => {
          const [one, two] = [a.range.startContainer, b.range.startContainer];
          if (one === two) return a.range.startOffset - b.range.startOffset;
          return one.compareDocumentPosition(two) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
        });
        return Map.groupBy(visible, (mark) => mark.id);
      };
      const leave = () => {
        const was = current !== "";
        current = "";
        standing = null;
        shared.paint.current([]);
        shared.announcement.hush();
        return was;
      };
      /**
       * Stand at a mark: the next Tab goes on from here, and a caret for who reads with one is here too. What the reader
       * has selected stays selected. @param {Mark} mark @param {boolean} [behind] behind the mark rather than before it
       */
      const rest = ({ range }, behind = false) => {
        standing = behind ? range.endContainer : range.startContainer;
        const selection = (range.startContainer.ownerDocument ?? document).getSelection();
        if (!selection?.isCollapsed) return;
        if (behind) selection.collapse(range.endContainer, range.endOffset);
        else selection.collapse(range.startContainer, range.startOffset);
      };
      /** @param {Map<string, Mark[]>} groups */
      const say = (groups) =>
        shared.announcement.say(
          shared.text("sayPlace", [...groups.keys()].indexOf(current) + 1, groups.size, name(current)),
        );
      /** The card that the pointer would open here. @param {Mark[]} own @param {boolean} [focused] whether the focus goes into it */
      const open = (own, focused = true) => {
        const [first, last] = [own[0], own.at(-1)];
        if (!first || !last) return false;
        const page = first.range.startContainer.ownerDocument ?? document;
        const range = page.createRange();
        range.setStart(first.range.startContainer, first.range.startOffset);
        range.setEnd(first.range.endContainer, first.range.endOffset);
        const box = range.getClientRects()[0] ?? range.getBoundingClientRect();
        const others = shared.hit.over(own.map((mark) => mark.range)).filter(({ id }) => id !== first.id);
        const here = [...own, ...others];
        const content = body(here);
        if (content === null) return false;
        shared.card.show(
          here,
          shared.card.outside(box, page),
          content,
          focused,
          shared.text("cardName"),
          (on) => (on ? rest(last, true) : rest(first)),
        );
        return true;
      };
      shared.keys.attach(
        {
          step(by) {
            if (!preferences().keys) return false;
            const groups = order();
            const ids = [...groups.keys()];
            if (ids.length === 0) return false;
            const at = ids.indexOf(current);
            const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length;
            current = ids[next] ?? "";
            const own = groups.get(current) ?? [];
            // at once: a card that Enter opens in the middle of a slow scroll would be left behind by it
            reveal(
              own.map((mark) => mark.range),
              true,
            );
            shared.paint.current(own.map((mark) => mark.range));
            if (own[0]) rest(own[0]);
            say(groups);
            return true;
          },
          tab(by) {
            // a caret that a script has put somewhere is no place from which every browser goes on
            const from = standing;
            if (!from?.isConnected || from.ownerDocument !== document) return false;
            if (document.activeElement !== document.body) return false;
            const side = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
            const stops = [...document.querySelectorAll(STOPS)].filter(
              (element) => from.compareDocumentPosition(element) & side,
            );
            const next = by > 0 ? stops.find(isStop) : stops.findLast(isStop);
            standing = null;
            /** @type {HTMLElement | undefined} */ (next)?.focus();
            return next !== undefined;
          },
          open: () => preferences().keys && open(order().get(current) ?? []),
          help() {
            if (!preferences().keys) return false;
            const content = key();
            if (content === null) return false;
            const body = document.createDocumentFragment();
            const close = shared.elements.button(shared.text("close"), () => shared.card.hide(), "press");
            body.append(
              content,
              shared.elements.make("h3", "", shared.text("keyKeys")),
              shared.elements.make("p", "", shared.text("keysHelp")),
              shared.elements.make("p", "foot", close),
            );
            const corner = new DOMRect(innerWidth, 0, 0, 8);
            shared.card.show([], corner, body, true, shared.text("keyTitle"));
            shared.card.hold(); // it belongs to no mark that the pointer could leave
            return true;
          },
          leave,
        },
        signal,
      );
      shared.senses.hear(
        "click",
        () => {
          standing = null; // who clicks goes on from there
        },
        signal,
      );
      signal.addEventListener("abort", leave);
      return {
        to(id, opened) {
          const groups = order();
          const found = [id, id.replace(/e\d+$/, "")].find((one) => groups.has(one));
          const own = groups.get(found ?? "") ?? [];
          if (found === undefined || !own[0]) return false;
          current = found;
          rest(own[0]);
          if (!opened) return true;
          shared.paint.current(own.map((mark) => mark.range));
          say(groups);
          return open(own);
        },
        card: (id) => open(order().get(id) ?? [], false),
      };
    },
  };
})();
