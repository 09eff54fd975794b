// What the page says about its article: who publishes it, and when it was published. Shown in a report, never sent elsewhere.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const LONGEST = { outlet: 200, published: 40 };
  const DEEPEST = 8;
  const ARTICLE = /(?:Article|BlogPosting|LiveBlogPosting|Report|ReportageNewsArticle|SocialMediaPosting)$/;
  const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/;
  const OUTLETS = ['meta[property="og:site_name"]', 'meta[itemprop="publisher"]'];
  const DATES = [
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="date" i]',
    'meta[name="dc.date.issued" i]',
    'meta[name="parsely-pub-date" i]',
  ];

  /** @typedef {Record<string, unknown>} Entry */

  /** @param {unknown} value @returns {unknown[]} */
  const list = (value) => (Array.isArray(value) ? value : [value]);

  /** @param {unknown} value @returns {value is Entry} */
  const isEntry = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** @param {Entry} entry */
  const types = (entry) => list(entry["@type"]).filter((kind) => typeof kind === "string");

  /** One line of text, or null. @param {unknown} value @param {number} longest */
  const line = (value, longest) => {
    const text = isEntry(value) ? value["@value"] : value;
    if (typeof text !== "string") return null;
    return text.replace(/\s+/g, " ").trim().slice(0, longest) || null;
  };

  /** Articles on the outermost level, in lists and graphs; not what stands within them. @param {unknown} value @param {number} depth @returns {Entry[]} */
  const articles = (value, depth) => {
    if (depth > DEEPEST) return [];
    if (Array.isArray(value)) return value.flatMap((entry) => articles(entry, depth + 1));
    if (!isEntry(value)) return [];
    if (types(value).some((kind) => ARTICLE.test(kind))) return [value];
    return ["@graph", "mainEntity", "mainEntityOfPage"].flatMap((key) => articles(value[key], depth + 1));
  };

  /** The page's article: of a live blog the blog, and not its posts. @param {Document} document @returns {Entry} */
  const article = (document) => {
    const found = [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((script) => {
      try {
        return articles(JSON.parse(script.textContent ?? ""), 0);
      } catch {
        return []; // pages write broken JSON; then they say nothing
      }
    });
    return found.find((entry) => types(entry).includes("LiveBlogPosting")) ?? found[0] ?? {};
  };

  /** The first of these elements that says something. @param {Document} document @param {string[]} selectors @param {number} longest */
  const meta = (document, selectors, longest) => {
    for (const selector of selectors) {
      const found = line(document.querySelector(selector)?.getAttribute("content"), longest);
      if (found) return found;
    }
    return null;
  };

  /** @param {Document} document @returns {{outlet: string | null, published: string | null}} */
  const read = (document) => {
    const said = article(document);
    const publisher = list(said.publisher)[0];
    const name = line(isEntry(publisher) ? (publisher.name ?? publisher) : publisher, LONGEST.outlet);
    const dates = [line(said.datePublished, LONGEST.published), meta(document, DATES, LONGEST.published)];
    return {
      outlet: name ?? meta(document, OUTLETS, LONGEST.outlet),
      published: dates.find((day) => day !== null && DATE.test(day)) ?? null,
    };
  };

  shared.about = { read };
})();
