"""Building: the same file from the same entries, contradictions refused, nothing left behind."""

from __future__ import annotations

import random
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from almanac_samples import ENTRIES, MEXICO, TROTSKY, august, born, event, many

from hodie.almanac import Almanac, AlmanacError, Entity, Entry, Kind, Participant, build
from hodie.almanac.workfolder import work_folder
from hodie.dates import HistoricalDate, MonthDay


@pytest.fixture
def target(tmp_path):
    """Where an almanac is to be."""
    return tmp_path / "almanac.db"


def changed(entry, **fields):
    """Return an entry with other fields."""
    return msgspec.structs.replace(entry, **fields)


# The same file


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_entries_does_not_matter(tmp_path, seed):
    """Entries in any order make the same bytes."""
    entries = [*ENTRIES, *many(500)]
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    build(one, entries)
    random.Random(seed).shuffle(entries)
    build(other, entries)

    assert one.read_bytes() == other.read_bytes()


def test_the_same_bytes_when_rows_are_put_aside_in_between(tmp_path, monkeypatch):
    """How often rows go to disk changes nothing."""
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    build(one, many(500))
    monkeypatch.setattr("hodie.almanac.intake.STEP", 7)
    monkeypatch.setattr("hodie.almanac.intake.HELD", 21)
    build(other, many(500))

    assert one.read_bytes() == other.read_bytes()


def test_what_comes_twice_is_kept_once(tmp_path):
    """The same entries once more change nothing, and the report counts them."""
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    build(one, ENTRIES)
    report = build(other, [*ENTRIES, *ENTRIES])

    assert one.read_bytes() == other.read_bytes()
    assert report.merged == len(ENTRIES)


def test_entries_that_differ_are_told_by_the_digest(tmp_path):
    """Another entry makes another digest."""
    one = build(tmp_path / "one.db", ENTRIES)
    other = build(tmp_path / "other.db", ENTRIES[1:])

    assert one.digest != other.digest


def test_the_report(target):
    """A build says what it made."""
    report = build(target, ENTRIES)

    assert report.path == target
    assert (report.entries, report.hidden, report.entities) == (len(ENTRIES) - 1, 1, 6)
    assert report.size == target.stat().st_size
    with Almanac.open(target) as almanac:
        assert almanac.info.digest == report.digest
        almanac.verify()


def test_progress_counts_the_entries(target):
    """Progress is told how many have come, and goes on to be told so."""
    told = []
    build(target, many(5000), progress=told.append)

    assert told[0] == 4096
    assert told == sorted(told)
    assert told.count(5000) > 366


def test_entries_may_come_from_a_generator(target):
    """Entries need not be a list."""
    assert build(target, (entry for entry in ENTRIES)).entries == len(ENTRIES) - 1


# Contradictions


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"weight": 0.1},
        {"line": None},
        {"flags": ("hidden",)},
        {"flags": ()},
        {"references": ()},
        {"participants": ()},
        {"day": MonthDay(8, 21)},
        {"date": august(1941)},
        {"kind": Kind.BIRTH},
        {"countries": ("MX",)},
        {"subkind": "murder"},
    ],
    ids=str,
)
@pytest.mark.parametrize("id", ["e:1940-08-20:647e955d7e", "another sort of id"])
def test_two_entries_with_one_id_are_refused(target, change, id):
    """An id stands for one entry: two that differ are an error that names it."""
    entry = changed(ENTRIES[0], id=id)

    for pair in ([entry, changed(entry, **change)], [changed(entry, **change), entry]):
        with pytest.raises(AlmanacError, match=f"different entries have the id '{id}'"):
            build(target, pair)
    assert not target.exists()


def test_two_versions_of_an_entity_are_refused(target):
    """Entities with one id must be the same, or nobody knows which to show."""
    other = msgspec.structs.replace(TROTSKY, name="Lev Trotsky")
    entries = [born("1", TROTSKY, august(1)), born("2", other, august(2))]

    with pytest.raises(AlmanacError, match="'leon-trotsky' comes in two versions"):
        build(target, entries)


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan"), float("inf")])
def test_weights_run_from_0_to_1(target, weight):
    """Another weight is refused, of an entry and of an entity."""
    who = Entity("who", "Who", weight=weight)
    for entry in (event("1", august(1), weight=weight), born("1", who, august(1))):
        with pytest.raises(AlmanacError, match="from 0 to 1"):
            build(target, [entry])


def test_ids_and_names_must_be_there(target):
    """An entry needs an id, an entity an id and a name."""
    for entry in (event("", august(1)), born("1", Entity("", "No"), august(1))):
        with pytest.raises(AlmanacError, match=" id"):
            build(target, [entry])
    with pytest.raises(AlmanacError, match="a name"):
        build(target, [born("1", Entity("no", ""), august(1))])


@pytest.mark.parametrize(
    "entry",
    [
        event("1", august(1), "half \ud800"),
        event("half \ud800", august(1)),
        event("1", august(1), line="half \ud800"),
        born("1", Entity("half-\ud800", "Who"), august(1)),
        born("1", Entity("who", "half \ud800"), august(1)),
    ],
    ids=ascii,
)
def test_half_a_character_is_refused(target, entry):
    """A lone surrogate is no text; the message shows where it is."""
    with pytest.raises(AlmanacError, match=r"half.*has a surrogate"):
        build(target, [entry])


def test_a_kind_must_be_one(target):
    """What is none of the kinds is refused, and the message lists them."""
    entry = Entry("1", "wedding", title="A wedding")

    with pytest.raises(AlmanacError, match="'wedding' of '1': it must be event, birth"):
        build(target, [entry])


def test_a_kind_may_be_its_text(target):
    """The text of a kind will do."""
    build(target, [Entry("1", "birth", title="A birth"), Entry("2", "event", title="An event")])

    with Almanac.open(target) as almanac:
        assert almanac.entry("1").kind is Kind.BIRTH
        assert almanac.entry("2").kind is Kind.EVENT


# The file and its folder


def test_nothing_is_left_behind(target):
    """A build leaves its file and nothing else."""
    build(target, ENTRIES)

    assert list(target.parent.iterdir()) == [target]


def test_an_error_in_the_entries_leaves_what_was_there(target):
    """If the entries fail, the old almanac stays, and nothing beside it."""
    build(target, ENTRIES)
    before = target.read_bytes()

    def failing():
        yield from ENTRIES
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build(target, failing())
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_what_reads_the_old_file_goes_on(target):
    """Whoever has the old almanac open still reads it after a build; a new one is read anew."""
    build(target, ENTRIES)
    with Almanac.open(target) as old:
        build(target, [*ENTRIES, event("new", august(2000), "New")])
        with Almanac.open(target) as new:
            assert old.entry("new") is None
            assert new.entry("new").title == "New"
        assert [old.entry(entry.id) for entry in ENTRIES] == ENTRIES


def test_threads_go_on_to_read_the_old_file(target):
    """Threads that come after a build still get answers from the file that was opened."""
    build(target, ENTRIES)
    with Almanac.open(target) as old:
        build(target, [changed(entry, weight=0.5) for entry in ENTRIES])
        with ThreadPoolExecutor(16) as threads:
            asked = [entry.id for entry in ENTRIES] * 20
            assert list(threads.map(old.entry, asked)) == ENTRIES * 20
        for date, count in old.dates():
            assert len(old.date(date)) == count


def test_an_almanac_that_was_removed(target):
    """Even an almanac whose file was removed is read to the end."""
    build(target, ENTRIES)
    with Almanac.open(target) as almanac:
        target.unlink()
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(almanac.entry, [ENTRIES[0].id] * 40)) == [ENTRIES[0]] * 40


def test_two_builds_at_once(target):
    """A second build of the same file is refused while one runs."""
    with work_folder(target), pytest.raises(AlmanacError, match=r"another build of .* is running"):
        build(target, ENTRIES)
    build(target, ENTRIES)


def test_builds_of_two_files_in_one_folder(tmp_path):
    """Builds of other files are no hindrance."""
    with work_folder(tmp_path / "one.db"):
        build(tmp_path / "other.db", ENTRIES)


def test_the_folder_must_exist(tmp_path):
    """Without a folder there is no build, and the message says so."""
    with pytest.raises(AlmanacError, match="choose a folder that exists"):
        build(tmp_path / "no" / "almanac.db", ENTRIES)


def test_a_link_is_followed(tmp_path, target):
    """Where a link leads, the almanac is replaced; the link stays one."""
    link = tmp_path / "link.db"
    link.symlink_to(target)
    build(link, ENTRIES)
    build(link, [*ENTRIES, event("new", august(2000), "New")])

    assert link.is_symlink()
    with Almanac.open(target) as almanac:
        assert almanac.entry("new") is not None


def test_an_error_in_the_other_thread(target, monkeypatch):
    """What fails while names are indexed fails the build."""

    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hodie.almanac.drafting.index_texts", fail)
    with pytest.raises(AlmanacError, match="No space left on device"):
        build(target, ENTRIES)
    assert list(target.parent.iterdir()) == []


def test_a_path_may_be_text(target):
    """A path given as text is taken as one."""
    build(str(target), ENTRIES)

    assert target.exists()


def test_a_full_disk(target, monkeypatch):
    """What the disk refuses is said in one line, and the old file stays."""
    build(target, ENTRIES)
    before = target.read_bytes()

    def full(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(AlmanacError, match="No space left on device; what stood there stays"):
        build(target, [*ENTRIES, event("new", august(2000), "New")])
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_a_draft_that_came_out_wrong_is_not_published(target, monkeypatch):
    """A draft that lacks entries is found out."""
    from hodie.almanac import drafting

    finish = drafting._finish

    def lose(database, *rest):
        finish(database, *rest)
        database.execute("DELETE FROM entry WHERE n = 3")

    monkeypatch.setattr(drafting, "_finish", lose)
    with pytest.raises(AlmanacError, match=r"came out wrong .* FROM entry.* gives 19, not 20"):
        build(target, ENTRIES)
    assert not target.exists()


# For other tools


def test_the_views_say_the_same(target):
    """The views for database browsers give the facts in full words."""
    build(target, [*ENTRIES, *many(50)])
    with sqlite3.connect(target) as database:
        database.row_factory = sqlite3.Row
        rows = {row["id"]: row for row in database.execute("SELECT * FROM entries")}
        entities = {row["id"]: row for row in database.execute("SELECT * FROM entities")}
    database.close()

    assert entities["leon-trotsky"]["wikidata"] == "Q33391"
    assert entities["leon-trotsky"]["wikipedia"] == "Leon Trotsky"
    for entry in ENTRIES:
        row = rows[entry.id]
        assert row["title"] == entry.title
        assert row["kind"] == entry.kind
        assert row["hidden"] == ("hidden" in entry.flags)
        assert row["weight"] == entry.weight
        assert row["day"] == (str(entry.day) if entry.day else row["day"])
    assert rows["b:1879-11-07:0123456789"]["subject"] == "leon-trotsky"
    assert "mexico-city" in rows["e:1940-08-20:647e955d7e"]["participants"]
    assert rows["e:decade"]["written"] == "194X"


def test_names_are_not_kept_twice(target):
    """A birth whose title is its subject's name keeps no title of its own."""
    build(target, many(500))
    with sqlite3.connect(target) as database:
        titles = database.execute(
            "SELECT DISTINCT title FROM entry WHERE id IS NOT NULL"
        ).fetchall()
    database.close()

    assert all(title == 1 or title.startswith("Event") for (title,) in titles)


def test_sqlite_finds_nothing_to_complain_of(target):
    """SQLite's full check, and that of the search indexes, pass."""
    build(target, [*ENTRIES, *many(500)])
    with sqlite3.connect(target) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for index in ("names_top", "names_rest", "titles_top", "titles_rest"):
            database.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    database.close()


def test_dates_that_have_no_edtf_of_their_own_are_kept(target):
    """An approximate and uncertain date comes back as both."""
    date = HistoricalDate(1940, 8, 20, approximate=True, uncertain=True)
    entry = event("1", date, "One", participants=(Participant(MEXICO, "place"),))
    build(target, [entry])

    with Almanac.open(target) as almanac:
        assert almanac.entry("1") == entry
