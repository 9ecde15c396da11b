"""The plan of the house: which file may import what. If this fails, read docs/house.md, then move the import.

A file that is not in PLAN fails too: every room stands here with the third-party packages that it may use.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent

CLASSIFIERS = {"numpy", "safetensors", "Sastrawi"}
TRAINING = CLASSIFIERS | {"sklearn", "scipy", "pandas", "pyarrow", "matplotlib"}
PURE = {"pydantic", "jinja2", "lxml", "bs4"}

# In the order of the corridor: a room may import rooms above it in this list, never below.
PLAN: list[tuple[str, int, set[str]]] = [
    ("classifiers", 0, CLASSIFIERS),
    ("classifiers.train", 0, TRAINING),
    ("classifiers.evaluate", 0, TRAINING),
    ("classifiers.corpus", 0, TRAINING),
    ("monitor.people", 1, {"pyotp"}),
    ("monitor.audit", 1, set()),
    ("monitor.shipped", 1, set()),
    ("monitor.sources", 1, {"pydantic", "pydantic_settings", "w3lib", "url_normalize", "defusedxml", "lxml"}),
    ("monitor.fetches", 1, {"protego", "w3lib"}),
    ("monitor.entries", 1, {"feedparser", "bs4", "lxml", "dateparser", "w3lib", "url_normalize"}),
    ("monitor.articles", 1, {"bs4", "lxml", "trafilatura", "nh3", "w3lib"}),
    ("monitor.factchecks", 1, set()),
    ("monitor.items", 1, set()),
    ("monitor.dues", 1, set()),
    ("monitor.contexts", 1, set()),
    ("monitor.masks", 1, set()),
    ("monitor.unsent", 1, set()),
    ("monitor.pictures", 1, {"PIL"}),
    ("monitor.attachments", 1, set()),
    ("monitor.sightings", 1, set()),
    ("monitor.rumors", 1, set()),
    ("monitor.gates", 1, set()),
    ("monitor.verdicts", 1, set()),
    ("monitor.press", 1, set()),
    ("monitor.shares", 1, set()),
    ("monitor.samples", 1, set()),
    ("monitor.neutrality", 1, set()),
    ("monitor.statements", 1, set()),
    ("monitor.labels", 1, set()),
    ("monitor.saved", 1, set()),
    ("monitor.clarifications", 1, set()),
    ("monitor.redactions", 1, {"PIL"}),
    ("monitor.posts", 1, {"jinja2", "babel", "feedgen", "markupsafe", "PIL"}),
    ("monitor.papers", 1, {"jinja2", "docx"}),
    ("monitor.deliveries", 1, {"jinja2"}),
    ("monitor.referrals", 1, set()),
    ("monitor.retention", 1, set()),
    ("monitor.casefile", 1, set()),
    ("monitor.digests", 1, {"jinja2", "babel", "markupsafe", "weasyprint", "xlsxwriter"}),
    ("monitor.alerts", 1, set()),
    ("monitor.web", 2, {"httpx", "httpcore", "protego", "idna", "certifi", "h11"}),
    ("monitor.store", 2, {"sqlalchemy", "alembic", "cryptography"}),
    ("monitor.mail", 2, set()),
    ("monitor.cage", 2, set()),
    ("monitor.pipeline", 3, {"structlog", "babel"}),
    (
        "monitor.desk",
        4,
        {"starlette", "jinja2", "babel", "uvicorn", "structlog", "prometheus_client", "pwdlib", "segno",
         "python_multipart"},
    ),
    ("monitor.daemon", 4, {"apscheduler", "structlog"}),
    ("monitor.demo", 4, {"babel", "structlog"}),
    ("monitor.cli", 4, {"typer", "click", "rich", "structlog", "pydantic"}),
]

# One door each: the only file or folder that may import these.
DOORS = {
    "httpx": "monitor.web",
    "httpcore": "monitor.web",
    "socket": "monitor.web",
    "sqlalchemy": "monitor.store",
    "sqlite3": "monitor.store",
    "alembic": "monitor.store",
    "cryptography": "monitor.store",
    "smtplib": "monitor.mail",
    "multiprocessing": "monitor.cage",
    "apscheduler": "monitor.daemon",
}
# Sockets that are no network: the cage talks to its workers, the desk listens, the daemon speaks to systemd, the doctor
# tries ports.
LOCAL_SOCKETS = ("monitor.cage", "monitor.desk", "monitor.daemon", "monitor.cli")
LAZY = {
    "trafilatura",
    "weasyprint",
    "xlsxwriter",
    "docx",
    "cryptography",
    "sklearn",
    "PIL",
    "dateparser",
    "scipy",
    "pandas",
    "pyarrow",
    "matplotlib",
}
NEVER = {"pickle", "joblib", "marshal", "shelve", "dill"}
CLOCKS = {"time", "sched", "subprocess", "os", "pathlib", "threading", "random", "tempfile", "shutil"}
IO_CALLS = {"open", "input", "print", "exec", "eval", "__import__"}


def files() -> list[Path]:
    found = [path for folder in ("classifiers", "monitor") for path in (HOUSE / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def module(path: Path) -> str:
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(name: str) -> int:
    """The place of a module in PLAN: the longest entry that holds it, -1 if none does."""
    holders = [i for i, (entry, _, _) in enumerate(PLAN) if name == entry or name.startswith(entry + ".")]
    return max(holders, key=lambda i: len(PLAN[i][0]), default=-1)


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Every imported module: (name, line, inside a function?); names under TYPE_CHECKING count too."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, id(node) in inside
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the whole name"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                ours = whole.startswith(("monitor.", "classifiers."))
                yield (whole if ours and is_module(whole) else node.module or ""), node.lineno, id(node) in inside


def is_module(name: str) -> bool:
    path = HOUSE.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def is_ours(name: str) -> bool:
    return name.split(".")[0] in ("monitor", "classifiers")


@pytest.mark.parametrize("path", files(), ids=module)
def test_file_stands_in_its_room(path: Path) -> None:
    name = module(path)
    if name == "monitor":
        assert list(imports(path)) == [], "monitor/__init__.py imports nothing: it must stay cheap"
        return
    here = room(name)
    assert here >= 0, f"{name} has no room: add it to PLAN in tests/test_floors.py, in its place in the corridor"
    for wanted, line, inside in imports(path):
        fault = judge(name, here, wanted, inside)
        assert fault is None, f"{path.relative_to(HOUSE)}:{line} {fault}"


def judge(name: str, here: int, wanted: str, inside: bool) -> str | None:
    """One readable sentence on what is wrong with `name` importing `wanted`, or None."""
    entry, floor, allowed = PLAN[here]
    top = wanted.split(".")[0]
    if top in NEVER:
        return f"imports {top}, which runs code from data; nothing in the house may."
    door = DOORS.get(top)
    if door and entry != door and not (top == "socket" and entry in LOCAL_SOCKETS):
        return f"imports {top}, which only the door {door} may."
    if inside and top not in LAZY:
        return f"imports {wanted} inside a function; only {', '.join(sorted(LAZY))} may be imported late."
    if not inside and top in LAZY and entry not in ("classifiers.train", "classifiers.evaluate", "classifiers.corpus"):
        return f"imports {top} at its top; it is heavy and must be imported inside the one function that uses it."
    if is_ours(wanted):
        return judge_ours(name, here, wanted)
    if top in sys.stdlib_module_names:
        if floor == 1 and top in CLOCKS:
            return f"imports {top}: a room of floor 1 touches neither clock, files nor processes."
        return None
    return None if top in allowed else f"imports {top}, which is not on the list of {entry} in PLAN."


def judge_ours(name: str, here: int, wanted: str) -> str | None:
    there = room(wanted)
    if there == here or wanted == "monitor":
        return None
    if there < 0:
        return f"imports {wanted}, which has no room in PLAN."
    entry, floor, _ = PLAN[here]
    other, below, _ = PLAN[there]
    if floor == 0 and below == 0:
        return None
    if floor == 2 and below == 2:
        return f"imports the door {other}; doors do not know each other."
    if floor == 4 and below == 4:
        return None if entry in ("monitor.cli", "monitor.daemon", "monitor.demo") else f"imports the entrance {other}."
    return None if there < here else f"imports {wanted}, which stands later in the corridor than {entry}."


@pytest.mark.parametrize("path", [p for p in files() if PLAN[room(module(p))][1] == 1], ids=module)
def test_room_of_floor_one_touches_nothing(path: Path) -> None:
    if module(path) in ("monitor", "monitor.shipped"):
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in IO_CALLS, f"{path.name}:{node.lineno} calls {called}(): a room only decides"
            assert called not in ("datetime.now", "datetime.utcnow", "date.today"), (
                f"{path.name}:{node.lineno} reads the clock: let `now` be a parameter"
            )


def test_plan_names_only_rooms_that_exist() -> None:
    missing = [entry for entry, _, _ in PLAN if not is_module(entry)]
    assert missing == [], f"PLAN names rooms that are not built: {', '.join(missing)}"


@pytest.mark.parametrize("path", files(), ids=module)
def test_room_is_small_enough_to_read_in_one_sitting(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= 400, f"{path.relative_to(HOUSE)} has {lines} lines: make it a folder of the same name and face"


@pytest.mark.parametrize("path", files(), ids=module)
def test_module_opens_with_its_sentence(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{path.name} does not say what it is"
