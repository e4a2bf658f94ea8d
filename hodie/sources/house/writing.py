"""From values to a house file: the same values always give the same bytes."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from hodie.sources.house.model import House, HouseError

_HEAD = """\
# The publication's own facts and its changes to others. `hodie build` reads this file last.
# The newsroom writes it anew whenever something changes, without comments: use `note` for yours.
"""


def write_house(path: Path | str, house: House) -> None:
    """Write a house file in place of the one that stands there, whole or not at all."""
    path = Path(path)
    beside = path.with_name(f".{path.name}.writing")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(house_text(house))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except (OSError, UnicodeEncodeError) as error:
        beside.unlink(missing_ok=True)
        raise HouseError(f"{path}: cannot be written: {error}; what stood there stays") from error


def house_text(house: House) -> str:
    """Return what a house file says, in TOML.

    >>> from hodie.sources.house.model import Change
    >>> print(house_text(House(changes=(Change(entry="e:1", hide=True),))).splitlines()[-1])
    hide = true
    """
    tables = [("entries", each) for each in house.entries]
    changes = [("changes", each) for each in house.changes]
    blocks = ("\n".join(_block(name, each)) for name, each in (*tables, *changes))
    return "\n".join((_HEAD, *(f"{block}\n" for block in blocks)))


def _block(name: str, value: msgspec.Struct) -> Iterator[str]:
    yield f"[[{name}]]"
    for key, each in msgspec.to_builtins(value).items():
        yield f"{key} = {toml_value(each)}"


def toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return repr(value)


def _quoted(text: str) -> str:
    """Write a basic string: TOML's escapes are JSON's, but for the character 127.

    >>> _quoted('an "old" bridge')
    '"an \\\\"old\\\\" bridge"'
    """
    escaped = "".join(_escaped(char) for char in text)
    return f'"{escaped}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    # Half a character cannot be escaped either: writing the file refuses it.
    plain = char.isprintable() or "\ud800" <= char <= "\udfff"
    return char if plain else f"\\U{ord(char):08X}"
