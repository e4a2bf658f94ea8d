"""Editions: written whole, switched at once, unchanged files shared, killed without harm."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import brotli
import msgspec
import pytest
from paper import TODAY, TOMORROW, Paper, many

import hodie
from hodie.press import Archive, Edition, EditionError, Publication, inputs_key, workers
from hodie.press.manifest import file_path
from hodie.press.workers import BROTLI, GZIP, Encoding

LONG = "history " * 200
DECODED = {"gzip": gzip.decompress, "br": brotli.decompress}
PAPER = Paper(
    {
        "/": "front {today}",
        "/on/08-20/": LONG,
        "/feeds/today.atom": "<feed/>",
        "/404.html": "missing",
        "/pictures/a b.jpg": LONG,
    },
    media_types={"/feeds/today.atom": "application/atom+xml", "/pictures/a b.jpg": "image/jpeg"},
)


@pytest.fixture
def home(tmp_path):
    """The folder of a publication, empty but for what editions put there."""
    return tmp_path


def names(home: Path) -> set[str]:
    """Name what stands among the editions."""
    return {path.name for path in (home / ".editions").iterdir()}


def link(home: Path) -> str:
    return str((home / "edition").readlink())


def files(home: Path) -> dict[str, bytes]:
    """Read the site as a web server would."""
    site = home / "edition"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def assert_whole(home: Path) -> Edition:
    """Check the present edition file by file against its manifest."""
    edition = Edition.open(home)
    expected = set()
    for address in edition:
        stored = edition.lookup(address)
        body = stored.path.read_bytes()
        assert hashlib.blake2b(body, digest_size=16).hexdigest() == stored.digest
        assert len(body) == stored.size
        for name, path in stored.encoded.items():
            assert DECODED[name](path.read_bytes()) == body
        expected |= {stored.path, *stored.encoded.values()}
    assert {path for path in edition.site.rglob("*") if path.is_file()} == expected
    return edition


def test_every_address_becomes_a_file(home):
    """Folders get an index, files their name, long texts a compressed twin."""
    report = Edition.write(home, PAPER, TODAY)

    assert list(files(home)) == [
        "404.html",
        "feeds/today.atom",
        "index.html",
        "on/08-20/index.html",
        "on/08-20/index.html.br",
        "on/08-20/index.html.gz",
        "pictures/a b.jpg",
    ]
    assert files(home)["index.html"] == b"front 2026-08-20"
    assert (report.written, report.linked, report.removed) == (5, 0, 0)
    assert report.total == 5


def test_edition_is_a_link_beside_its_store(home):
    """What a web server serves is a relative link, so that the folder may be moved."""
    Edition.write(home, PAPER, TODAY)

    assert link(home) == ".editions/2026-08-20.1/site"
    assert names(home) == {".lock", "2026-08-20.1"}

    moved = home.rename(home.with_name("moved"))
    assert Edition.open(moved).name == "2026-08-20.1"


def test_files_can_be_read_by_a_web_server(home):
    """The folders are open to other users of the machine."""
    Edition.write(home, PAPER, TODAY)

    assert (home / "edition").resolve().parent.stat().st_mode & 0o055 == 0o055


def test_edition_answers_by_address(home):
    """An address leads to its file, type, tag and compressed twin; others lead nowhere."""
    Edition.write(home, PAPER, TODAY, almanac="abc", key="k")

    edition = Edition.open(home)

    found = edition.lookup("/on/08-20/")
    assert found.path.read_text() == LONG
    assert gzip.decompress(found.gz_path.read_bytes()).decode() == LONG
    assert found.media_type == "text/html; charset=utf-8"
    assert found.etag == f'"{found.digest}"'
    assert found.etag_of("gzip") == f'"{found.digest}-gzip"'
    assert edition.lookup("/").gz_path is None
    assert edition.lookup("/404.html").status == 404
    assert edition.lookup("/on/08-21/") is None
    assert edition.as_of == TODAY
    assert edition.header.almanac == "abc"
    assert edition.header.hodie == hodie.__version__
    assert list(edition) == list(PAPER.bodies)
    assert len(edition) == 5


def test_unchanged_files_are_shared(home):
    """A file that is as before is the same file, and keeps its time of change."""
    Edition.write(home, PAPER, TODAY)
    before = (home / "edition" / "on/08-20/index.html").stat()
    packed = (home / "edition" / "on/08-20/index.html.gz").stat()
    front = (home / "edition" / "index.html").stat()

    report = Edition.write(home, PAPER, TOMORROW)

    assert (report.written, report.linked, report.rendered) == (1, 4, 5)
    assert (home / "edition" / "on/08-20/index.html").stat().st_ino == before.st_ino
    assert (home / "edition" / "on/08-20/index.html").stat().st_mtime_ns == before.st_mtime_ns
    assert (home / "edition" / "on/08-20/index.html.gz").stat().st_ino == packed.st_ino
    assert (home / "edition" / "index.html").stat().st_ino != front.st_ino
    assert files(home)["index.html"] == b"front 2026-08-21"


def test_pages_that_are_gone_disappear(home):
    """A story that is withdrawn is in the next edition no more."""
    Edition.write(home, PAPER, TODAY)

    report = Edition.write(home, Paper({"/": "front"}), TODAY)

    assert report.removed == 4
    assert list(files(home)) == ["index.html"]


def test_edition_before_stays_for_those_who_read_it(home):
    """One old edition is kept, and no more."""
    Edition.write(home, PAPER, TODAY)
    first = Edition.open(home)
    Edition.write(home, PAPER, TOMORROW)
    second = Edition.open(home)

    assert first.lookup("/").path.read_bytes() == b"front 2026-08-20"
    assert not first.is_current()
    assert second.is_current()
    assert second.header.previous == "2026-08-20.1"

    Edition.write(home, PAPER, TODAY)
    assert names(home) == {".lock", "2026-08-21.1", "2026-08-20.2"}


def test_names_of_editions_do_not_come_back(home):
    """However often a day is written, each edition has a name of its own."""
    seen = []
    for said in "abcd":
        Edition.write(home, Paper({"/": said}), TODAY)
        seen.append(Edition.open(home).name)

    assert seen == [f"2026-08-20.{number}" for number in (1, 2, 3, 4)]


def test_nothing_new_leaves_the_edition_alone(home):
    """Writing what stands already changes nothing on the disk."""
    Edition.write(home, PAPER, TODAY)
    before = link(home)

    report = Edition.write(home, PAPER, TODAY)

    assert (report.written, report.linked, report.removed) == (0, 5, 0)
    assert link(home) == before
    assert names(home) == {".lock", "2026-08-20.1"}


def test_same_inputs_and_day_need_no_rendering(home):
    """With the same key on the same day, nothing is rendered at all."""
    Edition.write(home, PAPER, TODAY, key="k")
    crashing = Paper({"/": "crash"})

    report = Edition.write(home, crashing, TODAY, key="k")

    assert (report.linked, report.rendered) == (5, 0)


def test_pages_of_the_year_wait_for_the_year(home):
    """With the same inputs, a page is rendered again when its period ends."""
    paper = Paper(
        {"/": "front {today}", "/year/1940/": LONG, "/about/a/": "{today}"},
        periods={"/year/1940/": "2026", "/about/a/": ""},
        rendered=[],
    )
    Edition.write(home, paper, TODAY, key="k")
    paper.rendered.clear()

    report = Edition.write(home, paper, TOMORROW, key="k")

    assert paper.rendered == ["/"]
    assert (report.written, report.linked, report.rendered) == (1, 2, 1)
    assert files(home)["about/a/index.html"] == b"2026-08-20"
    assert_whole(home)


@pytest.mark.parametrize(("before", "now"), [("k", "other"), (None, None), ("k", None)])
def test_other_inputs_are_rendered(home, before, now):
    """Another key, or none, takes nothing on trust."""
    paper = Paper({"/a": "one"}, periods={"/a": ""})
    Edition.write(home, paper, TODAY, key=before)

    report = Edition.write(home, Paper({"/a": "two"}, periods={"/a": ""}), TODAY, key=now)

    assert report.rendered == 1
    assert files(home)["a"] == b"two"


def test_another_media_type_is_a_change(home):
    """The same bytes under another type are written anew."""
    Edition.write(home, Paper({"/a": LONG}, media_types={"/a": "image/png"}), TODAY)

    report = Edition.write(home, Paper({"/a": LONG}), TODAY)

    assert report.written == 1
    assert Edition.open(home).lookup("/a").gz_path is not None


def test_other_encodings_are_stored_in_the_next_edition(home):
    """An encoding that is added comes to unchanged pages too, one that is dropped goes."""
    Edition.write(home, Paper({"/a": LONG}), TODAY, encodings=(GZIP,))

    Edition.write(home, Paper({"/a": LONG}), TODAY, encodings=(GZIP, BROTLI))

    found = Edition.open(home).lookup("/a")
    assert set(found.encoded) == {"gzip", "br"}
    assert found.encoded["br"].name == "a.br"
    Edition.write(home, Paper({"/a": LONG}), TODAY, encodings=())
    assert list(files(home)) == ["a"]


def test_the_same_body_is_stored_once(home):
    """Addresses that answer alike share a file, also when they come back in a later edition."""
    for day in (TODAY, TOMORROW):
        Edition.write(home, Paper({"/a": LONG, "/b/": LONG, "/c": "other"}), day)
        edition = assert_whole(home)
        one, other = edition.lookup("/a"), edition.lookup("/b/")

        assert one.path.samefile(other.path)
        assert one.encoded["br"].samefile(other.encoded["br"])


def test_what_does_not_shrink_is_stored_once(home):
    """A text that compression makes no smaller has no compressed twin."""
    body = "".join(chr(32 + (n * 7919 + n * n) % 95) for n in range(520))
    grown = Encoding("gzip", ".gz", _grown)

    Edition.write(home, Paper({"/a": body}), TODAY, encodings=(grown,))

    assert Edition.open(home).lookup("/a").encoded == {}


def _grown(body: bytes) -> bytes:
    return body + b"!"


def test_damaged_files_are_written_again(home):
    """A file that was cut short is not linked into the next edition."""
    Edition.write(home, PAPER, TODAY)
    (home / "edition" / "on/08-20/index.html").write_bytes(b"")

    Edition.write(home, PAPER, TOMORROW)

    assert_whole(home)


def test_missing_twins_are_written_again(home):
    """A compressed file that somebody deleted comes back."""
    Edition.write(home, PAPER, TODAY)
    (home / "edition" / "on/08-20/index.html.gz").unlink()

    Edition.write(home, PAPER, TOMORROW)

    assert_whole(home)


@pytest.mark.parametrize("damage", ["", "{}\n", "no json\n", '{"hodie":1}\n'])
def test_damaged_manifest_costs_a_whole_edition(home, damage):
    """Without a manifest everything is written anew; the server is told plainly."""
    Edition.write(home, PAPER, TODAY)
    (home / ".editions" / "2026-08-20.1" / "manifest.jsonl").write_text(damage)

    with pytest.raises(EditionError, match="is no manifest of an edition"):
        Edition.open(home)
    assert Edition.write(home, PAPER, TODAY).written == 5
    assert_whole(home)


def test_store_that_was_deleted_is_made_again(home):
    """A link to nowhere is turned to the new edition."""
    (home / "edition").symlink_to(".editions/2026-08-20.1/site")

    Edition.write(home, PAPER, TODAY)

    assert_whole(home)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.write_text("mine")])
def test_what_is_not_hodies_is_left_alone(home, make):
    """A folder or file named `edition` is not overwritten."""
    make(home / "edition")

    with pytest.raises(EditionError, match="is not the link that Hodie makes; move it away"):
        Edition.write(home, PAPER, TODAY)


def test_foreign_link_is_left_alone(home):
    """A link to somewhere else is not turned."""
    (home / "edition").symlink_to("/srv/www")

    with pytest.raises(EditionError, match="move it away"):
        Edition.write(home, PAPER, TODAY)
    assert link(home) == "/srv/www"


def test_no_edition_says_how_to_make_one(home):
    """Opening where nothing was written names the command."""
    with pytest.raises(EditionError, match="there is no edition; `hodie press` makes one"):
        Edition.open(home)


def test_no_folder_is_made_for_a_slip(home):
    """An edition needs the publication's folder."""
    with pytest.raises(EditionError, match="there is no such folder"):
        Edition.write(home / "slip", PAPER, TODAY)


def test_two_writers_do_not_meet(home):
    """A second writer is told to wait, and leaves the first one's work alone."""
    Edition.write(home, PAPER, TODAY)
    with (home / ".editions" / ".lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(EditionError, match="another process writes an edition here"):
            Edition.write(home, PAPER, TODAY)

    Edition.write(home, PAPER, TODAY)


def test_leftovers_of_killed_runs_are_cleared(home):
    """What a killed run left is gone after the next."""
    Edition.write(home, PAPER, TODAY)
    (home / ".editions" / ".building-abc" / "site").mkdir(parents=True)
    (home / ".editions" / "2026-08-19.7").mkdir()
    (home / ".editions" / ".link").symlink_to("x")

    Edition.write(home, PAPER, TOMORROW)

    assert names(home) == {".lock", "2026-08-20.1", "2026-08-21.1"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("crash", "/bad/: ZeroDivisionError: the press broke"),
        (None, "/bad/: is listed, but there is no such page"),
    ],
)
@pytest.mark.parametrize("count", [1, 2])
def test_failing_page_is_named_and_the_old_edition_stays(home, monkeypatch, body, message, count):
    """One page that fails stops the edition, in one process or several."""
    monkeypatch.setattr(workers, "FEWEST_TO_SHARE", 1)
    Edition.write(home, PAPER, TODAY, workers=1)

    with pytest.raises(EditionError) as caught:
        Edition.write(home, Paper({"/": "new", "/bad/": body}), TOMORROW, workers=count)

    assert str(caught.value) == message
    assert Edition.open(home).as_of == TODAY
    assert_whole(home)
    assert names(home) == {".lock", "2026-08-20.1"}


def test_pages_of_no_process_but_this_need_one_process(home, monkeypatch):
    """A factory that cannot be sent is refused with the way out."""
    monkeypatch.setattr(workers, "FEWEST_TO_SHARE", 1)

    with pytest.raises(EditionError, match="cannot be made in another process"):
        Edition.write(home, lambda: PAPER, TODAY, workers=2)

    assert Edition.write(home, lambda: PAPER, TODAY, workers=1).written == 5


@pytest.mark.parametrize(
    "address",
    ["", "on/", "//", "/a//b", "/../a", "/a/../b", "/.htaccess", "/a?b", "/a#b", "/%2e", "/a\\b",
     "/a\0", "/a\nb", "/" + "x" * 250],
)  # fmt: skip
def test_addresses_that_are_no_files_are_refused(home, address):
    """No address leads out of the edition or to a file that cannot be asked for."""
    with pytest.raises(EditionError, match="cannot be a file's address"):
        Edition.write(home, Paper({address: "x"}), TODAY)


@pytest.mark.parametrize("pair", [("/a/", "/a/index.html"), ("/a", "/a/b"), ("/a.gz", "/a")])
def test_addresses_of_one_file_are_refused(home, pair):
    """Two addresses that would be the same file, or file and folder, are a mistake."""
    with pytest.raises(EditionError):
        Edition.write(home, Paper(dict.fromkeys(pair, LONG)), TODAY)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/on/-0043-03-15/", "on/-0043-03-15/index.html"),
        ("/feed/v1/wikipedia/zh/onthisday/all/08/20", "feed/v1/wikipedia/zh/onthisday/all/08/20"),
        ("/about/józef/", "about/józef/index.html"),
    ],
)
def test_files_stand_where_their_address_says(address, path):
    """A plain web server finds the file of an address."""
    assert file_path(address) == path


def test_progress_counts_every_address(home):
    """Progress begins at nothing and ends at all."""
    told = []

    Edition.write(home, PAPER, TODAY, progress=lambda done, total: told.append((done, total)))

    assert told == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_two_processes_make_what_one_makes(home, tmp_path, monkeypatch):
    """The edition does not depend on how many wrote it, nor on who was first."""
    monkeypatch.setattr(workers, "FEWEST_TO_SHARE", 1)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    Edition.write(tmp_path / "one", many(150), TODAY, workers=1)
    report = Edition.write(tmp_path / "two", many(150), TODAY, workers=2)

    assert report.written == 150
    assert files(tmp_path / "one") == files(tmp_path / "two")
    manifests = [
        (tmp_path / name / ".editions/2026-08-20.1/manifest.jsonl").read_bytes()
        for name in ("one", "two")
    ]
    assert manifests[0] == manifests[1]
    again = Edition.write(tmp_path / "two", many(150), TOMORROW, workers=2)
    assert (again.written, again.linked) == (0, 150)
    assert_whole(tmp_path / "two")


class Killed:
    """Ends this process without warning before its n-th deed among the editions."""

    def __init__(self, store: Path, deeds: int) -> None:
        self.store, self.left = str(store), deeds

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        deeds = ("open", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir")
        if event in deeds and any(str(each).startswith(self.store) for each in arguments[:2]):
            self.left -= 1
            if self.left < 0:
                os.kill(os.getpid(), signal.SIGKILL)


def killed_before(home: Path, deeds: int) -> bool:
    """Write tomorrow's edition in a process that is killed before a deed; was there such a one?"""
    process = os.fork()
    if process == 0:
        sys.addaudithook(Killed(home / ".editions", deeds))
        Edition.write(home, PAPER, TOMORROW, workers=1)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_killed_at_any_moment_an_edition_is_whole(tmp_path):
    """Whichever deed a run was killed before, readers see a whole edition and the next run ends."""
    deeds = 0
    turned = []
    while True:
        home = tmp_path / str(deeds)
        home.mkdir()
        Edition.write(home, Paper({"/": "old", "/gone/": LONG}), TODAY)
        was_killed = killed_before(home, deeds)

        turned.append(assert_whole(home).as_of == TOMORROW)

        Edition.write(home, PAPER, TOMORROW)
        assert assert_whole(home).as_of == TOMORROW
        assert len(names(home)) <= 3
        assert not any(name.startswith((".building", ".link")) for name in names(home))
        if not was_killed:
            break
        deeds += 1

    assert deeds > 20
    assert turned == sorted(turned)
    assert turned[-1]
    assert not turned[0]


SCRIPT = """
import multiprocessing, os, signal, sys
from pathlib import Path
from paper import TOMORROW, many
from hodie.press import Edition, workers

def progress(done, total):
    if done >= 64:
        print(len(multiprocessing.active_children()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    workers.FEWEST_TO_SHARE = 1
    Edition.write(Path(sys.argv[1]), many(2000, "new"), TOMORROW, workers=2, progress=progress)
"""


def test_killed_parent_takes_its_processes_along(home, tmp_path):
    """No process outlives a killed run, and the old edition stands."""
    Edition.write(home, many(3, "old"), TODAY)
    script = tmp_path / "kill.py"
    script.write_text(SCRIPT)
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])

    # The workers hold the pipe too: reading to its end waits until the last of them is gone.
    done = subprocess.run(
        [sys.executable, str(script), str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )

    assert done.returncode == -signal.SIGKILL
    assert done.stdout == b"2\n"
    assert assert_whole(home).as_of == TODAY
    assert Edition.write(home, many(3, "new"), TOMORROW).written == 3
    assert len(names(home)) == 3


def test_visitors_never_see_half_an_edition(home):
    """Through the whole of a writing, the site is the old one or the new one."""
    old, new = many(40, "old"), many(40, "new")
    Edition.write(home, old, TODAY)
    seen = []

    def look(done, total):
        seen.append({body.split()[0] for name, body in files(home).items() if name[-1] == "l"})

    Edition.write(home, new, TOMORROW, progress=look)

    assert all(each == {b"old"} for each in seen)
    assert {body.split()[0] for name, body in files(home).items() if name[-1] == "l"} == {b"new"}


def test_manifest_is_lines_of_json(home):
    """Another program can read what stands in an edition."""
    Edition.write(home, PAPER, TODAY, almanac="abc", key="k")

    first, *lines = (home / ".editions/2026-08-20.1/manifest.jsonl").read_bytes().splitlines()

    header = msgspec.json.decode(first)
    assert header["as_of"] == "2026-08-20"
    assert header["almanac"] == "abc"
    record = msgspec.json.decode(lines[1])
    assert record["address"] == "/on/08-20/"
    assert record["size"] == len(LONG)
    assert record["encodings"] == ["gzip", "br"]


def test_inputs_key_follows_what_pages_come_from(folder, publication, configured):
    """Settings, facts, stories and pictures each change the key; the day does not."""
    key = inputs_key(publication, "facts", Archive())

    assert inputs_key(Publication.load(folder), "facts", Archive()) == key
    assert inputs_key(publication, "other facts", Archive()) != key
    assert inputs_key(configured(tagline='"Another"'), "facts", Archive()) != key
    (folder / "pictures" / "new.jpg").write_bytes(b"x")
    assert inputs_key(publication, "facts", Archive()) != key
