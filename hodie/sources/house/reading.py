"""From a house file to values, with the line of what is wrong."""

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from hodie.sources.house.model import Change, House, HouseError, OwnEntry

_TABLES = ("entries", "changes")
_HEADER = re.compile(r"\s*\[\[\s*(entries|changes)\s*\]\]\s*(?:#.*)?")
_DATES = ("date", "day")


def read_house(path: Path | str) -> House:
    """Read a house file; a file that is not there says nothing.

    Raises HouseError with file and line.
    """
    path = Path(path)
    text = _text(path)
    if text is None:
        return House(file=str(path))
    values = _values(text, path)
    lines = _lines(text, values)
    for key in values:
        if key not in _TABLES:
            raise HouseError(
                f"{path}: {key!r} is no known key; known are [[entries]] and [[changes]]"
            )
    entries = tuple(_each(OwnEntry, values, "entries", path, text, lines))
    changes = tuple(_each(Change, values, "changes", path, text, lines))
    _refuse_twice([each.id for each in entries], "entries", path, lines, "have the id")
    _refuse_twice([each.entry for each in changes], "changes", path, lines, "change the entry")
    return House(entries, changes, str(path), tuple(lines["changes"]))


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise HouseError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise HouseError(f"{path}:{line}: is not UTF-8; save the file in that encoding") from error


def _values(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        place = f"{path}:{found[1]}" if found else str(path)
        raise HouseError(f"{place}: is not TOML: {error}") from error


def _lines(text: str, values: dict[str, Any]) -> dict[str, list[int]]:
    """Return the lines on which the tables begin; none for a name whose count does not agree.

    A line of a longer text may look like a header: then no line is better than a wrong one.
    """
    found: dict[str, list[int]] = {name: [] for name in _TABLES}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEADER.fullmatch(line):
            found[match[1]].append(number)
    for name, numbers in found.items():
        tables = values.get(name, [])
        if not isinstance(tables, list) or len(tables) != len(numbers):
            found[name] = []
    return found


def _each(
    kind: Any, values: dict[str, Any], name: str, path: Path, text: str, lines: dict[str, list[int]]
) -> list[Any]:
    tables = values.get(name, [])
    if not isinstance(tables, list):
        raise HouseError(f"{path}: {name!r} must be tables, each begun by [[{name}]]")
    return [
        _one(kind, table, _place(path, name, number, lines), text)
        for number, table in enumerate(tables)
    ]


def _place(path: Path, name: str, number: int, lines: dict[str, list[int]]) -> tuple[str, int]:
    known = lines[name][number] if number < len(lines[name]) else 0
    return (str(path), known) if known else (f"{path}: {name}[{number + 1}]", 0)


def _one(kind: Any, table: object, place: tuple[str, int], text: str) -> Any:
    if not isinstance(table, dict):
        raise HouseError(f"{place[0]}: {table!r} must be a table")
    try:
        return msgspec.convert({key: _plain(key, value) for key, value in table.items()}, kind)
    except msgspec.ValidationError as error:
        raise HouseError(f"{_line(place, str(error), text)}: {_worded(error)}") from error


def _plain(key: str, value: object) -> object:
    """Take a date without quotation marks as it was meant."""
    if key in _DATES and type(value) in (datetime.date, int):
        return f"{value:04}" if isinstance(value, int) else str(value)
    return value


def _line(place: tuple[str, int], message: str, text: str) -> str:
    """Return file and line: that of the key at fault, where the message names one."""
    file, first = place
    if not first:
        return file
    found = re.search(r"at `\$\.(\w+)|unknown field `(\w+)`", message)
    key = found and (found[1] or found[2])
    for number, line in enumerate(text.split("\n")[first:], first + 1):
        if _HEADER.fullmatch(line):
            break
        if key and re.match(rf"\s*{re.escape(key)}\b", line):
            return f"{file}:{number}"
    return f"{file}:{first}"


def _worded(error: msgspec.ValidationError) -> str:
    """Word what msgspec found as the rest of Hodie does."""
    message = str(error)
    place = re.search(r" - at `\$\.?([^`]*)`$", message)
    plain = message[: place.start()] if place else message
    plain = re.sub(r"^Object contains unknown field `(\w+)`", r"\1 is no known key", plain)
    plain = re.sub(r"^Object missing required field `(\w+)`", r"\1 is missing", plain)
    plain = plain.replace("`", "'")
    said = plain[:1].lower() + plain[1:]
    return f"{place[1]}: {said}" if place and place[1] else said


def _refuse_twice(
    ids: list[str], name: str, path: Path, lines: dict[str, list[int]], what: str
) -> None:
    seen: dict[str, int] = {}
    for number, id in enumerate(ids):
        if id in seen:
            place = _place(path, name, number, lines)
            file = f"{place[0]}:{place[1]}" if place[1] else place[0]
            raise HouseError(f"{file}: two of [[{name}]] {what} {id!r}; make them one")
        seen[id] = number
