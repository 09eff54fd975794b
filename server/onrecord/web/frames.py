"""What passes between the server and its workers: length-prefixed msgpack, so that no worker can send code.

A job goes to a worker; parts of the answer come back. The text of an article never becomes anything but data.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from onrecord.article import Article, Block, Offsets, Role

if TYPE_CHECKING:
    from onrecord.analysis.analyzer import Part  # which would load the language model's library

_LENGTH = struct.Struct(">I")
LARGEST = 1 << 30  # no answer is larger; what says so is not one of ours


class Job(msgspec.Struct, array_like=True, tag="job"):
    """An article to be analysed; ``whole``: no parts are wanted on the way."""

    number: int
    blocks: list[tuple[str, Role, str]]
    url: str | None
    title: str | None
    language: str
    include: tuple[str, ...]
    offsets: str
    whole: bool

    @classmethod
    def of(cls, number: int, article: Article, include: tuple[str, ...], offsets: Offsets, *, whole: bool) -> Job:
        """The job that an article is."""
        blocks = [(block.id, block.role, block.text) for block in article.blocks]
        return cls(number, blocks, article.url, article.title, article.language, include, str(offsets), whole)

    @property
    def article(self) -> Article:
        """The article again."""
        blocks = tuple(Block(identifier, role, text) for identifier, role, text in self.blocks)
        return Article(blocks, url=self.url, title=self.title, language=self.language)


class Cancel(msgspec.Struct, array_like=True, tag="cancel"):
    """Nobody waits for the job of this number any more."""

    number: int


class Ready(msgspec.Struct, array_like=True, tag="ready"):
    """The model is loaded."""

    model: str


class Unavailable(msgspec.Struct, array_like=True, tag="unavailable"):
    """The model cannot be loaded; a sentence says why."""

    message: str


class Progress(msgspec.Struct, array_like=True, tag="part"):
    """What is known after some blocks: the encoded answer."""

    blocks_done: int
    answer: bytes


class Done(msgspec.Struct, array_like=True, tag="done"):
    """The whole: the encoded answer, and the analysis as msgpack."""

    answer: bytes
    analysis: bytes


class Ended(msgspec.Struct, array_like=True, tag="ended"):
    """A job ended without an answer: cancelled, or with an error of this type."""

    error: str


class Forked(msgspec.Struct, array_like=True, tag="forked"):
    """A worker was made."""

    pid: int


def answered(article: Article, part: Part, offsets: str) -> Progress | Done:
    """A part of an analysis as it goes to the server."""
    from onrecord.formats.wire import encode
    from onrecord.web.answers import encoded

    answer = encoded(encode(article, part.analysis, offsets=Offsets(offsets)))
    if not part.final:
        return Progress(part.blocks_done, answer)
    return Done(answer, msgspec.msgpack.encode(part.analysis))


ToWorker = Job | Cancel
FromWorker = Ready | Unavailable | Progress | Done | Ended | Forked

_encoder = msgspec.msgpack.Encoder()
_to_worker = msgspec.msgpack.Decoder(ToWorker)
_from_worker = msgspec.msgpack.Decoder(FromWorker)


def packed(message: ToWorker | FromWorker) -> bytes:
    """A message with its length before it."""
    body = _encoder.encode(message)
    return _LENGTH.pack(len(body)) + body


def length(head: bytes) -> int:
    """How many bytes follow; raises ``ValueError`` for more than any message has."""
    found: int = _LENGTH.unpack(head)[0]
    if found > LARGEST:
        raise ValueError("not a message")
    return found


HEAD = _LENGTH.size


def from_worker(body: bytes) -> FromWorker:
    """A message of a worker's; raises ``msgspec.DecodeError``."""
    found: FromWorker = _from_worker.decode(body)
    return found


def read_job(stream: BinaryIO) -> ToWorker | None:
    """The next message for a worker; None once the server is gone."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        return None
    size = length(head)
    body = stream.read(size)
    return _to_worker.decode(body) if len(body) == size else None
