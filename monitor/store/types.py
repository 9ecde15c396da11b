"""Python value <-> column: one type for each kind of field, equal on SQLite and PostgreSQL."""

import json
import math
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from sqlalchemy import BigInteger, Boolean, DateTime, Double, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

WHOLE = BigInteger().with_variant(Integer(), "sqlite")


class Plain(TypeDecorator[str]):
    """Text without NUL and lone surrogates, which PostgreSQL refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class Moment(TypeDecorator[datetime]):
    """Aware in, aware UTC out; SQLite holds it as text that sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r}: rows hold aware times")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Number(TypeDecorator[float]):
    """A finite float: NaN would come back as NULL from SQLite."""

    impl = Double
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        if value is not None and not math.isfinite(value):
            raise ValueError(f"{value!r} in a column of numbers")
        return None if value is None else float(value)


class Reference(TypeDecorator[int]):
    """The id of another row; 0 stands for none, which the database knows as NULL."""

    impl = WHOLE
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return value or None

    def process_result_value(self, value: int | None, dialect: Dialect) -> int:
        return value or 0


class Json(TypeDecorator[Any]):
    """Tuples (nested) or a dict as compact JSON text; what comes back are tuples or a dict again."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return json.dumps(cleaned(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else tuples(json.loads(value))


Kind = type[TypeEngine[Any]] | TypeEngine[Any]
_OF: dict[Any, Kind] = {str: Plain, int: WHOLE, float: Number, bool: Boolean(create_constraint=False), datetime: Moment}


def column_type(hint: Any) -> tuple[Kind, bool]:
    """The column's type for a field's type hint, and whether it may be NULL."""
    options = get_args(hint) if get_origin(hint) is UnionType or isinstance(hint, UnionType) else (hint,)
    kinds = [option for option in options if option is not NoneType]
    assert len(kinds) == 1, f"no column for {hint}"
    kind = kinds[0]
    found = Json() if (get_origin(kind) or kind) in (tuple, dict) else _OF[kind]
    return found, len(kinds) < len(options)


def clean(text: str) -> str:
    """The text with NUL and lone surrogates replaced by U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def cleaned(value: Any) -> Any:
    """`clean` over all texts in nested tuples, lists and dicts."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (tuple, list)):
        return [cleaned(part) for part in value]
    if isinstance(value, dict):
        return {clean(key): cleaned(part) for key, part in value.items()}
    return value


def tuples(value: Any) -> Any:
    """Lists as JSON gives them -> tuples, all the way down."""
    if isinstance(value, list):
        return tuple(tuples(part) for part in value)
    if isinstance(value, dict):
        return {key: tuples(part) for key, part in value.items()}
    return value
