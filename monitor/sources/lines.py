"""feeds.toml's text -> where every key stands: tomllib gives no line for a key that is valid."""

import re
from bisect import bisect_right
from collections.abc import Iterator

Path = tuple[str | int, ...]
BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE = re.compile(r"[A-Za-z0-9_-]+")
BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
LITERAL = re.compile(r"'[^'\n]*'")
LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL)
LONG_LITERAL = re.compile(r"'''(?:[^']|'(?!''))*'{3,5}", re.DOTALL)
SCALAR = re.compile(r"[^,\]}\n#]*")
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
LETTERS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\", "e": "\x1b"}
DOTS = 32


class Lines:
    """Where the keys of a text stand, if tomllib has read the text (what it refuses gives a partial map)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        for path, where in self.tables():
            self.at.setdefault(path, where)

    def line(self, path: Path) -> int:
        """The line (from 1) of the key, or of the nearest table around it that the text names; 0 if none does."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.at:
                return bisect_right(self.starts, self.at[path[:length]])
        return 0

    def tables(self) -> Iterator[tuple[Path, int]]:
        """Every key and table of the text with the place where it begins."""
        here, table = 0, ()  # type: tuple[int, Path]
        while (here := self.skip(here)) < len(self.text):
            if self.text.startswith("[", here):
                start, many = here, self.text.startswith("[[", here)
                names, here = self.key(here + 2 if many else here + 1)
                table = self.opened(names, many)
                yield from ((table[:size], start) for size in range(1, len(table) + 1))
                end = self.text.find("\n", here)
                here = len(self.text) if end < 0 else end
            else:
                before = here
                pairs, here = self.pair(table, here)
                yield from pairs
                here = max(here, before + 1)

    def opened(self, names: list[str], many: bool) -> Path:
        """The path of a header: the names, with the number of the last row after every array of tables."""
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            path = (*path, self.counts[path]) if path in self.counts else path
        path = (*path, *names[-1:])
        if many:
            self.counts[path] = self.counts.get(path, -1) + 1
        return (*path, self.counts[path]) if many else path

    def skip(self, here: int) -> int:
        """Past blanks, new lines and comments."""
        found = BLANK.match(self.text, here)
        return found.end() if found else here

    def key(self, here: int) -> tuple[list[str], int]:
        """The names of a dotted key, and where it ends."""
        names: list[str] = []
        while found := self.name(self.spaces(here)):
            names.append(unquoted(found[0]))
            here = self.spaces(found.end())
            if not self.text.startswith(".", here):
                break
            here += 1
        return names, here

    def name(self, here: int) -> re.Match[str] | None:
        """One part of a key: bare, "quoted" or 'quoted'."""
        return BARE.match(self.text, here) or BASIC.match(self.text, here) or LITERAL.match(self.text, here)

    def spaces(self, here: int) -> int:
        """Past spaces and tabs."""
        while here < len(self.text) and self.text[here] in " \t":
            here += 1
        return here

    def pair(self, table: Path, here: int) -> tuple[list[tuple[Path, int]], int]:
        """A key and its value, with all that stands inside the value, and where it ends."""
        start, (names, here) = here, self.key(here)
        found: list[tuple[Path, int]] = [((*table, *names[:size]), start) for size in range(1, len(names) + 1)]
        if not self.text.startswith("=", here):
            return found, here
        inside, here = self.value((*table, *names), self.spaces(here + 1))
        return found + inside, here

    def value(self, path: Path, here: int) -> tuple[list[tuple[Path, int]], int]:
        """What stands inside a value, and where the value ends."""
        if self.text.startswith("[", here):
            return self.several(path, here + 1, "]")
        if self.text.startswith("{", here):
            return self.several(path, here + 1, "}")
        for form in (LONG_BASIC, LONG_LITERAL, BASIC, LITERAL, SCALAR):
            if found := form.match(self.text, here):
                return [], found.end()
        return [], here

    def several(self, path: Path, here: int, end: str) -> tuple[list[tuple[Path, int]], int]:
        """The members of an array or of an inline table."""
        found: list[tuple[Path, int]] = []
        count = 0
        while (here := self.skip(here)) < len(self.text) and not self.text.startswith(end, here):
            before = here
            if end == "]":
                found.append(((*path, count), here))
                inside, here = self.value((*path, count), here)
                count += 1
            else:
                inside, here = self.pair(path, here)
            found += inside
            here = self.skip(here)
            here = max(here + self.text.startswith(",", here), before + 1)
        return found, here + 1


def unquoted(part: str) -> str:
    """The name that a part of a key means."""
    if part[0] == "'":
        return part[1:-1]
    if part[0] != '"':
        return part
    return ESCAPE.sub(letter, part[1:-1])


def letter(found: re.Match[str]) -> str:
    """The letter that an escape means."""
    return LETTERS.get(found[3], "") if found[3] else chr(min(int(found[1] or found[2], 16), 0x10FFFF))


def crowded(text: str) -> int:
    """The first line whose keys have more than DOTS dots (tomllib needs seconds for such a line); 0 if none."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > DOTS and bare(line).count(".") > DOTS:
            return number
    return 0


def bare(line: str) -> str:
    """A line without its whole strings and its comment."""
    return LITERAL.sub("", BASIC.sub("", line)).split("#")[0]
