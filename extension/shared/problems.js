// Every state that keeps a page from being marked: one sentence, and one thing to do about it.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** What helps against each; the sentences are in _locales. @type {Record<string, ProblemButton>} */
  const BUTTONS = {
    server_not_running: "retry",
    start_failed: "retry",
    not_paired: "open-welcome",
    not_proved: "open-welcome",
    version_mismatch: "retry",
    paused: "resume",
    not_an_article: "analyze-selection",
    nothing_selected: "analyze-selection",
    unsupported_language: "as-english",
    too_large: "analyze-selection",
    nothing_to_analyze: "retry",
    busy: "retry",
    timed_out: "retry",
    not_kept: "retry",
    read_in_part: "retry",
    newsroom_silent: "retry",
    newsroom_token: "open-welcome",
    newsroom_not_allowed: "open-welcome",
    newsroom_without: "open-welcome",
    model_unavailable: "retry",
    forbidden: "open-welcome",
    invalid_request: "retry",
    invalid_json: "analyze-selection",
    internal_error: "retry",
    restricted_page: "open-sample",
    unexpected: "retry",
  };

  shared.problems = {
    BUTTONS,
    shown({ code, message }) {
      const known = Object.hasOwn(BUTTONS, code);
      const button = (known && BUTTONS[code]) || "retry";
      return {
        sentence: known ? shared.text(`problem_${code}`) : message,
        action: shared.text(`action_${button.replaceAll("-", "_")}`),
        button,
      };
    },
  };
})();
