"""Whether a noun can mean a person: the ban that keeps *he* from a bank and *the company* from its chairman.

The nouns come from WordNet (``lexicons/animacy.json``) and from the lists of roles and bodies; a word that none of
them knows is read by its ending, as English makes words for those who do something.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from onrecord.analysis import lexicons

_AGENT = re.compile(r"(?:ist|er|or|man|woman|person|ian|eer|ee|ant|maid|wright|smith|aholic|ologist)$")
_MEASURES = frozenset({"%", "percent", "per", "half", "third", "quarter", "fifth", "majority", "minority", "number"})


@cache
def _roles() -> frozenset[str]:
    """Nouns of the lexicons that say what one person is."""
    known = lexicons.load("sources")
    kinds = ("former_official", "official", "political", "business", "civil_society", "media", "expert", "affected")
    lists = [known["types"][kind]["heads"] for kind in kinds if kind in known["types"]]
    lists += [*known["voices"]["defaults"].values(), known["titles"]["official"], known["relations"]["heads"]]
    lists += [known["generic"]["words"], known["voices"]["speak_for"], known["voices"]["lawyers"]]
    lists += [known["voices"]["serve"]]
    return frozenset(word for words in lists for word in words.split())


@cache
def bodies() -> frozenset[str]:
    """Nouns that name a body or a thing and never one person."""
    group = lexicons.words("animacy", "group", "words") - _roles()
    return group | lexicons.words("sources", "things", "words") | lexicons.words("sources", "singular_bodies", "heads")


def is_body(token: Token) -> bool:
    """Whether a noun names a body: *the firm*, *the council*; never one person."""
    return token.lemma_.lower() in bodies() or token.lower_ in bodies()


def may_be_person(token: Token) -> bool:
    """Whether a noun can mean one person; an adjective (*the 34-year-old*) and a name can too."""
    word, lemma = token.lower_, token.lemma_.lower()
    if is_body(token) or word in _MEASURES:
        return False
    if word in _roles() or lemma in _roles() or known_person(lemma) or known_person(word):
        return True
    if lemma in lexicons.words("animacy", "perhaps", "words"):
        return True
    if token.pos_ != "NOUN":
        return token.pos_ in {"PROPN", "ADJ", "PRON"}
    return bool(_AGENT.search(lemma)) and lemma not in lexicons.words("animacy", "abstract", "words")


def known_person(word: str) -> bool:
    """Whether a word in lower case mostly means a person."""
    return word.rsplit("-", 1)[-1] in lexicons.words("animacy", "person", "words")


def names_people(token: Token) -> bool:
    """Whether a word is known to mean a person or several, however it is tagged: *Mayor*, *Doctors* in a headline."""
    word = token.lower_
    forms = {word, token.lemma_.lower(), word.removesuffix("s"), word.removesuffix("men") + "man"}
    return any(form in _roles() or known_person(form) for form in forms) and word not in bodies()


def names_a_text(token: Token) -> bool:
    """Whether a noun names a text: *a report*, *the filing*."""
    return token.lemma_.lower() in lexicons.words("sources", "types", "document", "heads")


def is_nobody(token: Token) -> bool:
    """Whether a noun names a thought, a feeling or a quality, which say nothing by themselves: *logic says*."""
    word = token.lemma_.lower()
    return word in lexicons.words("animacy", "abstract", "words") and not names_a_text(token) and word not in _roles()
