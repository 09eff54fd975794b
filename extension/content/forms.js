// Forms of articles that are more than paragraphs: the posts of a live blog, pull quotes that repeat the text, embedded
// posts, and interviews. What a page says by its looks alone is written into the block's text, where the server sees it;
// such signs stand in no text node.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const SHORT = 60; // characters of a line that names somebody or a time
  const FEWEST_POSTS = 3; // of a live blog
  const STORY = "article, [role='article']";
  const FEWEST_SENTENCES = 2; // of a story
  const SHORTEST_ECHO = 24; // letters
  const FEWEST_QUESTIONS = 3; // of an interview
  const LONGEST_QUESTION = 400;
  // An interview is told in the first person; an explainer that asks questions is not.
  const SELF = /\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Mm]yself)\b/;
  const OURS = /\b(?:[Ww]e|[Oo]ur|[Uu]s)\b/;
  const FIRST_PERSON = 0.34; // of the answers
  const WE = 0.6;
  // and it says so: in its headline, or before the first question.
  const SPOKE =
    /\b(?:interview(?:ed|s)?|spoke|speaks|talk(?:s|ed)|conversation|asked|told|sat down|q ?& ?a)\b/i;
  const QUOTED = /“[^”]*”|"[^"]*"/g;
  const MARKED = /^\s*["“„«]/;
  const OPENS = /:\s*$/;
  // The line below an embedded post: who wrote it, under which name.
  const SIGNED = /^[—–-]\s*[^()]{2,60}\(@[\w.]{1,40}\)/;

  /** @param {Element} container @param {Element} element */
  const isInside = (container, element) => {
    for (let at = /** @type {Element | null} */ (element); at !== null; at = shared.blocks.parent(at))
      if (at === container) return true;
    return false;
  };

  /** @param {string} text */
  const letters = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();

  /**
   * Number the posts of a live blog: boxes side by side, each with one line that says when it was written.
   * @param {LiveBlock[]} all @param {LiveBlock[]} body
   */
  const number = (all, body) => {
    /** @type {Map<Element, number>} */
    const times = new Map();
    const lines = all.filter(
      (block) =>
        shared.furniture.isTime(block.text) ||
        (block.text.length <= SHORT && block.nodes.some((node) => node.parentElement?.closest("time"))),
    );
    for (const { element } of lines)
      for (let at = /** @type {Element | null} */ (element); at !== null; at = shared.blocks.parent(at))
        times.set(at, (times.get(at) ?? 0) + 1);
    /** @type {Map<Element | null, Element[]>} */
    const posts = new Map();
    for (const { element } of lines) {
      let post = element;
      for (let up = shared.blocks.parent(post); up && times.get(up) === 1; up = shared.blocks.parent(post))
        post = up;
      const beside = shared.blocks.parent(post);
      posts.set(beside, [...(posts.get(beside) ?? []), post]);
    }
    for (const [beside, boxes] of posts) {
      const inside = boxes.map((box) => body.filter((block) => isInside(box, block.element)));
      if (inside.filter((blocks) => blocks.some(shared.furniture.isSentence)).length < FEWEST_POSTS) continue;
      for (const [number, blocks] of inside.entries()) for (const block of blocks) block.section = number + 1;
      if (beside) return;
    }
    stories(body);
  };

  /** Number stories that follow one another on a page: each in a box that the page itself calls an article, below a headline of its own. @param {LiveBlock[]} body */
  const stories = (body) => {
    const boxes = Map.groupBy(body, ({ element }) => element.closest(STORY));
    const told = [...boxes].filter(
      ([box, blocks]) =>
        box !== null &&
        blocks[0]?.role === "headline" &&
        blocks.filter(shared.furniture.isSentence).length >= FEWEST_SENTENCES,
    );
    if (told.length < 2) return;
    for (const [number, [, blocks]] of told.entries()) for (const block of blocks) block.section = number + 1;
  };

  /** Pull quotes and captions that say again what the text says: marked where they stand, and not read twice. @param {LiveBlock[]} all @param {LiveBlock[]} body @param {Element} container */
  const withEchoes = (all, body, container) => {
    const chosen = new Set(body);
    const texts = body
      .filter((block) => block.role === "paragraph" && !block.element.closest("aside, figure"))
      .map((block) => ({ block, letters: letters(block.text) }));
    const opener = body.find(shared.furniture.isSentence);
    /** @type {Element[]} */
    const boxes = [];
    for (const block of all) {
      const box = block.element.closest("blockquote, aside, figure");
      if (!box || box.contains(container) || !isInside(container, block.element)) continue;
      const own = letters(block.text);
      if (own.length < SHORTEST_ECHO || shared.furniture.isLink(block)) continue;
      if (
        texts.some(
          (one) => one.block !== block && one.letters.length > own.length && one.letters.includes(own),
        )
      ) {
        block.echo = true;
        chosen.add(block);
        boxes.push(box);
      }
    }
    // a standfirst that is a sentence of the text, and a text that a page holds once for each kind of screen
    /** @type {Map<string, LiveBlock>} */
    const said = new Map();
    for (const block of body) {
      const own = letters(block.text);
      if (own.length < SHORTEST_ECHO || block.role === "headline" || block.echo) continue;
      const before = said.get(own);
      if (before) (before === opener ? before : block).echo = true;
      else said.set(own, block);
    }
    // whose words they are, in the same box, is known from the text
    for (const block of body)
      if (block.text.length <= SHORT && boxes.some((box) => box.contains(block.element))) block.echo = true;
    return all.filter((block) => chosen.has(block));
  };

  /** Posts of other sites have no quotation marks, and are quotations all the same. @param {LiveBlock[]} body */
  const posts = (body) => {
    for (const [at, block] of body.entries()) {
      if (!SIGNED.test(block.text)) continue;
      const box = block.element.closest("blockquote");
      let last = true;
      for (let back = at - 1; back >= 0; back -= 1) {
        const words = body[back];
        if (
          !words ||
          (box ? !box.contains(words.element) : words.element.parentElement !== block.element.parentElement)
        )
          break;
        if (!MARKED.test(words.text)) shared.blocks.dress(words, "“", last ? "”" : "");
        last = false;
        if (!box) break;
      }
    }
  };

  /** What is set off below a line that ends with a colon (*wrote:*) is a quotation, whether or not it has marks. @param {LiveBlock[]} body */
  const setOff = (body) => {
    for (const [at, block] of body.entries()) {
      if (block.role === "blockquote" || !OPENS.test(block.text)) continue;
      const box = body[at + 1]?.element.closest("blockquote");
      if (!box || block.element.closest("blockquote") === box) continue;
      /** @type {LiveBlock[]} */
      const said = [];
      for (const words of body.slice(at + 1)) {
        if (!box.contains(words.element)) break;
        said.push(words);
      }
      if (said.some(({ text }) => /["“”„«»]/.test(text) || SIGNED.test(text))) continue;
      for (const [number, words] of said.entries())
        shared.blocks.dress(words, "“", number === said.length - 1 ? "”" : "");
    }
  };

  /** Whether all of a block is set as questions are: as a heading, or in bold. @param {LiveBlock} block */
  const isSet = (block) =>
    block.role === "headline" ||
    block.runs.every(({ node }) => node.parentElement?.closest("strong, b, dt") != null);

  /** Questions that stand out by their looks, with answers in the first person, are an interview. @param {LiveBlock[]} body */
  const interview = (body) => {
    /** @type {{question: LiveBlock, answer: LiveBlock[]}[]} */
    const turns = [];
    for (const block of body) {
      if (block.element.closest("h1") || block.role === "caption" || block.echo) continue;
      const asks = /\?[”’"')]*$/.test(block.text) && block.text.length <= LONGEST_QUESTION && isSet(block);
      if (asks) turns.push({ question: block, answer: [] });
      else if (block.role !== "headline") turns.at(-1)?.answer.push(block);
    }
    const answered = turns.filter(({ answer }) => answer.length > 0);
    if (answered.length < FEWEST_QUESTIONS) return;
    const [opener] = turns;
    const first = opener ? body.indexOf(opener.question) : 0;
    if (!SPOKE.test(document.title) && !body.slice(0, first).some(({ text }) => SPOKE.test(text))) return;
    /** @param {RegExp} person */
    const share = (person) =>
      answered.filter(({ answer }) => answer.some(({ text }) => person.test(text.replace(QUOTED, ""))))
        .length / answered.length;
    if (share(SELF) < FIRST_PERSON && share(OURS) < WE) return;
    for (const [at, { question, answer }] of answered.entries()) {
      if (question.role === "headline") question.role = "paragraph";
      shared.blocks.dress(question, "Q: ", "");
      // what stands below the last answer may be no part of it
      for (const block of at === answered.length - 1 ? answer.slice(0, 1) : answer)
        if (block.role === "paragraph") shared.blocks.dress(block, "A: ", "");
    }
  };

  shared.forms = {
    number,
    withEchoes,
    write(body) {
      posts(body);
      setOff(body);
      interview(body);
    },
  };
})();
