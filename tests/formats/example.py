"""A small article and its analysis, made by hand: no language model reads it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.analysis.result import Analysis, Anonymity, Claim, Factcheck, Quote, Source
from onrecord.article import Article, Block, Span

ARTICLE = Article(
    (
        Block("b0", "headline", "Ferry stays in port"),
        Block("b1", "paragraph", "🚢 “The ferry stays,” said Ida Lund, the harbour master, in a statement."),
        Block("b2", "paragraph", "A guard who feared for his job denied it. “We saw it leave."),
        Block("b3", "paragraph", "“It was full.” Nobody said who had counted."),
    ),
    url="https://news.example/ferry?a=1&b=2",
    title="Ferry stays in port",
)


def find(text: str, article: Article = ARTICLE) -> Span:
    """Where ``text`` stands; it must stand there once."""
    assert article.text.count(text) == 1, text
    start = article.text.index(text)
    return Span(start, start + len(text))


# one span from the end of one block into the next, as a quotation over two paragraphs is
OVER_TWO_BLOCKS = Span(find("“We saw it leave.").start, find("“It was full.”").end)

ANALYSIS = Analysis(
    sources=(
        Source(
            id="s1",
            label="Ida Lund, the harbour master",
            name="Ida Lund",
            type="official",
            identification="named_person",
            organisation="harbour",
            evidence=(find("harbour master"),),
            mentions=(find("Ida Lund, the harbour master"),),
        ),
        Source(
            id="s2",
            label="A guard",
            type="affected",
            identification="anonymous",
            anonymity=Anonymity(
                evidence=(find("feared for his job"),), reason=find("his job"), reason_kind="fear", opinion=True
            ),
            evidence=(find("guard"),),
            mentions=(find("A guard"),),
        ),
    ),
    quotes=(
        Quote(
            id="q1",
            kind="direct",
            content=(find("“The ferry stays,”"),),
            cue=(find("said Ida"),),
            mention=find("Ida Lund"),
            source="s1",
            channel="statement",
            confidence=0.987,
        ),
        Quote(id="q2", kind="indirect", content=(find("it."),), cue=(find("denied"),), source="s2"),
        Quote(id="q3", kind="direct", content=(OVER_TWO_BLOCKS,), confidence=0.5),
    ),
    claims=(
        Claim(
            id="c1",
            status="denied",
            also=("accusation",),
            content=(find("The ferry stays"),),
            evidence=(find("denied it"),),
            by="s2",
            quote="q1",
            confidence=0.9,
        ),
        Claim(id="c2", status="unsubstantiated", content=(find("It was full."),), evidence=(find("Nobody said"),)),
    ),
    attitudes=(Quote(id="a1", kind="indirect", content=(find("his job"),), source="s2"),),
    model="none 1.0",
)

CHECK = Factcheck(
    id="f1",
    content=(find("The ferry stays"),),
    quote="q1",
    reviewed="The ferry stays in port",
    publisher="Plain Facts",
    rating="Mostly accurate",
    date="2026-01-02",
    url="https://checks.example/ferry",
)
CHECKED = replace(ANALYSIS, factchecks=(CHECK,))
