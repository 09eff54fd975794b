"""Where an article says who somebody is: the words before the name, behind it, and the sentences that say *is*.

A description is a run of tokens without the name. News style puts it right before the name (*Foreign Minister Anna
Bell*), behind it between commas (*Bell, who leads the union,*), before it with a comma (*The head of the union, Anna
Bell,*) or into a sentence of its own (*Bell is a nurse*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from onrecord.analysis import lexicons
from onrecord.analysis.phrases import FINITE
from onrecord.article import Span

Place = Literal["title", "beside", "later", "clause", "predicate", "party"]

_LONGEST_TITLE, _LONGEST_APPOSITION = 12, 34
_OPENERS = frozenset({",", "(", "—", "–", "-", "--"})
_CLOSING = {"(": ")", "—": "—", "–": "–", "--": "--", "-": "-"}
_QUOTE_MARKS = frozenset('"“”„«»‘')
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_RELATIVE = frozenset({"who", "whose"})
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "sir", "dame", "then"})
_PARTY = re.compile(r"^[RDI]$")


class Description(NamedTuple):
    """Words about somebody, and where they stand to the name."""

    place: Place
    tokens: tuple[Token, ...]


def descriptions(doc: Doc, first: int, last: int) -> Iterator[Description]:
    """What stands about the person whose name is ``doc[first]`` to ``doc[last]``."""
    title = _before(doc, first)
    if title:
        yield Description("title", tuple(title))
    yield from _behind(doc, last)
    yield from _with_a_comma_before(doc, first, last)
    yield from _predicates(doc, last)


def _same_line(one: Token, other: Token) -> bool:
    return one.sent.start == other.sent.start


def _before(doc: Doc, first: int) -> list[Token]:
    """The title: nouns, names and adjectives right before the name, with the phrases that hang on them."""
    found: list[Token] = []
    name = doc[first]
    for at in range(first - 1, max(first - 1 - _LONGEST_TITLE, -1), -1):
        token = doc[at]
        if token.is_space and "\n" not in token.text:
            continue  # a no-break space stands for itself
        if token.is_space or not _same_line(token, name):
            break
        if token.text == "." and at and doc[at - 1].lower_ in lexicons.words("sources", "titles", "official"):
            continue  # *Lt. Anna Bell*, where the tokenizer cuts the full stop off
        near = token.pos_ in {"NOUN", "PROPN", "ADJ"} or token.text in _POSSESSIVE or token.text in {"-", "/", "&"}
        if token.text in _QUOTE_MARKS or (token.text in _POSSESSIVE and not found and at + 1 == first and at == 0):
            break
        inside = token.pos_ in {"ADP", "DET", "CCONJ", "ADV", "NUM"} and found and _holds(token, doc, first)
        if not (near or inside or (token.tag_ in {"VBN", "VBG"} and found)):
            break
        if token.lower_ in {"and", "or", "but", "as", "by", "than"} and not inside:
            break
        found.insert(0, token)
    while found and found[-1].lower_.rstrip(".") in _HONORIFICS:
        found.pop()
    while found and found[0].pos_ in {"ADP", "DET", "CCONJ", "PUNCT", "PART"}:
        found.pop(0)
    if found and found[-1].pos_ in {"ADP", "CCONJ"}:
        return []
    return found


def _holds(token: Token, doc: Doc, first: int) -> bool:
    """Whether the parse has ``token`` in the noun phrase of the name: *ambassador to France Anna Bell*."""
    top = doc[first]
    for _ in range(4):
        if top.dep_ in {"compound", "appos", "nmod", "flat", "pobj", "amod"} and top.head.i != top.i:
            top = top.head
            if top.pos_ in {"NOUN", "PROPN"} and top.i < token.i:
                return token.head.i >= top.i
    return _within_an_office(token, doc)


def _within_an_office(token: Token, doc: Doc) -> bool:
    """*Minister of Education Anna Bell*: a capital office before the preposition, with its field behind."""
    at = token.i
    while at > token.i - 4 and at > 0 and doc[at].pos_ in {"DET", "CCONJ"}:
        at -= 1
    office = doc[at - 1] if at else token
    return (
        doc[at].lower_ in {"of", "for", "to"}
        and office.text[:1].isupper()
        and office.tag_ in {"NNP", "NN"}
        and office.lower_.rsplit("-", 1)[-1] in lexicons.words("sources", "offices", "words")
        and doc[token.i + 1].text[:1].isupper()
    )


def _behind(doc: Doc, last: int) -> Iterator[Description]:
    at = last + 1
    while at < len(doc) and doc[at].lower_.rstrip(".") in {"jr", "sr", "ii", "iii"}:
        at += 1
    if at + 1 >= len(doc) or not _same_line(doc[at], doc[last]):
        return
    opener = doc[at]
    if opener.pos_ == "ADP" and opener.lower_ in {"of", "at", "from", "with"} and doc[at + 1].pos_ in {"DET", "PROPN"}:
        yield Description("beside", tuple(_until_verb(doc, at)))
        return
    if opener.lower_ in _RELATIVE:
        yield Description("clause", tuple(_until(doc, at, ",")))
        return
    if opener.text not in _OPENERS:
        return
    party = _party(doc, at + 1)
    if party is not None:
        yield Description("party", party)
        return
    region = _until(doc, at + 1, _CLOSING.get(opener.text, ""))
    yield from _chunks(region)


def _party(doc: Doc, at: int) -> tuple[Token, ...] | None:
    """*R-Tex.*, *D-N.Y.*: how American news marks a lawmaker's party."""
    if at + 2 < len(doc) and _PARTY.match(doc[at].text) and doc[at + 1].text in {"-", "–", "‑"}:
        return tuple(doc[at : at + 3])
    if at < len(doc) and re.match(r"^[RDI][-–‑][A-Z]", doc[at].text):
        return (doc[at],)
    return None


def _until(doc: Doc, at: int, closing: str) -> list[Token]:
    """The tokens up to ``closing``, a quotation mark, or the verb of the name's own clause."""
    found: list[Token] = []
    for token in doc[at : at + _LONGEST_APPOSITION]:
        if token.is_space and "\n" not in token.text:
            continue
        if token.is_space or token.text in _QUOTE_MARKS or token.text in {";", ":"} or token.text == closing:
            break
        if token.text == "." or not _same_line(token, doc[at - 1]):
            break
        found.append(token)
    return found


def _until_verb(doc: Doc, at: int) -> list[Token]:
    found = []
    for token in doc[at : at + 10]:
        if token.pos_ in {"VERB", "AUX"} or token.is_punct or token.is_space or token.lower_ in _RELATIVE:
            break
        found.append(token)
    return found


def _chunks(region: Sequence[Token]) -> Iterator[Description]:
    """The parts of an apposition between its commas: *54, a professor of law and former judge*."""
    chunk: list[Token] = []
    number = 0
    for token in [*region, None]:
        new = token is not None and token.lower_ in {"and", "but"} and _begins_a_noun(token)
        if token is not None and token.text not in {",", "("} and not new:
            chunk.append(token)
            continue
        verdict = _verdict(chunk)
        if verdict == "stop":
            return
        if verdict != "skip":
            yield Description(verdict if number == 0 or verdict == "clause" else "later", tuple(chunk))
            number += 1
        chunk = []


def _begins_a_noun(conjunction: Token) -> bool:
    if conjunction.i + 1 >= len(conjunction.doc):
        return False
    following = conjunction.nbor(1)
    return following.pos_ == "DET" or following.lower_ in lexicons.words("sources", "former", "words") | _RELATIVE


def _verdict(chunk: list[Token]) -> Literal["stop", "skip", "beside", "clause"]:
    """What a chunk behind a name is: a description, an age, or already something else."""
    while chunk and chunk[0].lower_ in {"and", "then", "also", "himself", "herself", "now", "both"}:
        chunk.pop(0)
    if not chunk:
        return "skip"
    if chunk[0].pos_ == "NUM" or chunk[0].text.isdigit():
        return "skip"
    if chunk[0].lower_ in _RELATIVE:
        return "clause"
    if chunk[0].lower_ in {"prosecuting", "defending"} and len(chunk) < 3:
        return "beside"
    if chunk[0].lower_ in {"of", "from"} and len(chunk) < 9:
        return "beside"
    if chunk[0].tag_ == "VBG" and len(chunk) > 1 and chunk[1].pos_ == "NOUN":
        return "beside"  # *founding director of the centre*
    if chunk[0].lower_ == "lead" and len(chunk) > 1 and chunk[1].pos_ == "NOUN":
        return "beside"  # *lead author of the report*
    if chunk[0].pos_ not in {"DET", "NOUN", "PROPN", "ADJ", "PRON", "ADV"} or chunk[0].tag_ in {"PRP", "WRB", "EX"}:
        return "stop"
    if chunk[0].lower_ in {"which", "that", "where", "when"}:
        return "stop"
    relative = next((n for n, t in enumerate(chunk) if t.lower_ in {"who", "which", "that", "whose"}), len(chunk))
    if any(token.tag_ in FINITE and not _subordinate(token) for token in chunk[:relative]):
        return "stop"  # *Bell, the minister said*: the next clause
    if chunk[0].ent_type_ == "PERSON" and not any(t.text in _POSSESSIVE or t.pos_ == "NOUN" for t in chunk):
        return "stop"  # a list of names
    return "beside"


def _subordinate(verb: Token) -> bool:
    top = verb.head if verb.dep_ in {"aux", "auxpass"} else verb
    return top.dep_ in {"relcl", "acl", "advcl"}


def _with_a_comma_before(doc: Doc, first: int, last: int) -> Iterator[Description]:
    """*The leader of the union, Anna Bell,* and *a nurse named Anna Bell*."""
    token = doc[last]
    if first >= 2 and doc[first - 1].text == "," and token.dep_ == "appos" and token.head.i < first:
        head = token.head
        place = head.dep_ == "pobj" and head.pos_ == "PROPN" and head.ent_type_ != "PERSON"
        if place and head.head.head.pos_ in _NOUNS:
            head = head.head.head  # *The Archbishop of Sarn, Anna Bell*: read as the name of the place
        yield Description("beside", tuple(t for t in doc[head.left_edge.i : first - 1] if not t.is_space))
    elif first >= 3 and doc[first - 1].text == "," and doc[doc[first].sent.start].lower_ == "as":
        opening = doc[doc[first].sent.start : first - 1]  # *As a geologist and a friend of the mayor, Anna Bell*
        if len(opening) < _LONGEST_APPOSITION and not any(t.tag_ in FINITE for t in opening):
            yield Description("beside", tuple(t for t in opening[1:] if not t.is_space))
    elif first >= 2 and doc[first - 1].lower_ in {"named", "called"}:
        head = doc[first - 1].head
        if head.pos_ == "NOUN" and head.i < first:
            yield Description("beside", tuple(t for t in doc[head.left_edge.i : first - 1] if not t.is_space))


def _predicates(doc: Doc, last: int) -> Iterator[Description]:
    token = doc[last]
    verb = token.head
    if token.dep_ != "nsubj" or verb.i <= last:
        return
    for child in verb.children:
        attribute = child.dep_ == "attr" and verb.lemma_ in {"be", "become", "remain"}
        if attribute and child.i > verb.i and not any(c.dep_ == "neg" for c in verb.children):
            yield Description("predicate", tuple(t for t in doc[child.left_edge.i : child.right_edge.i + 1][:24]))
        if child.dep_ == "prep" and child.lower_ == "as" and verb.lemma_ in {"work", "serve"}:
            yield Description("predicate", tuple(doc[child.i + 1 : child.right_edge.i + 1][:24]))


def span_of(first: Token, last: Token) -> Span:
    """From the beginning of the earlier token to the end of the later one."""
    return Span(min(first.idx, last.idx), max(first.idx + len(first.text), last.idx + len(last.text)))
