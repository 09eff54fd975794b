// Going through the marks with the keyboard: which one is the current one, and its card.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  shared.walk = {
    attach({ marks, preferences, body, reveal, key }, signal) {
      let current = "";
      /** The marks that are painted, each quote and claim once, as they stand on the page. */
      const order = () => {
        const visible = marks().filter(
          (mark) => mark.styles.length > 1 && preferences().layers[mark.styles[0] ?? ""] !== false,
        );
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
        shared.paint.current([]);
        return was;
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
            return true;
          },
          open() {
            const own = order().get(current);
            const first = own?.[0];
            if (!preferences().keys || !own || !first) return false;
            const page = first.range.startContainer.ownerDocument ?? document;
            const range = page.createRange();
            range.setStart(first.range.startContainer, first.range.startOffset);
            range.setEnd(first.range.endContainer, first.range.endOffset);
            const box = range.getClientRects()[0] ?? range.getBoundingClientRect();
            const content = body(own);
            if (content === null) return false;
            shared.card.show(own, shared.card.outside(box, page), content, true);
            return true;
          },
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
      signal.addEventListener("abort", leave);
    },
  };
})();
