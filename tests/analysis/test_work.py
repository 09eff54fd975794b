"""How much is done for a text that says one thing over and over: counted in steps of the interpreter, not in seconds.

The parses and what the tagger finds in them are made by hand, so that every stage behind them runs as it does, and
alone. Four times the text may take little more than four times the steps.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc
from spacy.tokens import Span as Run

from onrecord.analysis.analyzer import analyse
from onrecord.analysis.marks import quotations
from onrecord.analysis.model import Contest
from onrecord.analysis.model.decoder import Relation
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes import attributions
from onrecord.analysis.result import Analysis
from onrecord.article import Article, Block, Span

LEMMAS = {"said": "say", "denied": "deny", "claimed": "claim", "left": "leave", "lost": "lose", "was": "be"}
SHORT, TIMES = 25, 4
MOST = TIMES * 1.25  # a square of it would be four times as much again


@dataclass(frozen=True)
class Unit:
    """What is said again and again: each word with its tag, part of speech, dependency and the word it hangs on."""

    words: str
    cue: tuple[int, int] | None = None
    source: tuple[int, int] | None = None
    content: tuple[int, int] | None = None
    contest: tuple[int, int] | None = None  # the word that contests ``content``
    block: bool = False  # each a block of its own
    people: tuple[tuple[int, int], ...] = ()


UNITS = {
    "quotations": Unit(
        "“|``|PUNCT|punct|5 a|NN|NOUN|ccomp|5 ,|,|PUNCT|punct|5 ”|''|PUNCT|punct|5 he|PRP|PRON|nsubj|5 "
        "said|VBD|VERB|ROOT|5 .|.|PUNCT|punct|5",
        cue=(5, 6), source=(4, 5), content=(0, 4),
    ),
    "quotations that nobody was found for": Unit(
        "“|``|PUNCT|punct|5 a|NN|NOUN|ccomp|5 ,|,|PUNCT|punct|5 ”|''|PUNCT|punct|5 he|PRP|PRON|nsubj|5 "
        "said|VBD|VERB|ROOT|5 .|.|PUNCT|punct|5"
    ),
    "whole utterances": Unit(
        "“|``|PUNCT|punct|3 We|PRP|PRON|nsubj|3 all|RB|ADV|advmod|3 lost|VBD|VERB|ROOT|3 it|PRP|PRON|dobj|3 "
        ".|.|PUNCT|punct|3 ”|''|PUNCT|punct|3"
    ),
    "a name": Unit(
        "Anna|NNP|PROPN|compound|1 Bell|NNP|PROPN|nsubj|2 said|VBD|VERB|ROOT|2 it|PRP|PRON|nsubj|4 "
        "was|VBD|AUX|ccomp|2 .|.|PUNCT|punct|2",
        cue=(2, 3), source=(0, 2), content=(3, 5), people=((0, 2),),
    ),
    "a surname and a pronoun": Unit(
        "Bell|NNP|PROPN|nsubj|1 left|VBD|VERB|ROOT|1 .|.|PUNCT|punct|1 She|PRP|PRON|nsubj|4 said|VBD|VERB|ROOT|4 "
        "so|RB|ADV|advmod|4 .|.|PUNCT|punct|4",
        cue=(4, 5), source=(3, 4), content=(5, 6), people=((0, 1),),
    ),
    "a body": Unit(
        "Norwind|NNP|PROPN|nsubj|1 said|VBD|VERB|ROOT|1 they|PRP|PRON|nsubj|3 lost|VBD|VERB|ccomp|1 .|.|PUNCT|punct|1",
        cue=(1, 2), source=(0, 1), content=(2, 4),
    ),
    "a noun": Unit(
        "The|DT|DET|det|1 man|NN|NOUN|nsubj|2 said|VBD|VERB|ROOT|2 he|PRP|PRON|nsubj|4 lost|VBD|VERB|ccomp|2 "
        ".|.|PUNCT|punct|2",
        cue=(2, 3), source=(0, 2), content=(3, 5),
    ),
    "a claim": Unit(
        "Bell|NNP|PROPN|nsubj|2 falsely|RB|ADV|advmod|2 claimed|VBD|VERB|ROOT|2 it|PRP|PRON|nsubj|4 "
        "was|VBD|AUX|ccomp|2 shut|JJ|ADJ|acomp|4 .|.|PUNCT|punct|2",
        cue=(2, 3), source=(0, 1), content=(3, 6), contest=(1, 2), people=((0, 1),),
    ),
    "a denial": Unit(
        "Bell|NNP|PROPN|nsubj|1 denied|VBD|VERB|ROOT|1 the|DT|DET|det|3 allegations|NNS|NOUN|dobj|1 .|.|PUNCT|punct|1",
        content=(2, 4), contest=(1, 2), people=((0, 1),),
    ),
    "turns": Unit(
        "BELL|NNP|PROPN|nsubj|3 :|:|PUNCT|punct|0 We|PRP|PRON|nsubj|3 did|VBD|VERB|ROOT|3 .|.|PUNCT|punct|3",
        block=True,
    ),
    "turns of a known name": Unit(
        "Anna|NNP|PROPN|compound|1 Bell|NNP|PROPN|nsubj|4 :|:|PUNCT|punct|1 We|PRP|PRON|nsubj|4 did|VBD|VERB|ROOT|4 "
        ".|.|PUNCT|punct|4",
        block=True, people=((0, 2),),
    ),
    "quotations in blocks": Unit(
        "“|``|PUNCT|punct|4 No|UH|INTJ|ccomp|4 ,|,|PUNCT|punct|4 ”|''|PUNCT|punct|4 said|VBD|VERB|ROOT|4 "
        "Bell|NNP|PROPN|nsubj|4 .|.|PUNCT|punct|4",
        cue=(4, 5), source=(5, 6), content=(0, 4), block=True, people=((5, 6),),
    ),
}  # fmt: skip


def made(unit: Unit, times: int) -> tuple[Article, Doc, list[Relation]]:
    """The article, its parse and the tagger's relations."""
    rows = [row.split("|") for row in unit.words.split(" ")]
    words = [row[0] for row in rows]
    glued = [
        word in {"“"} or (at + 1 < len(words) and words[at + 1] in {",", "”", ".", ":"})
        for at, word in enumerate(words)
    ]
    text = "".join(word + ("" if tight else " ") for word, tight in zip(words, glued, strict=True)).rstrip()
    between = "\n\n" if unit.block else " "
    blocks = tuple(Block(f"b{at}", "paragraph", text) for at in range(times if unit.block else 1))
    article = Article(blocks if unit.block else (Block("b0", "paragraph", between.join([text] * times)),))
    gap = [("\n\n", "_SP", "SPACE", "dep", 0)] if unit.block else []
    size = len(rows) + len(gap)
    told: dict[str, list[Any]] = {"words": [], "spaces": [], "tags": [], "pos": [], "deps": [], "heads": []}
    starts: list[bool] = []
    for at in range(times):
        own = [(*row[:4], int(row[4])) for row in rows]
        own += gap if at < times - 1 else []
        for number, (word, tag, pos, dep, head) in enumerate(own):
            told["words"].append(word)
            loose = number < len(words) and not glued[number]
            ends = number == len(words) - 1
            told["spaces"].append(not unit.block and at < times - 1 if ends else loose)
            told["tags"].append(tag)
            told["pos"].append(pos)
            told["deps"].append(dep)
            told["heads"].append(at * size + head)
            starts.append(number == 0)
    doc = Doc(spacy.blank("en").vocab, **told, lemmas=[LEMMAS.get(word, word.lower()) for word in told["words"]])
    doc.set_ents([Run(doc, at * size + a, at * size + b, "PERSON") for at in range(times) for a, b in unit.people])
    assert doc.text == article.text
    relations = []
    for at in range(times if unit.cue else 0):
        by = at * len(rows)  # the tagger counts words, not white space

        def moved(run: tuple[int, int] | None, by: int = by) -> tuple[int, int]:
            assert run is not None
            return run[0] + by, run[1] + by

        relations.append(
            Relation(
                cue=moved(unit.cue),
                source=moved(unit.source),
                content=(moved(unit.content),),
                cue_sureness=0.9,
                content_sureness=0.9,
                source_sureness=0.9,
            )
        )
    return article, doc, relations


def contested(unit: Unit, doc: Doc, times: int) -> list[Contest]:
    """What the model would see contested: in each unit, and in the first one by the words of all."""
    if unit.contest is None or unit.content is None:
        return []
    words = [token for token in doc if not token.is_space]
    size = len(unit.words.split())

    def span(run: tuple[int, int], at: int) -> tuple[Span, ...]:
        own = words[at * size + run[0] : at * size + run[1]]
        return (Span(own[0].idx, own[-1].idx + len(own[-1].text)),)

    return [
        Contest(
            evidence=span(unit.contest, at),
            content=span(unit.content, of),
            status="denied",
            cue_sureness=0.9,
            content_sureness=0.9,
            sureness=0.9,
        )
        for at in range(times)
        for of in {at, 0}
    ]


def analysis(unit: Unit, times: int) -> Callable[[], Analysis]:
    """What finds the analysis of a unit said so many times."""
    article, doc, relations = made(unit, times)
    contests = contested(unit, doc, times)

    def found() -> Analysis:
        reading = Reading(article, doc, quotations(article))
        return analyse(reading, attributions(reading, relations), None, contests)

    return found


def steps(work: Callable[[], object]) -> int:
    """How many byte codes of ours the interpreter executes."""
    count = 0

    def step(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if "onrecord" not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", UNITS)
def test_four_times_the_text_is_four_times_the_work(name: str) -> None:
    analysis(UNITS[name], 5)()  # lexicons are read once
    few, many = steps(analysis(UNITS[name], SHORT)), steps(analysis(UNITS[name], SHORT * TIMES))
    assert many <= MOST * few, f"{few:,} steps, then {many:,}: {many / few:.1f} times as many"


def quotes_of(name: str) -> Iterator[str]:
    yield from (quote.kind for quote in analysis(UNITS[name], 10)().quotes)


def test_the_made_texts_are_read_as_what_they_are() -> None:
    assert list(quotes_of("a name")) == ["indirect"] * 10
    assert list(quotes_of("quotations in blocks")) == ["direct"] * 10
    assert len(analysis(UNITS["turns of a known name"], 10)().quotes) == 10
    assert len(analysis(UNITS["a claim"], 10)().claims) >= 10
