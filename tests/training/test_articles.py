"""Labels without text: what the files may hold, and how they are joined with a corpus."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.analysis import result
from onrecord.article import Span
from onrecord.training import acts, annotated, articles

TEXT = "“The ferry stays,” said Ida Lund, the harbour master. She denied it was late."
FILES = sorted(articles.FOLDER.glob("*.jsonl"))

# every string that a label file may hold: ids of the vocabulary, ids within the file, checksums, ids of corpora
VOCABULARY = {
    *result.SOURCE_TYPES,
    *result.IDENTIFICATIONS,
    *result.QUOTE_KINDS,
    *result.REASON_KINDS,
    *result.CHANNELS,
    *result.CLAIM_STATUSES,
    *typing.get_args(acts.Judgement),
    *typing.get_args(acts.Part),
    "test",
}
HARMLESS = re.compile(r"[sqc]\d{1,3}|[0-9a-f]{64}")
DOC = re.compile(r"(?:gum|own|page|pn|raw)/[\w-]{1,80}")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "doc":
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _at(words: str, text: str = TEXT) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def _labels(text: str = TEXT) -> dict[str, object]:
    return {
        "doc": "raw/made_up",
        "sha256": articles.checksum(text),
        "length": len(text),
        "part": "train",
        "sources": [
            {
                "id": "s1",
                "type": "official",
                "identification": "named_person",
                "mention": _at("Ida Lund, the harbour master"),
                "mentions": [_at("Ida Lund, the harbour master"), _at("She")],
                "type_alt": ["business"],
            }
        ],
        "quotes": [
            {
                "id": "q1",
                "kind": "direct",
                "source": "s1",
                "contents": [_at("“The ferry stays,”")],
                "cue": [_at("said")],
                "mention": _at("Ida Lund, the harbour master"),
                "channel": "not_stated",
                "optional": False,
            }
        ],
        "claims": [
            {
                "id": "c1",
                "status": "denied",
                "also": [],
                "content": [_at("it was late")],
                "evidence": [_at("denied")],
                "by": "s1",
                "stated_in": [],
                "answered_in": ["q1"],
                "optional": False,
            }
        ],
    }


def _file(folder: Path, *entries: dict[str, object]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return path


def test_labels_meet_their_text_by_checksum(tmp_path: Path) -> None:
    other = TEXT.replace("late", "lost")
    path = _file(tmp_path, _labels("A text that no corpus has."[:7] + TEXT), _labels())
    ((labels, text),) = articles.joined(articles.read(path), [other, TEXT, TEXT])
    assert text == TEXT
    source = labels.sources[0]
    assert source.type_alt == ("business",)
    assert [text[span.start : span.end] for span in source.mentions] == ["Ida Lund, the harbour master", "She"]
    assert labels.quotes[0].contents == (Span(0, 18),)
    assert labels.claims[0].by == source.id


def test_a_part_is_read_alone(tmp_path: Path) -> None:
    path = _file(tmp_path, _labels(), {**_labels(TEXT + " "), "part": "test"})
    assert [entry.part for entry in articles.read(path)] == ["train", "test"]
    assert [entry.length for entry in articles.read(path, part="test")] == [len(TEXT) + 1]


def test_a_part_is_written_with_its_texts_in_the_form_of_a_corpus(tmp_path: Path) -> None:
    labels = _file(tmp_path, _labels(), {**_labels(TEXT + " "), "part": "test"})
    lines, entries = tmp_path / "corpus.jsonl", tmp_path / "pages.json"
    lines.write_text(json.dumps({"text": TEXT}) + "\n", encoding="utf-8")
    entries.write_text(json.dumps({"page": {"articleBody": TEXT + " "}}), encoding="utf-8")
    parts: tuple[tuple[articles.Part, str], ...] = (("train", TEXT), ("test", TEXT + " "))
    for part, text in parts:
        (record,) = articles.records(part, [lines, entries], labels=labels)
        assert record["text"] == text
        written = json.loads(json.dumps(record))
        assert written["quotes"][0]["contents"] == [{"start": 0, "end": 18}]
        assert written["sources"][0]["identification"] == "named_person"
        assert written["sources"][0]["label"] == "Ida Lund, the harbour master"


def test_claims_judged_anew_take_the_place_of_the_first(tmp_path: Path) -> None:
    claim = {"status": "disputed", "content": [_at("The ferry stays")], "evidence": [_at("denied")], "optional": True}
    path = _file(tmp_path, {"doc": "raw/made_up", "sha256": articles.checksum(TEXT), "claims": [claim]})
    first = [{"text": TEXT, "claims": ["first"]}, {"text": "Another.", "claims": ["second"]}]
    judged, other = articles.anew(first, path)
    assert [(one["id"], one["status"], one["optional"]) for one in judged["claims"]] == [("c1", "disputed", True)]
    assert other == first[1]


def test_what_was_judged_anew_is_known_and_inside() -> None:
    known = {entry.sha256: entry.length for entry in articles.read()}
    judged = list(articles.lines(articles.JUDGED, articles.Judged))
    blind = list(articles.lines(articles.JUDGED_BLIND, articles.Judged))
    assert len({entry.sha256 for entry in judged}) == len(judged)
    assert {entry.sha256 for entry in blind} <= {entry.sha256 for entry in judged} & set(known)
    for entry in (*judged, *blind):
        spans = [span for claim in entry.claims for span in (*claim.content, *claim.evidence)]
        assert all(span.start < span.end <= known.get(entry.sha256, span.end) for span in spans)


def test_every_type_is_one_of_a_speaker_that_is_there() -> None:
    speakers: dict[str, set[int | None]] = {
        articles.checksum(record["text"]): {quote["source"] for quote in record["quotes"]}
        for record in (*annotated.lines(annotated.WRITTEN), *annotated.lines(annotated.WRITTEN_CHECK))
    }
    speakers |= {entry.sha256: {quote.source for quote in entry.quotes} for entry in acts.read()}
    for entry in articles.lines(acts.KINDS, acts.Kinds):
        for number, kind, identification, *others in entry.sources:
            assert number in speakers[entry.sha256], entry.doc
            assert identification in result.IDENTIFICATIONS
            assert {kind, *others} <= set(result.SOURCE_TYPES)


def test_an_article_whose_speakers_have_types_is_read_with_them() -> None:
    record = next(record for record in annotated.lines(annotated.WRITTEN) if record["id"] == "A01")
    assert acts.typed({**record, "text": "Nothing of it."}) is None
    made = acts.typed(record)
    assert made is not None
    assert {source["id"] for source in made["sources"]} >= {quote["source"] for quote in made["quotes"]} != set()


def test_a_span_behind_the_text_is_an_error(tmp_path: Path) -> None:
    entry = _labels()
    entry["claims"][0]["evidence"] = [{"start": 5, "end": len(TEXT) + 1}]  # type: ignore[index]
    with pytest.raises(ValueError, match="raw/made_up: 5 to"):
        list(articles.joined(articles.read(_file(tmp_path, entry)), [TEXT]))


def test_a_line_of_another_form_is_named(tmp_path: Path) -> None:
    entry = _labels()
    entry["sources"][0]["type"] = "pundit"  # type: ignore[index]
    with pytest.raises(ValueError, match=r"labels\.jsonl, line 2: Invalid enum value 'pundit'"):
        articles.read(_file(tmp_path, _labels(), entry))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_label_file_holds_no_text(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        assert DOC.fullmatch(entry["doc"])
        for string in _strings(entry):
            assert string in VOCABULARY or HARMLESS.fullmatch(string), string


@pytest.fixture(scope="module")
def all_labels() -> tuple[articles.Labels, ...]:
    return articles.read()


def test_every_offset_is_inside(all_labels: tuple[articles.Labels, ...]) -> None:
    for labels in all_labels:
        assert all(span.start < span.end <= labels.length for span in labels.spans()), labels.doc


def test_nothing_but_the_form_is_in_the_file() -> None:
    span = {"start", "end"}
    for line in articles.ARTICLES.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        assert set(entry) == set(articles.Labels.__struct_fields__)
        for quote in entry["quotes"]:
            assert all(set(place) == span for place in (*quote["contents"], *quote["cue"]))


def test_what_is_referred_to_exists(all_labels: tuple[articles.Labels, ...]) -> None:
    for labels in all_labels:
        sources = {source.id for source in labels.sources}
        quotes = {quote.id for quote in labels.quotes}
        assert len(sources) == len(labels.sources)
        assert len(quotes) == len(labels.quotes)
        assert {quote.source for quote in labels.quotes if quote.source} <= sources
        assert {claim.by for claim in labels.claims if claim.by} <= sources
        assert {name for claim in labels.claims for name in (*claim.stated_in, *claim.answered_in)} <= quotes
        for source in labels.sources:
            assert (source.identification == "anonymous") == (source.anonymity is not None), labels.doc
            assert source.mention in source.mentions
            assert list(source.mentions) == sorted(source.mentions, key=lambda span: (span.start, span.end))


def test_a_fourth_is_kept_out_of_training(all_labels: tuple[articles.Labels, ...]) -> None:
    assert len({labels.sha256 for labels in all_labels}) == len(all_labels)
    tests = [labels for labels in all_labels if labels.part == "test"]
    assert 0.2 < len(tests) / len(all_labels) < 0.3  # articles on one story stay together
