"""Articles annotated in Onrecord's own scheme as examples for every head of the tagger.

Four sets, one form (``{"id", "text", "quotes", "claims"}``, spans as ``{"start", "end"}`` in code points): gold files,
the articles of ``labels``, whole and for acts alone, and ``written.jsonl``, which was written for the purpose and comes
with its text. ``sentences.txt`` has single sentences of which only is known whether somebody says it.

Thoughts and acts are not annotated as such. Where the corpus has the same article, its attributions that share no word
with an annotated quote stand for them, and where it has not, what the published tagger proposes.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from spacy.language import Language

from onrecord.analysis.model import decoder, features
from onrecord.analysis.model.kinds import Sight
from onrecord.analysis.model.tagger import Heard, Tagger, Window, heard_of
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes import attributions, said
from onrecord.analysis.quotes.said import vote
from onrecord.analysis.result import IDENTIFICATIONS, SOURCE_TYPES, ClaimStatus
from onrecord.analysis.sources.portraits import portrait
from onrecord.analysis.speakers import said_by, speakers
from onrecord.training import acts, articles
from onrecord.training.corpus import OWN, Contest, Example, Known, Placed, Relation, example, relations

WRITTEN: Final = Path(__file__).with_name("written.jsonl")
WRITTEN_CHECK: Final = Path(__file__).with_name("written_check.jsonl")  # short ones, not for training
SENTENCES: Final = Path(__file__).with_name("sentences.txt")
# How much a claim counts that editors may leave out: three of five in the news. With .35 the articles of ``check`` come
# out worse (average precision of contested sentences .564; .591 where it counts in full; after 600 steps each).
OPTIONAL: Final = 0.7
OTHER: Final = 0.15  # shared words by all words: no more of them, and it is no annotated quote
SAME: Final = 0.5  # … and from here on it is the same
SHORTEST: Final = 150  # words of an article in which it is asked whom words mean
BEGINNING: Final = 150  # characters by which an article is known again in the corpus

Record = dict[str, Any]
Pair = tuple[int, int]  # a span of the text


def records(gold: Sequence[Path], texts: Sequence[Path]) -> Iterator[Record]:
    """Every annotated article whose text is here; ``texts`` are files in which labels find theirs by checksum."""
    for path in gold:
        yield from articles.anew(map(json.loads, path.read_text(encoding="utf-8").splitlines()))
    yield from articles.anew(articles.records("train", texts))
    yield from acts.records("train", texts)
    yield from lines(WRITTEN)


def articles_of(paths: Iterable[Path], texts: Sequence[Path], *, shortest: int = 0) -> Iterator[Record]:
    """What is told of whom words mean: the records of ``paths`` and every annotated article.

    Written texts of fewer words than ``SHORTEST`` are left out, and of ``acts`` those of fewer than ``shortest``.
    """
    for path in paths:
        yield from lines(path)
    yield from articles.records("train", texts)
    yield from (one for one in acts.records("train", texts) if len(one["text"].split()) >= shortest)
    yield from (one for one in lines(WRITTEN) if len(one["text"].split()) >= SHORTEST)


def lines(path: Path) -> Iterator[Record]:
    """The records of a file of written texts."""
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def sentences() -> Iterator[Record]:
    """The written sentences; the only act in each was said or was not."""
    for number, line in enumerate(SENTENCES.read_text(encoding="utf-8").splitlines()):
        sign, _, text = line.partition(" ")
        if sign in {"+", "-"}:
            yield {"id": f"sentence {number}", "text": text, "said": sign == "+"}


def verb_of(words: features.Words, cue: Sequence[int]) -> int:
    """The word of a cue that ``quotes.said`` asks."""
    return said.verb_of(np.asarray(cue), words)


class Sources:
    """The sources of one annotated article, found by a span of the text."""

    def __init__(self, record: Record) -> None:
        self.sources: dict[str, Record] = {one["id"]: one for one in record["sources"]}
        self._fullest = [(_pair(s["mention"]), s["id"]) for s in record["sources"] if s.get("mention")]
        self._quotes = [
            (_pair(quote["mention"]), [_pair(span) for span in quote["contents"]], quote["source"])
            for quote in record.get("quotes", [])
            if quote.get("mention") and quote.get("source")
        ]

    def of(self, fullest: Pair, said: Sequence[tuple[Pair | None, list[Pair]]]) -> str | None:
        """The id of the source that a speaker is: by the fullest mention, and by the mentions at the quotes."""
        votes: Counter[str] = Counter()
        for span, name in self._fullest:
            votes[name] += 2 * _overlap(fullest, span)
        for mention, contents in said:
            for span, theirs, name in self._quotes:
                same = mention is not None and _overlap(mention, span)
                votes[name] += same and any(_overlap(one, other) for one in contents for other in theirs)
        name, count = votes.most_common(1)[0] if votes else ("", 0)
        return name if count else None


class Proposed:
    """What the published tagger makes of a text, worked out once somebody asks."""

    def __init__(self, published: Tagger, words: features.Words) -> None:
        self._published, self._words = published, words

    @cached_property
    def windows(self) -> list[Window]:
        """The windows of the text, read."""
        return self._published.windows(self._words)

    @cached_property
    def heard(self) -> Heard | None:
        """What it says of each word."""
        return heard_of(self._words, self.windows)

    @property
    def sight(self) -> Sight | None:
        """What it shows of the text."""
        return self.heard.sight(self._published.kinds) if self.heard is not None else None

    @cached_property
    def found(self) -> list[decoder.Relation]:
        """The attributions that it proposes."""
        return list(self._published.relations(self._words, self.windows))

    def relations(self) -> list[Relation]:
        """The same as an example has them."""
        return [
            Relation(
                tuple(range(*one.cue)),
                tuple(range(*one.source)) if one.source else (),
                tuple(at for run in one.content for at in range(*run)),
            )
            for one in self.found
        ]


def _pair(span: Mapping[str, int]) -> Pair:
    return span["start"], span["end"]


def _overlap(one: Pair, other: Pair) -> bool:
    return one[0] < other[1] and other[0] < one[1]


class Annotated:
    """Makes examples; knows what the published tagger proposes, and which status a contesting word speaks for."""

    def __init__(
        self, nlp: Language, pieces: features.Pieces, published: Tagger, corpus: Iterable[Record] = ()
    ) -> None:
        """``corpus``: records of the corpus, for the thoughts and acts of articles that are annotated here too."""
        self._nlp, self._pieces, self._published = nlp, pieces, published
        self._corpus = {record["text"][:BEGINNING]: record["attributions"] for record in corpus}
        self._speaks_for: Mapping[str, Counter[ClaimStatus]] = {}

    def learn(self, known: Iterable[Record]) -> None:
        """Count, in claims of one status, which one each contesting word speaks for."""
        found: defaultdict[str, Counter[ClaimStatus]] = defaultdict(Counter)
        for record in known:
            for claim in record.get("claims") or ():
                if not claim.get("also"):
                    for span in claim["evidence"]:
                        for word in record["text"][span["start"] : span["end"]].lower().split():
                            found[word][claim["status"]] += 1
        self._speaks_for = found

    def example(self, record: Record, *, name: str | None = None) -> Example:
        """An annotated article with the labels of every head."""
        text = Placed(record["text"], self._nlp, self._pieces)
        words = text.words
        proposed = Proposed(self._published, words)
        if "said" in record:
            acts = {verb_of(words, relation.cue): record["said"] for relation in proposed.relations()}
            return Example(name=name or record["id"], words=words, convention=OWN, said=acts)
        spoken: dict[int, bool] = {}
        quoted: list[Relation] = []
        contents: list[frozenset[int]] = []
        for quote in record["quotes"]:
            content = text.positions(_spans(quote["contents"]))
            cue = text.positions(_spans(quote.get("cue") or ()))
            contents.append(frozenset(content))
            if cue and content:
                source = text.positions(_spans([quote["mention"]] if quote.get("mention") else ()))
                quoted.append(Relation(cue, source, content))
                spoken[verb_of(words, cue)] = True
        cues = {at for relation in quoted for at in relation.cue}
        beside = [
            relation
            for relation in self._others(text, record["text"], proposed)
            if cues.isdisjoint(relation.cue) and all(shared(relation.content, own) < OTHER for own in contents)
        ]
        none = [
            frozenset(text.positions(_spans(act["content"])))
            for act in record.get("acts") or ()
            if act["judged"] == "other"
        ]
        beside = [one for one in beside if all(shared(one.content, other) < SAME for other in none)]
        for relation in beside:
            spoken.setdefault(verb_of(words, relation.cue), False)
        for act in record.get("acts") or ():
            cue = text.positions(_spans(act["cue"]))
            if cue and act["judged"] != "other" and not act.get("unsure"):
                spoken[verb_of(words, cue)] = act["judged"] == "said"
        return Example(
            name=name or record.get("id") or record["doc"],
            words=words,
            convention=OWN,
            relations=(*quoted, *beside),
            said=spoken,
            contests=tuple(self._contests(text, record)),
            sources=tuple(self._sources(text, record, proposed)),
        )

    def _sources(self, text: Placed, record: Record, proposed: Proposed) -> Iterator[Known]:
        """The sources that Onrecord finds and that are annotated with their type."""
        typed = record if record.get("sources") else acts.typed(record)
        if typed is None:
            return
        known = Sources(typed)
        words = text.words
        reading = Reading(text.article, text.doc, text.quotations)
        found = [one for one in attributions(reading, proposed.found, vote(proposed.heard)) if one.reported]
        people, index, _ = speakers(reading, found, proposed.sight)
        position = {int(at): number for number, at in enumerate(words.index)}
        for speaker, own in zip(people, said_by(people, found, index), strict=True):
            said = [
                (text.original(one.mention) if one.mention else None, [text.original(span) for span in one.content])
                for one in own
            ]
            name = known.of(text.original(speaker.mentions[0]), said)
            if name is None:
                continue
            source = known.sources[name]
            others = source.get("type_alt") or []
            types = [source["type"], *([others] if isinstance(others, str) else others)]
            seen = portrait(reading, speaker)
            places = tuple(position[token.i] for token in seen.tokens if token.i in position)
            named = source["identification"]
            if places:
                yield Known(
                    places,
                    seen.facts,
                    tuple(SOURCE_TYPES.index(one) for one in dict.fromkeys(types)),
                    IDENTIFICATIONS.index(named) if named != "anonymous" else None,
                )

    def of_corpus(self, record: Record, *, name: str) -> Example:
        """A record of the corpus, in its own convention."""
        return example({**record, "id": name}, self._nlp, self._pieces)

    def _others(self, text: Placed, whole: str, proposed: Proposed) -> Sequence[Relation]:
        """Attributions of every kind in the same article: the corpus's own, else what the published tagger proposes."""
        found = self._corpus.get(whole[:BEGINNING])
        if found is None:
            return proposed.relations()
        parts = ("cue", "source", "content")
        inside = [one for one in found if all(end <= len(whole) for part in parts for _, end in one[part])]
        return relations(text, inside)

    def _contests(self, text: Placed, record: Record) -> Iterator[Contest]:
        """One entry for each piece of evidence, with everything that it contests; required claims first."""
        held: dict[int, list[Any]] = {}
        by_word: dict[int, int] = {}  # a word of evidence -> the first word of the entry that has it
        for claim in sorted(record["claims"], key=lambda claim: claim.get("optional", False)):
            weight = OPTIONAL if claim.get("optional") else 1.0
            contents = [content for span in _spans(claim["content"]) if (content := text.positions([span]))]
            for span in _spans(claim["evidence"]):
                cue = text.positions([span])
                if not cue:
                    continue
                first = next((by_word[at] for at in cue if at in by_word), cue[0])
                if first not in held:
                    held[first] = [cue, [], self._status(record["text"][slice(*span)], claim), weight]
                    by_word.update(dict.fromkeys(cue, first))
                held[first][1] += contents
                held[first][3] = max(held[first][3], weight)
        for cue, contents, status, weight in held.values():
            yield Contest(cue, tuple(contents), status, weight)

    def _status(self, evidence: str, claim: Record) -> ClaimStatus:
        """Which of a claim's statuses one piece of its evidence speaks for: *denied* of an accusation is a denial."""
        holding: list[ClaimStatus] = [claim["status"], *claim.get("also", ())]
        words = [self._speaks_for.get(word, Counter()) for word in evidence.lower().split()]
        return max(holding, key=lambda status: (sum(one[status] for one in words), -holding.index(status)))


def _spans(spans: Iterable[Mapping[str, int]]) -> list[tuple[int, int]]:
    return [(span["start"], span["end"]) for span in spans]


def shared(one: Iterable[int], other: frozenset[int]) -> float:
    """Shared words by all words."""
    mine = frozenset(one)
    return len(mine & other) / max(1, len(mine | other))
