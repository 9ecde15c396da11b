"""Template + values -> page, in the reader's language."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from monitor.desk.adapter import Call
from monitor.desk.frame import Frame
from monitor.desk.menu import menu
from monitor.desk.office import Desk

HERE = Path(__file__).parent
# Sentences of the program that a page tells.
TOLD = ("told", "sentence")
STATIC = HERE / "static"


@cache
def environment() -> Environment:
    """The templates; everything that is put into them is escaped, a name that is not there is an error."""
    return Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, auto_reload=False)


@cache
def stamp() -> str:
    """Changes with our style sheet and script, so that a browser keeps them until then."""
    return sha256((STATIC / "jernih.css").read_bytes() + (STATIC / "jernih.js").read_bytes()
                  + (STATIC / "salin.js").read_bytes() + (STATIC / "samar.js").read_bytes()).hexdigest()[:12]


def html(desk: Desk, call: Call, template: str, frame: Frame | None, status: int = 200, **values: Any) -> HTMLResponse:
    """The page; `frame` is None for a fragment."""
    tongue = call.tongue
    shared = {"tongue": tongue, "say": tongue.say, "term": tongue.term, "now": desk.now(), "frame": frame,
              "stamp": stamp(), "other": _other_language(call), "call": call, "menu": menu(call.may)}
    shared |= {name: call.plain(values.pop(name)) for name in TOLD if isinstance(values.get(name), str)}
    page = environment().get_template(template).render({"here": "", **shared, **values})
    return HTMLResponse(page, status, {"content-language": tongue.language})


def _other_language(call: Call) -> str:
    """The query of this same page in the other language."""
    kept = {name: value for name, value in call.query.items() if name != "lang"}
    return urlencode({**kept, "lang": "en" if call.tongue.language == "id" else "id"})
