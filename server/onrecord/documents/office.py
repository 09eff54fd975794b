"""PDF, Word and RTF: the words, as those files keep them."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable

from onrecord.article import Article, Block, Role
from onrecord.documents import markup
from onrecord.documents.document import Document, Metadata
from onrecord.errors import NothingToAnalyze, Unreadable

# What a small file may unpack to, in bytes: a text of the largest size read, with its styles.
_LARGEST_UNPACKED = 200_000_000


def pdf(data: bytes, *, place: str) -> Document:
    """The text of a PDF; raises ``Unreadable`` if it is broken or locked, ``NothingToAnalyze`` if it is pictures."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every oddity of a file that it reads well
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = bool(reader.is_encrypted and not reader.decrypt(""))
        texts = [] if locked else [page.extract_text() for page in reader.pages]
        information = None if locked else reader.metadata
        title = str(information.title).strip() if information and information.title else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError, OSError):
        raise Unreadable(f"{place} is a PDF that cannot be read; it may be damaged.") from None
    if locked:
        raise Unreadable(f"{place} is a PDF locked with a password; save it without one.")
    if not any(text.strip() for text in texts):
        raise NothingToAnalyze(f"{place} is a PDF without text, perhaps of scanned pages; recognise its text first.")
    # A line that is only a number is the page's; what ended a line with a hyphen goes on (but *pre- and post-war*).
    whole = "\n".join(re.sub(r"(?m)^\s*(?:Page )?\d+(?: of \d+)?\s*$", "", text) for text in texts)
    read = Article.from_text(whole, title=title)
    joined = [
        Block(block.id, block.role, re.sub(r"(?<=[a-z])[-\u00ad] (?!(?:and|or|to)\b)(?=[a-z])", "", block.text))
        for block in read.blocks
    ]
    return Document(Article(tuple(joined), title=title), Metadata(title=title))


def word(data: bytes, *, place: str) -> Document:
    """The text of a .docx file; raises ``Unreadable`` for other ZIP files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unreadable(f"{place} is a ZIP file that cannot be read; it may be damaged.") from None
    if "word/document.xml" not in names:
        kind = "an e-book" if "META-INF/container.xml" in names else "a ZIP file"
        raise Unreadable(f"{place} is {kind}, which is not read; give the text, the page or the Word file in it.")
    if unpacked > _LARGEST_UNPACKED:
        raise Unreadable(f"{place} unpacks to more than {_LARGEST_UNPACKED // 1_000_000} MB.")
    import docx
    from docx.opc.exceptions import OpcError
    from docx.text.paragraph import Paragraph
    from lxml import etree

    try:
        opened = docx.Document(io.BytesIO(data))
        found: list[tuple[Role, str]] = []
        for part in opened.iter_inner_content():
            if isinstance(part, Paragraph) and part.text.strip():
                style = (part.style.name or "") if part.style is not None else ""
                heading = style.startswith(("Heading", "Title"))
                quoted = "Quote" in style
                listed = style.startswith("List")
                role: Role = (
                    "headline" if heading else "blockquote" if quoted else "list_item" if listed else "paragraph"
                )
                found.append((role, " ".join(part.text.split())))
        properties = opened.core_properties
        known = Metadata(
            title=properties.title or None,
            authors=(properties.author,) if properties.author and properties.author != "python-docx" else (),
        )
    except (OpcError, KeyError, ValueError, AttributeError, etree.LxmlError, zipfile.BadZipFile, OSError):
        raise Unreadable(f"{place} is a Word file that cannot be read; it may be damaged.") from None
    if not found:
        raise NothingToAnalyze(f"{place} holds no text.")
    made = markup.blocks(found)
    return Document(Article(tuple(made), title=known.title), known)


def rich_text(data: bytes, *, place: str) -> Document:
    """The text of an RTF file."""
    from striprtf import striprtf

    try:
        convert: Callable[..., str] = striprtf.rtf_to_text  # it has no types
        text = convert(data.decode("cp1252", errors="replace"), errors="replace")
    except (ValueError, LookupError, IndexError, KeyError, UnicodeError, RecursionError):
        raise Unreadable(f"{place} is RTF that cannot be read; save it as text or as .docx.") from None
    if not text.strip():
        raise NothingToAnalyze(f"{place} holds no text.")
    return Document(Article.from_text(text))
