"""Which names stand where in a text, for who learns to find them: spaCy's labels, put right by what is annotated.

spaCy's own recogniser labels every text (silver). Where an article is annotated it is put right: a source that the
text calls *he* or *she* is a person wherever it is named, and so are GUM's persons; GUM's bodies are none.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from onrecord.analysis import language
from onrecord.analysis.speakers.pronouns import HE, SHE
from onrecord.article import Article
from onrecord.training import acts, annotated, articles
from onrecord.training.corpus import article_of, placed

MEANS: Final = {"person": "PERSON", "organization": "ORG"}  # GUM's kinds whose names spaCy gets wrong most

Chain = tuple[str, tuple[tuple[int, int], ...]]  # a kind of name, and the spans of the mentions
Found = tuple[int, int, str]  # first and past token, kind


class Silver:
    """spaCy's pipeline with its own recogniser, whose names are put right by the annotated chains."""

    def __init__(self, nlp: Language) -> None:
        """``nlp``: ``language.load(names=False)``."""
        nlp.add_pipe("ner", source=spacy.load(language.package()))
        self.nlp = nlp

    def named(self, text: str, chains: Sequence[Chain] = ()) -> Iterator[tuple[Doc, list[Found]]]:
        """The blocks of a text with their names; ``chains`` in code points of the text."""
        article, starts = article_of(text)
        docs = [doc for docs in language.parsed(article, self.nlp) for doc in docs]
        inside = [(kind, [(placed(a, starts), placed(b - 1, starts) + 1) for a, b in spans]) for kind, spans in chains]
        named = [(kind, spans, self._known(article, docs, spans)) for kind, spans in inside]
        for doc, span in zip(docs, article.block_spans, strict=True):
            if not len(doc):
                continue
            found = [(entity.start, entity.end, entity.label_) for entity in doc.ents]
            for kind, spans, known in named:
                own = [(a - span.start, b - span.start) for a, b in spans if span.start <= a < span.end]
                for first, past in own:
                    found = corrected(found, kind, doc.char_span(first, past, alignment_mode="expand"), known)
            yield doc, found

    @staticmethod
    def _known(article: Article, docs: Sequence[Doc], spans: Iterable[tuple[int, int]]) -> frozenset[str]:
        """The words that spaCy takes for a person's name somewhere in a chain."""
        known: set[str] = set()
        for first, past in spans:
            for doc, span in zip(docs, article.block_spans, strict=True):
                if span.start <= first < span.end:
                    known.update(
                        token.text
                        for token in doc
                        if first <= span.start + token.idx < past and token.ent_type_ == "PERSON"
                    )
        return frozenset(known)


def corrected(found: list[Found], kind: str, mention: Span | None, known: frozenset[str]) -> list[Found]:
    """The names of a text, with what a mention of a person or body names; ``known``: words of that person's name."""
    if mention is None or any(one[2] == kind and one[0] < mention.end and mention.start < one[1] for one in found):
        return found
    words = [token for token in mention if token.tag_ in {"NNP", "NNPS"}]
    if kind == "PERSON":
        words = [token for token in words if token.text in known] or words
    elif len(words) < len([token for token in mention if token.tag_ not in {"DT", "IN", "CC", "POS"}]):
        return found  # only what is a name as a whole
    if not words or len(words) <= words[-1].i - words[0].i:
        return found
    first, past = words[0].i, words[-1].i + 1
    across = [one for one in found if one[0] < past and first < one[1]]
    if kind == "ORG" and any(one[2] != "PERSON" for one in across):
        return found
    return sorted([one for one in found if one not in across] + [(first, past, kind)])


def chains(record: dict[str, Any]) -> list[Chain]:
    """The chains of an annotated article of which is known what they are: persons (*he*, *she*), GUM's bodies."""
    held: dict[Any, list[tuple[int, int]]] = {}
    for source in record.get("sources", ()):
        held[source["id"]] = [(span["start"], span["end"]) for span in source["mentions"]]
    for quote in record.get("quotes", ()):
        if quote.get("mention") and quote.get("source") is not None:
            span = quote["mention"]
            held.setdefault(quote["source"], []).append((span["start"], span["end"]))
    text = record["text"]
    made: list[Chain] = [
        ("PERSON", tuple(spans))
        for spans in held.values()
        if any(text[first:past].lower() in HE | SHE for first, past in spans)
    ]
    of_gum: dict[str, list[tuple[int, int]]] = {}
    kinds: dict[str, Counter[str]] = {}
    for first, past, kind, chain in record.get("mentions", ()):
        of_gum.setdefault(chain, []).append((first, past))
        kinds.setdefault(chain, Counter())[kind] += 1
    for chain, spans in of_gum.items():
        kind = MEANS.get(kinds[chain].most_common(1)[0][0])
        if kind:
            made.append((kind, tuple(span for span in spans if text[slice(*span)][:1].isupper())))
    return made


def records(paths: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """Every text by its checksum, with what is annotated of it."""
    found: dict[str, dict[str, Any]] = {}
    for path in paths:
        if path.suffix == ".jsonl":
            known = map(json.loads, path.read_text(encoding="utf-8").splitlines())
            entries = [{key: record[key] for key in ("text", "mentions") if key in record} for record in known]
        else:
            entries = [{"text": text} for text in articles.texts(path)]
        found |= {articles.checksum(entry["text"]): entry for entry in entries}
    for record in (*articles.records("train", paths), *acts.records("train", paths)):
        found[record["sha256"]] |= {key: record[key] for key in ("sources", "quotes") if key in record}
    for record in annotated.lines(annotated.WRITTEN):
        found[articles.checksum(record["text"])] = record
    return found
