"""Ranges and resumption: cut anywhere, killed at any moment, broken, and the same comes out."""

import gzip
import os
import random
import select
from multiprocessing import get_context
from pathlib import Path

import pytest
from wikidata_items import born_in, dump, person, write_dump
from wikidata_kills import SIZE, extracted, killed_at, killed_with_workers, moments

from hodie.sources.wikidata import WikidataSource
from hodie.sources.wikidata.errors import DumpError
from hodie.sources.wikidata.extraction import Range, Report, Settings, extract
from hodie.sources.wikidata.ranges import plan
from hodie.sources.wikidata.working import Work

COUNT = 120
KILLS = 50


@pytest.fixture(scope="module")
def people() -> list[dict]:
    return [person(n, f"Person {n}", born_in(1800 + n)) for n in range(1, COUNT + 1)]


@pytest.fixture(scope="module")
def members(people, tmp_path_factory) -> Path:
    """A dump of thirty members, with more between them."""
    return write_dump(tmp_path_factory.mktemp("dump") / "dump.json.gz", people, 30)


@pytest.fixture(scope="module")
def unbroken(members, tmp_path_factory) -> dict[str, bytes]:
    """The files of a build that nobody stopped."""
    folder = tmp_path_factory.mktemp("unbroken")
    extracted(folder, members)
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def numbers(ranges: list[Range]) -> list[int]:
    """The items of some ranges, in order."""
    report = Report()
    batches = (batch for range in ranges for batch in extract(range, Settings(), report))
    return [number for batch in batches for number in batch.column("number").to_pylist()]


def test_killed_fifty_times_a_build_ends_with_the_same_bytes(
    members, unbroken, tmp_path, monkeypatch
):
    """Each kill falls on a random call of a function, and each run goes on from the last."""
    # So that what is to be killed begins as a copy that has everything imported.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    context = get_context("forkserver")
    context.set_forkserver_preload(["wikidata_kills"])
    last = moments(tmp_path / "counted", members)
    chance = random.Random(20)
    work = tmp_path / "work"
    kills = 0
    for _ in range(KILLS):
        process = context.Process(
            target=killed_at, args=(chance.randrange(1, last // 6), work, members)
        )
        process.start()
        process.join()
        kills += process.exitcode == -9
        if process.exitcode == 0:
            # It came to the end between two kills: begin once more.
            assert contents(work) == unbroken
            for file in work.iterdir():
                file.unlink()
    extracted(work, members)
    assert kills > KILLS // 2
    assert contents(work) == unbroken


def test_workers_end_with_their_build_and_leave_its_ranges(members, unbroken, tmp_path):
    """Nobody works on for a parent that was killed; two processes write the bytes of one."""
    context = get_context("spawn")
    work, pids = tmp_path / "work", tmp_path / "pids"
    process = context.Process(target=killed_with_workers, args=(work, members, pids))
    process.start()
    process.join()
    assert process.exitcode == -9
    for pid in map(int, pids.read_text().split()):
        assert ended(pid)
    extracted(work, members, processes=2)
    assert contents(work) == unbroken


def ended(pid: int, milliseconds: int = 20_000) -> bool:
    """Wait until a process that is no child of ours has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(milliseconds))
    finally:
        os.close(descriptor)


def test_a_changed_dump_or_setting_begins_anew(members, people, tmp_path):
    """Rows of another dump, or in other languages, are not taken for this one's."""
    copy = tmp_path / "dump.json.gz"
    copy.write_bytes(members.read_bytes())
    work = tmp_path / "work"

    def built(**options: object) -> int:
        return len(list(WikidataSource(path=str(copy), work=work, **options).entries()))

    assert built() == COUNT
    assert built(languages=["de"], least_sitelinks=1) == 0
    write_dump(copy, people[:7])
    assert built() == 7


def test_two_builds_do_not_share_a_folder(members, tmp_path):
    """The second is refused, in words."""
    task = Work(tmp_path, plan(str(members), SIZE), Settings())
    other = Work(tmp_path, plan(str(members), SIZE), Settings())
    with task.held(), pytest.raises(DumpError, match="in use by another build"), other.held():
        pass


@pytest.mark.parametrize("size", [100, 333, 1000, 5000, 10**6])
@pytest.mark.parametrize("form", ["members", "middle", "plain", "single"])
def test_wherever_a_dump_is_cut_each_line_comes_once(people, tmp_path, size, form):
    """At members, at members that end inside a line, at any byte of plain text, or not at all."""
    raw = dump(people)
    match form:
        case "members":
            file = write_dump(tmp_path / "dump.json.gz", people, 30)
        case "middle":
            file = tmp_path / "dump.json.gz"
            parts = (raw[at : at + 997] for at in range(0, len(raw), 997))
            file.write_bytes(b"".join(gzip.compress(part, mtime=0) for part in parts))
        case "plain":
            file = tmp_path / "dump.json"
            file.write_bytes(raw)
        case "single":
            file = tmp_path / "dump.json.gz"
            file.write_bytes(gzip.compress(raw, mtime=0))
    ranges = plan(str(file), size)
    assert len(ranges) == 1 or form != "single"
    assert numbers(ranges) == list(range(1, COUNT + 1))


def test_every_cut_of_a_small_file_is_sound(people, tmp_path):
    """A plain file of two lines, cut at each of its bytes."""
    file = tmp_path / "dump.json"
    file.write_bytes(dump(people[:2]))
    for cut in range(1, file.stat().st_size):
        halves = [Range(0, str(file), 0, cut), Range(1, str(file), cut, None)]
        assert numbers(halves) == [1, 2], cut


@pytest.mark.parametrize(
    ("spoil", "lost", "reason"),
    [
        (lambda raw: raw[:-1000], 120, "the file ends inside a gzip member"),
        (lambda raw: raw[:9000] + b"\x00" * 60 + raw[9060:], 120, "a gzip member is broken"),
    ],
)
def test_a_broken_member_costs_no_more_than_itself(members, tmp_path, spoil, lost, reason):
    """What is lost is counted and said with its place, and the rest comes."""
    file = tmp_path / "dump.json.gz"
    file.write_bytes(spoil(members.read_bytes()))
    source = WikidataSource(path=str(file), processes=1)
    entries = list(source.entries())
    assert COUNT - 12 <= len(entries) < COUNT
    assert source.report.broken_parts >= 1
    assert any(reason in each.reason for each in source.report.complaints)
    assert all(str(file) in each.place for each in source.report.complaints)


def test_a_broken_line_costs_no_more_than_itself(people, tmp_path):
    """Half a line between whole ones."""
    raw = dump(people[:9]).splitlines(keepends=True)
    raw[4] = raw[4][:50] + b"\n"
    file = tmp_path / "dump.json"
    file.write_bytes(b"".join(raw))
    source = WikidataSource(path=str(file), processes=1)
    assert len(list(source.entries())) == 8
    [complaint] = source.report.complaints
    assert complaint.place == f"{file}: byte 0, text {len(b''.join(raw[:4]))}"
    assert "{" in complaint.reason


def test_a_file_without_a_line_break_does_not_fill_the_memory(tmp_path, monkeypatch):
    """A line beyond all measure is counted, and let go."""
    monkeypatch.setattr("hodie.sources.wikidata.extraction.LONGEST", 1 << 21)
    file = tmp_path / "dump.json"
    file.write_bytes(b"x" * (9 << 20))
    source = WikidataSource(path=str(file), processes=1)
    assert not list(source.entries())
    assert "a line of more than 2 MB" in source.report.complaints[0].reason


def test_beyond_the_limit_of_errors_a_dump_is_refused(people, tmp_path):
    """The limit is a setting; the message names the first places."""
    file = tmp_path / "dump.json"
    file.write_bytes(b"\n".join([b"{broken" for _ in range(6)]))
    with pytest.raises(DumpError, match=r"6 things could not be read.*errors = 5.*byte 0"):
        list(WikidataSource(path=str(file), errors=5).entries())
    assert not list(WikidataSource(path=str(file), errors=6).entries())


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bytes_never_crash(members, tmp_path, seed):
    """Of a dump with random bytes changed, the rest is read and the damage counted."""
    chance = random.Random(seed)
    raw = bytearray(members.read_bytes() if seed % 2 else gzip.decompress(members.read_bytes()))
    for _ in range(chance.randrange(1, 20)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    file = tmp_path / ("dump.json.gz" if seed % 2 else "dump.json")
    file.write_bytes(raw)
    source = WikidataSource(path=str(file), processes=1)
    assert len(list(source.entries())) <= COUNT
