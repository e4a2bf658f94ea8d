"""Sources are found by entry point and loaded by name, with options."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints

import pytest

import hodie.sources
from hodie.almanac import Entry
from hodie.sources import GROUP, Source, SourceError, load_source, source_names


class Ledger:
    """A source with an option, as a plug-in may bring it."""

    name = "ledger"

    def __init__(self, *, path: str = "ledger.csv") -> None:
        self.path = path

    def entries(self) -> Iterator[Entry]:
        return iter(())


class Heap:
    """Something that is no source."""


NOTHING = 5


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry points as if a plug-in were installed."""
    points = EntryPoints(
        EntryPoint(name, f"{__name__}:{value}", GROUP)
        for name, value in {
            "ledger": "Ledger",
            "heap": "Heap",
            "gone": "Gone",
            "nothing": "NOTHING",
        }.items()
    )
    monkeypatch.setattr(hodie.sources, "entry_points", lambda **params: points.select(**params))


def test_the_starter_is_installed():
    """The built-in source comes in by the same door as others."""
    assert "starter" in source_names()
    assert isinstance(load_source("starter"), Source)


@pytest.mark.usefixtures("installed")
def test_names_are_listed_in_order():
    """All installed sources are named, alphabetically."""
    assert source_names() == ("gone", "heap", "ledger", "nothing")


@pytest.mark.usefixtures("installed")
def test_a_source_takes_its_options():
    """The keys of a source's table become keyword arguments."""
    source = load_source("ledger", path="town.csv")

    assert isinstance(source, Ledger)
    assert source.path == "town.csv"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("town", {}, "no source is named 'town'; there are: gone, heap, ledger, nothing"),
        ("ledger", {"file": 1}, "source 'ledger': file: is not one of its keys; it takes path"),
        ("heap", {}, "gives no source but"),
        ("gone", {}, "source 'gone' cannot be loaded from"),
        ("nothing", {}, "cannot be called"),
    ],
)
def test_errors_name_the_source_and_what_would_do(name, options, said):
    """Whatever goes wrong, the message says with which source."""
    with pytest.raises(SourceError) as caught:
        load_source(name, **options)

    assert said in str(caught.value)


def test_without_any_source_the_error_says_so(monkeypatch):
    """A broken installation is told apart from a wrong name."""
    monkeypatch.setattr(hodie.sources, "entry_points", lambda **params: EntryPoints())

    with pytest.raises(SourceError, match="none is installed"):
        load_source("starter")
