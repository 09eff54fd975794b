// A link that leads to a passage: https://wicg.github.io/scroll-to-text-fragment/. A copied link shows the words to
// everybody, whether or not they have Onrecord.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const WHOLE = 120; // characters up to which a passage stands in the link as it is; a longer one by its two ends
  const END_WORDS = 5; // words of each end
  const CONTEXT_WORDS = 3; // words before and after, which tell two equal passages apart

  /** A hyphen and a comma mean something in a fragment, so they are written as codes. @param {string} text */
  const coded = (text) => encodeURIComponent(text).replaceAll("-", "%2D");
  /** @param {string} text @param {number} from @param {number} [to] */
  const words = (text, from, to) => text.trim().split(/\s+/).slice(from, to).join(" ");

  shared.fragment = {
    link(url, block, span) {
      const before = words(block.slice(0, span.start), -CONTEXT_WORDS);
      const after = words(block.slice(span.end), 0, CONTEXT_WORDS);
      const short = span.text.length <= WHOLE;
      const parts = [
        ...(before ? [`${coded(before)}-`] : []),
        ...(short
          ? [coded(span.text)]
          : [coded(words(span.text, 0, END_WORDS)), coded(words(span.text, -END_WORDS))]),
        ...(after ? [`-${coded(after)}`] : []),
      ];
      return `${url.split("#", 1)[0]}#:~:text=${parts.join(",")}`;
    },
  };
})();
