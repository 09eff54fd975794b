// Light or dark: decided by the background that is computed under a text, not by the reader's preference.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** @param {string} colour @returns {[number, number, number, number] | null} */
  const parse = (colour) => {
    const numbers = colour
      .match(/^rgba?\(([^)]+)\)/)?.[1]
      ?.split(/[,/\s]+/)
      .filter(Boolean)
      .map(Number);
    if (!numbers || numbers.length < 3 || numbers.some(Number.isNaN)) return null;
    const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
    return [red, green, blue, alpha];
  };

  /** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance @param {number[]} rgb */
  const luminance = (rgb) => {
    const [red = 0, green = 0, blue = 0] = rgb.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  shared.scheme = {
    of(element) {
      for (let at = element; at !== null; at = at.parentElement) {
        const colour = parse(getComputedStyle(at).backgroundColor);
        if (colour && colour[3] >= 0.5)
          return luminance(colour.slice(0, 3)) > shared.palette.LIGHT_ABOVE ? "light" : "dark";
      }
      // nothing is painted: the canvas shows, which follows color-scheme
      const scheme = getComputedStyle(document.documentElement).colorScheme;
      const dark =
        /\bdark\b/.test(scheme) &&
        (!/\blight\b/.test(scheme) || matchMedia("(prefers-color-scheme: dark)").matches);
      return dark ? "dark" : "light";
    },
  };
})();
