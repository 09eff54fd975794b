// One page: read it, have it analysed, paint the answer, keep the marks in place, and take them away again.
(() => {
  const shared = globalThis.onrecord;
  if (shared.started) return;
  shared.started = true;

  const SLOW = 400; // milliseconds after which a notice says that work goes on
  // Milliseconds after which others are told, and the store is, what was asked for here. On a machine with few cores what
  // goes to the background meanwhile holds up an answer that the server has at hand.
  const LATER = 100;
  // How long a page that is marked by itself may take to put its article there, and how many marks must be lost before
  // a page whose address has changed counts as another one.
  const ATTENDED = 10_000;
  const MOVED = 0.5;
  // A page whose text has grown by this factor since it was read has more to say than was analysed.
  const GROWN = 1.25;
  // A live blog has more to say with each post: at least so many characters, and not more often than this is it read anew.
  const POST = 80;
  const ANEW = 15_000;
  // How often it is looked whether the marks still stand: a page may clear the browser's registry, and nothing tells.
  const STANDING = 1000;
  // A selection of fewer characters was left behind by a click or a search, and is no passage to read.
  const SELECTED = 20;
  // Two presses within this time are a double click, which means one.
  const DOUBLE = 500;
  const OWN_SCHEMA = "onrecord/1";
  // What helps against a problem and is done on the page itself.
  const ACTS = new Set(["retry", "analyze-selection", "as-english", "resume"]);

  /** @type {View} */
  const view = {
    status: "idle",
    problem: null,
    analysis: null,
    title: "",
    url: "",
    outlet: null,
    published: null,
    lost: [],
    blocks: [],
    whole: false,
    reading: false,
    read: 0,
    changed: false,
    newsroom: false,
    filter: shared.filter.NONE,
  };
  /** @type {LiveBlock[]} */
  let live = [];
  /** The texts of blocks that repeat others. @type {Set<string>} */
  let echoes = new Set();
  /** @type {Mark[]} */
  let marks = [];
  /** Those that are painted: what the reader has not hidden, here or everywhere. @type {Mark[]} */
  let painted = [];
  /** @type {ReturnType<Onrecord["walk"]["attach"]> | undefined} */
  let walk;
  /** @type {{start(): void} | undefined} */
  let tour;
  /** @type {AbortController | null} */
  let shown = null;
  /** @type {AbortController | null} */
  let attending = null;
  /** @type {{end(): void} | null} */
  let job = null;
  /** Looking for the article, which takes a few turns of the browser's. @type {AbortController | null} */
  let looking = null;
  /** The trees besides the document's own in which marks stand. @type {Set<Node>} */
  let trees = new Set();
  /** @type {{also(root: Node): void} | null} */
  let watched = null;
  let preferences = shared.preferences.DEFAULTS;
  let address = location.href;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let remembering;
  let pressedAt = -DOUBLE;
  let asked = true; // by the reader, rather than by a switch: what nobody has asked for fails without a word on the page
  let unremembered = ""; // the address of an article that was asked for, until the store is told of it

  /** The signs that were written around blocks, by their own text. @type {Map<string, {before: string, after: string}>} */
  let dressed = new Map();

  /** The page's blocks as they are now, with the same signs. */
  const reread = () => {
    const blocks = shared.blocks.read(document.body);
    for (const block of blocks) {
      const signs = dressed.get(block.text);
      if (signs) shared.blocks.dress(block, signs.before, signs.after);
    }
    return blocks;
  };

  /** @param {string} url */
  const identity = (url) => shared.remembered.identity(url);

  const remember = () => {
    clearTimeout(remembering);
    if (unremembered !== "") void shared.remembered.set(unremembered, true);
    unremembered = "";
  };

  /** @param {Message} message */
  const tell = (message) => {
    chrome.runtime.sendMessage(message).catch(() => {
      // no panel is open, or the extension was reloaded: nobody to tell
    });
  };

  const announce = () => {
    const problem = view.problem !== null && (view.status === "problem" || view.status === "shown");
    const count = view.status === "shown" ? (view.analysis?.summary.sources ?? null) : null;
    const hidden =
      count !== null &&
      view.analysis !== null &&
      shared.filter.sentence(view.filter, preferences, view.analysis) !== "";
    tell({ type: "badge", sources: count, problem, read: view.reading ? view.read : null, hidden });
    tell({ type: "changed", view });
  };

  /** @param {string} button */
  const act = async (button) => {
    shared.notice.hide();
    asked = true;
    if (button === "retry") await mark({ again: view.status === "shown" });
    else if (button === "analyze-selection") await mark({ selected: true });
    else if (button === "as-english") await mark({ as: "en" });
    else if (button === "resume") {
      await shared.switches.write({ ...(await shared.switches.read()), paused: false });
      await mark();
    } else tell({ type: "open-welcome" });
  };

  /** A problem, on the page where the reader has asked, and on the button and in the panel in any case. @param {Problem} problem */
  const complain = (problem) => {
    view.problem = problem;
    view.reading = false;
    shared.notice.hide();
    if (asked) shared.notice.show(shared.problems.shown(problem), (button) => void act(button));
    announce();
  };

  /** @param {string} code @param {string} message */
  const fail = (code, message) => {
    hide();
    view.status = "problem";
    complain({ code, message });
  };

  const place = () => {
    if (!view.analysis) return;
    const made = shared.marks.make(view.analysis, view.blocks, live, preferences, echoes);
    marks = made.marks;
    view.lost = made.lost;
    paint();
  };

  const paint = () => {
    if (!view.analysis) return;
    view.filter = shared.filter.carried(view.filter, view.analysis);
    painted = marks.filter(shared.filter.passes(view.filter, preferences, view.analysis));
    shared.hit.index(painted);
    shared.paint.draw(painted, preferences);
    reach();
  };

  /** Show this of the article, and nothing else of it. @param {unknown} chosen */
  const choose = (chosen) => {
    view.filter = shared.filter.clean(chosen, view.analysis);
    if (view.status === "shown") paint();
    announce();
  };

  /** Look after the trees that marks stand in, and after the pointer in frames. */
  const reach = () => {
    for (const { range } of marks) {
      const root = range.startContainer.getRootNode();
      if (root === document || trees.has(root)) continue;
      trees.add(root);
      watched?.also(root);
      const page = range.startContainer.ownerDocument;
      if (page && page !== document && shown && !trees.has(page.documentElement)) {
        trees.add(page.documentElement);
        shared.card.attach((x, y) => shared.hit.at(x, y, page), cardBody, shown.signal, page);
      }
    }
  };

  const hide = () => {
    attending?.abort();
    attending = null;
    looking?.abort();
    looking = null;
    shown?.abort();
    shown = null;
    watched = null;
    trees = new Set();
    shared.paint.clear();
    shared.notice.hide();
    marks = [];
    painted = [];
    shared.hit.index(marks);
  };

  /** @param {Mark[]} under */
  const cardBody = (under) => {
    if (!view.analysis) return null;
    const first = under[0];
    if (first) tell({ type: "pointed", id: first.id });
    return shared.describe.card(
      under,
      view.analysis,
      (id) => jump(id, shared.card.entered()),
      () => tell({ type: "open-panel" }),
      view.whole && !view.newsroom ? corrector : undefined,
    );
  };

  const key = () =>
    view.analysis &&
    shared.key.draw(
      view.analysis,
      shared.scheme.of(document.body),
      shared.filter.preferences(view.filter, preferences, view.analysis),
    );

  let readAs = "und"; // the language that the page was read in
  const corrector = shared.correct.corrector({
    view,
    language: () => readAs,
    show() {
      if (view.status === "shown") place();
      announce();
    },
    card(entry, made) {
      const own = marks.filter(({ id }) => id === entry);
      const left = view.analysis?.corrections?.filter(({ id }) => id === made) ?? [];
      const body = own.length > 0 ? cardBody(own) : null;
      if (body) shared.card.fill(body);
      else if (left.length > 0) {
        const said = document.createDocumentFragment();
        said.append(...shared.wrong.said(left, corrector));
        shared.card.fill(said);
      } else shared.card.hide();
    },
    failed(problem) {
      shared.notice.show(shared.problems.shown(problem), (button) => void act(button));
    },
    hold: () => shared.card.hold(),
  });

  /** The innermost element around all paragraphs that were read. @param {LiveBlock[]} blocks */
  const around = (blocks) => {
    const elements = blocks.flatMap(({ role, element }) => (role === "headline" ? [] : [element]));
    let box = elements[0]?.parentElement ?? null;
    while (box && !elements.every((element) => box?.contains(element))) box = box.parentElement;
    return box;
  };

  /** How much text the box around the article holds now. */
  const amount = () => (box?.isConnected ? (box.textContent ?? "").length : 0);
  /** @type {Element | null} */
  let box = null;
  let readAt = 0;
  let amountThen = 0;

  /** Read a page that has grown again by itself, where the reader has said that pages are always marked. */
  const anew = async () => {
    if (Date.now() - readAt < ANEW) {
      clearTimeout(waiting);
      waiting = setTimeout(changed, ANEW);
      return;
    }
    const switches = await shared.switches.read();
    const { on, because } = shared.switches.decide(switches, location.hostname, null);
    asked = false;
    if (
      on &&
      (because === "site" || because === "everywhere") &&
      view.status === "shown" &&
      view.changed &&
      !looking
    )
      await mark({ again: true });
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  /** The page has changed its text or its address. */
  const changed = () => {
    const elsewhere = identity(location.href) !== identity(address);
    if (shared.marks.stand(marks) && view.lost.length === 0) {
      // the article is still there: a page that rewrites its address as one scrolls is no other page
      const posts = view.blocks.some(({ section }) => section !== undefined);
      const now = amount();
      const more = now > GROWN * amountThen || (posts && now > amountThen + POST);
      if (more && view.whole && !elsewhere) void anew();
      if (more === view.changed) return;
      view.changed = more;
    } else {
      live = reread();
      place();
      const all = (view.analysis?.quotes.length ?? 0) + (view.analysis?.claims.length ?? 0);
      if (elsewhere && view.lost.length >= MOVED * all) return moved();
    }
    tell({ type: "changed", view });
  };

  const show = () => {
    if (shown === null) {
      shown = new AbortController();
      updated = shared.text("updated");
      shared.text("close"); // on the same notice
      shared.text.language();
      const { signal } = shown;
      // before the card, which would take the Escape that ends the tour for its own
      tour = shared.tour.attach(
        {
          marks: () => painted,
          analysis: () => view.analysis,
          preferences: () => preferences,
          reveal(ranges) {
            reveal(ranges, true);
            shared.paint.flash([]); // their own colour is what the tour is about
          },
          card: (id) => walk?.card(id) ?? false,
        },
        signal,
      );
      shared.card.attach((x, y) => shared.hit.at(x, y), cardBody, signal);
      watched = shared.watch.start(changed, isOurs, signal);
      const standing = setInterval(() => {
        if (!chrome.runtime?.id) orphaned();
        else if (!shared.paint.stands()) place();
      }, STANDING);
      signal.addEventListener("abort", () => clearInterval(standing));
      shared.watch.colours(place, signal);
      walk = shared.walk.attach(
        {
          marks: () => painted,
          preferences: () => preferences,
          body: cardBody,
          reveal,
          key,
          name: (id) => (view.analysis ? shared.saying.of(id, view.analysis) : ""),
        },
        signal,
      );
      addEventListener("beforeprint", () => !preferences.print && shared.paint.clear(), { signal });
      addEventListener("afterprint", place, { signal });
    }
    view.status = "shown";
    place();
  };

  /** The extension was updated or removed: nothing here works any more, so nothing may stay as if it did. */
  const orphaned = () => {
    job?.end();
    hide();
    view.status = "idle";
    if (updated) shared.notice.show({ sentence: updated, action: "", button: null }, () => {}, "status");
  };
  let updated = ""; // read while there is somebody to ask for it

  /** Our hosts, those that were removed a moment ago as well. @param {Node} node */
  const isOurs = (node) =>
    shared.card.owns(node) ||
    shared.notice.owns(node) ||
    shared.announcement.owns(node) ||
    shared.tour.owns(node) ||
    (node.nodeType === Node.ELEMENT_NODE &&
      /** @type {HTMLElement} */ (node).popover === "manual" &&
      node.childNodes.length === 0 &&
      (node.parentNode === null || node.parentNode === document.documentElement));

  /** The page has become another one without being loaded: its marks go. */
  const moved = () => {
    hide();
    Object.assign(view, {
      status: "idle",
      problem: null,
      analysis: null,
      lost: [],
      blocks: [],
      reading: false,
      changed: false,
      filter: shared.filter.NONE,
    });
    address = location.href;
    announce();
    void attend();
  };

  /** The language of the words, whatever the page calls itself; a page that calls itself English may be mistaken too. @param {LiveBlock[]} blocks */
  const language = (blocks) => {
    if (shared.extract.isEnglish(blocks)) return "en";
    const called = document.documentElement.lang.trim().replaceAll("_", "-");
    return called === "" || /^en\b/i.test(called) ? "und" : called;
  };

  /** The blocks of the article, or of what is selected; null if nobody waits for them any more. @param {"article" | "selection"} what */
  const look = async (what) => {
    looking?.abort();
    const own = new AbortController();
    looking = own;
    const blocks = await shared.extract.find(document, what, own.signal);
    if (looking === own) looking = null;
    return blocks;
  };

  /** Find the article and have it read; whether that was still wanted. @param {{selected?: boolean, as?: string, again?: boolean}} [how] as for `start` */
  const mark = async (how = {}) => {
    const blocks = await look(how.selected ? "selection" : "article");
    if (blocks === null) return false;
    start(blocks, how);
    return true;
  };

  /**
   * Have an article read. `selected`: the reader has chosen the text; `as`: the language to read it in; `again`: the page
   * is marked, and stays so until the new answer is there.
   * @param {LiveBlock[]} blocks @param {{selected?: boolean, as?: string, again?: boolean}} [how]
   */
  const start = (blocks, { selected = false, as = language(blocks), again = false } = {}) => {
    job?.end();
    job = null;
    if (!again) hide();
    address = location.href;
    if (again && !shared.extract.isArticle(blocks)) {
      view.reading = false;
      if (asked) complain({ code: "not_an_article", message: "" });
      return;
    }
    if (selected && blocks.length === 0) return fail("nothing_selected", "");
    if (!selected && !shared.extract.isArticle(blocks)) return fail("not_an_article", "");
    box = around(blocks);
    amountThen = amount();
    readAt = Date.now();
    const wire = blocks
      .filter(({ echo }) => !echo)
      .map(({ id, role, text, section }) =>
        section === undefined ? { id, role, text } : { id, role, text, section },
      );
    const read = () => {
      live = blocks;
      dressed = new Map(
        blocks.flatMap((block) => (block.dressed ? [[block.dressed.bare, block.dressed]] : [])),
      );
      echoes = new Set(blocks.filter(({ echo }) => echo).map(({ text }) => text));
      view.blocks = wire;
    };
    const before = { whole: view.whole, read: view.read };
    const length = wire.reduce((sum, { text }) => sum + text.length, 0);
    let share = 0;
    Object.assign(view, { reading: true, changed: false, newsroom: false });
    if (!again) {
      read();
      Object.assign(view, {
        title: document.title,
        url: location.href,
        ...shared.about.read(document),
        analysis: null,
        whole: false,
        read: 0,
        problem: null,
        filter: shared.filter.NONE,
        status: "working",
      });
    }
    let slowly = false;
    /** How far the reading is, on the page where the reader waits for it. */
    const goesOn = () => {
      if (!slowly || !asked) return;
      const { newsroom } = view;
      const so = share > 0 ? shared.text.share(share) : "";
      if (so === "") shared.notice.working(newsroom ? shared.text("workingThere") : shared.text("working"));
      else
        shared.notice.working(
          newsroom ? shared.text("workingThereShare", so) : shared.text("workingShare", so),
        );
    };
    const slow = setTimeout(() => {
      slowly = true;
      goesOn();
    }, SLOW);
    const later = setTimeout(announce, LATER);
    const ended = () => {
      clearTimeout(slow);
      clearTimeout(later);
    };
    readAs = as;
    const own = shared.job.run(
      {
        url: location.href,
        title: document.title,
        language: as,
        offsets: "utf-16",
        blocks: wire,
      },
      {
        starting() {
          clearTimeout(slow);
          shared.notice.working(shared.text("starting"));
        },
        newsroom() {
          view.newsroom = true; // which keeps no corrections
        },
        progress(count) {
          const done = wire.slice(0, count).reduce((sum, { text }) => sum + text.length, 0);
          share = length > 0 ? Math.min(1, done / length) : 0;
          goesOn();
        },
        answer(analysis, whole) {
          if (!whole && again) return; // what stands is more than the first part of what replaces it
          clearTimeout(later);
          if (analysis.schema !== OWN_SCHEMA) {
            own.end();
            return fail("version_mismatch", "");
          }
          if (view.blocks !== wire) read();
          Object.assign(view, { analysis, whole, reading: !whole, read: whole ? 1 : share, problem: null });
          if (whole) {
            job = null;
            shared.notice.hide();
          }
          if (!shared.marks.stand(marks)) live = reread();
          show();
          if (view.lost.length > 0) {
            live = reread();
            place();
          }
          announce();
          if (whole && asked) none(analysis, selected);
          remember(); // now, for a page that is loaded again at once
        },
        failed(problem) {
          job = null;
          if (view.status !== "shown" || !view.analysis) return fail(problem.code, problem.message);
          // what was marked by then stays, and the page says that it is not all, or not the latest
          if (again) Object.assign(view, before, { changed: true });
          complain(again ? problem : { ...problem, code: "read_in_part" });
        },
        ended,
      },
    );
    job = own;
  };

  /** An article without quotes says so, and offers to read what the reader chooses. @param {WireAnalysis} analysis @param {boolean} selected */
  const none = ({ quotes, claims }, selected) => {
    if (quotes.length > 0) return;
    const found = shared.text(selected ? "noQuotesSelected" : "noQuotes");
    const sentence =
      claims.length > 0 ? `${found} ${shared.text.count("noQuotesClaims", claims.length)}` : found;
    const button = selected ? null : "analyze-selection";
    const action = button ? shared.text("action_analyze_selection") : "";
    shared.notice.show({ sentence, action, button }, (pressed) => void act(pressed), "status");
  };

  /** Whether an element stands in a box that scrolls by itself. @param {Element} element */
  const scrolls = (element) => {
    for (
      let at = /** @type {Element | null} */ (element);
      at && at !== document.body && at !== document.documentElement;
      at = shared.blocks.parent(at)
    )
      if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY))
        return true;
    return false;
  };

  /** Scroll to the marks, and show for a moment where they are. @param {StaticRange[]} targets @param {boolean} [atOnce] */
  const reveal = (targets, atOnce = false) => {
    const first = targets[0];
    if (!first) return;
    const { startContainer, startOffset } = first;
    const calm = atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches;
    shared.card.hide();
    /** @type {ScrollBehavior} */
    const behavior = calm ? "instant" : "smooth";
    const page = startContainer.ownerDocument ?? document;
    if (page !== document) page.defaultView?.frameElement?.scrollIntoView({ block: "nearest", behavior });
    const inner = startContainer.parentElement;
    let box = /** @type {Element | null} */ (inner);
    while (box && box.getClientRects().length === 0) box = shared.blocks.parent(box); // a slide that is hidden now
    if (box && (box !== inner || scrolls(box))) box.scrollIntoView({ block: "center", behavior });
    else {
      const range = page.createRange();
      range.setStart(startContainer, startOffset);
      range.setEnd(startContainer, Math.min(startOffset + 1, startContainer.textContent?.length ?? 0));
      const scroller = page.defaultView ?? window;
      const top = scroller.scrollY + range.getBoundingClientRect().top - scroller.innerHeight / 3;
      scroller.scrollTo({ top, behavior });
    }
    shared.paint.flash(targets);
  };

  /** The place of a claim's evidence (`c3e0`), or null for every other id. @param {string} id */
  const evidenceOf = (id) => {
    const [, claim, number] = /^(c\d+)e(\d+)$/.exec(id) ?? [];
    if (claim === undefined) return null;
    const span = view.analysis?.claims.find((one) => one.id === claim)?.evidence[Number(number)];
    return span ? shared.marks.ranges(view.blocks, live, span) : [];
  };

  /** @param {string} id @param {boolean} [focused] whether the reader goes along: who came by key goes on by key, at the card */
  const jump = (id, focused = false) => {
    const ids = id.startsWith("s")
      ? (view.analysis?.quotes.filter((quote) => quote.source === id).map((quote) => quote.id) ?? [])
      : [id];
    reveal(
      evidenceOf(id) ?? marks.filter((mark) => ids.includes(mark.id)).map(({ range }) => range),
      focused,
    );
    walk?.to(ids[0] ?? id, focused);
  };

  /** Take the marks off; what was found is kept if it is all there is. */
  const withdraw = () => {
    job?.end();
    job = null;
    hide();
    Object.assign(view, {
      status: view.analysis && view.whole ? "hidden" : "idle",
      reading: false,
      problem: null,
    });
    announce();
  };

  /** A link to a quote or a claim as it stands on the page now. @param {string} id */
  const link = (id) => {
    const entries = [...(view.analysis?.quotes ?? []), ...(view.analysis?.claims ?? [])];
    const span = entries.find((entry) => entry.id === id)?.content[0];
    const wire = view.blocks.find((block) => block.id === span?.block);
    const page = reread();
    const place = span && wire ? shared.anchor.find(page, wire, span) : null;
    return shared.fragment.link(view.url, place && shared.passage.find(place.block, place, page));
  };

  const isOn = () => view.status === "shown" || view.status === "working" || (looking !== null && asked);

  /**
   * @param {boolean} [going] whether it is known already that Onrecord is not paused
   * @param {boolean} [sure] whether the reader has pressed a button that says what it does
   */
  const toggle = async (going = false, sure = false) => {
    const now = performance.now();
    if (now - pressedAt < DOUBLE && !sure) return;
    pressedAt = now;
    const on = isOn();
    asked = true;
    if (on) {
      withdraw();
      unremembered = "";
      void shared.remembered.set(location.href, false);
      return;
    }
    if (!going && (await shared.switches.read()).paused) return fail("paused", "");
    if (view.status === "hidden" && view.analysis && identity(location.href) === identity(view.url)) {
      live = reread();
      show();
      announce();
    } else {
      // what is selected is what is read
      const selected = document.getSelection()?.toString().trim() ?? "";
      const chosen = selected.length >= SELECTED ? await look("selection") : [];
      if (chosen === null) return;
      if (chosen.length > 0) start(chosen, { selected: true });
      else if (!(await mark())) return;
    }
    unremembered = location.href;
    remembering = setTimeout(remember, LATER);
  };
  shared.toggle = () => void toggle(true);

  /** Whether this page is marked without being asked. */
  const wanted = async () => {
    const [switches, article] = [await shared.switches.read(), await shared.remembered.get(location.href)];
    return shared.switches.decide(switches, location.hostname, article).on;
  };

  /** Mark the page if it is an article, and say nothing if it is none: nobody has asked. Whether there is nothing left to do. */
  const begin = async () => {
    if (view.status !== "idle") return true;
    if (looking !== null) return false;
    asked = false;
    const blocks = await look("article");
    if (blocks === null) return true; // the reader was quicker
    const found = shared.extract.isArticle(blocks);
    if (found) start(blocks);
    return found;
  };

  /** Mark the page as soon as its article is there, if the switches say so. */
  const attend = async () => {
    if (!(await wanted()) || (await begin()) || attending) return;
    const own = new AbortController();
    attending = own;
    const { signal } = own;
    shared.watch.start(
      async () => {
        if (await begin()) own.abort();
      },
      isOurs,
      signal,
    );
    setTimeout(() => {
      own.abort();
      if (attending === own) attending = null;
    }, ATTENDED);
  };
  shared.attend = attend;

  chrome.runtime.onMessage.addListener((/** @type {unknown} */ message, sender, answer) => {
    if (sender.id !== chrome.runtime.id || !shared.messages.isMessage(message)) return;
    if (message.type === "toggle") void toggle();
    else if (message.type === "switch") {
      if (message.on !== isOn()) void toggle(false, true);
    } else if (message.type === "wake") void attend();
    else if (ACTS.has(message.type)) void act(message.type);
    else if (message.type === "jump") jump(message.id, message.focus);
    else if (message.type === "filter") choose(message.filter);
    else if (message.type === "undo") corrector.undo(message.id);
    else if (message.type === "tour" && view.status === "shown") tour?.start();
    else if (message.type === "view") answer(view);
    else if (message.type === "link") answer(link(message.id));
  });

  chrome.storage.onChanged.addListener((changes, area) => {
    if (area !== "local") return;
    if (changes.articles)
      void follow(
        /** @type {Record<string, boolean>} */ (changes.articles.oldValue ?? {}),
        /** @type {Record<string, boolean>} */ (changes.articles.newValue ?? {}),
      );
    if (changes.preferences) {
      preferences = shared.preferences.clean(changes.preferences.newValue);
      if (view.status === "shown") {
        place();
        announce();
      }
    }
    const [before, after] = [changes.switches?.oldValue, changes.switches?.newValue].map((value) =>
      shared.switches.clean(value),
    );
    if (!changes.switches || !before || !after) return;
    const decided = shared.switches.decide(after, location.hostname, null);
    const never = decided.because === "site" && !decided.on;
    // *never by itself* is about what comes by itself: marks that were asked for are not among it
    if ((after.paused && !before.paused) || (never && !asked)) {
      if (view.status !== "idle" || looking !== null) withdraw();
    } else if (view.status === "idle") void attend();
  });

  /** Another tab with the same article has marked it, or taken its marks off. @param {Record<string, boolean>} before @param {Record<string, boolean>} after */
  const follow = async (before, after) => {
    if (performance.now() - pressedAt < DOUBLE) return; // our own press
    const key = await shared.remembered.key(location.href);
    if (before[key] === after[key] || after[key] === undefined) return;
    if (isOn() && !after[key]) withdraw();
    else if (!isOn() && after[key] && !(await shared.switches.read()).paused) {
      asked = false;
      if (view.status === "hidden" && view.analysis && identity(location.href) === identity(view.url)) {
        live = reread();
        show();
        announce();
      } else await mark();
    }
  };
  void shared.preferences.read().then((read) => {
    preferences = read;
    if (view.status === "shown") place();
  });
  addEventListener("pagehide", () => {
    remember();
    shared.card.hide();
    shared.notice.hide();
    shared.tour.hide();
  });
})();
