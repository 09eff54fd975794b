"""What the model proposes becomes a claim: how sure it must be, who contests it, and what a rule says of it too."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.analysis.claims import claims
from onrecord.analysis.claims.found import Found, Reference
from onrecord.analysis.claims.learned import led, propositions
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.model import ARTICLE, Contest
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes.strands import Strand
from onrecord.analysis.result import ClaimStatus, Quote
from onrecord.article import Article, Block, Span

TEXT = "Rubbish , Lund called the tale that the ferry was sold ."


def reading(text: str = TEXT, *, long: bool = True) -> Reading:
    text += " x" * ARTICLE * long
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
        content_sureness=content,
    )  # fmt: skip


def test_what_the_model_is_sure_of_is_a_claim() -> None:
    (claim,) = claims(reading(), (), (), [contest()])
    assert (claim.status, claim.content, claim.evidence) == ("disputed", (at("the ferry was sold"),), (at("Rubbish"),))


@pytest.mark.parametrize("doubtful", [contest(cue=0.4, content=0.4), contest(of="")])
def test_what_it_doubts_or_cannot_place_is_none(doubtful: Contest) -> None:
    assert claims(reading(), (), (), [doubtful]) == ()


def test_of_a_sentence_by_itself_the_model_is_not_asked() -> None:
    assert claims(reading(long=False), (), (), [contest()]) == ()


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
    )
    (claim,) = claims(reading(), (), (), [contest(), other])
    assert (claim.status, claim.also) == ("corrected", ("disputed",))
    assert claim.evidence == (at("Rubbish"), at("tale"))


def test_a_claim_is_never_surer_than_the_model() -> None:
    (claim,) = claims(reading(), (), (), [contest(cue=0.9, content=0.7)])
    assert claim.confidence == pytest.approx(0.63)


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


def test_the_model_leads_and_a_rule_says_who_contests() -> None:
    read = reading()
    rule = Found(
        status="denied", also=("distanced",), content=(at("the ferry was"),), evidence=(at("Rubbish"),), by="s2"
    )  # fmt: skip
    (claim,) = led(read, Parties(read, (), ()), [contest()], [rule])
    assert isinstance(claim, Found)
    assert (claim.status, claim.also, claim.by) == ("disputed", ("distanced",), "s2")
    assert claim.content == (at("the ferry was sold"),)


def test_the_rule_goes_on_where_the_model_stops_short() -> None:
    read = reading()
    rule = Found(status="denied", content=(at("the tale that the ferry was sold"),), evidence=(at("Rubbish"),))
    (claim,) = led(read, Parties(read, (), ()), [contest()], [rule])
    assert isinstance(claim, Found)
    assert (claim.status, claim.content) == ("disputed", rule.content)


def test_two_propositions_of_one_word_are_two_claims() -> None:
    read = reading()
    rule = Found(status="disputed", content=(at("Lund called"),), evidence=(at("Rubbish"),))
    parties = Parties(read, (), ())
    assert led(read, parties, [contest()], [rule])[0] is rule
    next(token for token in read.doc if token.text == "that").dep_ = "mark"
    assert _contents(contest(of="Lund called the tale"), contest(of="that the ferry was sold"), read=read) == [
        "Lund called the tale", "the ferry was sold",
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["accusation", "unsubstantiated"])
def test_what_the_lexicon_tells_exactly_it_tells(status: ClaimStatus) -> None:
    read = reading()
    back = Reference(status=status, evidence=(at("Rubbish"),), position=20)
    reference, claim = led(read, Parties(read, (), ()), [contest()], [back])
    assert reference is back
    assert claim.status == status


def test_of_another_word_that_contests_the_same_a_rule_names_nobody() -> None:
    read = reading()
    rule = Found(status="accusation", content=(at("the ferry was sold"),), evidence=(at("tale"),), by="s2")
    (claim,) = led(read, Parties(read, (), ()), [contest()], [rule])
    assert (claim.status, claim.by) == ("disputed", None)


def test_what_only_a_rule_has_found_stands_where_the_model_is_in_doubt() -> None:
    read = reading()
    rule = Found(status="accusation", content=(at("the ferry was sold"),), evidence=(at("tale"),))
    parties = Parties(read, (), ())
    assert led(read, parties, [contest(cue=0.3, content=0.9)], [rule]) == [rule]
    assert led(read, parties, [], [rule]) == []
