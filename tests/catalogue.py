"""The desk's messages: `python -m tests.catalogue` brings monitor/data/locale/en.po up to date, a test holds it so."""

import io
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from monitor.articles import DOUBTS
from monitor.desk.tongue import TERM
from tests import vocabulary

DESK = Path(__file__).parent.parent / "monitor" / "desk"
FILE = DESK.parent / "data" / "locale" / "en.po"
KEYWORDS = {"say": None, "said": None}


def messages() -> dict[str, list[tuple[str, int]]]:
    """Every message of the desk with the places where it stands."""
    found: dict[str, list[tuple[str, int]]] = {}
    for path in sorted([*DESK.glob("*.py"), *DESK.glob("templates/*.html")]):
        with path.open("rb") as file:
            if path.suffix == ".py":
                lines = ((line, said) for line, _, said, _ in extract_python(file, KEYWORDS, (), {}))
            else:
                options = {"trim_blocks": "true", "lstrip_blocks": "true"}
                lines = ((line, said) for line, said, _, _ in extract(babel_extract, file, KEYWORDS, options=options))
            for line, said in lines:
                text = said if isinstance(said, str) else (said or ("",))[0]
                if text:
                    found.setdefault(text, []).append((path.name, line))
    for sentence in DOUBTS.values():
        found.setdefault(sentence, []).append(("doubts.py", 0))
    return found


def wanted() -> set[tuple[str | None, str]]:
    """Everything that stands in the file: (context, message); the words of the rooms have the context TERM."""
    return {(None, text) for text in messages()} | {(TERM, word) for word in vocabulary.terms()}


def translated() -> Catalog:
    """The English catalogue as it stands."""
    return read_po(io.BytesIO(FILE.read_bytes()), locale="en")


def main() -> int:
    """Writes new messages into the file, untranslated, and drops those that are gone; says what is missing."""
    old = translated() if FILE.exists() else Catalog(locale="en")
    new = Catalog(locale="en")
    for context, text in sorted(wanted(), key=lambda one: (one[1], one[0] or "")):
        known = old.get(text, context)
        new.add(text, known.string if known else "", context=context)
    out = io.BytesIO()
    write_po(out, new, width=120, omit_header=True, sort_output=True)
    FILE.write_bytes(out.getvalue())
    missing = [str(message.id) for message in new if message.id and not message.string]
    print("\n".join(missing) or "complete")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
