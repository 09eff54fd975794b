// What the reader has corrected in this article, each with the way back.

const { text, corrections } = globalThis.onrecord;
const { make, button, words } = globalThis.onrecord.elements;

/** @param {HTMLElement} box @param {WireAnalysis} analysis @param {(message: Message) => unknown} send to the page */
export function drawCorrections(box, analysis, send) {
  const made = analysis.corrections ?? [];
  const entries = made.map((one) => {
    const said = corrections.sentence(one);
    const undo = button(text("undo"), () => send({ type: "undo", id: one.id }));
    undo.setAttribute("aria-label", text("undoThis", said));
    return make("li", "", make("q", "", words(one.content)), make("p", "quiet", said), undo);
  });
  box.querySelector(".list")?.replaceChildren(...entries);
  box.hidden = made.length === 0;
}
