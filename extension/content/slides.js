// Slide shows: one picture with its words is shown, the others wait hidden, and all of them are the article's.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const PICTURE = "img, picture, video, amp-img";
  // What pages and readers' tools call the show or its slides.
  const CALLED = /(?:^|[-_\s])(?:slides?|slide-?show|slider|carousel|swiper|gallery)(?=$|[-_\s])/i;
  // Fewer alike boxes are a slide show only if they are called one: two may be a text and a dialogue.
  const FEWEST = 3;
  // A slide holds a picture and some sentences on it, not a chapter.
  const LONGEST = 1500;

  /** @param {Element} element */
  const isHidden = (element) => {
    if (element.getAttribute("aria-hidden") === "true") return true;
    const { display, visibility } = getComputedStyle(element);
    return display === "none" || visibility === "hidden";
  };

  /** @param {Element} element */
  const named = (element) =>
    CALLED.test(
      `${element.getAttribute("class") ?? ""} ${element.getAttribute("aria-roledescription") ?? ""}`.replace(
        /([a-z])([A-Z])/g,
        "$1-$2",
      ),
    );

  /** @param {Element} one @param {Element} other */
  const isAlike = (one, other) =>
    one.tagName === other.tagName &&
    ((one.classList.length === 0 && other.classList.length === 0) ||
      [...one.classList].some((name) => other.classList.contains(name)));

  /** @param {Element} element */
  const isMade = (element) => {
    const length = (element.textContent ?? "").trim().length;
    return length > 0 && length <= LONGEST && element.querySelector(PICTURE) !== null;
  };

  shared.slides = {
    isHiddenSlide(element) {
      const box = element.parentElement;
      if (!box || !isMade(element)) return false;
      const fewest = named(box) || named(element) ? 2 : FEWEST;
      let slides = 0;
      let shown = false;
      for (const child of box.children) {
        if (!isAlike(child, element) || !isMade(child)) continue;
        slides += 1;
        shown ||= !isHidden(child);
        if (shown && slides >= fewest) return isHidden(element);
      }
      return false;
    },
  };
})();
