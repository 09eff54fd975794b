"""What stands on a page but is no part of what it says: read as so many blanks, so that no offset changes.

Blocks in another language (``tongues``) are left alone, and addresses (``pic.twitter.com/…``)
and the numbers of notes are nobody's words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.analysis import tongues
from onrecord.article import Article

_ADDRESS: Final = re.compile(
    r"(?<!\S)(?:https?://|www\.|(?:pic\.twitter\.com|t\.co|bit\.ly|youtu\.be|(?:instagram|facebook|youtube|twitter|x)\.com)/)"
    r"[^\s“”‘’«»\"<>]*[^\s“”‘’«»\"<>.,;:!?)\]]",
    re.IGNORECASE,
)


# *the lock.[4]*: the number of a note stands in the line and in no sentence.
_NOTE: Final = re.compile(
    r"(?<=[\w.,;:!?”’\"')])\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\](?=[\s.,;:”’\"')\[]|$)"
)


def readable(article: Article) -> Article:
    """The article as it is read: of the same length, block by block."""
    article = tongues.english(article)
    if not any(_ADDRESS.search(block.text) or _NOTE.search(block.text) for block in article.blocks):
        return article
    return replace(article, blocks=tuple(replace(block, text=_without(block.text)) for block in article.blocks))


def _without(text: str) -> str:
    for pattern in (_ADDRESS, _NOTE):
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return text
