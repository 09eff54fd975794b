// The words that a reader sees: every one of them comes from _locales, by its key. What is put into a message, from the
// page or the server, never goes through the browser's own substitution, so no text can pass for a part of a message.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const MOST_PARTS = 9; // $1 to $9, as many as a message can have
  const FIRST = 0xe000; // the first of Unicode's private characters, which stand for the parts until they are put in
  const PLACES = Array.from({ length: MOST_PARTS }, (_, number) => String.fromCharCode(FIRST + number));
  const PLACE = /([\ue000-\ue008])/;

  /** What was asked for once: after an update of the extension a page's script can ask no more. @type {Map<string, string>} */
  const known = new Map();

  /** @param {string} key */
  const message = (key) => {
    const found = known.get(key) ?? chrome.i18n.getMessage(key, PLACES);
    if (found === "") throw new Error(`_locales has no message “${key}”`);
    known.set(key, found);
    return found;
  };

  /** @param {string} key @param {TextPart[]} parts @returns {(Node | string)[]} */
  const nodes = (key, ...parts) =>
    message(key)
      .split(PLACE)
      .flatMap((piece) => {
        const part = PLACE.test(piece) ? (parts[piece.charCodeAt(0) - FIRST] ?? "") : piece;
        const all = Array.isArray(part) ? part : [part];
        return all.filter((one) => one !== "");
      });

  /** @param {string} key @param {(string | number)[]} parts */
  const text = (key, ...parts) => nodes(key, ...parts.map(String)).join("");

  /** Made when they are first needed: on a page that is only painted no message is. @template T @param {() => T} make */
  const once = (make) => {
    /** @type {T | undefined} */
    let made;
    return () => {
      made ??= make();
      return made;
    };
  };
  // The language of the messages, which is not always that of the browser.
  const language = once(() => message("language"));
  const plural = once(() => new Intl.PluralRules(language()));
  const list = once(() => new Intl.ListFormat(language(), { type: "unit" }));
  const share = once(() => new Intl.NumberFormat(language(), { style: "percent" }));

  shared.text = Object.assign(text, {
    nodes,
    count: (/** @type {string} */ key, /** @type {number} */ number) =>
      text(`${key}_${plural().select(number)}`, number),
    list: (/** @type {string[]} */ entries) => list().format(entries),
    share: (/** @type {number} */ part) => share().format(part),
    language,
    fill(/** @type {Document} */ page) {
      page.documentElement.lang = language();
      for (const element of page.querySelectorAll("[data-text]")) {
        const children = Array.from(element.children);
        element.replaceChildren(...nodes(element.getAttribute("data-text") ?? "", ...children));
      }
    },
  });
})();
