// On sites where the reader said "always": start by itself, unless this article was switched off.
(() => {
  const shared = globalThis.onrecord;
  void shared.remembered.get(location.href).then((on) => {
    if (on !== false) shared.begin?.();
  });
})();
