// What is remembered between visits: which layers are shown, whether the tour is over, and for each article whether it is marked.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  // Articles are remembered by a hash of their address, the latest so many of them.
  const MOST_ARTICLES = 500;

  /** @type {Preferences} */
  const DEFAULTS = {
    layers: Object.fromEntries(shared.taxonomy.LAYERS.map((layer) => [layer, true])),
    tint: true,
    colours: "ten",
    print: false,
    keys: true,
    button: "toggle",
    order: "weight",
  };

  shared.preferences = {
    DEFAULTS,
    clean(value) {
      const found = /** @type {Partial<Preferences>} */ (
        typeof value === "object" && value !== null ? value : {}
      );
      const layers = /** @type {Record<string, boolean>} */ (found.layers ?? {});
      return {
        layers: Object.fromEntries(shared.taxonomy.LAYERS.map((layer) => [layer, layers[layer] !== false])),
        tint: found.tint !== false,
        colours: found.colours === "three" ? "three" : "ten",
        print: found.print === true,
        keys: found.keys !== false,
        button: found.button === "menu" ? "menu" : "toggle",
        order: found.order === "place" || found.order === "kind" ? found.order : "weight",
      };
    },
    async read() {
      return shared.preferences.clean((await chrome.storage.local.get("preferences")).preferences);
    },
    async write(preferences) {
      await chrome.storage.local.set({ preferences: shared.preferences.clean(preferences) });
    },
  };

  shared.toured = {
    read: async () => (await chrome.storage.local.get("toured")).toured === true,
    async write(seen) {
      await chrome.storage.local.set({ toured: seen });
    },
  };

  /** An address without its fragment, unless a page keeps its stories apart by it ("#!/story/2"). @param {string} url */
  const identity = (url) => (/#!?\//.test(url) ? url : (url.split("#", 1)[0] ?? url));

  shared.remembered = {
    identity,
    async key(url) {
      const bytes = new TextEncoder().encode(identity(url));
      // crypto.subtle is missing on pages without a secure context; FNV-1a then keeps the address out of the store
      if (globalThis.crypto?.subtle) {
        const digest = await crypto.subtle.digest("SHA-256", bytes);
        return Array.from(new Uint8Array(digest).slice(0, 12), (byte) =>
          byte.toString(16).padStart(2, "0"),
        ).join("");
      }
      let hash = 0xcbf29ce484222325n;
      for (const byte of bytes) {
        hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
      }
      return hash.toString(16);
    },
    async get(url) {
      const { articles } = /** @type {{articles?: Record<string, boolean>}} */ (
        await chrome.storage.local.get("articles")
      );
      return articles?.[await shared.remembered.key(url)] ?? null;
    },
    async set(url, shown) {
      const key = await shared.remembered.key(url);
      const { articles = {} } = /** @type {{articles?: Record<string, boolean>}} */ (
        await chrome.storage.local.get("articles")
      );
      delete articles[key]; // so that it becomes the latest
      articles[key] = shown;
      const latest = Object.entries(articles).slice(-MOST_ARTICLES);
      await chrome.storage.local.set({ articles: Object.fromEntries(latest) });
    },
  };
})();
