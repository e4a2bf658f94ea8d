"""Sources on their way into an almanac: made, made plain, sifted, merged, and changed at last."""

import datetime
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

import hodie.sources
from hodie.almanac import Entity, Entry, Kind, Participant, Reference
from hodie.dates import HistoricalDate, MonthDay
from hodie.press.publication import SourceChoice
from hodie.sources import GROUP
from hodie.sources.gathering import Gathering, unread_of
from hodie.sources.house import Change, House
from hodie.sources.making import WORK_NAME, make_sources, remove_other_work, work_of
from hodie.sources.records import Unread

TODAY = datetime.date(2026, 8, 20)
FREE, SHARED = Reference("One", licence="CC0-1.0"), Reference("Two", licence="CC-BY-SA-4.0")
ADA = Participant(Entity("ada", "Ada"), "subject")


class Given:
    """A source that keeps what it was made with, and gives the entries that it was lent."""

    def __init__(self, **options: object) -> None:
        self.options = options

    name = "given"

    def entries(self) -> Iterator[Entry]:
        return iter(())


class Worker(Given):
    """A source that asks for all that a build gives."""

    def __init__(self, *, folder: Path, work: Path, today: datetime.date, file: str) -> None:
        super().__init__(folder=folder, work=work, today=today, file=file)


class Told:
    """A source of some entries."""

    def __init__(self, name: str, *entries: Entry, **attributes: object) -> None:
        self.name, self._entries = name, entries
        vars(self).update(attributes)

    def entries(self) -> Iterator[Entry]:
        return iter(self._entries)


def birth(id: str, *references: Reference, line: str | None = None, day: int = 20) -> Entry:
    """Return Ada's birth."""
    date = HistoricalDate(1940, 8, day)
    return Entry(id, Kind.BIRTH, date=date, day=date.month_day, line=line,
                 participants=(ADA,), references=references)  # fmt: skip


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    points = EntryPoints(
        EntryPoint(name, f"{__name__}:{value}", GROUP)
        for name, value in {"given": "Given", "worker": "Worker"}.items()
    )
    monkeypatch.setattr(hodie.sources, "entry_points", lambda **params: points.select(**params))


@pytest.mark.usefixtures("_installed")
def test_files_lie_beside_the_settings(tmp_path):
    """A source that knows of no folder has its files made to lie there; addresses stay."""
    choice = SourceChoice("given", {"file": ["a", "-"], "path": "https://x.example/", "label": "b"})

    [source] = make_sources([choice], tmp_path, TODAY)

    assert source.options == {
        "file": [str(tmp_path / "a"), "-"],
        "path": "https://x.example/",
        "label": "b",
    }


@pytest.mark.usefixtures("_installed")
def test_a_source_is_given_what_its_parameters_name(tmp_path):
    """Folder, work and day come from the build; a file is left to who knows the folder."""
    choice = SourceChoice("worker", {"file": "a"})

    [source] = make_sources([choice], tmp_path, TODAY)

    assert source.options == {
        "folder": tmp_path,
        "work": work_of(choice, tmp_path),
        "today": TODAY,
        "file": "a",
    }


def test_work_of_other_options_is_another_and_goes(tmp_path):
    """What was kept for options that are no longer wanted is removed, and nothing else."""
    old, new = SourceChoice("x", {"path": "a"}), SourceChoice("x", {"path": "b"})
    for choice in (old, new):
        work_of(choice, tmp_path).mkdir(parents=True)
    (tmp_path / "hodie.toml").touch()

    remove_other_work([new], tmp_path)

    assert list((tmp_path / WORK_NAME).iterdir()) == [work_of(new, tmp_path)]
    assert (tmp_path / "hodie.toml").exists()


@pytest.mark.parametrize(
    ("references", "prose", "kept", "line"),
    [
        ((FREE,), None, ["One"], "Born."),
        ((FREE, SHARED), None, ["One"], None),
        ((FREE, SHARED), "Apache-2.0", ["One"], "Born."),
        ((FREE, SHARED), "CC-BY-SA-4.0", ["One"], None),
        ((SHARED,), None, [], None),
        ((), None, [], "Born."),
    ],
)
def test_excluded_licences_take_their_references_and_lines(references, prose, kept, line):
    """A fact stays if another reference backs it; a line goes unless it is surely of another."""
    source = Told("a", birth("a:1", *references, line="Born."), prose_licence=prose)
    gathering = Gathering([source], exclude_licences=["cc by-sa 4.0"])

    found = list(gathering.entries())

    assert [each.source for entry in found for each in entry.references] == kept
    assert [entry.line for entry in found] == ([line] if found else [])
    assert (not found) == (references == (SHARED,))
    assert gathering.excluded.entries == (not found)


def test_nothing_of_an_excluded_entry_comes_by_merging():
    """The line of an excluded source is not on the entry of another."""
    sources = [
        Told("a", birth("a:1", FREE)),
        Told("b", birth("b:1", SHARED, line="Born.")),
    ]

    [found] = Gathering(sources, exclude_licences=["CC-BY-SA-4.0"]).entries()

    assert (found.line, found.references) == (None, (FREE,))


def test_imported_prose_is_plain():
    """Whatever a source brings, no markup comes through."""
    line = 'Born <script>alert(1)</script><b onclick="x">here</b> &amp; there.'

    [found] = Gathering([Told("a", birth("a:1", FREE, line=line))]).entries()

    assert found.line == "Born here & there."


def test_the_house_comes_last_and_finds_what_was_merged():
    """A change names an entry by its id in a source whose entry was merged into another."""
    sources = [Told("starter", birth("s:1", FREE)), Told("b", birth("b:1", SHARED))]
    house = House(changes=(Change(entry="b:1", title="A birth"), Change(entry="gone", hide=True)))
    gathering = Gathering(sources, house)

    [found] = gathering.entries()

    assert (found.id, found.title) == ("s:1", "A birth")
    assert [change.entry for change in gathering.unmet] == ["gone"]
    assert gathering.merged.merged == 1


def test_a_single_source_passes_straight_through():
    """Even what merging would join stays as the source has it."""
    entries = [birth("a:1", FREE), birth("a:2", FREE, day=21)]

    assert list(Gathering([Told("a", *entries)]).entries()) == entries


def test_all_that_was_left_out_is_listed():
    """Sources say it in three ways; each keeps its place."""
    unread = Unread("t.csv", 3, "date", "no day 32")
    source = Told("a", unread=[unread], left_out=["page.html:12: no year: 'Caesar'", "what"])

    assert unread_of(source) == [
        unread,
        Unread("page.html", 12, "", "no year: 'Caesar'"),
        Unread("", 0, "", "what"),
    ]


def test_holidays_have_their_day():
    """An entry of every year has no date, and passes with its day."""
    fair = Entry("a:1", Kind.HOLIDAY, day=MonthDay(5, 1), title="Fair")

    assert list(Gathering([Told("a", fair), Told("b")]).entries()) == [fair]
