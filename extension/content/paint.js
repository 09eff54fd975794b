// The marks on the page: ranges in the browser's highlight registry. The page's tree is never touched.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;
  if (shared.paint) return; // run a second time, it would lose what it has shown

  const PREFIX = "onrecord-";
  const FLASH = "flash";
  const CURRENT = "current";
  const FLASH_TIME = 1600; // milliseconds; long enough to find the place after a scroll
  // A contested line is drawn above the line of the quote it stands in.
  const PRIORITY = { tint: 1, quote: 2, claim: 3, flash: 4 };
  /**
   * The names in use, for each window: a frame has a registry of its own, and Firefox cannot list CSS.highlights from
   * a content script. @type {Map<Window & typeof globalThis, Set<string>>}
   */
  const used = new Map();
  let flashing = 0;

  /** @param {StaticRange} range */
  const viewOf = (range) =>
    /** @type {Window & typeof globalThis} */ (
      range.startContainer?.ownerDocument?.defaultView ?? globalThis
    );

  /**
   * The highlight registry of a window. A getter of a namespace answers for the window whose getter is called, and in
   * Firefox `view.CSS.highlights`, written so, calls after some rounds the one that was met first at that place in the
   * code. So each window's own getter is looked up and called. Null for a window that has gone, or gone elsewhere.
   * @param {Window & typeof globalThis} view @returns {HighlightRegistry | null}
   */
  const registry = (view) => {
    try {
      return Reflect.getOwnPropertyDescriptor(view.CSS, "highlights")?.get?.call(view.CSS) ?? null;
    } catch {
      return null; // the frame shows a page of another origin by now
    }
  };

  /** @param {string} name @param {StaticRange[]} ranges @param {number} priority */
  const register = (name, ranges, priority) => {
    for (const [view, own] of Map.groupBy(ranges, viewOf)) {
      const highlight = new view.Highlight(...own);
      highlight.priority = priority;
      registry(view)?.set(PREFIX + name, highlight);
      const names = used.get(view) ?? new Set();
      used.set(view, names.add(name));
    }
    if (shared.sheets) for (const range of ranges) shared.sheets.reach(range.startContainer, name);
  };

  // What an older script of ours has left: after an update of the extension its marks would stay, and answer to nobody.
  const leftovers = () => {
    const { TYPES, line } = shared.taxonomy;
    const lines = new Set(Object.values(line));
    const here = registry(/** @type {Window & typeof globalThis} */ (globalThis));
    for (const scheme of ["light", "dark"]) {
      const names = TYPES.flatMap((type) => [`tint-${type}`, ...[...lines].map((each) => `${type}-${each}`)]);
      for (const name of [...names, "contested"]) here?.delete(`${PREFIX}${name}-${scheme}`);
    }
    for (const name of [FLASH, CURRENT]) here?.delete(PREFIX + name);
  };
  leftovers();

  /** @param {(name: string) => boolean} chosen */
  const remove = (chosen) => {
    for (const [view, names] of used) {
      for (const name of names) {
        if (!chosen(name)) continue;
        registry(view)?.delete(PREFIX + name);
        names.delete(name);
      }
    }
  };

  shared.paint = {
    draw(marks, preferences) {
      /** @type {Map<string, {ranges: StaticRange[], priority: number}>} */
      const groups = new Map();
      for (const mark of marks) {
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
      const views = new Map([...groups].map(([name, { ranges }]) => [name, new Set(ranges.map(viewOf))]));
      for (const [view, names] of used) {
        for (const name of names) {
          if (name === FLASH || name === CURRENT || views.get(name)?.has(view)) continue;
          registry(view)?.delete(PREFIX + name);
          names.delete(name);
        }
      }
      for (const [name, { ranges, priority }] of groups) register(name, ranges, priority);
    },
    clear: () => remove(() => true),
    flash(ranges) {
      clearTimeout(flashing);
      remove((name) => name === FLASH);
      register(FLASH, ranges, PRIORITY.flash);
      flashing = setTimeout(() => remove((name) => name === FLASH), FLASH_TIME);
    },
    current(ranges) {
      remove((name) => name === CURRENT);
      if (ranges.length > 0) register(CURRENT, ranges, PRIORITY.flash);
    },
    /** Whether everything that was painted is still in the browser's registry. */
    stands: () =>
      [...used].every(([view, names]) => {
        const marks = registry(view);
        return marks === null || [...names].every((name) => marks.has(PREFIX + name));
      }),
    names: () => [...used.values()].flatMap((names) => [...names].map((name) => PREFIX + name)),
  };
})();
