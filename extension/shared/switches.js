// Where pages are marked without being asked: nowhere while paused, then as the article, its site, and all sites say.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const MOST_SITES = 2000; // in each list; a longer one is a mistake in a file that was imported
  // A name of a host as the browser writes it: small letters, digits, hyphens and dots, or an address in brackets.
  const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\])$/;

  const ADDRESS = /^\d+(?:\.\d+){3}$/;

  /** @param {unknown} value @returns {string[]} */
  const hosts = (value) =>
    Array.isArray(value)
      ? [...new Set(value.filter((host) => typeof host === "string" && HOST.test(host)))].slice(0, MOST_SITES)
      : [];

  /** The rule for a host: its own, or that of the nearest host above it. @param {Switches} switches @param {string} host */
  const rule = (switches, host) => {
    for (let at = host; at !== ""; at = at.includes(".") ? at.slice(at.indexOf(".") + 1) : "") {
      if (switches.never.includes(at)) return /** @type {const} */ ({ site: at, on: false });
      if (switches.always.includes(at)) return /** @type {const} */ ({ site: at, on: true });
    }
    return null;
  };

  shared.switches = {
    rule,
    clean(value) {
      const found = /** @type {Partial<Switches>} */ (
        typeof value === "object" && value !== null ? value : {}
      );
      const never = hosts(found.never);
      return {
        paused: found.paused === true,
        everywhere: found.everywhere === true,
        always: hosts(found.always).filter((host) => !never.includes(host)),
        never,
      };
    },
    async read() {
      return shared.switches.clean((await chrome.storage.local.get("switches")).switches);
    },
    async write(switches) {
      await chrome.storage.local.set({ switches: shared.switches.clean(switches) });
    },
    decide(switches, host, article) {
      if (switches.paused) return { on: false, because: "paused" };
      if (article !== null) return { on: article, because: "article" };
      const found = rule(switches, host);
      if (found) return { on: found.on, because: "site" };
      return { on: switches.everywhere, because: switches.everywhere ? "everywhere" : "asked" };
    },
    withSite(switches, host, on) {
      const always = switches.always.filter((site) => site !== host);
      const never = switches.never.filter((site) => site !== host);
      if (on === true) always.push(host);
      if (on === false) never.push(host);
      return shared.switches.clean({ ...switches, always, never });
    },
    patterns(host, scheme) {
      const own = `${scheme}://${host}/*`;
      return host.startsWith("[") || ADDRESS.test(host) ? [own] : [own, `${scheme}://*.${host}/*`];
    },
    siteOf(url) {
      const parsed = URL.parse(url);
      if (!parsed || !/^https?:$/.test(parsed.protocol) || !HOST.test(parsed.hostname)) return null;
      return { host: parsed.hostname.replace(/^www\./, ""), scheme: parsed.protocol.slice(0, -1) };
    },
  };
})();
