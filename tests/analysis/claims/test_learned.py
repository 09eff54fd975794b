"""What the model proposes becomes a claim: how sure it must be, what is one proposition, and who contests it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.analysis.claims import claims
from onrecord.analysis.claims.learned import propositions
from onrecord.analysis.model import Contest
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes.strands import Strand
from onrecord.analysis.result import ClaimStatus, Quote
from onrecord.article import Article, Block, Span

TEXT = "Rubbish , Lund called the tale that the ferry was sold ."


def reading(text: str = TEXT) -> Reading:
    words = text.split(" ")
    spaces = [True] * (len(words) - 1) + [False]
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=spaces, sent_starts=[False] * len(words))
    doc[0].is_sent_start = True
    return Reading(Article((Block("b0", "paragraph", text),)), doc, [])


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def contest(
    *, cue: float = 0.9, content: float = 0.9, status: ClaimStatus = "disputed", of: str = "the ferry was sold"
) -> Contest:
    return Contest(
        evidence=(at("Rubbish"),), content=(at(of),) if of else (), status=status, cue_sureness=cue,
        content_sureness=content, sureness=(cue * content) ** 0.5,
    )  # fmt: skip


def test_what_the_model_is_sure_of_is_a_claim() -> None:
    (claim,) = claims(reading(), (), (), [contest()])
    assert (claim.status, claim.content, claim.evidence) == ("disputed", (at("the ferry was sold"),), (at("Rubbish"),))


@pytest.mark.parametrize("doubtful", [contest(cue=0.4, content=0.4), contest(of="")])
def test_what_it_doubts_or_cannot_place_is_none(doubtful: Contest) -> None:
    assert claims(reading(), (), (), [doubtful]) == ()


def test_what_the_model_believes_of_all_that_bears_on_it_decides() -> None:
    assert claims(reading(), (), (), [replace(contest(), sureness=0.3)]) == ()
    (claim,) = claims(reading(), (), (), [replace(contest(cue=0.2, content=0.5), sureness=0.8)])
    assert claim.confidence == pytest.approx(0.8)
    (both,) = propositions(
        reading(), [replace(contest(of="the ferry"), sureness=0.7), replace(contest(of="sold"), sureness=0.9)]
    )
    assert both.sureness == pytest.approx(0.9)


@pytest.mark.parametrize("doubted", ["Kerr had said", "sold", "Lund"])
def test_of_what_a_verb_surely_contests_its_clause_is_taken_where_the_model_is_sure_of_no_words(doubted: str) -> None:
    text = "Lund denied that the ferry was sold , as Kerr had said ."
    words = text.split(" ")
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[True] * (len(words) - 1) + [False],
        pos=["PROPN", "VERB", "SCONJ", "DET", "NOUN", "AUX", "VERB", "PUNCT", "SCONJ", "PROPN", "AUX", "VERB", "PUNCT"],
        heads=[1, 1, 6, 4, 6, 6, 1, 1, 11, 11, 11, 1, 1],
        deps=["nsubj", "ROOT", "mark", "det", "nsubjpass", "auxpass", "ccomp", "punct", "mark", "nsubj", "aux", "advcl",
              "punct"],
    )  # fmt: skip
    unsure = Contest(
        evidence=(at("denied", text),), content=(at(doubted, text),), status="denied", cue_sureness=0.9,
        content_sureness=0.3, sureness=0.5,
    )  # fmt: skip
    read = Reading(Article((Block("b0", "paragraph", text),)), doc, [])
    (claim,) = claims(read, (), (), [unsure, unsure])
    assert (claim.content, claim.confidence) == ((at("the ferry was sold", text),), 0.9)
    (told,) = claims(read, (), (), [unsure, replace(unsure, sureness=0.8)])
    assert told.content == (at(doubted, text),)


def test_who_says_the_contesting_word_contests() -> None:
    quote = Quote(
        id="q1", kind="partial", content=(at("Rubbish"),), cue=(at("Rubbish"),), mention=at("Lund"), source="s1",
        channel="not_stated", confidence=0.9,
    )  # fmt: skip
    (claim,) = claims(reading(), (quote,), (), [contest()])
    assert claim.by == "s1"


def test_two_words_that_contest_the_same_are_one_claim_and_the_graver_status_leads() -> None:
    other = Contest(
        evidence=(at("tale"),),
        content=(at("the ferry was sold"),),
        status="corrected",
        cue_sureness=0.9,
        content_sureness=0.9,
        sureness=0.9,
    )
    (claim,) = claims(reading(), (), (), [contest(), other])
    assert (claim.status, claim.also) == ("corrected", ("disputed",))
    assert claim.evidence == (at("Rubbish"), at("tale"))


def test_a_claim_is_never_surer_than_the_model() -> None:
    (claim,) = claims(reading(), (), (), [contest(cue=0.9, content=0.7)])
    assert claim.confidence == pytest.approx(0.63**0.5)


def test_what_is_contested_in_a_strand_lies_where_the_article_has_it() -> None:
    blocks = (Block("b0", "paragraph", "No."), Block("b1", "caption", "Sea."), Block("b2", "paragraph", TEXT))
    whole = Article(blocks)
    strand = Strand(Article((blocks[0], blocks[2])), whole, (0, 2))
    before, behind = strand.article.block_spans[1].start, whole.block_spans[2].start
    inside = Contest(
        evidence=(Span(before, before + 7),),
        content=(Span(before + 10, before + 14),),
        status="denied",
        cue_sureness=1,
        content_sureness=1,
        sureness=1,
    )
    found = strand.contest(inside)
    assert (found.evidence, found.content) == ((Span(behind, behind + 7),), (Span(behind + 10, behind + 14),))


def _contents(*contests: Contest, read: Reading | None = None) -> list[str]:
    return [TEXT[one.content[0].start : one.content[0].end] for one in propositions(read or reading(), contests)]


def test_what_one_word_contests_in_a_sentence_is_one_proposition() -> None:
    assert _contents(contest(of="the ferry"), contest(of="sold")) == ["the ferry was sold"]
    assert _contents(contest(of="the ferry was sold"), contest(of="Lund")) == ["the ferry was sold"]
    assert _contents(contest(of="Lund called"), contest(of="the ferry was")) == ["Lund called", "the ferry was"]
    assert _contents(contest(of="")) == []


def test_it_begins_behind_that() -> None:
    read = reading()
    next(token for token in read.doc if token.text == "that").dep_ = "mark"
    assert _contents(contest(of="that the ferry was sold"), read=read) == ["the ferry was sold"]


def test_two_propositions_of_one_word_are_two() -> None:
    read = reading()
    next(token for token in read.doc if token.text == "that").dep_ = "mark"
    assert _contents(contest(of="Lund called the tale"), contest(of="that the ferry was sold"), read=read) == [
        "Lund called the tale", "the ferry was sold",
    ]  # fmt: skip


def test_a_verb_without_a_content_contests_its_clause() -> None:
    words = TEXT.split(" ")
    called, sold = words.index("called"), words.index("sold")
    doc = Doc(
        spacy.blank("en").vocab, words=words, spaces=[True] * (len(words) - 1) + [False], pos=["VERB"] * len(words),
        heads=[sold if word in {"that", "the", "ferry", "was"} and at > called + 2 else called
               for at, word in enumerate(words)],
        deps=["ROOT" if at == called else "ccomp" if at == sold else "mark" if word == "that" else "dep"
              for at, word in enumerate(words)],
    )  # fmt: skip
    alone = Contest(
        evidence=(at("called"),), content=(), status="disputed", cue_sureness=0.9, content_sureness=0.0, sureness=0.0
    )
    read = Reading(Article((Block("b0", "paragraph", TEXT),)), doc, [])
    (claim,) = claims(read, (), (), [alone])
    assert TEXT[claim.content[0].start : claim.content[0].end] == "the ferry was sold"
    assert claims(read, (), (), [replace(alone, cue_sureness=0.6)]) == ()


@pytest.mark.parametrize(("section", "count"), [(1, 1), (2, 0)])
def test_nothing_of_another_post_is_contested(section: int, count: int) -> None:
    blocks = (Block("b0", "paragraph", TEXT, section=1), Block("b1", "paragraph", TEXT, section=section))
    words = [*TEXT.split(" "), "\n\n", *TEXT.split(" ")]
    spaces = [word != "\n\n" and at not in {len(TEXT.split(" ")) - 1, len(words) - 1} for at, word in enumerate(words)]
    starts = [at in {0, len(TEXT.split(" ")) + 1} for at in range(len(words))]
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=spaces, sent_starts=starts)
    article = Article(blocks)
    assert doc.text == article.text
    behind = article.block_spans[1].start
    word = replace(contest(status="denied"), evidence=(Span(behind, behind + 7),))
    assert len(claims(Reading(article, doc, []), (), (), [word])) == count
