// One analysis: a port to the background that is kept open until the whole answer is there.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  // The background's worker is stopped after 30 s without a message; a job may take longer.
  const PING = 20_000;
  // A worker that was stopped nevertheless is asked again so many times; the server remembers what it has done.
  const ATTEMPTS = 3;

  shared.job = {
    run(request, heard) {
      let ended = false;
      let attempts = 0;
      /** @type {chrome.runtime.Port | null} */
      let port = null;
      const ping = setInterval(() => port?.postMessage({ type: "ping" }), PING);
      const end = () => {
        if (ended) return;
        ended = true;
        clearInterval(ping);
        port?.disconnect();
        heard.ended();
      };
      const connect = () => {
        attempts += 1;
        const own = chrome.runtime.connect({ name: "job" });
        port = own;
        own.onMessage.addListener((/** @type {unknown} */ message) => {
          if (ended || port !== own || !shared.messages.isJobMessage(message)) return;
          if (message.type === "failed") {
            end();
            heard.failed(message.problem);
          } else if (message.type === "starting") heard.starting();
          else if (message.type === "newsroom") heard.newsroom();
          else if (message.type === "progress") heard.progress(message.read);
          else if (message.type === "partial") heard.answer(message.analysis, false);
          else if (message.type === "done") {
            end();
            heard.answer(message.analysis, true);
          }
        });
        own.onDisconnect.addListener(() => {
          if (ended || port !== own) return;
          if (attempts < ATTEMPTS) {
            try {
              return connect();
            } catch {
              // the extension was reloaded or removed: this page's scripts are orphans
            }
          }
          end();
          heard.failed({ code: "unexpected", message: "" });
        });
        own.postMessage({ type: "analyze", request });
      };
      connect();
      return { end };
    },
  };
})();
