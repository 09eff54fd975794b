"""The bearers of names: which person a mention names, also where the parser takes the office for the head."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.analysis.names.animacy import names_a_text
from onrecord.analysis.names.genders import given_gender
from onrecord.analysis.names.people import SUFFIXES, Names, roles_of_people
from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers.nouns import UNNAMED_BODY, is_person_noun

_SMALL = frozenset({"of", "for", "to", "the", "and"})


class Bearers:
    """The persons of an article by their names; each is given as its index in ``Names.people``, or None."""

    def __init__(self, reading: Reading, names: Names) -> None:
        self._reading, self._doc, self._names = reading, reading.doc, names

    def person(self, head: Token, tokens: list[Token]) -> int | None:
        """The person whose name is in a mention: *Anna Bell KC*, *Foreign Minister Anna Bell*; not *Bell’s lawyer*."""
        if head.lower_ in UNNAMED_BODY or head.lemma_.lower() in UNNAMED_BODY:
            named = [t for t in tokens if t.dep_ == "appos" and t.head.i == head.i and self._names.of(t) is not None]
            named += [t for t in tokens if t.i == head.i + 1 and t.ent_type_ == "PERSON"]
            return self._names.of(named[0]) if named else None
        own = self._names.of(head)
        if own is None and names_a_text(head):
            return None  # *The statement by a spokesman for the mayor, Anna Bell,* is not Anna Bell
        if own is None and head.lower_ in SUFFIXES and head.i > tokens[0].i:
            own = self._names.of(head.nbor(-1))  # *Anna Bell KC*
        if own is not None:
            return own
        behind = self._behind_the_office(head, tokens)
        if behind is not None:
            return behind
        if head.pos_ in {"NOUN", "PROPN"}:
            for token in tokens:
                if token.dep_ == "appos" and token.head.i == head.i:
                    known = self._names.of(token)
                    if known is not None:
                        return known
            # *Foreign Minister Anna Bell*, when the parser takes the office for the head
            after = [t for t in tokens if t.i > head.i and t.ent_type_ == "PERSON" and t.i == head.i + 1]
            if after and (head.pos_ == "PROPN" or head.lower_ in roles_of_people()):
                return self._names.of(after[0])
        if head.pos_ == "PROPN" and head.ent_type_ in {"", "WORK_OF_ART", "PRODUCT", "FAC"}:
            run = [head]
            while (
                run[0].i > tokens[0].i
                and self._doc[run[0].i - 1].pos_ == "PROPN"
                and self._doc[run[0].i - 1].dep_ == "compound"
            ):
                run.insert(0, self._doc[run[0].i - 1])
            if given_gender(run[0].text) and len(run) > 1:
                return self._names.add(run)
        return None

    def _behind_the_office(self, head: Token, tokens: list[Token]) -> int | None:
        """*Superintendent of Police Anna Bell*, *The Archbishop of Sarn, Anna Bell*: read as a name of the place."""
        if head.tag_ not in {"NN", "NNP"} or not is_person_noun(head) or head.i + 2 >= tokens[-1].i:
            return None
        behind = [t for t in tokens if t.i > head.i]
        if behind[0].lower_ not in {"of", "for", "to", "-"}:
            return None
        at = next((n for n, t in enumerate(behind) if self._names.of(t) is not None), None)
        if at is None:
            return None
        comma = behind[at - 1].text == "," and self._ends_a_name(behind[at:])
        inside = behind[: at - 1] if comma else behind[:at]
        plain = all(t.text[:1].isupper() or t.lower_ in _SMALL or t.text == "-" for t in inside)
        titled = head.text[:1].isupper() and len(inside) > 1 and behind[-1].ent_type_ == "PERSON"
        return self._names.of(behind[at]) if plain and (comma or titled) else None

    def _ends_a_name(self, tokens: list[Token]) -> bool:
        return all(self._names.of(t) is not None for t in tokens) or tokens[-1].ent_type_ == "PERSON"

    def with_two_titles(self, head: Token, several: list[Token]) -> int | None:
        """The person of *historian and broadcaster Anna Bell*, whom the parser takes for two."""
        names = [self._names.of(t) for t in (head, *several)]
        last = several[-1]
        title = last.nbor(-1)
        while title.i > head.i and self._names.of(title) is not None:
            title = title.nbor(-1)
        single = names[-1] is not None and names[:-1].count(None) == len(names) - 1
        return names[-1] if single and title.i > head.i and title.lower_ in roles_of_people() else None
