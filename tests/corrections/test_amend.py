"""What a correction does to an analysis, where it is kept, and how it goes out again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import cli
from onrecord.analysis.result import Analysis, Claim, Quote, Source
from onrecord.analysis.summary import summarise
from onrecord.article import Article, Block, Span
from onrecord.corrections.amend import Remark, amended
from onrecord.corrections.labels import as_report, exported
from onrecord.corrections.notebook import NAME, Notebook
from onrecord.formats.annotation import to_jsonld
from onrecord.formats.report import render
from onrecord.formats.table import to_csv
from onrecord.formats.terminal import to_text
from onrecord.training import articles

FIRST = "“The bridge is safe,” said Mayor Ada Quill, who denied that 🚢 ships had struck it."
SECOND = "“We heard a bang,” said Tom Ash, a fisherman. The word “safe” is painted on the pier."


def article_of(*texts: str) -> Article:
    return Article(tuple(Block(f"b{n}", "paragraph", text) for n, text in enumerate(texts)))


ARTICLE = article_of(FIRST, SECOND)


def at(words: str, article: Article = ARTICLE) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


ANALYSIS = Analysis(
    sources=(
        Source(id="s1", label="Mayor Ada Quill", type="official", identification="named_person",
               evidence=(at("Mayor"),), mentions=(at("Mayor Ada Quill"),)),
        Source(id="s2", label="Tom Ash", type="expert", identification="named_person",
               evidence=(at("a fisherman"),), mentions=(at("Tom Ash"),)),
    ),
    quotes=(
        Quote(id="q1", kind="direct", content=(at("The bridge is safe,"),), source="s1"),
        Quote(id="q2", kind="direct", content=(at("We heard a bang,"),), source="s2"),
        Quote(id="q3", kind="partial", content=(at("“safe”"),), source="s2", confidence=0.4),
    ),
    claims=(
        Claim(id="c1", status="denied", content=(at("🚢 ships had struck it"),), evidence=(at("denied"),), by="s1"),
    ),
)  # fmt: skip
NOT_A_QUOTE = Remark("a" * 32, "not_a_quote", at("“safe”"))
SPEAKER = Remark("b" * 32, "speaker", at("We heard a bang,"), speaker=at("Ada Quill"))
NOBODY = Remark("c" * 32, "speaker", at("“safe”"))
KIND = Remark("d" * 32, "kind", at("We heard a bang,"), type="affected", note="He fishes there.")
NOT_CONTESTED = Remark("e" * 32, "not_contested", at("🚢 ships had struck it"), on_claim=True)


def test_what_is_no_quote_is_gone_with_its_words_from_the_counts() -> None:
    found = amended(ANALYSIS, [NOT_A_QUOTE])
    assert [quote.id for quote in found.quotes] == ["q1", "q2"]
    assert summarise(ARTICLE, found)["quotes"] == 2
    (said,) = found.corrections
    assert (said.entry, said.content, said.was) == ("q3", ANALYSIS.quotes[2].content, "Tom Ash")


def test_another_speaker_takes_the_words_and_a_source_without_words_leaves() -> None:
    found = amended(ANALYSIS, [SPEAKER, NOBODY])
    assert [quote.source for quote in found.quotes] == ["s1", "s1", None]
    assert [source.id for source in found.sources] == ["s1"]
    assert found.quotes[2].confidence == 1
    assert [(one.was, one.now) for one in found.corrections] == [("Tom Ash", "Mayor Ada Quill"), ("Tom Ash", None)]


def test_another_kind_holds_for_the_source_and_drops_the_words_that_decided_the_old_one() -> None:
    found = amended(ANALYSIS, [KIND])
    source = found.source("s2")
    assert source
    assert (source.type, source.evidence) == ("affected", ())
    assert summarise(ARTICLE, found)["by_type"] == {"official": 1, "affected": 1}


def test_the_kind_is_that_of_the_speaker_whom_the_reader_has_named_before() -> None:
    found = amended(
        ANALYSIS, [NOT_A_QUOTE, SPEAKER, KIND, Remark("f" * 32, "kind", at("The bridge is safe,"), type="political")]
    )
    assert [(one.id, one.type) for one in found.sources] == [("s1", "political")]


def test_what_is_not_contested_is_no_claim() -> None:
    found = amended(ANALYSIS, [NOT_CONTESTED])
    assert found.claims == ()
    assert found.corrections[0].was == "denied"


def test_no_remark_leaves_the_analysis_as_it_is() -> None:
    assert amended(ANALYSIS, []) is ANALYSIS


# -- kept -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    found = Notebook(tmp_path)
    yield found
    found.close()


def test_nothing_is_written_until_somebody_corrects_something(notebook: Notebook, tmp_path: Path) -> None:
    assert notebook.remarks("me", ARTICLE) == ()
    assert list(tmp_path.iterdir()) == []


def test_corrections_are_there_again_after_a_restart_and_for_nobody_else(notebook: Notebook, tmp_path: Path) -> None:
    for remark in (SPEAKER, KIND, NOT_CONTESTED):
        notebook.add("me", ARTICLE, ANALYSIS, remark)
    notebook.close()
    again = Notebook(tmp_path)
    assert again.remarks("me", ARTICLE) == (SPEAKER, KIND, NOT_CONTESTED)
    assert again.remarks("you", ARTICLE) == ()
    again.close()


def test_an_edition_with_other_paragraphs_before_keeps_them(notebook: Notebook) -> None:
    notebook.add("me", ARTICLE, ANALYSIS, NOT_CONTESTED)
    later = article_of("This article was updated.", FIRST, SECOND)
    (found,) = notebook.remarks("me", later)
    assert later[found.at] == "🚢 ships had struck it"


def test_another_article_with_the_same_paragraph_does_not(notebook: Notebook) -> None:
    notebook.add("me", article_of(FIRST, SECOND, "Three.", "Four.", "Five."), ANALYSIS, NOT_CONTESTED)
    assert notebook.remarks("me", article_of(FIRST, "Another story.")) == ()


def test_what_names_another_speaker_falls_with_his_words(notebook: Notebook) -> None:
    notebook.add("me", ARTICLE, ANALYSIS, SPEAKER)
    assert notebook.remarks("me", article_of("Something else.", SECOND)) == ()


def test_a_second_thought_replaces_the_first_and_undo_leaves_nothing(notebook: Notebook) -> None:
    notebook.add("me", ARTICLE, ANALYSIS, KIND)
    notebook.add("me", ARTICLE, ANALYSIS, Remark("9" * 32, "kind", KIND.at, type="business"))
    (found,) = notebook.remarks("me", ARTICLE)
    assert found.type == "business"
    notebook.undo("me", found.id)
    assert notebook.remarks("me", ARTICLE) == ()
    assert notebook.all() == []


def test_a_damaged_file_is_set_aside_and_corrections_go_on(notebook: Notebook, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database" * 500)
    assert notebook.remarks("me", ARTICLE) == ()
    notebook.add("me", ARTICLE, ANALYSIS, KIND)
    assert notebook.remarks("me", ARTICLE) == (KIND,)


# -- out again --------------------------------------------------------------------------------------------------------


def test_every_export_says_what_the_reader_changed() -> None:
    found = amended(ANALYSIS, [NOT_A_QUOTE, SPEAKER, KIND, NOT_CONTESTED])
    rows = list(csv.DictReader(io.StringIO(to_csv(ARTICLE, found))))
    assert rows[1]["corrected"].startswith("another speaker: Mayor Ada Quill (Onrecord: Tom Ash)")
    assert [row["kind_or_status"] for row in rows if row["entry"] == "correction"] == [
        "not_a_quote", "speaker", "kind", "not_contested",
    ]  # fmt: skip
    items = to_jsonld(ARTICLE, found)["first"]["items"]
    assert sum(item["motivation"] == "editing" for item in items) == 4
    assert any("Corrected by the reader" in json.dumps(item) for item in items if item["motivation"] == "highlighting")
    for text in (render(ARTICLE, found), to_text(ARTICLE, found, colour=False)):
        assert "Corrected by the reader" in text
        assert "He fishes there." in text


def test_labels_are_what_the_training_reads_and_have_no_text_unless_asked(notebook: Notebook, tmp_path: Path) -> None:
    for remark in (NOT_A_QUOTE, SPEAKER, NOT_CONTESTED):
        notebook.add("me", ARTICLE, ANALYSIS, remark)
    bare = tmp_path / "labels.jsonl"
    bare.write_text(exported(notebook.all()), encoding="utf-8")
    ((labels, text),) = articles.joined(articles.read(bare), [ARTICLE.text])
    assert text == ARTICLE.text
    assert labels.sha256 == hashlib.sha256(ARTICLE.text.encode()).hexdigest()
    assert [ARTICLE[span] for quote in labels.quotes for span in quote.contents] == [
        "The bridge is safe,", "We heard a bang,",
    ]  # fmt: skip
    assert [quote.source for quote in labels.quotes] == ["s1", "s1"]
    assert labels.claims == ()
    assert not any(word in bare.read_text(encoding="utf-8") for word in ("bridge", "Quill", "Ash"))
    (line,) = exported(notebook.all(), with_text=True).splitlines()
    assert json.loads(line)["text"] == ARTICLE.text


def test_the_text_for_a_bug_report_has_no_word_of_the_article(notebook: Notebook) -> None:
    for remark in (NOT_A_QUOTE, SPEAKER, KIND, NOT_CONTESTED):
        notebook.add("me", ARTICLE, ANALYSIS, remark)
    text = as_report(notebook.all())
    assert "other speaker: characters" in text
    assert "He fishes there." in text  # the reader's own words
    assert not any(word in text for word in ("bridge", "Quill", "Ash", "bang"))


def test_the_commands(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_STATE_DIR", str(tmp_path))
    assert cli.main(["corrections", "export"]) == 0
    assert "No corrections" in capsys.readouterr().err
    notebook.add("me", ARTICLE, ANALYSIS, KIND)
    assert cli.main(["corrections", "export"]) == 0
    assert json.loads(capsys.readouterr().out)["part"] == "train"
    assert cli.main(["corrections", "report"]) == 0
    assert "right: Witness" in capsys.readouterr().out
    assert cli.main(["corrections", "forget"]) == 0
    assert capsys.readouterr().out == "1 correction is deleted.\n"
    assert notebook.remarks("me", ARTICLE) == ()
