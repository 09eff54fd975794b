// Every state that keeps a page from being marked: one sentence, and one thing to do about it.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const again = /** @type {const} */ ({ action: "Try again", button: "retry" });
  shared.problems = {
    server_not_running: {
      sentence: "The Onrecord server is not running; start it with “python3 -m server”.",
      action: "Try again",
      button: "retry",
    },
    not_paired: {
      sentence: "Onrecord is not paired with its server yet.",
      action: "Pair now",
      button: "open-welcome",
    },
    version_mismatch: {
      sentence: "The extension and the server are of different versions; update both to the same one.",
      ...again,
    },
    paused: {
      sentence: "Onrecord is paused on all sites.",
      action: "Go on and mark this article",
      button: "resume",
    },
    not_an_article: {
      sentence: "This page does not look like an article.",
      action: "Analyse the selected text",
      button: "analyze-selection",
    },
    nothing_selected: {
      sentence: "Nothing is selected; select the text of the article first.",
      action: "Analyse the selected text",
      button: "analyze-selection",
    },
    unsupported_language: {
      sentence: "Onrecord reads English only, and this page is in another language.",
      action: "",
      button: null,
    },
    too_large: {
      sentence: "This page is too long to analyse at once; select a part of it.",
      action: "Analyse the selected text",
      button: "analyze-selection",
    },
    nothing_to_analyze: { sentence: "There is no text to analyse here.", ...again },
    busy: { sentence: "The server has too much to do at the moment.", ...again },
    timed_out: { sentence: "The analysis took too long and was stopped.", ...again },
    model_unavailable: {
      sentence: "The server could not load its language model; its window says why.",
      ...again,
    },
    forbidden: {
      sentence: "The server lets in only an extension that is paired with it.",
      action: "Pair now",
      button: "open-welcome",
    },
    invalid_request: {
      sentence: "The server does not understand this extension; update both to the same version.",
      ...again,
    },
    invalid_json: {
      sentence: "This page holds a broken character, and the server cannot read it whole.",
      action: "Analyse the selected text",
      button: "analyze-selection",
    },
    internal_error: { sentence: "Something went wrong inside the server.", ...again },
    restricted_page: {
      sentence: "The browser does not let extensions run on this page.",
      action: "",
      button: null,
    },
    unexpected: { sentence: "Something went wrong between the extension and the server.", ...again },
  };
})();
