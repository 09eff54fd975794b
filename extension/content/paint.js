// The marks on the page: ranges in the browser's highlight registry. The page's tree is never touched.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;
  if (shared.paint) return; // run a second time, it would lose what it has shown

  const PREFIX = "onrecord-";
  const FLASH = `${PREFIX}flash`;
  const FLASH_TIME = 1600; // milliseconds; long enough to find the place after a scroll
  // A contested line is drawn above the line of the quote it stands in.
  const PRIORITY = { tint: 1, quote: 2, claim: 3, flash: 4 };
  /** Firefox cannot list CSS.highlights from a content script, so the names are kept. @type {Set<string>} */
  const used = new Set();
  let flashing = 0;

  /** @param {string} name @param {StaticRange[]} ranges @param {number} priority */
  const register = (name, ranges, priority) => {
    const highlight = new Highlight(...ranges);
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
    used.add(name);
  };

  shared.paint = {
    draw(marks, preferences) {
      /** @type {Map<string, {ranges: StaticRange[], priority: number}>} */
      const groups = new Map();
      for (const mark of marks) {
        const layer = mark.styles[0] ?? "";
        if (preferences.layers[layer] === false) continue;
        for (const style of mark.styles.slice(1)) {
          if (style.startsWith("tint-") && !preferences.tint) continue;
          const priority = style.startsWith("tint-")
            ? PRIORITY.tint
            : mark.kind === "claim"
              ? PRIORITY.claim
              : PRIORITY.quote;
          const group = groups.get(style) ?? { ranges: [], priority };
          group.ranges.push(mark.range);
          groups.set(style, group);
        }
      }
      for (const name of used) {
        if (name !== FLASH && !groups.has(name.slice(PREFIX.length))) {
          CSS.highlights.delete(name);
          used.delete(name);
        }
      }
      for (const [style, { ranges, priority }] of groups) register(PREFIX + style, ranges, priority);
    },
    clear() {
      for (const name of used) CSS.highlights.delete(name);
      used.clear();
    },
    flash(ranges) {
      clearTimeout(flashing);
      register(FLASH, ranges, PRIORITY.flash);
      flashing = setTimeout(() => {
        CSS.highlights.delete(FLASH);
        used.delete(FLASH);
      }, FLASH_TIME);
    },
    names: () => [...used],
  };
})();
