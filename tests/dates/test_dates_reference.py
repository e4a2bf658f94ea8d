"""The reference of hodie.dates has all of it."""

import re
from pathlib import Path

import pytest

import hodie.dates

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "dates.md"


@pytest.mark.parametrize("name", hodie.dates.__all__)
def test_every_public_name_has_a_heading(name):
    """So that it can be found and linked to."""
    headings = re.findall(r"^#+ `(\w+)`$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert name in headings


@pytest.mark.parametrize(
    "kind", [hodie.dates.HistoricalDate, hodie.dates.MonthDay, hodie.dates.Interval]
)
def test_every_public_member_is_named(kind):
    """Fields, properties and methods, in the table of their type."""
    text = PAGE.read_text(encoding="utf-8")
    members = [name for name in (*vars(kind), *kind.__struct_fields__) if name[0] != "_"]

    assert [name for name in members if f"{name}" not in text] == []
