// One page: read it, have it analysed, paint the answer, keep the marks in place, and take them away again.
(() => {
  const shared = globalThis.onrecord;
  if (shared.started) return;
  shared.started = true;

  // The background's worker is stopped after 30 s without a message; a job may take longer.
  const PING = 20_000;
  const OWN_SCHEMA = "onrecord/1";

  /** @type {View} */
  const view = { status: "idle", problem: null, analysis: null, title: "", url: "", lost: [], blocks: [], whole: false };
  /** @type {LiveBlock[]} */
  let live = [];
  /** @type {Mark[]} */
  let marks = [];
  /** @type {AbortController | null} */
  let shown = null;
  /** @type {chrome.runtime.Port | null} */
  let job = null;
  let preferences = shared.preferences.DEFAULTS;
  let address = location.href;

  /** @param {Message} message */
  const tell = (message) => {
    chrome.runtime.sendMessage(message).catch(() => {
      // no panel is open, or the extension was reloaded: nobody to tell
    });
  };

  const announce = () => {
    const problem = view.status === "problem";
    const count = view.status === "shown" ? (view.analysis?.summary.sources ?? null) : null;
    tell({ type: "badge", sources: count, problem });
    tell({ type: "changed", view });
  };

  /** @param {string} code @param {string} message */
  const fail = (code, message) => {
    hide();
    view.status = "problem";
    view.problem = { code, message };
    const known = shared.problems[code] ?? { sentence: message, action: "Try again", button: "retry" };
    shared.notice.show(known, (button) => {
      shared.notice.hide();
      if (button === "retry") start(shared.extract.article(document), false);
      else if (button === "analyze-selection") start(shared.extract.selection(document), true);
      else tell({ type: "open-welcome" });
    });
    announce();
  };

  /** @param {WireAnalysis} analysis */
  const marksOf = (analysis) => {
    const sources = new Map(analysis.sources.map((source) => [source.id, source]));
    const blocks = new Map(view.blocks.map((block) => [block.id, block]));
    /** @type {Mark[]} */
    const found = [];
    view.lost = [];
    /** @type {Map<Element, 'light' | 'dark'>} */
    const schemes = new Map();
    /** @param {StaticRange} range */
    const scheme = (range) => {
      const element = range.startContainer.parentElement ?? document.body;
      const known = schemes.get(element) ?? shared.scheme.of(element);
      schemes.set(element, known);
      return known;
    };
    /** @param {'quote' | 'claim'} kind @param {string} id @param {WireSpan[]} spans @param {(range: StaticRange) => string[]} styles */
    const add = (kind, id, spans, styles) => {
      for (const span of spans) {
        const block = blocks.get(span.block);
        const range = block ? shared.anchor.locate(live, block, span) : null;
        if (range) found.push({ kind, id, span, range, styles: styles(range) });
        else if (!view.lost.includes(id)) view.lost.push(id);
      }
    };
    for (const quote of analysis.quotes) {
      const source = sources.get(quote.source ?? "");
      add("quote", quote.id, quote.content, (range) => {
        if (!source) return ["lost"];
        const suffix = scheme(range);
        const line = shared.taxonomy.line[source.identification];
        return [source.type, `${source.type}-${line}-${suffix}`, `tint-${source.type}-${suffix}`];
      });
    }
    for (const claim of analysis.claims)
      add("claim", claim.id, claim.content, (range) => ["contested", `contested-${scheme(range)}`]);
    return found;
  };

  const place = () => {
    if (!view.analysis) return;
    marks = marksOf(view.analysis);
    shared.hit.index(marks.filter((mark) => preferences.layers[mark.styles[0] ?? ""] !== false));
    shared.paint.draw(marks, preferences);
  };

  const hide = () => {
    shown?.abort();
    shown = null;
    shared.paint.clear();
    shared.notice.hide();
    marks = [];
    shared.hit.index(marks);
  };

  /** @param {Mark[]} under */
  const cardBody = (under) =>
    view.analysis && shared.describe.card(under, view.analysis, jump, () => tell({ type: "open-panel" }));

  const show = () => {
    if (shown === null) {
      shown = new AbortController();
      shared.card.attach((x, y) => shared.hit.at(x, y), cardBody, shown.signal);
      shared.watch.start(
        () => {
          if (location.href.split("#", 1)[0] !== address.split("#", 1)[0]) {
            moved();
            return;
          }
          live = shared.blocks.read(document.body);
          place();
          tell({ type: "changed", view });
        },
        (node) => shared.card.owns(node) || shared.notice.owns(node) || isOurs(node),
        shown.signal,
      );
    }
    view.status = "shown";
    view.problem = null;
    place();
  };

  /** Hosts that were removed a moment ago are ours as well. @param {Node} node */
  const isOurs = (node) =>
    node.nodeType === Node.ELEMENT_NODE &&
    /** @type {HTMLElement} */ (node).popover === "manual" &&
    node.childNodes.length === 0 &&
    (node.parentNode === null || node.parentNode === document.documentElement);

  /** The page has become another one without being loaded: its marks go, and the reader asks again. */
  const moved = () => {
    hide();
    Object.assign(view, { status: "idle", problem: null, analysis: null, lost: [], blocks: [] });
    address = location.href;
    announce();
    void shared.remembered.get(address).then((on) => {
      if (on) start(shared.extract.article(document), false);
    });
  };

  /** @param {LiveBlock[]} blocks @param {boolean} selected */
  const start = (blocks, selected) => {
    job?.disconnect();
    hide();
    address = location.href;
    if (selected && blocks.length === 0) return fail("nothing_selected", "");
    if (!selected && !shared.extract.isArticle(blocks)) return fail("not_an_article", "");
    live = blocks;
    view.title = document.title;
    view.url = location.href;
    view.blocks = blocks.map(({ id, role, text }) => ({ id, role, text }));
    view.analysis = null;
    view.whole = false;
    view.status = "working";
    const language = document.documentElement.lang.trim().replaceAll("_", "-") || "en";
    const port = chrome.runtime.connect({ name: "job" });
    job = port;
    const ping = setInterval(() => port.postMessage({ type: "ping" }), PING);
    const slow = setTimeout(
      () => shared.notice.working("Onrecord is reading this article on this computer …"),
      400,
    );
    const end = () => {
      clearInterval(ping);
      clearTimeout(slow);
      if (job === port) job = null;
    };
    port.onMessage.addListener((/** @type {unknown} */ message) => {
      if (job !== port || !shared.messages.isJobMessage(message)) return;
      if (message.type === "failed") {
        end();
        port.disconnect();
        fail(message.problem.code, message.problem.message);
      } else if (message.type === "partial" || message.type === "done") {
        clearTimeout(slow);
        shared.notice.hide();
        if (message.analysis.schema !== OWN_SCHEMA) {
          end();
          port.disconnect();
          fail("version_mismatch", "");
          return;
        }
        view.analysis = message.analysis;
        show();
        if (message.type === "done") {
          view.whole = true;
          end();
          port.disconnect();
          live = shared.blocks.read(document.body);
          place();
        }
        announce();
      }
    });
    port.onDisconnect.addListener(() => {
      const broken = job === port;
      end();
      if (broken) fail("unexpected", "");
    });
    port.postMessage({
      type: "analyze",
      request: {
        url: location.href,
        title: document.title,
        language,
        offsets: "utf-16",
        blocks: view.blocks,
      },
    });
    announce();
  };

  /** @param {string} id */
  const jump = (id) => {
    const ids = id.startsWith("s")
      ? (view.analysis?.quotes.filter((quote) => quote.source === id).map((quote) => quote.id) ?? [])
      : [id];
    const targets = marks.filter((mark) => ids.includes(mark.id));
    const first = targets[0];
    if (!first) return;
    const range = document.createRange();
    range.setStart(first.range.startContainer, first.range.startOffset);
    range.setEnd(
      first.range.startContainer,
      Math.min(first.range.startOffset + 1, first.range.startContainer.textContent?.length ?? 0),
    );
    const box = range.getBoundingClientRect();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    shared.card.hide();
    scrollTo({ top: scrollY + box.top - innerHeight / 3, behavior: calm ? "instant" : "smooth" });
    shared.paint.flash(targets.map((mark) => mark.range));
  };

  const toggle = () => {
    if (view.status === "shown" || view.status === "working") {
      job?.disconnect();
      job = null;
      hide();
      view.status = view.analysis ? "hidden" : "idle";
      void shared.remembered.set(location.href, false);
      announce();
      return;
    }
    void shared.remembered.set(location.href, true);
    if (view.status === "hidden" && view.analysis && location.href === view.url) {
      live = shared.blocks.read(document.body);
      show();
      announce();
    } else {
      start(shared.extract.article(document), false);
    }
  };

  /** A page that was marked when the reader left it is marked again when it is loaded again. */
  const wake = async () => {
    if ((await shared.remembered.get(location.href)) === true) begin();
  };

  /** Mark the page if it is an article, and say nothing if it is none: nobody has asked. */
  const begin = () => {
    if (view.status !== "idle") return;
    const blocks = shared.extract.article(document);
    if (shared.extract.isArticle(blocks)) start(blocks, false);
  };
  shared.begin = begin;

  chrome.runtime.onMessage.addListener((/** @type {unknown} */ message, sender, answer) => {
    if (sender.id !== chrome.runtime.id || !shared.messages.isMessage(message)) return;
    if (message.type === "toggle") toggle();
    else if (message.type === "wake") void wake();
    else if (message.type === "retry") start(shared.extract.article(document), false);
    else if (message.type === "analyze-selection") start(shared.extract.selection(document), true);
    else if (message.type === "jump") jump(message.id);
    else if (message.type === "view") answer(view);
  });

  chrome.storage.onChanged.addListener((changes, area) => {
    if (area !== "local" || !changes.preferences) return;
    preferences = shared.preferences.clean(changes.preferences.newValue);
    if (view.status === "shown") place();
  });
  void shared.preferences.read().then((read) => {
    preferences = read;
    if (view.status === "shown") place();
  });
  addEventListener("pagehide", () => {
    shared.card.hide();
    shared.notice.hide();
  });
})();
