"""The numbers that a selection goes by, each of which a publication may set."""

import difflib
import math
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct, field
from msgspec.structs import fields

from hodie.selection.errors import PolicyError
from hodie.selection.sorts import ERAS, REGIONS

_USUAL: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("usual.toml").read_text(encoding="utf-8")
)["fitted"]
_PEOPLE_FIELDS = {
    "exploration": 0.04,
    "politics": -0.02,
    "science": 0.04,
    "sport": -0.04,
    "the arts": 0.08,
    "thought": 0.04,
    "war": -0.04,
}
# What nobody wants to read first at breakfast, whatever its worth.
_LEAD_KINDS = {
    "attack": -0.5,
    "battle": -0.15,
    "disaster": -0.3,
    "execution": -0.2,
    "marriage": -0.2,
    "massacre": -0.5,
    "siege": -0.15,
    "war": -0.15,
}
_TABLES: dict[str, dict[str, float]] = {
    "kinds": _USUAL["kinds"],
    "eras": _USUAL["eras"],
    "regions": _USUAL["regions"],
    "sources": _USUAL["sources"],
    "fields": _PEOPLE_FIELDS,
    "lead_kinds": _LEAD_KINDS,
}
# Names that a table may use; of kinds and sources there are as many as an import brings.
_NAMES = {"eras": tuple(ERAS), "regions": REGIONS}

Sensitivity = Literal["shown", "not-lead", "hidden"]


def _usual(table: str) -> Any:
    return field(default_factory=lambda: dict(_TABLES[table]))


class Exclusion(Struct, frozen=True):
    """What a publication never tells: by id, by kind or finer kind, by words, by flag."""

    ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.ids, self.kinds, self.words, self.flags))


class Policy(Struct, frozen=True, kw_only=True):
    """How a day is chosen: how many of what, and what each feature of an entry adds to its score.

    A score is a plain sum, in a unit of which 1 makes an event ten times as likely to be picked.
    `docs/reference/selection.md` says what each does.

    >>> Policy(selected=3).selected
    3
    """

    # How many, and how many are looked at.
    selected: int = 5
    events: int = 40
    births: int = 20
    deaths: int = 20
    holidays: int = 12
    candidates: int = 200

    # What an entry brings with it; `usual.toml` says how the numbers came about.
    weight: float = _USUAL["weight"]
    renown: float = _USUAL["renown"]
    household: float = _USUAL["household"]
    agreement: float = _USUAL["agreement"]
    links: float = _USUAL["links"]
    calendar_doubtful: float = _USUAL["calendar_doubtful"]
    date_disputed: float = _USUAL["date_disputed"]
    fame: float = 0.05
    place_fame: float = 0.0
    line: float = 1.0
    title_made: float = -0.1
    dull: float = -0.3
    pinned: float = 3.0
    recent: float = -0.2
    recent_years: int = 10
    kinds: Mapping[str, float] = _usual("kinds")
    eras: Mapping[str, float] = _usual("eras")
    regions: Mapping[str, float] = _usual("regions")
    sources: Mapping[str, float] = _usual("sources")

    # What speaks for remembering a person, in the unit of the person's weight.
    people_weight: float = 1.0
    people_household: float = 0.15
    remembered: float = 0.05
    women: float = 0.15
    fields: Mapping[str, float] = _usual("fields")

    # What the year asked for brings.
    round_anniversary: float = 0.04
    half_century: float = 0.1
    century: float = 0.2

    # What an entry brings to the company it is in: half as much to the second of its sort.
    variety_century: float = 0.2
    variety_region: float = 0.1
    variety_subject: float = 0.1
    repetition: float = -0.5
    people_century: float = 0.04
    people_field: float = 0.04

    # How many of a sort may stand among lead and selected, and what a lead should not be.
    most_wars: int = 2
    most_sensitive: int = 2
    most_of_a_subject: int = 3
    lead_kinds: Mapping[str, float] = _usual("lead_kinds")
    lead_sensitive: float = -0.3
    lead_marked: float = 0.8
    sensitive_years: int = 60
    sensitivity: Sensitivity = "not-lead"

    # What is left out, and what led before.
    exclude: Exclusion = Exclusion()
    not_again_years: int = 5
    ran: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The years in which entries led, by their ids; `read_ran` reads them from a file."""

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> "Policy":
        """Make a policy from the [selection] table of hodie.toml; what it leaves out stays.

        What a table such as `kinds` does not name keeps its number. Raises PolicyError.

        >>> Policy.from_table({"selected": 7, "kinds": {"battle": 0}}).kinds["battle"]
        0.0
        >>> Policy.from_table({"selcted": 7})
        Traceback (most recent call last):
        hodie.selection.errors.PolicyError: no setting is named 'selcted'; did you mean 'selected'?
        """
        return cls(**{key: _read(key, value) for key, value in table.items()})


# Given in hodie.toml; what ran is in a file of its own.
_TYPES: dict[str, Any] = {one.name: one.type for one in fields(Policy) if one.name != "ran"}


def _read(key: str, value: object) -> Any:
    if key not in _TYPES:
        raise PolicyError(_unknown(key, _TYPES, "setting"), key=key, value=value)
    if key in _TABLES:
        return _read_table(key, value)
    if key == "exclude":
        return _read_exclusion(value)
    if key == "sensitivity":
        return _read_word(key, value, get_args(Sensitivity))
    return _read_count(key, value) if _TYPES[key] is int else _read_number(key, value)


def _read_count(key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise PolicyError(
            f"{key} = {value!r} is no count: give a whole number from 0 on", key=key, value=value
        )
    return value


def _read_number(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PolicyError(
            f"{key} = {value!r} is no number: give one such as 0.1 or -0.2", key=key, value=value
        )
    return float(value)


def _read_table(key: str, value: object) -> dict[str, float]:
    usual = _TABLES[key]
    example_name = min(usual, default="…")
    if not isinstance(value, Mapping):
        example = f"{{ {example_name} = {usual.get(example_name, 0.1)} }}"
        raise PolicyError(
            f"{key} = {value!r} is no table: give one such as {example}", key=key, value=value
        )
    for name in value:
        if key in _NAMES and name not in _NAMES[key]:
            raise PolicyError(
                _unknown(name, _NAMES[key], f"one of the {key}"),
                key=f"{key}.{name}",
                value=value[name],
            )
    return usual | {name: _read_number(f"{key}.{name}", each) for name, each in value.items()}


def _read_word(key: str, value: object, words: tuple[str, ...]) -> str:
    if value not in words:
        known = ", ".join(map(repr, words))
        raise PolicyError(
            f"{key} = {value!r} will not do: give one of {known}", key=key, value=value
        )
    return str(value)


def _read_exclusion(value: object) -> Exclusion:
    if not isinstance(value, Mapping):
        way_out = 'give one such as { words = ["cricket"] }'
        raise PolicyError(f"exclude = {value!r} is no table: {way_out}", key="exclude", value=value)
    return Exclusion(**{key: _read_words(key, each) for key, each in value.items()})


def _read_words(key: str, value: object) -> tuple[str, ...]:
    path = f"exclude.{key}"
    if key not in (names := [one.name for one in fields(Exclusion)]):
        raise PolicyError(_unknown(key, names, "way to exclude"), key=path, value=value)
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        way_out = 'give a list of texts, such as ["…"]'
        raise PolicyError(f"{path} = {value!r} is no list: {way_out}", key=path, value=value)
    return tuple(value)


def _unknown(key: str, known: Iterable[str], what: str) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(key, names, 1)
    way_out = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}"
    return f"no {what} is named {key!r}; {way_out}"
