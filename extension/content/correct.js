// A correction on its way: shown at once, kept by the server, and shown no longer where that fails.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const newId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
      "",
    );

  /** @param {WireSpan} span @returns {Place} */
  const place = ({ block, start, end }) => ({ block, start, end });

  /** The words that name a source where most of them stand. @param {WireSource | undefined} source */
  const naming = (source) => {
    const first = source?.mentions[0];
    return first ? place(first) : null;
  };

  shared.correct = {
    corrector(page) {
      const { view } = page;
      /** One after the other, so that the server's last answer has all of them. @type {Promise<unknown>} */
      let sending = Promise.resolve();
      let latest = 0;

      /** @param {Omit<CorrectionRequest, "blocks" | "offsets" | "language">} what @param {WireAnalysis} before @param {string | null} entry @param {string | null} made */
      const send = (what, before, entry, made) => {
        latest += 1;
        const own = latest;
        const { blocks } = view;
        /** @type {CorrectionRequest} */
        const request = { ...what, blocks, offsets: "utf-16", language: page.language() };
        sending = sending.then(async () => {
          /** @type {{analysis?: WireAnalysis, problem?: Problem}} */
          const answer = await chrome.runtime
            .sendMessage({ type: "correct", request })
            .catch(() => ({ problem: { code: "unexpected", message: "" } }));
          if (view.blocks !== blocks) return; // another article is shown by now
          if (!answer?.analysis) {
            view.analysis = before;
            page.show();
            page.card(entry ?? "", null);
            page.failed(answer?.problem ?? { code: "unexpected", message: "" });
          } else if (own === latest) {
            view.analysis = answer.analysis;
            page.show();
            if (made === null) page.card(entry ?? "", null);
          }
        });
      };

      return {
        correct(entry, what, choice = {}) {
          const before = view.analysis;
          const span = entry.content[0];
          if (!before || !span) return;
          const id = newId();
          const note = choice.note ?? "";
          view.analysis = shared.corrections.preview(
            before,
            { id, what, entry: entry.id, content: entry.content, was: null, now: null, note },
            choice,
          );
          page.show();
          page.card(entry.id, id);
          const chosen = before.sources.find((source) => source.id === choice.speaker);
          send(
            {
              correct: {
                id,
                what,
                on: "cue" in entry ? "quote" : "claim",
                at: place(span),
                speaker: naming(chosen),
                type: choice.type ?? null,
                note,
              },
            },
            before,
            entry.id,
            id,
          );
        },
        undo(id) {
          const before = view.analysis;
          const entry = before?.corrections?.find((one) => one.id === id)?.entry ?? null;
          if (before) send({ undo: id }, before, entry, null);
        },
        hold: page.hold,
      };
    },
  };
})();
