"""``python -m onrecord.training.nouns OUT --gold … --texts … --chains …``: whom *the carmaker*, *it* and *they* mean.

``--gold`` are annotated articles (``{"text", "sources", "quotes"}``), ``--texts`` files in which the articles of
``labels`` are found by their SHA-256 (``acts.jsonl`` too; ``written.jsonl`` has its own), ``--chains`` texts with every
mention (``{"text", "mentions": [[start, end, type, chain]]}``, GUM); spans are offsets in code points. Onrecord
resolves the annotated mentions of each article, one after the other, and is asked whom each noun with *the* and each
*it* and *they* means; it is told what is right before the next. Where only the mentions at quotes are known and nobody
is named there, a speaker with a name elsewhere is not asked about, unless ``names.jsonl`` says where. Cross-validated
figures come first; ``OUT`` gets the file.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.language import joined, parsed
from onrecord.analysis.marks import quotations
from onrecord.analysis.model import Reader, tagger
from onrecord.analysis.model.kinds import Sight
from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers import antecedents
from onrecord.analysis.speakers.ranking import Floats, Weights
from onrecord.analysis.speakers.referents import SURE, SURE_OF_PRONOUNS
from onrecord.analysis.speakers.register import IT, PRONOUNS, THEY, Register
from onrecord.analysis.speakers.resemblance import FILE, PRONOUN, Asking, Referent, facts
from onrecord.article import Span
from onrecord.training import acts, annotated
from onrecord.training.choices import Fit, Question, fit, fold_of, folds, save
from onrecord.training.corpus import article_of, placed_span

# Chosen by cross-validation over articles: how much a mention counts that names a quote's speaker in the news, one in a
# written article, one of a speaker's other mentions, one of any other text, and one of a short text of our own.
HOW = Fit(shares={"quote": 1.0, "written": 0.5, "chain": 0.4, "text": 0.3, "short": 0.5}, ridge=40.0, inner_ridge=50.0)
CHAINS = Path(__file__).with_name("chains.jsonl")  # short texts of our own with every mention
_DEFINITE = frozenset({"the", "this", "that"})
_SPEAK = frozenset({"person", "organization", "source"})  # GUM's types of those who may speak, and ours
_NAMED = frozenset({"named_person", "named_organisation"})

Who = tuple[str, frozenset[str] | int]  # a person's index, or the words of a body's name


@dataclass(frozen=True, slots=True)
class Told:
    """What is annotated of one article; the same source is the same name."""

    said: tuple[tuple[Span, str, tuple[Span, ...]], ...]  # mention, source, what is said there; in order
    beside: tuple[tuple[Span, str], ...]  # further mentions
    named: Mapping[str, bool]  # by source: whether it has a name; those whose kind is not known are left out
    kind: str  # one of ``HOW.shares``: of the mentions at quotes
    beside_kind: str  # … and of those beside


@dataclass(frozen=True, slots=True)
class Read:
    """An article as Onrecord reads it, with what is annotated."""

    fold: int
    reading: Reading
    sight: Sight | None
    told: Told


class _Asked:
    """Knows who is meant, answers that, and keeps what it was asked."""

    def __init__(self, told: Told, who: Mapping[str, Who], reading: Reading) -> None:
        self._who = who
        self.kind = told.kind
        self.said = {span for span, _, _ in told.said}
        self._source = {span: source for span, source, _ in told.said} | {
            span: source for span, source in told.beside if span not in self.said
        }
        self._named = told.named
        self._roots: defaultdict[str, set[int]] = defaultdict(set)  # by source, the heads of its mentions
        for span, source in self._source.items():
            tokens = reading.tokens(span)
            if tokens:
                self._roots[source].add(reading.doc[tokens[0].i : tokens[-1].i + 1].root.i)
        self._entries: dict[int, str] = {}
        self.register: Register | None = None
        self.questions: list[tuple[str, Asking, Sequence[Referent], list[bool]]] = []

    def entered(self, at: int, source: str) -> None:
        """An entry is a source."""
        self._entries.setdefault(at, source)

    def chances(self, _reading: Reading, asking: Asking, referents: Sequence[Referent]) -> Floats:
        """One for who is meant; see ``resemblance.Ranking``."""
        source = self._source.get(asking.mention)
        right = [source is not None and self._is(one, source) for one in referents]
        if source is not None and referents and (any(right) or self._is_none(source, referents)):
            self.questions.append((self.kind, asking, referents, right))
        chances = np.array([*right, not any(right)], np.float64)
        return np.asarray(chances / chances.sum(), np.float64)

    def _is_none(self, source: str, referents: Sequence[Referent]) -> bool:
        """Whether a source is surely none of those who may be meant, as far as is known."""
        who = self._who.get(source)
        if who is None:
            return self.kind in {"text", "short"} or self._named.get(source) is False
        words = who[1] if isinstance(who[1], frozenset) else self._name(who[1])
        return bool(words) and not any(word in one.name for word in words for one in referents)

    def _name(self, person: int) -> list[str]:
        assert self.register is not None
        people = self.register.names.people  # of the first reading a name may be lacking that is made in passing
        return people[person].name.lower().split() if person < len(people) else []

    def _is(self, one: Referent, source: str) -> bool:
        sort, number = one.key
        who = self._who.get(source)
        assert self.register is not None
        if sort == "entry":
            entry = self.register.roll.entries[number]
            own = frozenset(entry.key[1:]) if entry.proper else frozenset()
            return self._entries.get(number) == source or (bool(own) and _same(own, who))
        if not self._roots[source].isdisjoint(one.mentions):
            return True
        if sort == "person":
            return who == ("person", number)
        return sort == "body" and _same(frozenset(self.register.referents.names_of_bodies.bodies[number].words), who)


def _same(words: frozenset[str], who: Who | None) -> bool:
    other = who[1] if who is not None else 0
    return isinstance(other, frozenset) and bool(other) and (words <= other or other <= words)


def questions(article: int, read: Read) -> Iterator[Question]:
    """What is asked about the annotated nouns and pronouns of an article."""
    asked = _Asked(read.told, _names(read), read.reading)
    register = asked.register = Register(read.reading, read.sight, antecedents.load(), asked)
    at_quotes = {mention: (source, content) for mention, source, content in reversed(read.told.said)}
    for mention in sorted({*at_quotes, *(span for span, _ in read.told.beside)}, key=lambda span: span.start):
        if mention not in at_quotes:
            asked.kind = read.told.beside_kind
            _ask(register, mention)
            continue
        asked.kind = read.told.kind
        source, content = at_quotes[mention]
        at = register.resolve(mention, content)
        if at is not None:
            asked.entered(at, source)
            register.roll.pronouns.speaks(at, mention)
    for kind, asking, referents, right in asked.questions:
        rows = facts(read.reading, asking, referents)
        yield Question(read.fold, article, kind, rows, np.array([*right, not any(right)]))


def _ask(register: Register, mention: Span) -> None:
    """Ask whom a mention that says nothing means, if it is one of those that are asked about."""
    reading = register.reading
    tokens = reading.tokens(mention)
    if not tokens or reading.quoted(tokens[0]):
        return
    root = reading.doc[tokens[0].i : tokens[-1].i + 1].root
    if len(tokens) == 1 and root.lower_ in THEY | IT:
        register.referents.pronoun(root, (), plural=root.lower_ in THEY)
    elif len(tokens) > 1 and tokens[0].lower_ in _DEFINITE and root.pos_ == "NOUN" and root.tag_ == "NN":
        register.referents.noun(root, mention, tokens, (), None)


class _Nobody:
    """Leaves everything open, and counts."""

    def __init__(self) -> None:
        self.asked = 0

    def chances(self, _reading: Reading, _asking: Asking, referents: Sequence[Referent]) -> Floats:
        """See ``resemblance.Ranking``."""
        self.asked += 1
        return np.array([0.0] * len(referents) + [1.0])


def _names(read: Read) -> dict[str, Who]:
    """Who each source is by the names at its mentions: the person, or the words of the body's name."""
    nobody = _Nobody()
    register = Register(read.reading, read.sight, antecedents.load(), nobody)
    votes: defaultdict[str, Counter[Who]] = defaultdict(Counter)
    mentions = sorted({*((span, source) for span, source, _ in read.told.said), *read.told.beside})
    for mention, source in mentions:
        tokens = read.reading.tokens(mention)
        if not tokens or (len(tokens) == 1 and tokens[0].lower_ in PRONOUNS):
            continue
        before = nobody.asked
        at = register.resolve(mention)
        if at is None or nobody.asked > before:
            continue
        entry = register.roll.entries[at]
        if entry.person is not None:
            votes[source]["person", entry.person] += 1
        elif entry.proper:
            votes[source]["body", frozenset(entry.key[1:])] += 1
    return {source: counted.most_common(1)[0][0] for source, counted in votes.items()}


# -- reading ---------------------------------------------------------------------------------------------------------


def told(record: dict[str, Any], starts: list[tuple[int, int]]) -> Told:
    """What is annotated: by the sources' ids, or by number where there are only quotes."""

    def at(span: Mapping[str, int]) -> Span:
        return placed_span(span["start"], span["end"], starts)

    if "mentions" in record:
        every = ((at({"start": one[0], "end": one[1]}), str(one[3])) for one in record["mentions"] if one[2] in _SPEAK)
        kind = "short" if any(one[2] == "source" for one in record["mentions"]) else "text"
        return Told((), tuple(every), {}, kind, kind)
    whole = "sources" in record
    sources = record["sources"] if whole else (acts.typed(record) or {"sources": []})["sources"]
    named = {str(one["id"]): one["identification"] in _NAMED for one in sources}
    beside = [
        (at(span), str(one["id"]))
        for one in sources
        for span in (*([one["mention"]] if one.get("mention") else ()), *(one.get("mentions") or ()))
    ]
    said = [
        (at(quote["mention"]), str(quote["source"]), tuple(at(span) for span in quote["contents"]))
        for quote in record["quotes"]
        if quote.get("mention") and quote.get("source") is not None
    ]
    source_of = {span: source for span, source, _ in said}
    for start, end, *name in acts.named(record):
        source = source_of.get(at({"start": start, "end": end}))
        if source is not None and name:
            beside.append((at({"start": name[0], "end": name[1]}), source))
        elif source is not None:
            named[source] = False
    kind = "written" if record.get("doc") is None and not whole else "quote"
    return Told(tuple(sorted(said, key=lambda one: one[0].start)), tuple(beside), named, kind, "chain")


def read(analyzer: Analyzer, record: dict[str, Any]) -> Read:
    """A record in one of the three forms."""
    article, starts = article_of(record["text"])
    marked = quotations(article)
    docs = [doc for group in parsed(article, analyzer.nlp) for doc in group]
    reader = Reader(analyzer.tagger, article, marked)
    reader.hear(docs)
    heard = reader.heard()
    sight = heard.sight(analyzer.tagger.kinds) if heard is not None else None
    reading = Reading(article, joined(docs, analyzer.nlp), marked)
    return Read(fold_of(record["text"]), reading, sight, told(record, starts))


# -- judging ---------------------------------------------------------------------------------------------------------


def judged(asked: Sequence[Question], known: Sequence[Weights]) -> dict[str, Counter[str]]:
    """By kind, how many are given to the right one, to a wrong one, and left open rightly and wrongly."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for question in asked:
        chances = known[question.fold].chances(question.rows)
        best, nobody = int(chances.argmax()), len(chances) - 1
        pronoun = bool(question.rows[-1, PRONOUN])
        own = found[f"{question.kind}, {'pronouns' if pronoun else 'nouns'}"]
        if best == nobody or chances[best] < (SURE_OF_PRONOUNS if pronoun else SURE):
            own["open, rightly" if question.right[nobody] else "open, wrongly"] += 1
        else:
            own["right" if question.right[best] else "wrong"] += 1
    return dict(found)


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m onrecord.training.nouns", description=__doc__)
    options.add_argument("out", type=Path, metavar="OUT")
    options.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    options.add_argument("--chains", type=Path, nargs="*", default=[], metavar="CHAINS.jsonl")
    options.add_argument("--texts", type=Path, nargs="*", default=[], metavar="TEXTS")
    given = options.parse_args(arguments)
    analyzer = Analyzer(language.load(), tagger.load())
    asked = [
        question
        for number, record in enumerate(annotated.articles_of([*given.gold, *given.chains, CHAINS], given.texts))
        for question in questions(number, read(analyzer, record))
    ]
    write(asked, given.out)
    return 0


def write(asked: Sequence[Question], out: Path) -> None:
    """Learn from questions, print what is right on those that a fold had not seen, and write the file."""
    for kind, counted in judged(asked, folds(asked, HOW)).items():
        print(f"{kind}: " + ", ".join(f"{count} {answer}" for answer, count in sorted(counted.items())))
    save(fit(asked, HOW), out / FILE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
