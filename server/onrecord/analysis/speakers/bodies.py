"""Bodies that speak: which names are one body's, and which body *the company*, *the federation* is."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.analysis.names.animacy import names_people
from onrecord.analysis.names.bodies import kind_of, written_out
from onrecord.analysis.names.people import kinds_of_firms
from onrecord.analysis.phrases import Reading, phrase_of
from onrecord.analysis.speakers.nominals import FARTHEST_ANTECEDENT
from onrecord.analysis.speakers.roll import Roll
from onrecord.article import Span

_FIRM_NOUNS = frozenset({"company", "firm", "business", "maker"})

NEAREST_BODY = 2  # sentences between a firm's name and *the company*, or two names and *both*


class Bodies:
    """The bodies on the roll; each is given as the index of its entry, or None."""

    def __init__(self, reading: Reading, roll: Roll) -> None:
        self._reading, self._doc, self._roll = reading, reading.doc, roll
        self._since = reading.sentences.since

    def enter(self, head: Token, mention: Span, tokens: list[Token]) -> int:
        """A proper name that is no person's: the same words, or the same initials, are the same body."""
        core = [t for t in tokens if t.i <= head.i or t.dep_ in {"prep", "pobj", "compound", "nmod"}]
        stop = next(
            (n for n, t in enumerate(core) if t.text in {",", "("} or t.lower_ in {"who", "which", "that"}), len(core)
        )
        words = frozenset(
            t.lower_ for t in core[:stop] if (t.pos_ in {"PROPN", "NOUN", "ADJ"} or t.text.isupper()) and t.is_alpha
        )
        key = tuple(sorted(words or {head.lower_}))
        initials = "".join(t.text[0] for t in core[:stop] if t.text[:1].isupper())
        full = written_out(head)
        span = self._reading.span(full)
        if (
            full
            and span is not None
            and not any(entry.proper and entry.head.text == head.text for entry in self._roll.entries)
        ):
            known = self.enter(full[-1], span, full)  # *the Norland Rail Union (NRU)*, later *NRU*
            self._roll.said_by(known, mention)
            return known
        for at, entry in enumerate(self._roll.entries):
            if not entry.proper:
                continue
            other = frozenset(entry.key[1:])
            text = self._reading.article[entry.spans[0]]
            if key == entry.key[1:] or (words and (words < other or other < words) and head.lower_ in other & words):
                self._roll.said_by(at, mention)
                return at
            if (
                head.text.isupper()
                and len(head.text) > 1
                and "".join(w[0] for w in text.split() if w[:1].isupper()).endswith(head.text)
            ):
                self._roll.said_by(at, mention)
                return at
            if len(initials) > 2 and initials == entry.head.text:
                self._roll.said_by(at, mention)
                return at
        return self._roll.enter(("body", *key), head, mention, proper=True, plural=False)

    def meant(self, head: Token) -> int | None:
        """The named body that *the company*, *the federation* stands for: called so by its name or beside it."""
        for at in range(len(self._roll.entries) - 1, -1, -1):
            entry = self._roll.entries[at]
            if not entry.proper or entry.spans[0].start > head.idx:
                continue
            tokens = self._reading.tokens(entry.spans[0])
            own = [t for t in tokens if t.i == entry.head.i or (t.dep_ == "appos" and t.head.i == entry.head.i)]
            if any(head.lemma_.lower() in {t.lemma_.lower(), t.lower_} for t in own):
                return at
        body = head.lemma_.lower() in kinds_of_firms() or not names_people(head)
        name = self._called(head) if body else None
        if name is None:
            return None
        phrase = phrase_of(self._reading, name)
        return self.enter(name, phrase, self._reading.tokens(phrase))

    def _called(self, head: Token) -> Token | None:
        """The name that *the trust* stands for of bodies that have not spoken: one that is called so by its name.

        *The carmaker*, *the company* stand for the one firm that the sentences right before name, if it is one.
        """
        word = head.lemma_.lower()
        firm = word in kinds_of_firms() or word in _FIRM_NOUNS
        near: dict[str, Token] = {}
        for entity in self._doc.ents:
            if entity.label_ not in {"ORG", "PERSON", "PRODUCT", "FAC", "GPE"} or entity.start >= head.i:
                continue
            last, distance = entity[-1], self._since(entity.start, head.i)
            if distance is None:
                continue
            if distance <= FARTHEST_ANTECEDENT and last.lower_ == word and last.text[:1].isupper() and len(entity) > 1:
                return last
            told = kind_of(list(entity)) if entity.label_ == "ORG" else None
            plain = told is None or told.type == "business"
            acts = last.dep_ in {"nsubj", "nsubjpass", "dobj"}
            if firm and entity.label_ == "ORG" and distance <= NEAREST_BODY and plain and acts:
                near[last.text] = last
        return next(iter(near.values())) if len(near) == 1 else None
