// Light or dark: decided by the background that is computed under a text, not by the reader's preference.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance @param {number[]} rgb linear, 0 to 1 */
  const luminance = ([red = 0, green = 0, blue = 0]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  /** @param {number} share of a channel of sRGB, 0 to 1 */
  const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);

  /**
   * Browsers compute a colour in the space it was written in. Ours need only be told from black to white, so the
   * wide RGB spaces count as sRGB. @param {string} space @param {number[]} channels
   */
  const lightness = (space, channels) => {
    const [first = 0, second = 0] = channels;
    if (/^rgba?$/.test(space)) return luminance(channels.map((channel) => linear(channel / 255)));
    if (/^okl/.test(space)) return first ** 3;
    if (/^l/.test(space)) return first > 8 ? ((first + 16) / 116) ** 3 : first / 903.3;
    if (/^xyz/.test(space)) return second;
    return luminance(space === "srgb-linear" ? channels : channels.map(linear));
  };

  /** @param {string} colour @returns {{light: number, alpha: number} | null} */
  const parse = (colour) => {
    const [, name = "", inside = ""] = colour.match(/^([a-z]+)\(([^)]+)\)/) ?? [];
    const words = inside.split(/[,/\s]+/).filter(Boolean);
    const space = name === "color" ? (words.shift() ?? "") : name;
    const numbers = words.map((word) => (word === "none" ? 0 : Number(word)));
    if (numbers.length < 3 || numbers.some(Number.isNaN)) return null;
    return { light: lightness(space, numbers.slice(0, 3)), alpha: numbers[3] ?? 1 };
  };

  shared.scheme = {
    of(element) {
      for (let at = element; at !== null; at = at.parentElement) {
        const colour = parse(getComputedStyle(at).backgroundColor);
        if (colour && colour.alpha >= 0.5)
          return colour.light > shared.palette.LIGHT_ABOVE ? "light" : "dark";
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
