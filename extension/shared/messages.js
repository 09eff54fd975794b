// Every message between page, background and panel. What is not one of these is refused.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** @param {unknown} value @returns {value is Record<string, unknown>} */
  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  /** @param {Record<string, unknown>} value */
  const always = (value) => Object.keys(value).length === 1;

  /** @param {unknown} value */
  const isShare = (value) => typeof value === "number" && value >= 0 && value <= 1;

  /** @type {Record<string, (value: Record<string, unknown>) => boolean>} */
  const messages = {
    toggle: always,
    switch: (value) => typeof value.on === "boolean",
    wake: always,
    tour: always,
    view: always,
    retry: always,
    resume: always,
    "analyze-selection": always,
    "open-panel": always,
    "open-welcome": always,
    "open-sample": always,
    "as-english": always,
    jump: (value) =>
      typeof value.id === "string" &&
      /^(?:[qsf]\d{1,6}|c\d{1,6}(?:e\d{1,3})?)$/.test(value.id) &&
      typeof value.focus === "boolean",
    link: (value) => typeof value.id === "string" && /^[qc]\d{1,6}$/.test(value.id),
    filter: (value) => isRecord(value.filter),
    pointed: (value) =>
      typeof value.id === "string" && /^(?:[qf]\d{1,6}|c\d{1,6}(?:e\d{1,3})?)$/.test(value.id),
    correct: (value) => isRecord(value.request) && Array.isArray(value.request.blocks),
    undo: (value) => typeof value.id === "string" && /^[0-9a-f]{32}$/.test(value.id),
    changed: (value) => isRecord(value.view),
    badge: (value) =>
      typeof value.problem === "boolean" &&
      typeof value.hidden === "boolean" &&
      (value.sources === null || Number.isInteger(value.sources)) &&
      (value.read === null || isShare(value.read)),
  };

  /** @type {Record<string, (value: Record<string, unknown>) => boolean>} */
  const jobs = {
    analyze: (value) => isRecord(value.request) && Array.isArray(value.request.blocks),
    ping: always,
    starting: always,
    newsroom: always,
    progress: (value) => Number.isInteger(value.read),
    partial: (value) => isRecord(value.analysis),
    done: (value) => isRecord(value.analysis),
    failed: (value) => isRecord(value.problem) && typeof value.problem.code === "string",
  };

  /** @param {Record<string, (value: Record<string, unknown>) => boolean>} kinds @param {unknown} value */
  const fits = (kinds, value) =>
    isRecord(value) &&
    typeof value.type === "string" &&
    Object.hasOwn(kinds, value.type) &&
    kinds[value.type]?.(value) === true;

  shared.messages = {
    /** @returns {value is Message} @param {unknown} value */
    isMessage: (value) => fits(messages, value),
    /** @returns {value is JobMessage} @param {unknown} value */
    isJobMessage: (value) => fits(jobs, value),
  };
})();
