"""Which words of the article decide the type of a source, and the type that they tell.

A person is weighed in ``persons``. Here are the bodies, whose name or apposition tells, and those without a name, of
whom only the noun tells. Every mention may give a clue; the one of the lowest rank decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.analysis.names.animacy import known_person
from onrecord.analysis.names.bodies import is_a_cause, kind_of, stands_for_a_state, well_known, written_out
from onrecord.analysis.names.people import kinds_of_firms
from onrecord.analysis.phrases import Reading, head_of
from onrecord.analysis.result import SOURCE_TYPES, SourceType
from onrecord.analysis.sources.descriptions import descriptions, span_of
from onrecord.analysis.sources.persons import CAMPAIGN, NOTHING, RANKS, SILENT, Clue, Persons
from onrecord.analysis.sources.roles import is_voice, listed, read, role_of, voice_of
from onrecord.analysis.speakers import Speaker
from onrecord.article import Span

_LAWS = frozenset(
    {"constitution", "act", "bill", "treaty", "convention", "charter", "bible", "quran", "protocol", "code"}
)


def _is_a_trade(noun: Token) -> bool:
    """*a welder*: an apposition that says what one person does."""
    return noun.left_edge.lower_ in {"a", "an"} and noun.tag_ == "NN" and known_person(noun.lemma_.lower())


class Clues:
    """The clues of one article; reads each person once."""

    def __init__(self, reading: Reading) -> None:
        self.article = reading.article
        self.reading = reading
        self.doc = doc = reading.doc
        self.persons = Persons(doc)

    def decide(self, speaker: Speaker) -> Clue:
        """The clue that says most; where the article says nothing, one without words and of the last rank."""
        clues = list(self._of_speaker(speaker))
        if clues:
            return min(clues, key=lambda clue: (clue.rank, SOURCE_TYPES.index(clue.type)))
        fallback: SourceType = "unattributed"
        if speaker.person:
            fallback = "affected"  # somebody in the story, of whom nothing else is said
        elif speaker.name is not None and not self._of_people(speaker):
            fallback = "business"  # most bodies of which nothing is known are firms
        return Clue(fallback, Span(0, 0), NOTHING)

    def _of_people(self, speaker: Speaker) -> bool:
        return head_of(self.reading.tokens(speaker.mentions[0])).ent_type_ in {"PERSON", "WORK_OF_ART"}

    def _of_speaker(self, speaker: Speaker) -> Iterator[Clue]:
        if speaker.person:
            number = self.persons.number.get(speaker.name or "")
            if number is not None:
                yield from self.persons.clues(number)
            yield from self._in_mentions(speaker)
            if number is None:
                yield from self._beside_the_name(speaker)
            return
        for number, mention in enumerate(speaker.mentions):
            tokens = self.reading.tokens(mention)
            if not tokens or (len(tokens) == 1 and tokens[0].pos_ == "PRON" and number):
                continue
            head = head_of(tokens)
            joint = list(self._of_several(head, tokens, number)) if speaker.plural or len(head.conjuncts) else []
            yield from joint
            if joint:
                continue
            if speaker.name is not None:
                yield from self._of_body(tokens, head, number)
                full = written_out(head)
                if full:
                    yield from self._of_body(full, full[-1], number)
            else:
                yield from self._of_nobody(tokens, head, number)

    def _in_mentions(self, speaker: Speaker) -> Iterator[Clue]:
        """Mentions without the name: *the Republican nominee*."""
        name = {word.lower() for word in (speaker.name or "").split()}
        known = (speaker.name or "") in self.persons.number
        for mention in speaker.mentions:
            tokens = self.reading.tokens(mention)
            if not tokens or (known and any(t.lower_ in name for t in tokens)) or tokens[0].pos_ == "PRON":
                continue
            role = read([t for t in tokens if t.lower_ not in name], self.persons.told_by)
            if role is not None and role.type not in SILENT:
                rank = CAMPAIGN if role.campaigning else RANKS["predicate"]
                yield Clue(role.type, span_of(role.first, role.last), rank)

    def _of_several(self, head: Token, tokens: Sequence[Token], rank: int) -> Iterator[Clue]:
        """*both Bell and Ward*: people who speak as one have the type of the first."""
        for token in (head, *head.conjuncts):
            number = self.persons.names.of(token) if token in tokens else None
            clue = self.persons.clue(number) if number is not None else None
            if clue is not None:
                yield Clue(clue.type, clue.evidence, rank * 2 + 5)
                return

    def _beside_the_name(self, speaker: Speaker) -> Iterator[Clue]:
        """A person whom only the mention shows to be one: the words behind the name's comma."""
        tokens = self.reading.tokens(speaker.mentions[0])
        cut = next((n for n, t in enumerate(tokens) if t.text == ","), 0)
        if cut:
            for description in descriptions(self.doc, tokens[0].i, tokens[cut - 1].i):
                for clue, _ in self.persons.told(description):
                    yield clue

    # -- bodies ---------------------------------------------------------------------------------------------------

    def _of_body(self, tokens: Sequence[Token], head: Token, rank: int) -> Iterator[Clue]:
        """A proper name that is no person's."""
        if is_voice(head) or any(listed(t, "voices", "speak_for") for t in tokens):
            role = read(tokens, self.persons.told_by)
            if role is not None and role.type not in SILENT:
                yield Clue(role.type, span_of(role.first, role.last), rank * 2)
        number = self.persons.names.of(head)
        clue = self.persons.clue(number) if number is not None else None
        if clue is not None:
            yield Clue(clue.type, clue.evidence, rank * 2 + 1)
        near = [t for t in tokens if t.i <= head.i or t.dep_ in {"pobj", "compound", "nmod", "prep", "det"}]
        document = role_of(head) == "document" and (not head.text[:1].isupper() or head.i == head.sent.start)
        told = kind_of(tokens if is_a_cause(tokens) else near)
        if document and not listed(head, "newsy", "heads"):
            yield Clue("document", span_of(head, head), rank * 2)
        elif told is not None:
            yield Clue(told.type, span_of(told.first, told.last), rank * 2)
        elif tokens[0].lower_ == "the" and head.lower_ in _LAWS:
            yield Clue("document", span_of(head, head), rank * 2)  # *the Constitution*
        owner = next((t for t in near if t.i < head.i and self.persons.names.of(t) is not None), None)
        if told is None and owner is not None:
            person = self.persons.told_by(owner)
            if person is not None:
                yield Clue(person.type, span_of(owner, head), rank * 2 + 1)
        for token in tokens:  # *Castle Care, the company that runs it*
            beside = role_of(token) if token.dep_ == "appos" and token.head.i == head.i else None
            if beside is not None and beside not in SILENT:
                yield Clue(beside, span_of(token, token), rank * 2)
        kind = head.nbor(-1) if head.i > tokens[0].i and head.nbor(-1).lower_ in kinds_of_firms() else None
        firm = role_of(kind) if kind is not None else None
        if kind is not None and firm is not None:  # *budget airline Norwind*
            yield Clue(firm, span_of(kind, kind), rank * 2 + 3)
        role_type = role_of(head)
        if (
            role_type is not None
            and role_type != "unattributed"
            and not (role_type == "document" and self._person_like(head))
        ):
            yield Clue(role_type, span_of(head, head), rank * 2 + 3)
        place = next((t for t in near if stands_for_a_state(t)), None)
        if place is not None and (head is place or len(near) <= 3 or near[0] is place):
            yield Clue("official", span_of(place, place), rank * 2 + 4)
        party = next((t for t in near if listed(t, "parties", "words")), None)
        if party is not None:
            yield Clue("political", span_of(party, party), rank * 2 + 1)
        elif head.ent_type_ == "NORP":
            yield Clue("affected", span_of(head, head), rank * 2 + 6)
        if head.ent_type_ == "PERSON":
            yield Clue("affected", span_of(head, head), rank * 2 + 9)

    def _person_like(self, head: Token) -> bool:
        """*Bill* is no law: a capital inside a sentence and a name of the language model."""
        return head.ent_type_ == "PERSON" or (head.text[:1].isupper() and not head.is_sent_start)

    # -- sources without a name -----------------------------------------------------------------------------------

    def _of_nobody(self, tokens: Sequence[Token], head: Token, number: int) -> Iterator[Clue]:
        rank = number * 2
        relative = next((t for t in tokens if t.lower_ in {"whose", "whom"}), None)
        owner = next((a.head for a in relative.ancestors if a.dep_ == "relcl"), None) if relative is not None else None
        if owner is not None and relative is not None:
            if relative.lower_ == "whose":  # *Bell, whose lawyers*
                tokens = [owner, *tokens[1:]]
            elif owner.i < tokens[0].i:  # *relatives of the victims, many of whom*
                tokens = list(self.doc[owner.left_edge.i : tokens[0].i])
                head = owner
        news = self._news(tokens, head)
        if news is not None:
            yield Clue("media", news, rank)
            return
        if head.text[:1].isupper() and tokens[0].pos_ == "DET" and head.i > tokens[0].i:
            told = kind_of([t for t in tokens if t.i <= head.right_edge.i])  # *The Campaign for Clean Rivers*
            if told is not None:
                yield Clue(told.type, span_of(told.first, told.last), rank)
                return
        role = read(tokens, self.persons.told_by, head)
        if role is None and head.lower_ == "old" and any(t.lower_ == "year" for t in tokens):
            yield Clue("affected", span_of(tokens[0], head), rank)  # *A 19-year-old*
            return
        if role is None:
            told = kind_of([t for t in tokens if t.i <= head.i]) or well_known(tokens)
            if told is not None:
                yield Clue(told.type, span_of(told.first, told.last), rank + 3)
            party = next((t for t in tokens if t.i <= head.i and listed(t, "parties", "words")), None)
            if party is not None:
                yield Clue("political", span_of(party, party), rank + 4)
            if stands_for_a_state(head):
                yield Clue("official", span_of(head, head), rank + 5)
            for token in tokens:
                if token.dep_ == "appos" and token.head.i == head.i:
                    beside = read([t for t in tokens if t.i >= token.left_edge.i], self.persons.told_by)
                    if beside is not None and beside.type not in SILENT:
                        yield Clue(beside.type, span_of(beside.first, beside.last), rank + 5)
            return
        if role.type == "unattributed" and voice_of(role.noun) is None:
            party = next((t for t in tokens if t.i < role.noun.i and listed(t, "parties", "words")), None)
            if party is not None:
                yield Clue("political", span_of(party, role.noun), rank)
                return
        if role.type == "unattributed":
            lives = next((c for c in head.children if c.dep_ in {"relcl", "acl"} and listed(c, "lives", "words")), None)
            trade = next((t for t in tokens if t.dep_ == "appos" and t.i > head.i and _is_a_trade(t)), None)
            if trade is not None:  # *a source inside the plant, a welder*
                beside = read(list(self.doc[trade.left_edge.i : trade.i + 1]), self.persons.told_by)
                known = beside is not None and beside.type not in SILENT
                yield Clue(beside.type if beside is not None and known else "affected", span_of(trade, trade), rank)
                return
            if lives is not None:  # *people who lost their homes*
                yield Clue("affected", span_of(role.noun, lives), rank)
                return
        if role.vague and listed(role.noun, "voices", "speak_for"):
            near = self._nearest_body(tokens[0])
            if near is not None:
                yield near
                return
        yield Clue(role.type, span_of(role.first, role.last), rank + (3 if role.type == "unattributed" else 0))

    def _news(self, tokens: Sequence[Token], head: Token) -> Span | None:
        """*media reports*, *a report by Reuters*: the journalism of others, though a report is a document too."""
        if not listed(head, "newsy", "heads"):
            return None
        before = [t for t in tokens if t.i < head.i]
        by = next((t for t in head.children if t.dep_ == "prep" and t.lower_ in {"by", "in"} and t in tokens), None)
        told = kind_of(before) or (kind_of([t for t in tokens if t.i > by.i][:8]) if by is not None else None)
        if told is not None and told.type == "media":
            return span_of(min(told.first, head, key=lambda t: t.i), max(told.last, head, key=lambda t: t.i))
        outlet = next((t for t in before if role_of(t) == "media" or t.lower_ in {"media", "news", "press"}), None)
        if outlet is not None:
            return span_of(outlet, head)
        behind = next((t for t in tokens if by is not None and t.i > by.i and role_of(t) == "media"), None)
        if behind is not None:
            return span_of(head, behind)
        many = head.tag_ in {"NNS", "NNPS"} and head.lemma_.lower() in {"report", "account"}
        loose = [t for t in before if t.pos_ not in {"DET"} and not listed(t, "newsy", "words")]
        if many and not loose and by is None:
            return span_of(before[0] if before else head, head)
        return None

    def _nearest_body(self, token: Token) -> Clue | None:
        """The body named last before *a spokesman*, in this sentence or the one before."""
        sentence = token.sent
        start = self.doc[sentence.start - 1].sent.start if sentence.start else 0
        for at in range(token.i - 1, start - 1, -1):
            entity = self.doc[at]
            if entity.ent_type_ == "ORG" and entity.ent_iob_ == "B":
                run = [entity]
                while run[-1].i + 1 < token.i and run[-1].nbor(1).ent_iob_ == "I":
                    run.append(run[-1].nbor(1))
                told = kind_of(run)
                if told is not None and told.type != "media":
                    return Clue(told.type, span_of(told.first, told.last), 5)
        return None
