/** What the classic scripts share: each one adds its part to `globalThis.onrecord`. Types only; never loaded. */

type SourceType = 'document' | 'media' | 'former_official' | 'official' | 'political' | 'business'
  | 'civil_society' | 'expert' | 'affected' | 'unattributed';
type Identification = 'named_person' | 'named_organisation' | 'described' | 'anonymous' | 'collective' | 'document';
type ClaimStatus = 'corrected' | 'denied' | 'disputed' | 'unsubstantiated' | 'accusation' | 'speculation' | 'distanced';
type Role = 'headline' | 'paragraph' | 'blockquote' | 'list_item' | 'caption' | 'other';

/** A piece of one block's text; UTF-16 offsets, half open. */
interface WireSpan { block: string; start: number; end: number; text: string }
/** `section` is the number of the post of a live blog that a block belongs to; other pages have none. */
interface WireBlock { id: string; role: Role; text: string; section?: number }
/** Evidence as it is shown: a sentence, or the part of it around the words that tell. */
interface WireTelling { sentence: WireSpan; words: WireSpan[]; cut_before: boolean; cut_after: boolean }
interface WireSource {
  id: string; label: string; name: string | null; type: SourceType; subtype?: 'armed_group' | null; identification: Identification;
  organisation: string | null; evidence: WireSpan[]; telling?: WireTelling | null; mentions: WireSpan[];
  anonymity: { evidence: WireSpan[]; reason: WireSpan | null; reason_kind: string; opinion: boolean } | null;
}
interface WireQuote {
  id: string; kind: string; content: WireSpan[]; cue: WireSpan[]; mention: WireSpan | null;
  source: string | null; channel: string; confidence: number;
}
interface WireClaim {
  id: string; status: ClaimStatus; also: ClaimStatus[]; content: WireSpan[]; evidence: WireSpan[]; telling?: WireTelling | null;
  by: string | null; quote: string | null; confidence: number;
}
/** What a publisher says of a statement that it reviewed; the reader imported it. */
interface WireFactcheck {
  id: string; content: WireSpan[]; quote: string | null; claim: string | null;
  reviewed: string; publisher: string; rating: string; date: string | null; url: string;
}
/** What the reader says is wrong with one entry; the rest of the analysis follows it already. */
interface WireCorrection {
  id: string; what: 'not_a_quote' | 'speaker' | 'kind' | 'not_contested' | 'note'; entry: string | null; content: WireSpan[];
  was: string | null; now: string | null; note: string;
}
interface CorrectionChoice { speaker?: string; type?: SourceType | null; note?: string }
/** What the card may do about a quote or claim. `speaker` is the id of a source, or empty for nobody. */
interface Corrector {
  correct(entry: WireQuote | WireClaim, what: WireCorrection['what'], choice?: CorrectionChoice): void;
  undo(id: string): void; hold(): void;
}
interface WireAnalysis {
  schema: string; engine: { version: string; model: string }; language: string; offsets: string;
  sources: WireSource[]; quotes: WireQuote[]; claims: WireClaim[]; attitudes: WireQuote[]; factchecks?: WireFactcheck[];
  corrections?: WireCorrection[];
  summary: {
    sources: number; quotes: number; claims: number; speaker_not_found: number;
    by_type: Record<string, number>; by_identification: Record<string, number>; words_quoted_by_type: Record<string, number>;
    words_quoted_by_identification: Record<string, number>; share_of_voice?: Record<string, number>; quoted_sources?: number; single_source?: boolean;
  };
}
interface Place { block: string; start: number; end: number }
interface CorrectionRequest {
  language: string; offsets: 'utf-16'; blocks: WireBlock[]; undo?: string;
  correct?: { id: string; what: WireCorrection['what']; on: 'quote' | 'claim'; at: Place; speaker: Place | null; type: SourceType | null; note: string };
}
interface AnalyzeRequest { url: string | null; title: string | null; language: string; offsets: 'utf-16'; blocks: WireBlock[] }

/** A stable code and one sentence; what the reader can do about it is in `onrecord.problems`. */
interface Problem { code: string; message: string }

/** What the page shows, as the panel sees it. */
interface View {
  status: 'idle' | 'working' | 'shown' | 'hidden' | 'problem';
  problem: Problem | null; analysis: WireAnalysis | null; title: string; url: string; outlet: string | null; published: string | null; lost: string[];
  blocks: WireBlock[];
  whole: boolean; // the answer is complete, not the first part of it
  reading: boolean; // an answer is being waited for; what is shown meanwhile is not all, or is about to be replaced
  read: number; // the share of the text that what is shown was read from, 0 to 1
  changed: boolean; // the page has more text than was read
  newsroom: boolean; // it is a newsroom's server that reads
  filter: Filter;
}
/**
 * What is painted of one article: `layers` are shown or not whatever the preferences say; `only` is empty, `unnamed`,
 * `contested` or the id of a source, whose label is `label`, and then nothing else is painted.
 */
interface Filter { layers: Record<string, boolean>; only: string; label: string }

type Message =
  | { type: 'toggle' } | { type: 'switch'; on: boolean } | { type: 'wake' } | { type: 'tour' } | { type: 'view' } | { type: 'analyze-selection' }
  | { type: 'jump'; id: string; focus: boolean } | { type: 'filter'; filter: Filter } | { type: 'link'; id: string } | { type: 'pointed'; id: string } | { type: 'changed'; view: View }
  | { type: 'correct'; request: CorrectionRequest } | { type: 'undo'; id: string }
  | { type: 'badge'; sources: number | null; problem: boolean; read: number | null; hidden: boolean }
  | { type: 'open-panel' } | { type: 'open-welcome' } | { type: 'open-sample' } | { type: 'retry' } | { type: 'as-english' } | { type: 'resume' };

/** What a link to a passage names: its words, or its two ends, and what stands before or behind it. */
interface Passage { prefix: string; start: string; end: string; suffix: string }

/** Where the server is, and what is shared with it: a secret in hexadecimal digits, under this installation's name. */
interface Connection { port: number; secret: string; install: string }

/** A server for several readers: where, and what tells it who asks. */
interface Newsroom { address: string; token: string }

/** Messages on the port of one analysis. */
type JobMessage =
  | { type: 'analyze'; request: AnalyzeRequest } | { type: 'ping' } | { type: 'starting' } | { type: 'newsroom' }
  | { type: 'progress'; read: number } | { type: 'partial'; analysis: WireAnalysis } | { type: 'done'; analysis: WireAnalysis } | { type: 'failed'; problem: Problem };

interface Preferences {
  layers: Record<string, boolean>; tint: boolean; colours: 'ten' | 'three'; print: boolean; keys: boolean;
  button: 'toggle' | 'menu'; order: 'weight' | 'place' | 'kind';
}
/** Where pages are marked without being asked: hosts, each with all hosts below it. */
interface Switches { paused: boolean; everywhere: boolean; always: string[]; never: string[] }
interface Decision { on: boolean; because: 'paused' | 'article' | 'site' | 'everywhere' | 'asked' }

/** A piece of a block's text that stands in one piece in a text node: `length` UTF-16 units from `at` on are at `offset`. */
interface Run { at: number; node: Text; offset: number; length: number }
/** One block of the live page, with the map from its text to the text nodes. */
interface LiveBlock {
  id: string; role: Role; text: string; element: Element; nodes: Text[]; runs: Run[]; section?: number;
  dressed?: { bare: string; before: string; after: string }; // signs that were written around the text
  echo?: boolean; // a pull quote or caption that repeats words of the text: marked where it stands, not read twice
}

interface Mark { kind: 'quote' | 'claim'; id: string; span: WireSpan; range: StaticRange; styles: string[]; under: string }

interface Box { left: number; top: number; width: number; height: number }
/** Where a box of ours goes: its corner in CSS pixels of the window, the side of its target, and the place of its arrow along that side. */
interface Berth { left: number; top: number; side: 'below' | 'above' | 'right' | 'left' | 'apart'; at: number }

type Family = 'type' | 'identification' | 'status' | 'statusSentence' | 'channel' | 'quoteKind' | 'reason';
type ProblemButton = 'open-welcome' | 'open-sample' | 'retry' | 'analyze-selection' | 'as-english' | 'resume';
type TextPart = string | Node | (string | Node)[];
/** The words that a reader sees, by their key in _locales; `$1` and so on are the parts. Throws where a key is missing. */
interface Words {
  (key: string, ...parts: (string | number)[]): string;
  /** The same with elements among the parts. */
  nodes(key: string, ...parts: TextPart[]): (Node | string)[];
  /** `key` in the plural form for a number, which is also its $1. */
  count(key: string, number: number): string;
  /** Entries in a row, as the language writes them. */
  list(entries: string[]): string;
  /** A part of one as a percentage. */
  share(part: number): string;
  /** The language of the messages, as HTML has it. */
  language(): string;
  /** Put the messages where a page names them by `data-text`; the element's children are the parts. */
  fill(page: Document): void;
}

interface Onrecord {
  taxonomy: {
    TYPES: SourceType[]; STATUSES: ClaimStatus[]; LAYERS: string[];
    FAMILIES: Record<Family, readonly string[]>; label(family: Family, id: string): string; ofSource(source: WireSource): string;
    line: Record<Identification, 'named' | 'unnamed' | 'anonymous' | 'document'>;
    certain(confidence: number, label: string): string;
  };
  palette: {
    light: Record<string, string>; dark: Record<string, string>; LIGHT_ABOVE: number;
    THREE: { named: string; unnamed: string }; hue(source: WireSource, preferences: Preferences): string;
    isNamed(identification: string): boolean;
  };
  messages: { isMessage(value: unknown): value is Message; isJobMessage(value: unknown): value is JobMessage };
  problems: {
    BUTTONS: Record<string, ProblemButton>;
    shown(problem: Problem): { sentence: string; action: string; button: ProblemButton };
  };
  preferences: {
    DEFAULTS: Preferences; read(): Promise<Preferences>; write(preferences: Preferences): Promise<void>;
    clean(value: unknown): Preferences;
  };
  switches: {
    read(): Promise<Switches>; write(switches: Switches): Promise<void>; clean(value: unknown): Switches;
    rule(switches: Switches, host: string): { site: string; on: boolean } | null;
    decide(switches: Switches, host: string, article: boolean | null): Decision;
    withSite(switches: Switches, host: string, on: boolean | null): Switches; patterns(host: string, scheme: string): string[];
    siteOf(url: string): { host: string; scheme: string } | null;
  };
  fragment: { link(url: string, passage: Passage | null): string };
  passage: { find(block: LiveBlock, span: { start: number; end: number }, page: LiveBlock[]): Passage | null };
  /** Whether the reader has been on the tour of the sample article, or has ended it. */
  toured: { read(): Promise<boolean>; write(seen: boolean): Promise<void> };
  remembered: {
    identity(url: string): string;
    key(url: string): Promise<string>; get(url: string): Promise<boolean | null>; set(url: string, shown: boolean): Promise<void>;
  };
  pieces: {
    /** All steps in a row. */
    atOnce<T>(work: Generator<void, T, void>): T;
    /** The steps in pieces of a few milliseconds, from the beginning if the page's text changes meanwhile; null once `signal` has been given. */
    inTurns<T>(make: () => Generator<void, T, void>, signal: AbortSignal): Promise<T | null>;
  };
  /** Whether an element is one of the slides of a slide show that are hidden while another is shown. */
  slides: { isHiddenSlide(element: Element): boolean };
  blocks: {
    read(root: Element): LiveBlock[]; steps(root: Element): Generator<void, LiveBlock[], void>; collapse(text: string): string; parent(element: Element): Element | null;
    place(block: LiveBlock, at: number): { node: Text; offset: number } | null;
    dress(block: LiveBlock, before: string, after: string): void;
    held(block: LiveBlock, span: { start: number; end: number }): { start: number; end: number };
    words(block: LiveBlock, span: { start: number; end: number }): string;
  };
  furniture: {
    judge(
      all: LiveBlock[],
      kept: Set<LiveBlock>,
      heading?: LiveBlock,
    ): { isApart(element: Element): boolean; isApartUnnamed(element: Element): boolean };
    isBeside(block: LiveBlock, isApart: (element: Element) => boolean): boolean;
    linkShare(block: LiveBlock): number; isLink(block: LiveBlock): boolean; isProse(block: LiveBlock): boolean;
    isLine(block: LiveBlock): boolean; isTime(text: string): boolean; isSentence(block: LiveBlock): boolean; SHORTEST_PARAGRAPH: number;
  };
  readable: { view(document: Document, all: LiveBlock[]): Generator<void, LiveBlock[], void> };
  forms: {
    number(all: LiveBlock[], body: LiveBlock[]): void; write(body: LiveBlock[]): void;
    withEchoes(all: LiveBlock[], body: LiveBlock[], container: Element): LiveBlock[];
  };
  about: { read(document: Document): { outlet: string | null; published: string | null } };
  extract: {
    /** In one piece, and in turns with what the page does. */
    article(document: Document): LiveBlock[]; selection(document: Document): LiveBlock[];
    find(document: Document, what: 'article' | 'selection', signal: AbortSignal): Promise<LiveBlock[] | null>;
    isArticle(blocks: LiveBlock[]): boolean; isEnglish(blocks: LiveBlock[]): boolean;
  };
  anchor: {
    find(blocks: LiveBlock[], wire: WireBlock, span: { start: number; end: number; text: string }): { block: LiveBlock; start: number; end: number } | null;
    range(block: LiveBlock, span: { start: number; end: number }): StaticRange | null;
    locate(blocks: LiveBlock[], wire: WireBlock, span: WireSpan): StaticRange | null;
    ranges(blocks: LiveBlock[], wire: WireBlock, span: WireSpan): StaticRange[];
  };
  scheme: { of(element: Element | null): 'light' | 'dark' };
  paint: {
    draw(marks: Mark[], preferences: Preferences): void; clear(): void; flash(ranges: StaticRange[]): void;
    current(ranges: StaticRange[]): void; names(): string[]; stands(): boolean;
  };
  sheets?: { reach(node: Node, name: string): void };
  marks: {
    make(analysis: WireAnalysis, blocks: WireBlock[], live: LiveBlock[], preferences: Preferences, echoes?: Set<string>): { marks: Mark[]; lost: string[] };
    stand(marks: Mark[]): boolean; ranges(blocks: WireBlock[], live: LiveBlock[], span: WireSpan): StaticRange[];
  };
  filter: {
    NONE: Filter; clean(value: unknown, analysis: WireAnalysis | null): Filter;
    /** The same choice for another answer about the article, in which sources may have other ids. */
    carried(filter: Filter, analysis: WireAnalysis): Filter;
    /** The preferences with the layers that are painted of this article. */
    preferences(filter: Filter, preferences: Preferences, analysis: WireAnalysis): Preferences;
    passes(filter: Filter, preferences: Preferences, analysis: WireAnalysis): (mark: { id: string; styles: string[] }) => boolean;
    /** What is hidden, here and on all articles; empty where nothing is. */
    sentence(filter: Filter, preferences: Preferences, analysis: WireAnalysis): string;
  };
  saying: { excerpt(words: string): string; /** Empty for an id that is not in the analysis. */ of(id: string, analysis: WireAnalysis): string };
  announcement: { say(words: string): void; hush(): void; owns(node: Node | null): boolean };
  key: {
    /** The key to what occurs in the analysis, in the colours of a scheme. */
    draw(analysis: WireAnalysis, scheme: 'light' | 'dark', preferences: Preferences): DocumentFragment;
  };
  corrections: {
    sentence(correction: WireCorrection): string;
    /** The analysis with a correction, as far as the page shows it: the server's answer has the counts too. */
    preview(analysis: WireAnalysis, correction: WireCorrection, choice?: CorrectionChoice): WireAnalysis;
  };
  evidence: {
    /** The sentence that says who somebody is. Null where no word tells more than the label, or the source is not named. */
    ofSource(source: WireSource): HTMLElement | null;
    /** The sentence that contests a claim; its words lead to the marks of this number. */
    ofClaim(claim: WireClaim, jump: (number: number, event: MouseEvent) => void): HTMLElement | null;
  };
  wrong: {
    said(corrections: WireCorrection[], corrector: Corrector): HTMLElement[];
    part(entry: WireQuote | WireClaim, analysis: WireAnalysis, corrector: Corrector): HTMLElement;
  };
  correct: {
    corrector(page: {
      view: View; language(): string; show(): void; card(entry: string, made: string | null): void; failed(problem: Problem): void; hold(): void;
    }): Corrector;
  };
  job: {
    run(request: AnalyzeRequest, heard: {
      starting(): void; newsroom(): void; progress(blocks: number): void; answer(analysis: WireAnalysis, whole: boolean): void; failed(problem: Problem): void; ended(): void;
    }): { end(): void };
  };
  senses: {
    /** Tells of every such event in the window before the page hears of it; true takes it from the page. */
    hear<K extends 'pointermove' | 'click' | 'keydown'>(
      kind: K, hear: (event: WindowEventMap[K]) => boolean | void, signal: AbortSignal, view?: Window): void;
  };
  keys: {
    attach(acts: { step(by: number): boolean; tab(by: number): boolean; open(): boolean; help(): boolean; leave(): boolean }, signal: AbortSignal): void;
  };
  walk: {
    attach(page: {
      marks(): Mark[]; preferences(): Preferences; body(marks: Mark[]): Node | null; reveal(ranges: StaticRange[], atOnce?: boolean): void; key(): Node | null;
      name(id: string): string;
    }, signal: AbortSignal): {
      to(id: string, opened: boolean): boolean;
      /** The same card for who uses no key: the focus stays where it is. */
      card(id: string): boolean;
    };
  };
  berth: {
    /**
     * The place of a box of that size in a window with that room, beside the targets (the lines of a passage, from the
     * first to the last) on the first of the sides, or else in the first corner, where it hides least of them.
     */
    find(size: { width: number; height: number }, room: { width: number; height: number }, targets: Box[], sides: Exclude<Berth['side'], 'apart'>[]): Berth;
  };
  tour: {
    /** `start` shows it from the beginning, unless it is shown already. */
    attach(page: {
      marks(): Mark[]; analysis(): WireAnalysis | null; preferences(): Preferences; reveal(ranges: StaticRange[]): void;
      card(id: string): boolean;
    }, signal: AbortSignal): { start(): void };
    /** Take it from a page that is being left; it is not over by that. */
    hide(): void; owns(node: Node | null): boolean;
  };
  card: {
    attach(find: (x: number, y: number) => Mark[], fill: (marks: Mark[]) => Node | null, signal: AbortSignal, page?: Document): void;
    show(marks: Mark[], box: DOMRect, body: Node, focused?: boolean, name?: string, back?: ((on: boolean) => void) | null): void;
    /** Whether the keyboard has gone into it. */
    entered(): boolean;
    /** Where it is, while it is shown. */
    box(): DOMRect | null;
    outside(box: DOMRect, page: Document): DOMRect; hide(): void; owns(node: Node | null): boolean;
    /** Keep the card until it is closed: the reader is writing in it. */
    hold(): void; fill(body: Node): void;
  };
  notice: { show(problem: { sentence: string; action: string; button: string | null }, act: (button: string) => void, role?: 'alert' | 'status'): void; working(text: string): void; hide(): void; owns(node: Node | null): boolean };
  hit: { index(marks: Mark[]): void; over(ranges: StaticRange[]): Mark[]; at(x: number, y: number, page?: Document): Mark[] };
  watch: {
    start(changed: () => void, ignore: (node: Node) => boolean, signal: AbortSignal): { also(root: Node): void };
    colours(changed: () => void, signal: AbortSignal): void;
  };
  describe: { card(marks: Mark[], analysis: WireAnalysis, jump: (id: string) => void, openPanel: () => void, corrector?: Corrector): Node | null };
  text: Words;
  elements: {
    make(tag: string, name: string, ...children: (Node | string)[]): HTMLElement;
    button(label: string | Node, act: (event: MouseEvent) => void, name?: string): HTMLButtonElement;
    quoted(spans: WireSpan[]): (Node | string)[]; words(spans: WireSpan[]): string;
    whyNotNamed(why: NonNullable<WireSource['anonymity']>): (Node | string)[];
    link(url: string, text: string): HTMLAnchorElement | null;
  };
  started?: boolean; attend?: () => Promise<void>; toggle?: () => void;
}

declare var onrecord: Onrecord;
declare class Readability {
  constructor(document: Document, options?: object);
  parse(): { content: Element; textContent: string; title: string } | null;
}
interface Document { caretPositionFromPoint(x: number, y: number, options?: { shadowRoots: ShadowRoot[] }): { offsetNode: Node; offset: number } | null }
interface Element { readonly currentCSSZoom?: number }
