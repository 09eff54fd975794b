"""Live blogs, embedded posts and interviews, as a page shows them: what its looks say is written into the blocks."""

from __future__ import annotations

import pytest

from onrecord import documents
from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Block

LEDE = "The storm has reached the coast of Norland, and the mayor has asked everybody in Ashby to stay at home tonight."
POSTS = [
    ("14:05", "Otto Lang, the harbour master, has closed the bridge because of the wind, which is getting stronger."),
    ("1.40 pm", "Ida Lund, who heads the school on the hill, sent the children home an hour before the rain came."),
    ("12:10", "The cellars on the quay are full of water, and the fire brigade has been called out forty times."),
]


def blocks(body: str, title: str = "Storm in Ashby") -> tuple[Block, ...]:
    page = f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}"
    return documents.article_of(f"{page}</article></body></html>".encode(), place="page").blocks


@pytest.mark.parametrize(
    "post",
    [
        "<div class=entry><p><time>{}</time></p><p>{}</p><p>“It is bad,” he said.</p></div>",
        "<section><div>{}</div><h3>Quay</h3><p>{}</p><p>“It is bad,” he said.</p></section>",
    ],
)
def test_each_post_of_a_live_blog_is_a_section(post: str) -> None:
    body = f"<p>{LEDE}</p><div>{''.join(post.format(*one) for one in POSTS)}</div>"
    found = {block.text: block.section for block in blocks(body)}
    assert [found[text] for _, text in POSTS] == [1, 2, 3]
    assert found[LEDE] == 0


def test_paragraphs_that_tell_a_time_are_no_posts() -> None:
    body = "".join(f"<p>{text} It was {at}.</p>" for at, text in POSTS)
    assert {block.section for block in blocks(f"<p>{LEDE}</p>{body}")} == {0}


POST = (
    '<blockquote class="some-embed"><p lang="en">{}</p>&mdash; Ida Lund (@idalund) '
    '<a href="https://social.example/1">November 3, 2026</a></blockquote>'
)


@pytest.mark.model
def test_an_embedded_post_is_a_quote_of_who_signs_it_by_a_social_post(analyzer: Analyzer) -> None:
    body = f"<p>{LEDE}</p>{POST.format('The boats stay in the harbour tonight.')}<p>{POSTS[0][1]}</p>"
    made = blocks(body)
    assert made[2].text == "“The boats stay in the harbour tonight.”"
    article = documents.article_of(
        f"<html><body><article><h1>Storm</h1>{body}</article></body></html>".encode(), place="page"
    )
    (quote, *_) = (q for q in analyzer.analyze(article).quotes if "boats" in article[q.content[0]])
    source = analyzer.analyze(article).source(quote.source)
    assert (source.label if source else None, quote.kind, quote.channel) == ("Ida Lund", "direct", "social_post")


def test_a_post_with_its_own_marks_gets_no_others_and_a_signature_without_an_account_is_none() -> None:
    made = blocks(f"<p>{LEDE}</p>{POST.format('“Stay home,” says the wind.')}<p>{POSTS[0][1]}</p>")
    assert made[2].text == "“Stay home,” says the wind."
    made = blocks(f"<p>{LEDE}</p><blockquote><p>The sea is a hard master.</p><p>— An old saying</p></blockquote>")
    assert [block.text for block in made[2:]] == ["The sea is a hard master.", "— An old saying"]


QUESTIONS = ["Why do you leave now?", "What was the hardest day?", "And what will you do in June?"]
ANSWERS = [
    "I am tired, and the harbour needs somebody who has new ideas about the cranes and the locks.",
    "The day of the flood. My own house stood in the water and I could not go there at all.",
    "I will sleep, and then I will sail to Linz with my sister, who has waited for that for years.",
]
LEAD = "Ida Lund has run the harbour of Ashby for nine years. She spoke to the Gazette in her office on the quay."


@pytest.mark.parametrize("question", ["<p><strong>{}</strong></p>", "<h3>{}</h3>", "<p><b>{}</b></p>"])
def test_questions_in_bold_or_as_headings_are_an_interview(question: str) -> None:
    turns = "".join(f"{question.format(q)}<p>{a}</p>" for q, a in zip(QUESTIONS, ANSWERS, strict=True))
    made = blocks(f"<p>{LEAD}</p>{turns}", "The harbour master leaves")
    assert [block.text for block in made[2:]] == [
        text for q, a in zip(QUESTIONS, ANSWERS, strict=True) for text in (f"Q: {q}", f"A: {a}")
    ]
    assert {block.role for block in made[2:]} == {"paragraph"}


@pytest.mark.model
def test_the_answers_are_the_interviewees_and_the_questions_nobodys(analyzer: Analyzer) -> None:
    turns = "".join(f"<h3>{q}</h3><p>{a}</p>" for q, a in zip(QUESTIONS, ANSWERS, strict=True))
    page = f"<html><body><article><h1>The harbour master leaves</h1><p>{LEAD}</p>{turns}</article></body></html>"
    article = documents.article_of(page.encode(), place="page")
    found = analyzer.analyze(article)
    labels = [source.label if (source := found.source(quote.source)) else None for quote in found.quotes]
    assert labels == ["Ida Lund"] * len(ANSWERS)
    assert not any("?" in article[span] for quote in found.quotes for span in quote.content)


def test_an_explainer_that_asks_questions_is_no_interview() -> None:
    answers = [answer.replace("I ", "The town ").replace("My", "Its") for answer in ANSWERS]
    turns = "".join(f"<h3>{q}</h3><p>{a}</p>" for q, a in zip(QUESTIONS, answers, strict=True))
    assert not any(block.text.startswith(("Q:", "A:")) for block in blocks(f"<p>{LEAD}</p>{turns}"))
