"""Articles that no newsroom wrote, and what must hold of the analysis of any article; for the tests and the bench."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import (
    CHANNELS,
    CLAIM_STATUSES,
    IDENTIFICATIONS,
    QUOTE_KINDS,
    REASON_KINDS,
    SOURCE_TYPES,
    Analysis,
)
from onrecord.article import ROLES, Article, Block, Offsets
from onrecord.formats.wire import encode

MARKS = ['"', "“", "”", "„", "‟", "«", "»", "'", "‘", "’", "‚", "‛", "‹", "›", "`", "``", "''", "‘‘", "’’"]
PAIRS = [("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "”"), ("‹", "›"), ("``", "''"), ("”", "“")]
STOPS = [".", ",", ";", ":", "!", "?", "…", " —", " –", "-", "(", ")", "[", "]", "/", "", ""]
CUES = [
    "said", "says", "told reporters", "according to", "asked whether", "said that", "denied that", "called it",
    "warned", "added", "insisted", "accused him of", "declined to comment", "was told by", "believes", "claimed",
    "allegedly", "reportedly", "wrote", "urged them to", "it is unclear whether",
]  # fmt: skip
SPEAKERS = [
    "Anna Bell", "Mr Okafor", "she", "he", "they", "it", "the minister", "officials", "a U.S.", "Dr. O’Neill",
    "critics", "the report", "Moscow", "BELL", "one of the men", "a source who asked not to be named", "who", "we",
    "Anna Bell and Tom Okafor", "the company’s spokeswoman", "‘Shorty’ Malone", "Republicans", "KC", "general",
]  # fmt: skip
WORDS = [
    "the", "bridge", "is", "shut", "miners’", "can’t", "’90s", "rock ’n’ roll", "6'2\"", "no evidence", "not", "of",
    "3.5%", "$4bn", "U.S.", "e.g.", "Friday", "and", "but", "that", "to", "lied", "on", "river", "would", "be", "I",
    "@bell", "#flood", "https://example.org/a?b=“c”", "<b>", "&amp;", "\\n", "{}", "%s",
]  # fmt: skip
ODD = [
    "😀", "👨‍👩‍👧", "🇬🇧", "e\u0301", "\u200b", "\u200d", "\ufeff", "\u2028", "\x85", "\x00", "\x07", "\x1b[31m", "\x7f",
    "\u202e", "\u2066", "שלום", "مرحبا", "«مرحبا»", "你好", "「你好」", "𝒬uote", "\U0010ffff", "ﬁ", "ß", "İ", "\t",
    "\n", "\r\n", "\xa0", "\n\n", "  ",
]  # fmt: skip
LABELS = ["ANNA BELL: ", "BELL: ", "“BELL (on the phone): ", "Q: ", "A: ", "Mayor: ", "— "]


def _one(choices: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


WORD = st.one_of(_one(WORDS), _one(WORDS), _one(CUES), _one(SPEAKERS))
PHRASE = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
SAYING = st.builds("{} {}".format, _one(SPEAKERS), _one(CUES)) | st.builds("{} {}".format, _one(CUES), _one(SPEAKERS))
MARKED = st.builds(
    lambda pair, words, stop: f"{pair[0]}{words}{stop}{pair[1]}", st.sampled_from(PAIRS), PHRASE, _one(STOPS)
)
NESTED = st.builds(
    lambda pair, before, inner, after: f"{pair[0]}{before} {inner} {after}{pair[1]}",
    st.sampled_from(PAIRS),
    PHRASE,
    MARKED,
    PHRASE,
)
SENTENCE = st.one_of(
    st.builds("{} {}. ".format, MARKED, SAYING),
    st.builds("{}{} {} ".format, SAYING, _one(STOPS), MARKED),
    st.builds("{} {}. ".format, SAYING, PHRASE),
    st.builds("{} {}, {} ".format, MARKED, SAYING, MARKED),
    st.builds("{} {}. ".format, NESTED, SAYING),
    st.builds("{}{}. ".format, _one(LABELS), PHRASE),
    st.builds("{} {}, ".format, PHRASE, MARKED),
)
RUN = st.builds(
    lambda text, times: text * times, st.one_of(_one(MARKS), _one(ODD), _one(["a", "A ", " ", ".", "- "])),
    st.integers(2, 30),
)  # fmt: skip
PIECE = st.one_of(SENTENCE, SENTENCE, SENTENCE, PHRASE, _one(MARKS), _one(STOPS), _one(ODD), RUN, st.text(max_size=8))
TEXT = st.builds(lambda between, pieces: between.join(pieces), _one(["", " "]), st.lists(PIECE, max_size=3))
BLOCK = st.tuples(st.sampled_from(ROLES), TEXT)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of a few blocks, now and then of many short ones."""
    if draw(st.integers(0, 19)):
        given = draw(st.lists(BLOCK, min_size=1, max_size=3))
    else:
        given = draw(st.lists(st.tuples(st.sampled_from(ROLES), PIECE), min_size=5, max_size=25))
    return Article(tuple(Block(f"b{number}", role, text) for number, (role, text) in enumerate(given)))


def _spans(found: Any) -> Iterator[dict[str, Any]]:
    """Every span in a piece of JSON of the wire."""
    if isinstance(found, dict):
        if "block" in found:
            yield found
        else:
            for part in found.values():
                yield from _spans(part)
    elif isinstance(found, list):
        for part in found:
            yield from _spans(part)


def check_analysis(article: Article, analysis: Analysis) -> None:
    """Raise ``AssertionError`` unless the analysis is one that a reader of the wire can rely on."""
    blocks = {block.id: block.text for block in article.blocks}
    wide = {name: text.encode("utf-16-le") for name, text in blocks.items()}
    for unit in Offsets:
        made = encode(article, analysis, offsets=unit)
        json.dumps(made, allow_nan=False)
        for span in _spans(made):
            start, end = span["start"], span["end"]
            assert 0 <= start < end, span
            if unit is Offsets.CODE_POINT:
                assert end <= len(blocks[span["block"]]), span
                assert blocks[span["block"]][start:end] == span["text"]
            else:
                assert 2 * end <= len(wide[span["block"]]), span
                assert wide[span["block"]][2 * start : 2 * end].decode("utf-16-le") == span["text"]
        for source in made["sources"]:
            assert source["label"].strip(), source
            assert source["mentions"], source
            assert source["name"] is None or source["name"].strip(), source
            assert source["type"] in SOURCE_TYPES
            assert source["identification"] in IDENTIFICATIONS
            anonymity = source["anonymity"]
            assert anonymity is None or (anonymity["evidence"] and anonymity["reason_kind"] in REASON_KINDS), source
        for quote in (*made["quotes"], *made["attitudes"]):
            assert quote["content"], quote
            assert quote["kind"] in QUOTE_KINDS
            assert quote["channel"] in CHANNELS
            assert 0 <= quote["confidence"] <= 1, quote
        for claim in made["claims"]:
            assert claim["content"], claim
            assert claim["evidence"], claim
            assert {claim["status"], *claim["also"]} <= set(CLAIM_STATUSES)
    said = (*analysis.quotes, *analysis.attitudes)
    for quote in said:
        for part in (*quote.content, *quote.cue, *([quote.mention] if quote.mention is not None else [])):
            assert article[part].strip(), quote
            assert part.end <= len(article.text)
    sources = {source.id for source in analysis.sources}
    ids = [*(source.id for source in analysis.sources), *(quote.id for quote in said), *(c.id for c in analysis.claims)]
    assert len(set(ids)) == len(ids)
    assert {quote.source for quote in said} <= sources | {None}
    assert sources <= {quote.source for quote in said}
    assert {claim.by for claim in analysis.claims} <= sources | {None}
    assert {claim.quote for claim in analysis.claims} <= {quote.id for quote in said} | {None}


def check_article(article: Article, analyzer: Analyzer, *, twice: bool = True) -> None:
    """Raise whatever goes wrong in the analysis of ``article`` as a stream; ``twice``: and at one go, to compare."""
    done, last = 0, None
    for part in analyzer.stream(article, include=["attitudes"]):
        assert part.blocks_done > done
        assert last is None or not last.final
        done, last = part.blocks_done, part
        check_analysis(article if part.final else Article(article.blocks[:done]), part.analysis)
    assert last is not None
    assert last.final
    if twice:
        assert last.analysis == analyzer.analyze(article, include=["attitudes"])
