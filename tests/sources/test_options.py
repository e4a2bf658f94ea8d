"""What hodie.toml says wrong of a source is named with its place, and with what would do."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from hodie.sources import SourceError, source_names
from hodie.sources.making import make_sources
from hodie.sources.options import GIVEN, fault_of, parameters_of

TODAY = datetime.date(2026, 8, 20)


class Choice(Struct):
    """A table [[sources]] of hodie.toml."""

    name: str
    options: Mapping[str, Any]


def refused(folder: Path, *choices: Choice) -> str:
    """Return what is said when these sources are made."""
    with pytest.raises(SourceError) as caught:
        make_sources(choices, folder, TODAY)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "options", "key", "near"),
    [
        ("table", {"file": "a.csv", "colums": {"date": "Day"}}, "colums", "columns"),
        ("table", {"fiel": "a.csv"}, "fiel", "file"),
        ("ical", {"file": "a.ics", "licnce": "CC0-1.0"}, "licnce", "licence"),
        ("gedcom", {"file": "a.ged", "livingyears": 90}, "livingyears", "living_years"),
        ("bsd", {"file": "calendar.a", "Encoding": "cp1252"}, "Encoding", "encoding"),
        ("wikidata", {"path": "a.json", "language": ["en"]}, "language", "languages"),
        ("wikidata-query", {"contact": "a@b.c", "item": ["Q1"]}, "item", "items"),
        ("wikipedia", {"page": "live"}, "page", "pages"),
        ("muffinlabs", {"File": "days.ndjson"}, "File", "file"),
        ("wikifeed", {"fil": "a.json"}, "fil", "file"),
        ("starter", {"line": False}, "line", "lines"),
    ],
)
def test_a_misspelt_key_is_named_with_its_place_and_the_near_one(
    tmp_path, name, options, key, near
):
    """File, number of the table, key, near spelling, and all keys that there are."""
    said = refused(tmp_path, Choice("starter", {}), Choice(name, options))

    assert said.startswith(
        f"{tmp_path}/hodie.toml: sources[2].{key} ({name!r}): is not one of its keys; "
        f"did you mean {near!r}? it takes "
    )
    assert near in said.split("it takes ")[1].split(", ")
    assert "__init__" not in said


def test_a_key_without_any_like_it_gets_all_keys(tmp_path):
    """Those that whoever makes the source gives are not among them."""
    said = refused(tmp_path, Choice("gedcom", {"file": "a.ged", "zzz": 1}))

    assert said.endswith(
        "sources[1].zzz ('gedcom'): is not one of its keys; it takes encoding, file, label, "
        "licence, living_years, prefix, url, weight"
    )


@pytest.mark.parametrize(
    ("name", "key"), [("table", "file"), ("wikidata", "path"), ("wikidata-query", "contact")]
)
def test_a_missing_key_is_named(tmp_path, name, key):
    """What a source cannot do without."""
    said = refused(tmp_path, Choice(name, {}))

    assert f"sources[1].{key} ({name!r}): is missing; it takes " in said


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("table", {"file": 7}, "file ('table'): 7 must be text or a list, not a whole number"),
        ("table", {"file": "a", "columns": "Day"}, "columns ('table'): 'Day' must be a table"),
        ("bsd", {"file": "a", "weight": "x"}, "weight ('bsd'): 'x' must be a number, not text"),
        ("wikidata", {"path": "a", "languages": "en"}, "'en' must be a list, not text"),
        ("wikidata", {"path": "a", "errors": "9"}, "'9' must be a whole number, not text"),
        ("starter", {"lines": "no"}, "'no' must be true or false, not text"),
        ("wikipedia", {"pages": "x", "days": [820]}, "[820] must be text, not a whole number at"),
    ],
)
def test_a_value_of_another_type_is_named(tmp_path, name, options, said):
    """In the words of TOML, not of Python."""
    assert said in refused(tmp_path, Choice(name, options))


def test_a_source_of_no_such_name_has_a_place_too(tmp_path):
    """And the name that was meant."""
    said = refused(tmp_path, Choice("starter", {}), Choice("wikidate", {}))

    assert said.startswith(f"{tmp_path}/hodie.toml: sources[2].name: no source is named 'wikidate'")
    assert "did you mean 'wikidata'?" in said


def test_every_source_says_what_it_takes():
    """No built-in source takes keys without a name, which nothing could check."""
    from hodie.sources import factory_of

    for name in source_names():
        parameters = parameters_of(factory_of(name))
        assert parameters is not None, name
        assert parameters.keys() - GIVEN, name


def test_a_plug_in_that_takes_any_key_is_left_to_say_what_it_wants():
    """Nothing is refused for it."""

    def ledger(**options: object) -> None: ...

    assert fault_of(ledger, {"anything": 1}) is None
