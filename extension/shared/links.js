// Links to the web, made as elements and never as markup. What is no web address becomes no link.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  shared.webLink = (url, text) => {
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
    const element = document.createElement("a");
    element.textContent = text;
    element.href = url;
    element.target = "_blank";
    element.rel = "noreferrer noopener";
    return element;
  };
})();
