"""monitor/data/locale: every message of the desk stands in the catalogue, with the same blanks to fill."""

import re

from tests import catalogue

REPAIR = "run: python -m tests.catalogue, then translate monitor/data/locale/en.po"


def test_every_message_is_translated_and_none_is_left_over() -> None:
    known = {(message.context, str(message.id)): message for message in catalogue.translated() if message.id}
    assert set(known) == catalogue.wanted(), REPAIR
    assert [text for text, message in known.items() if not message.string or message.fuzzy] == [], REPAIR


def test_translations_fill_the_same_blanks() -> None:
    blanks = re.compile(r"{\w+}")
    odd = [message.id for message in catalogue.translated() if message.id
           and sorted(blanks.findall(str(message.id))) != sorted(blanks.findall(str(message.string)))]
    assert odd == []


def test_the_file_is_as_the_tool_writes_it() -> None:
    before = catalogue.FILE.read_bytes()
    try:
        assert catalogue.main() == 0
        assert catalogue.FILE.read_bytes() == before, REPAIR
    finally:
        catalogue.FILE.write_bytes(before)
