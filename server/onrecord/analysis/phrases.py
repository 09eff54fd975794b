"""The article as the later stages read it: tokens, quotations and blocks side by side, and noun phrases as spans."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from functools import cached_property

from spacy.tokens import Doc, Token

from onrecord.analysis import datelines
from onrecord.analysis.marks import Quotation
from onrecord.analysis.places import Places
from onrecord.analysis.scenes import Scenes, Sentences
from onrecord.article import Article, Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
# Tags of verbs that carry a tense, in Penn's set.
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


def is_abbreviation(word: Token) -> bool:
    """Whether a word in capitals is a body's and no pronoun, in a sentence that is not in capitals: *WHO say*."""
    return len(word.text) > 1 and word.text.isupper() and not word.sent.text.isupper()


# The longest noun phrase taken whole. Longer ones are parses gone wrong more often than real appositions.
LONGEST_MENTION = 32


# How far a quotation looks back for what leads in to it, in characters or words. News comes nowhere near it; without
# an end, a block of nothing but quotations would be read once for each of them.
REACH = 200


class Reading:
    """One article with its parse and its quotations; answers which token is where."""

    def __init__(self, article: Article, doc: Doc, quotations: Sequence[Quotation]) -> None:
        self.article = article
        self.doc = doc
        self.quotations = quotations
        self.outer = [quotation for quotation in quotations if quotation.depth == 0]
        self._phrases: dict[int, Span] = {}
        self._begins: dict[int, int] = {}  # of blocks
        self._quoted_by = [-1] * len(doc)
        for number, quotation in enumerate(self.outer):
            for span in quotation.spans:
                for token in self.tokens(span):
                    self._quoted_by[token.i] = number

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins."""
        return [token.idx for token in self.doc]

    @cached_property
    def words(self) -> list[Token]:
        """The tokens that are no white space, which are the tagger's words."""
        return [token for token in self.doc if not token.is_space]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [token.idx for token in self.words]

    @cached_property
    def _blocks(self) -> list[int]:
        found, at = [], 0
        borders = [span.start for span in self.article.block_spans]
        for start in self.starts:
            while at + 1 < len(borders) and borders[at + 1] <= start:
                at += 1
            found.append(at)
        return found

    @cached_property
    def marked(self) -> Places[int]:
        """Where the outer quotations stand, by their number."""
        return Places((span, number) for number, quotation in enumerate(self.outer) for span in quotation.spans)

    @cached_property
    def scenes(self) -> Scenes:
        """Which blocks tell one story."""
        return Scenes(self.article)

    @cached_property
    def sentences(self) -> Sentences:
        """How far apart two tokens are."""
        return Sentences(self.doc, self._blocks, self.scenes)

    def tokens(self, span: Span) -> list[Token]:
        """The tokens that begin in ``span``, white space left out."""
        starts = self._word_starts
        return self.words[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)]

    def begins(self, offset: int) -> int:
        """Where the block around ``offset`` begins, behind a dateline if it has one."""
        block = self.article.block_index(offset)
        if block not in self._begins:
            own = self.article.block_spans[block]
            first = self.tokens(Span(own.start, min(own.end, own.start + datelines.LONGEST)))
            self._begins[block] = datelines.begins(self.article, block, first)
        return self._begins[block]

    def last_words(self, offset: int, *, block: bool = True) -> str:
        """What stands before ``offset``, in its block or in the article, without white space at its end.

        No more of it than ``REACH`` characters; nothing if all of them are white space.
        """
        first = self.article.block_spans[self.article.block_index(offset)].start if block else 0
        return self.article.text[max(first, offset - REACH) : offset].rstrip()

    def last_character(self, offset: int, *, block: bool = True) -> str:
        """The last character before ``offset`` that is no white space; empty if there is none."""
        return self.last_words(offset, block=block)[-1:]

    def last_unquoted(self, offset: int) -> Token | None:
        """The last word before ``offset`` outside quotation marks, in the same block and not far away."""
        first = self.article.block_spans[self.article.block_index(offset)].start
        at = bisect.bisect_left(self.starts, offset) - 1
        for number in range(at, max(-1, at - REACH), -1):
            token = self.doc[number]
            if token.idx < first:
                return None
            if not token.is_space and not self.quoted(token):
                return token
        return None

    def quoted(self, token: Token) -> bool:
        """Whether the token stands inside quotation marks."""
        return self._quoted_by[token.i] >= 0

    def quotation_of(self, token: Token) -> int:
        """The index in ``outer`` of the quotation around the token, or -1."""
        return self._quoted_by[token.i]

    def block(self, token: Token) -> int:
        """The index of the token's block."""
        return self._blocks[token.i]

    def span(self, tokens: Iterable[Token]) -> Span | None:
        """From the first to the last of ``tokens``, without white space and commas at the ends."""
        ordered = sorted((token for token in tokens if not token.is_space), key=lambda token: token.i)
        while ordered and ordered[0].text in {",", ";", ":", "—", "–", "-", ".", "…"}:
            ordered.pop(0)
        while ordered and ordered[-1].text in {",", ";", ":", "—", "–", "-", "(", "and", "but", "…"}:
            ordered.pop()
        return Span(ordered[0].idx, ordered[-1].idx + len(ordered[-1].text)) if ordered else None

    def noun_phrase(self, head: Token, *, without: Iterable[Token] = ()) -> Span:
        """The full noun phrase around ``head``: title, office, apposition, relative clause.

        The phrases that hold a token of ``without`` (the cue, when it stands in a relative clause) are left out, and
        so is anything inside quotation marks that ``head`` is not in.
        """
        barred = {token.i for token in without}
        if not barred:
            known = self._phrases.get(head.i)
            if known is None:
                known = self._phrases[head.i] = self._noun_phrase(head, barred)
            return known
        above = {up.i for token in without for up in token.ancestors}
        return self._noun_phrase(head, barred | above)

    def _noun_phrase(self, head: Token, barred: set[int]) -> Span:
        inside = self._quoted_by[head.i]
        kept = [head]
        stack = [head]
        while stack:
            for child in stack.pop().children:
                if child.i in barred:
                    continue
                if (
                    child.dep_ in {"punct", "cc"}
                    or self._quoted_by[child.i] != inside
                    or self.block(child) != self.block(head)
                ):
                    if child.dep_ == "cc" and head.dep_ != "conj":
                        kept.append(child)
                    continue
                if child.dep_ in {"advcl", "parataxis", "ccomp"} and child.i > head.i:
                    continue
                if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}:
                    continue
                kept.append(child)
                stack.append(child)
        first, last = min(t.i for t in kept), max(t.i for t in kept)
        if last - first > LONGEST_MENTION:
            near = [t for t in head.lefts if t.dep_ in {"det", "compound", "amod", "poss", "nmod", "nummod"}]
            first, last = min([head.i, *(t.left_edge.i for t in near)]), head.i
        while first < last and (self._quoted_by[first] != inside or self.doc[first].idx < self.begins(head.idx)):
            first += 1
        while last > first and self._quoted_by[last] != inside:
            last -= 1
        return self.span(self.doc[first : last + 1]) or Span(head.idx, head.idx + len(head.text))


def cut_off_title(tokens: Sequence[Token]) -> int:
    """How many words a title with a full stop has that the parser takes for a sentence: *Cmdr. | Anna Bell*."""
    if len(tokens) < 3 or tokens[1].text != "." or tokens[0].whitespace_:
        return 0
    return 2 if tokens[0].text[:1].isupper() and tokens[2].pos_ == "PROPN" else 0


def head_of(tokens: Sequence[Token]) -> Token:
    """The word that the others of a phrase hang on; its last noun where the parser has it as parts of another one.

    *a new study reports*, read as one noun, leaves *a new study* without a head of its own.
    """
    tokens = tokens[cut_off_title(tokens) :]
    root: Token = tokens[0].doc[tokens[0].i : tokens[-1].i + 1].root
    if root.pos_ in {"DET", "ADJ"} and tokens[-1].pos_ in {"NOUN", "PROPN"} and tokens[-1].head.i == root.head.i:
        return tokens[-1]
    return root


def phrase_of(reading: Reading, name: Token) -> Span:
    """The noun phrase that a name stands in: from the head of its appositions on."""
    top = name
    while top.dep_ == "appos" and top.head.i < top.i and top.head.pos_ in {"NOUN", "PROPN"}:
        top = top.head
    return reading.noun_phrase(top)


def alone(reading: Reading, noun: Token) -> Span:
    """The noun phrase of one of several: *the governor* of *the governor and the mayor*."""
    phrase = phrase_of(reading, noun)
    past = min((other.left_edge.i for other in noun.conjuncts if other.i > noun.i), default=len(reading.doc))
    return reading.span(token for token in reading.tokens(phrase) if token.i < past) or phrase


def hyphenated(doc: Doc, at: int) -> bool:
    """Whether ``doc[at]`` is a hyphen inside a word: one with a letter right before and right behind it."""
    if not 0 < at < len(doc) - 1 or doc[at].text not in {"-", "‑"}:
        return False
    glued = not doc[at - 1].whitespace_ and not doc[at].whitespace_
    return glued and doc[at - 1].text[-1:].isalpha() and doc[at + 1].text[:1].isalpha()


def passive(verb: Token) -> bool:
    """Whether ``verb`` has a passive subject or auxiliary."""
    return any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)


def agent(verb: Token) -> Token | None:
    """The noun after *by* of a passive verb."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.lower_ == "by" and child.dep_ == "prep"):
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def doer(verb: Token) -> Token | None:
    """Who says what ``verb`` says: the agent of a passive or of a bare participle, else the subject."""
    return agent(verb) if bare_participle(verb) or passive(verb) else subject(verb)


def bare_participle(verb: Token) -> bool:
    """Whether ``verb`` is a participle without an auxiliary that hangs on a noun: *an app called “Nearby”*."""
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and not any(c.dep_ == "aux" for c in verb.children)


def asked_first(verb: Token) -> bool:
    """Whether ``verb`` is a participle that opens a sentence, done to its subject: *Asked where …, Bell said*."""
    above = verb.head
    if verb.dep_ != "advcl" or verb.tag_ not in {"VBN", "VBD"} or above.i < verb.i:
        return False
    own = any(child.dep_ in {*SUBJECTS, "aux", "mark"} for child in verb.children)
    return not own and any(child.dep_ in SUBJECTS and child.i > verb.i for child in above.children)


def subject(verb: Token) -> Token | None:
    """Who does what ``verb`` says: its own subject, or the one it shares with the verb it hangs on."""
    seen: Token | None = verb
    for _ in range(6):  # a chain of coordinated and infinitive verbs is never longer in practice
        if seen is None:
            return None
        own = next((child for child in seen.children if child.dep_ in {"nsubj", "csubj"}), None)
        if own is None and seen != verb:
            own = next((child for child in seen.children if child.dep_ == "nsubjpass"), None)
        if own is not None:
            if own.lower_ in RELATIVE and seen.dep_ == "relcl":
                return seen.head
            return own
        if passive(seen):
            return agent(seen)
        if seen.dep_ in {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "aux", "dep"} and seen.head is not seen:
            seen = seen.head
        elif seen.dep_ in {"acl", "relcl"}:
            return seen.head if seen.head.pos_ in {"NOUN", "PROPN", "PRON"} else None
        else:
            return None
    return None


def antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for: the one that its clause hangs on."""
    seen = pronoun
    while seen.head.i != seen.i:
        if seen.dep_ == "relcl":
            return seen.head
        seen = seen.head
    return None
