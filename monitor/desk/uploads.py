"""Body of a multipart form -> fields and files, read as it comes in and bounded at every point.

A file that is too large is read to its end without being kept, so that the page can say so with everything else that
was typed. Whoever is not logged in hands in no file: what they typed is kept, the bytes are not.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from monitor.attachments import LARGEST

KIND = "multipart/form-data"
MOST_FILES = 3
NAME_BYTES = 400
# Beyond this a body is not read to its end any more; the answer may then not reach the browser.
DRAINED = 100 * 2**20
DRAINED_UNKNOWN = 12 * 2**20


class Unreadable(ValueError):
    """The body is no multipart form that a page of ours sends."""


class TooMuch(ValueError):
    """More fields, or longer ones, than a form of ours has."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in: its name as given (never to be trusted), its bytes, or that it was `too_large`."""

    name: str
    content: bytes
    too_large: bool = False


@dataclass(slots=True)
class _Part:
    headers: dict[bytes, bytes] = field(default_factory=dict)
    name: str = ""
    file: str | None = None
    content: bytearray = field(default_factory=bytearray)
    over: bool = False


class Form:
    """The callbacks of the parser, and what they have found: `fields` (the last of a name stays) and `files`."""

    def __init__(self, most_fields: int, most_bytes: int, keep_files: bool) -> None:
        self.fields: dict[str, str] = {}
        self.files: dict[str, Upload] = {}
        self._most, self._left, self._keep = most_fields, most_bytes, keep_files
        self._part, self._name, self._value = _Part(), b"", b""

    def on_part_begin(self) -> None:
        self._part = _Part()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self._part.headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def on_headers_finished(self) -> None:
        kind, options = parse_options_header(self._part.headers.get(b"content-disposition", b""))
        if kind != b"form-data" or b"name" not in options:
            raise Unreadable("a part that is no field")
        self._part.name = options[b"name"].decode()
        if b"filename" in options:
            self._part.file = options[b"filename"][:NAME_BYTES].decode("utf-8", "replace")

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        part, size = self._part, end - start
        if part.file is None:
            self._left -= size
            if self._left < 0:
                raise TooMuch("fields too long")
        elif not self._keep or len(part.content) + size > LARGEST:
            part.over, part.content = True, bytearray()
        if not part.over:
            part.content += data[start:end]

    def cut(self) -> "Form":
        """Ends where the body is read no further: in a file, or none of our forms would be so long."""
        if self._part.file is None:
            raise TooMuch("a body without end")
        self._part.over, self._part.content = True, bytearray()
        self.on_part_end()
        return self

    def on_part_end(self) -> None:
        part = self._part
        if part.file is None:
            self.fields[part.name] = part.content.decode()
        elif part.file or part.content or part.over:
            self.files[part.name] = Upload(part.file, bytes(part.content), part.over and self._keep)
        if len(self.fields) > self._most or len(self.files) > MOST_FILES:
            raise TooMuch("too many fields")


async def read(kind: str, stream: AsyncIterator[bytes], most_fields: int, most_bytes: int, known: bool,
               drained: int = 0) -> Form:
    """The form in a body of this content type. Unreadable or TooMuch where it is none of ours; a body that does not end
    within DRAINED (`drained`) is cut, and the file that it was sending counts as too large."""
    boundary = parse_options_header(kind)[1].get(b"boundary", b"")
    if not boundary:
        raise Unreadable("no boundary")
    form = Form(most_fields, most_bytes, known)
    parser = MultipartParser(boundary, {
        "on_part_begin": form.on_part_begin, "on_header_field": form.on_header_field,
        "on_header_value": form.on_header_value, "on_header_end": form.on_header_end,
        "on_headers_finished": form.on_headers_finished, "on_part_data": form.on_part_data,
        "on_part_end": form.on_part_end,
    })  # fmt: skip
    most, so_far = drained or (DRAINED if known else DRAINED_UNKNOWN), 0
    try:
        async for some in stream:
            so_far += len(some)
            parser.write(some)
            if so_far > most:
                return form.cut()
        parser.finalize()
    except (FormParserError, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from error
    return form
