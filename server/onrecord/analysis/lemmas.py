"""spaCy's lemmas, worked out once for each word in each of its forms.

The lemmatizer of the English pipelines looks each form that its rules make up in the known words of a part of speech,
and they are lists of up to 57,528 (spaCy 3.8.18; findings/spacy-lemmas-in-lists.sh): tenths of a millisecond a new
word, and a twentieth of the time of an analysis. Here they are sets. What is worked out is kept for each spelling with
a part of speech and a morphology, which are all that the lemmatizer looks at; spaCy asks of words in their base form
each time anew.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

COMPONENT: Final = "onrecord_lemmas"
MOST: Final = 50_000  # words that are kept, some ten megabytes; an archive's spellings have no end

_LOOKED_AT: Final[list[int | str]] = ["ORTH", "POS", "MORPH", "LEMMA"]


class Lemmas:
    """The component of the pipeline that sets ``Token.lemma_``, in place of the one that it asks."""

    def __init__(self, lemmatizer: Any) -> None:
        """``lemmatizer``: spaCy's, ready to be asked (``lemmatize``: a token's lemmas, the best one first)."""
        self._asked = lemmatizer
        words = lemmatizer.lookups.get_table("lemma_index", {})
        for part in list(words):
            words[part] = frozenset(words[part])
        self._known: dict[tuple[int, int, int], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of one text."""
        add, known = doc.vocab.strings.add, self._known
        if len(known) > MOST:
            known.clear()
            self._asked.cache.clear()  # spaCy's own memory of the same words
        found = []
        for at, (word, part, form, given) in enumerate(doc.to_array(_LOOKED_AT).tolist()):
            if given and not self._asked.overwrite:  # by the attribute ruler: *be* of *'s*
                found.append(given)
                continue
            lemma = known.get((word, part, form))
            if lemma is None:
                lemma = known[word, part, form] = self._asked.lemmatize(doc[at])[0]
            found.append(add(lemma))
        lemmas: Any = np.array(found, dtype=np.uint64).reshape(-1, 1)  # spaCy types them as signed
        doc.from_array(["LEMMA"], lemmas)
        return doc


@Language.factory(COMPONENT, assigns=["token.lemma"], requires=["token.pos", "token.morph"])
def component(nlp: Language, name: str) -> Lemmas:  # noqa: ARG001 - spaCy calls a factory with both
    """The component, for a pipeline that has spaCy's ``lemmatizer``."""
    return Lemmas(nlp.get_pipe("lemmatizer"))


def quicken(nlp: Language) -> None:
    """Let this component set the lemmas; spaCy's stays in the pipeline, switched off."""
    nlp.add_pipe(COMPONENT, before="lemmatizer")
    nlp.disable_pipe("lemmatizer")
