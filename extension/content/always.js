// On sites that the reader has allowed: start by itself, unless a switch says otherwise.
(() => {
  globalThis.onrecord.attend?.();
})();
