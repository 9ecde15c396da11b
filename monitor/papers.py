"""A paper that an office files: headings, sentences, lists and tables -> DOCX, or a page that becomes a PDF.

One `Paper` gives both, so that what is signed on paper and what is kept as a file cannot differ.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Environment, StrictUndefined

# What XML 1.0 cannot hold (section 2.2, Char).
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EPOCH = (1980, 1, 1, 0, 0, 0)
REPEATED = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblHeader"
STYLES = {True: "List Number", False: "List Bullet"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph; `quiet` for what explains a table."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered or not."""

    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its head, which is repeated on every page; columns in `numbers` stand to the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


Block = Heading | Para | Listing | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of an `office`; `at` (aware) is the time in the file's properties."""

    title: str
    office: str
    at: datetime
    blocks: tuple[Block, ...]


def to_docx(paper: Paper) -> bytes:
    """The paper as DOCX (Office Open XML); the same paper gives the same bytes."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    made = docx.Document()
    made.add_paragraph(_clean(paper.office))
    made.add_heading(_clean(paper.title), 0)
    for block in paper.blocks:
        _write(made, block, WD_ALIGN_PARAGRAPH.RIGHT)
    _properties(made, paper)
    held = BytesIO()
    made.save(held)
    return _fixed(held.getvalue())


def to_html(paper: Paper, template: str) -> str:
    """The paper as one HTML page that stands alone; `template` is Jinja2 text."""
    jinja = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    jinja.tests["kind"] = lambda block, name: type(block).__name__ == name
    return jinja.from_string(template).render(paper=paper)


def _write(made: Any, block: Block, right: Any) -> None:
    match block:
        case Heading(text, level):
            made.add_heading(_clean(text), level)
        case Para(text, quiet):
            made.add_paragraph().add_run(_clean(text)).italic = quiet or None
        case Listing(lines, numbered):
            for line in lines:
                made.add_paragraph(_clean(line), style=STYLES[numbered])
        case Grid(head, rows, numbers):
            _table(made.add_table(1, len(head), style="Table Grid"), head, rows, numbers, right)
            made.add_paragraph()


def _table(
    table: Any, head: tuple[str, ...], rows: Iterable[tuple[str, ...]], numbers: tuple[int, ...], right: Any
) -> None:
    _row(table.rows[0], head, numbers, right)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    repeated = table.rows[0]._tr.get_or_add_trPr()
    repeated.append(repeated.makeelement(REPEATED))
    for row in rows:
        _row(table.add_row(), row, numbers, right)


def _row(row: Any, cells: tuple[str, ...], numbers: tuple[int, ...], right: Any) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        cell.paragraphs[0].add_run(_clean(text))
        if place in numbers:
            cell.paragraphs[0].alignment = right


def _properties(made: Any, paper: Paper) -> None:
    moment = paper.at.astimezone(UTC).replace(tzinfo=None)
    facts = made.core_properties
    facts.title, facts.author, facts.language = _clean(paper.title)[:255], _clean(paper.office)[:255], "id-ID"
    facts.created, facts.modified, facts.last_modified_by, facts.comments = moment, moment, "", ""


def _fixed(content: bytes) -> bytes:
    """The same archive with one time in all its entries."""
    held = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, EPOCH), old.read(name), ZIP_DEFLATED)
    return held.getvalue()


def _clean(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)
