// A link that leads to a passage: https://wicg.github.io/scroll-to-text-fragment/. A copied link shows the words to
// everybody, whether or not they have Onrecord.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** A hyphen and a comma mean something in a fragment, so they are written as codes. @param {string} text */
  const coded = (text) => encodeURIComponent(text).replaceAll("-", "%2D");

  shared.fragment = {
    link(url, passage) {
      const page = url.split("#", 1)[0] ?? url;
      if (passage === null) return page;
      const { prefix, start, end, suffix } = passage;
      const parts = [
        ...(prefix ? [`${coded(prefix)}-`] : []),
        coded(start),
        ...(end ? [coded(end)] : []),
        ...(suffix ? [`-${coded(suffix)}`] : []),
      ];
      return `${page}#:~:text=${parts.join(",")}`;
    },
  };
})();
