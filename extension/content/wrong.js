// *Wrong?* on the card: what the reader may say of a quote or a claim, and what he has said.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const LONGEST_NOTE = 1000; // characters, as the server takes them

  /** A choice of which one entry is taken. @param {string} label @param {[string, string][]} entries @param {(value: string) => void} act */
  const choice = (label, entries, act) => {
    const { make } = shared.elements;
    const select = /** @type {HTMLSelectElement} */ (make("select", ""));
    select.append(
      make("option", "", shared.text("choose")),
      ...entries.map(([value, words]) => {
        const option = /** @type {HTMLOptionElement} */ (make("option", "", words));
        option.value = value;
        return option;
      }),
    );
    select.addEventListener("change", () => {
      if (select.selectedIndex > 0) act(select.value);
    });
    return make("label", "field", make("span", "", label), select);
  };

  /** @param {WireQuote | WireClaim} entry @param {WireAnalysis} analysis @param {Corrector} corrector */
  const form = (entry, analysis, corrector) => {
    const { elements, taxonomy, text } = shared;
    const { make, button } = elements;
    const box = make("div", "wrong");
    if ("cue" in entry) {
      const source = analysis.sources.find(({ id }) => id === entry.source);
      const others = analysis.sources.filter(
        ({ id, mentions }) => id !== entry.source && mentions.length > 0,
      );
      box.append(
        button(text("wrong_not_a_quote"), () => corrector.correct(entry, "not_a_quote"), "press"),
        choice(
          text("wrong_speaker"),
          [
            ...others.map(({ id, label }) => /** @type {[string, string]} */ ([id, label])),
            .../** @type {[string, string][]} */ (source ? [["", text("nobody")]] : []),
          ],
          (speaker) => corrector.correct(entry, "speaker", { speaker }),
        ),
      );
      if (source)
        box.append(
          choice(
            text("wrong_kind"),
            taxonomy.TYPES.filter((type) => type !== source.type).map((type) => [
              type,
              taxonomy.label("type", type),
            ]),
            (type) => corrector.correct(entry, "kind", { type: /** @type {SourceType} */ (type) }),
          ),
        );
    } else
      box.append(
        button(text("wrong_not_contested"), () => corrector.correct(entry, "not_contested"), "press"),
      );
    const note = /** @type {HTMLInputElement} */ (make("input", ""));
    note.maxLength = LONGEST_NOTE;
    const keep = button(
      text("wrong_keep"),
      () => {
        const said = note.value.trim();
        if (said === "") note.focus();
        else corrector.correct(entry, "note", { note: said });
      },
      "press",
    );
    note.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") keep.click();
    });
    box.append(
      make("label", "field", make("span", "", text("wrong_note")), note),
      keep,
      make("p", "quiet", text("wrong_kept")),
    );
    return box;
  };

  shared.wrong = {
    said(corrections, corrector) {
      const { make, button } = shared.elements;
      return corrections.map((one) =>
        make(
          "p",
          "by-reader",
          shared.text("byReader", shared.corrections.sentence(one)),
          " ",
          button(shared.text("undo"), () => corrector.undo(one.id)),
        ),
      );
    },
    part(entry, analysis, corrector) {
      const { make, button } = shared.elements;
      const box = make("div", "");
      const own = (analysis.corrections ?? []).filter((one) => one.entry === entry.id);
      const open = button(
        shared.text("wrong"),
        () => {
          const fields = form(entry, analysis, corrector);
          open.replaceWith(fields);
          corrector.hold();
          /** @type {HTMLElement | null} */ (fields.querySelector("button, select"))?.focus();
        },
        "open-wrong",
      );
      box.append(...shared.wrong.said(own, corrector), open);
      return box;
    },
  };
})();
