"""Durations and sets as TIMEX writes them, and types from values."""

from hodie.timex.model import Type

_CODES = {
    "S": "T{}S", "MIN": "T{}M", "H": "T{}H", "D": "{}D", "N": "{}D", "WE": "{}WE", "W": "{}W",
    "M": "{}M", "Q": "{}Q", "Y": "{}Y", "DE": "{}DE", "CE": "{}CE", "ML": "{}ML",
}  # fmt: skip
_TWICE = {"FN": "W"}


def duration_value(unit: str, count: float | None) -> str:
    """The value of so many units; X where the number is open.

    >>> duration_value("Y", 20), duration_value("D", None), duration_value("MIN", 2.5)
    ('P20Y', 'PXD', 'PT2.5M')
    """
    if unit in _TWICE and count is not None:
        unit, count = _TWICE[unit], 2 * count
    code = _CODES.get(_TWICE.get(unit, unit))
    if code is None:
        return ""
    return "P" + code.format("X" if count is None else f"{count:.6g}")


def type_of(value: str) -> Type:
    """The TIMEX3 type that a value has by its form."""
    if value[:1] == "P" and value[1:2] in "0123456789XT." and len(value) > 1:
        return "DURATION"
    head, mark, _ = value.partition("T")
    return "TIME" if mark and head[-1:] in "0123456789X" and head else "DATE"
