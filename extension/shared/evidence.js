// Evidence worth reading: the sentence of the article that tells, with its words marked. Which it is, the server decides.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** @param {WireTelling} telling @param {(span: WireSpan) => HTMLElement | string} said what stands for the words */
  const drawn = ({ sentence, words, cut_before, cut_after }, said) => {
    const box = shared.elements.make("q", "");
    if (cut_before) box.append("… ");
    let at = sentence.start;
    for (const span of words) {
      if (span.start < at) continue; // lies in the words before it
      box.append(
        sentence.text.slice(at - sentence.start, span.start - sentence.start),
        shared.elements.make("mark", "", said(span)),
      );
      at = span.end;
    }
    box.append(sentence.text.slice(at - sentence.start));
    if (cut_after) box.append(" …");
    return box;
  };

  shared.evidence = {
    ofSource: (source) =>
      source.telling && !source.anonymity ? drawn(source.telling, ({ text }) => text) : null,
    ofClaim: (claim, jump) =>
      claim.telling
        ? drawn(claim.telling, (span) => {
            const number = claim.evidence.findIndex(
              ({ block, start }) => block === span.block && start === span.start,
            );
            return shared.elements.button(span.text, (event) => jump(Math.max(0, number), event));
          })
        : null,
  };
})();
