"""The numbers that a selection goes by, each of which a publication may set."""

import difflib
import math
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import fields

from hodie.selection.errors import PolicyError

# From what two or more independent lists of editors picked, against all that could be shown:
# discoveries, books and first nights are picked four to five times as often as their number would
# have it, battles a quarter as often. A tenth stands for about a factor of two.
_KINDS = {
    "accession": -0.05,
    "assassination": 0.1,
    "attack": -0.2,
    "battle": -0.15,
    "disaster": -0.2,
    "discovery": 0.3,
    "execution": -0.1,
    "expedition": 0.2,
    "founding": 0.15,
    "independence": 0.3,
    "launch": 0.2,
    "law": 0.1,
    "marriage": -0.05,
    "massacre": -0.15,
    "publication": 0.3,
    "siege": -0.1,
    "sport": 0.1,
    "treaty": -0.05,
    "war": -0.15,
}


# The same for people, by the field that their description names first.
_FIELDS = {
    "exploration": 0.04,
    "politics": -0.02,
    "science": 0.04,
    "sport": -0.04,
    "the arts": 0.08,
    "thought": 0.04,
    "war": -0.04,
}


class Policy(Struct, frozen=True, kw_only=True):
    """How a day is chosen: how many of what, and what each feature of an entry adds to its score.

    A score is a plain sum, and an entry's weight, from 0 to 1, is its largest part; so every number
    is in that unit. `docs/reference/selection.md` says what each does.

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

    # What an entry brings with it.
    weight: float = 1.0
    fame: float = 0.15
    renown: float = 0.4
    agreement: float = 0.12
    links: float = 0.04
    line: float = 0.25
    title_made: float = -0.2
    calendar_doubtful: float = -0.08
    date_disputed: float = -0.12
    recent: float = -0.2
    recent_years: int = 25
    kinds: Mapping[str, float] = field(default_factory=lambda: dict(_KINDS))

    # What speaks for remembering a person.
    remembered: float = 0.05
    fields: Mapping[str, float] = field(default_factory=lambda: dict(_FIELDS))

    # What the year asked for brings.
    round_anniversary: float = 0.06
    half_century: float = 0.12
    century: float = 0.2

    # What an entry brings to the company it is in: half as much to the second of its sort.
    variety_century: float = 0.08
    variety_region: float = 0.08
    variety_subject: float = 0.1
    repetition: float = -0.3
    people_century: float = 0.04
    people_field: float = 0.04

    # How many of a sort may stand among lead and selected, and what a lead should not be.
    most_wars: int = 2
    most_sensitive: int = 2
    most_of_a_subject: int = 3
    lead_sensitive: float = -0.25
    lead_war: float = -0.1
    sensitive_years: int = 100

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> "Policy":
        """Make a policy from the [selection] table of hodie.toml; what it leaves out stays.

        What `kinds` and `fields` do not name keeps its number. Raises PolicyError.

        >>> Policy.from_table({"selected": 7, "kinds": {"battle": 0}}).kinds["battle"]
        0.0
        >>> Policy.from_table({"selcted": 7})
        Traceback (most recent call last):
        hodie.selection.errors.PolicyError: no setting is named 'selcted'; did you mean 'selected'?
        """
        return cls(**{key: _read(key, value) for key, value in table.items()})


_TABLES = {"kinds": _KINDS, "fields": _FIELDS}
_TYPES: dict[str, type] = {
    one.name: one.type for one in fields(Policy) if isinstance(one.type, type)
}


def _read(key: str, value: object) -> Any:
    if key in _TABLES:
        return _read_table(key, value)
    if key not in _TYPES:
        raise PolicyError(_unknown(key), key=key, value=value)
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
    if not isinstance(value, Mapping):
        example = f"{{ {min(usual)} = {usual[min(usual)]} }}"
        raise PolicyError(
            f"{key} = {value!r} is no table: give one such as {example}", key=key, value=value
        )
    return usual | {name: _read_number(f"{key}.{name}", each) for name, each in value.items()}


def _unknown(key: str) -> str:
    names = sorted([*_TYPES, *_TABLES])
    near = difflib.get_close_matches(key, names, 1)
    way_out = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}"
    return f"no setting is named {key!r}; {way_out}"
