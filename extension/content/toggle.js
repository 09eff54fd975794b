// On a page where the button was pressed for the first time, while Onrecord is not paused.
(() => {
  globalThis.onrecord.toggle?.();
})();
