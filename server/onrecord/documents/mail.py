"""E-mail, and pages saved with everything in them (``.mhtml``), which are e-mail in form."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage, Message

from onrecord.article import Article
from onrecord.documents import encodings, markup, pages
from onrecord.documents.document import Document, Metadata
from onrecord.errors import NothingToAnalyze

_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n")
_TELLING = re.compile(
    rb"^(?:MIME-Version|Message-ID|Received|Return-Path|Delivered-To)\s*:", re.IGNORECASE | re.MULTILINE
)
_SENDER = re.compile(rb"^From\s*:", re.IGNORECASE | re.MULTILINE)


def is_mail(data: bytes) -> bool:
    """Whether the data begin with the headers of an e-mail message."""
    start = data[:20_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    start = re.sub(rb"^From [^\r\n]*\r?\n", b"", start)  # the line by which mail boxes part their messages
    headers = _HEADERS.match(start)
    return bool(headers and _SENDER.search(headers[0]) and _TELLING.search(headers[0]))


def document(data: bytes, *, place: str, url: str | None = None) -> Document:
    """The message's text, or the page that was saved."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    saved = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    is_page = saved is not None or (message.get_content_subtype() == "related" and _header(message, "To") is None)
    body = message.get_body(("html", "plain") if is_page else ("plain", "html"))
    if body is None:
        raise NothingToAnalyze(f"{place} is a message without a text.")
    content = body.get_payload(decode=True)
    text = encodings.decoded(content if isinstance(content, bytes) else b"", told=body.get_content_charset())
    if is_page and body.get_content_subtype() == "html":
        return pages.document(text, place=place, url=url or saved or _header(body, "Content-Location"))
    known = Metadata(title=_header(message, "Subject"), published=_sent(message), authors=_senders(message))
    if body.get_content_subtype() == "html":
        return pages.fragment(text, place=place, known=known)
    if body.get_param("format", failobj="") == "flowed":  # RFC 3676: a line that ends in a space goes on
        text = re.sub(r"(?m)(?<=[^-]) \r?\n(?!>)", " ", text)
    text = re.sub(r"\r?\n-- \r?\n.*", "", text, flags=re.DOTALL)  # the signature (RFC 3676, 4.3)
    found = [(block.role, block.text) for block in Article.from_text(text).blocks]
    if not found:
        raise NothingToAnalyze(f"{place} is a message without a text.")
    return Document(Article(tuple(markup.blocks(found, title=known.title)), title=known.title), known)


def _header(message: Message, name: str) -> str | None:
    try:
        value = message[name]
    except (ValueError, TypeError, IndexError, AttributeError):  # what the parser makes of broken headers
        return None
    return " ".join(str(value).split()) or None if value is not None else None


def _sent(message: EmailMessage) -> str | None:
    moment = getattr(message["Date"], "datetime", None) if _header(message, "Date") else None
    return moment.isoformat() if moment is not None else None


def _senders(message: EmailMessage) -> tuple[str, ...]:
    addresses = getattr(message["From"], "addresses", ()) if _header(message, "From") else ()
    return tuple(address.display_name for address in addresses if address.display_name)
