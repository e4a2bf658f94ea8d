"""Pages are fetched politely, kept, and never replaced by worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from hodie.sources import SourceError
from hodie.sources.politely import TRIES
from hodie.sources.wikipedia import WikipediaSource, language, read_page
from hodie.sources.wikipedia.fetching import Fetched, Fetcher

CONTACT = "history@example.org"
PAGE = (
    "<html><head><link rel='dc:isVersionOf' href='//en.wikipedia.org/wiki/August_20'/></head>"
    "<body><h2 id='Events'>Events</h2><ul><li>1940 – It rains.</li></ul></body></html>"
)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(wiki, clock, tmp_path) -> Fetcher:
    wiki.pages["August_20"] = PAGE
    return made(wiki, clock, tmp_path)


def made(wiki, clock: Clock, folder: Path, contact: str = CONTACT) -> Fetcher:
    return Fetcher(
        folder,
        contact,
        address=wiki.template,
        newest=60.0,
        sleep=clock.sleep,
        clock=lambda: clock.now,
    )


def fault(html: bytes) -> str | None:
    try:
        read_page(html, language("en"))
    except SourceError as error:
        return str(error)
    return None


def fetch(fetcher: Fetcher, title: str = "August 20") -> Fetched:
    return fetcher.fetch("en", title, fault)


def test_a_page_is_fetched_and_kept(wiki, fetcher, tmp_path):
    """The page lies under its language and title, and the request names who asks."""
    fetched = fetch(fetcher)

    assert fetched == Fetched(tmp_path / "en" / "August_20.html")
    assert fetched.file
    assert fetched.file.read_text() == PAGE
    assert CONTACT in wiki.asked[0].headers["user-agent"]
    assert wiki.asked[0].headers["accept-encoding"] == "gzip"


def test_a_page_just_checked_is_not_asked_for(wiki, clock, fetcher, tmp_path):
    """Within `newest` seconds a page is taken as it lies there, by another run too."""
    fetch(fetcher)
    clock.now += 59

    fetch(made(wiki, clock, tmp_path))

    assert len(wiki.asked) == 1


def test_an_older_page_is_asked_for_with_its_etag(wiki, clock, fetcher, tmp_path):
    """What did not change is not sent again; then it counts as checked."""
    fetch(fetcher)
    clock.now += 61

    fetch(made(wiki, clock, tmp_path))
    fetch(made(wiki, clock, tmp_path))

    assert [asked.headers.get("if-none-match") is None for asked in wiki.asked] == [True, False]


def test_a_changed_page_replaces_the_old(wiki, clock, fetcher, tmp_path):
    """What the wiki has now is what is kept."""
    fetch(fetcher)
    clock.now += 61
    wiki.pages["August_20"] = PAGE.replace("rains", "snows")

    fetched = fetch(made(wiki, clock, tmp_path))

    assert fetched.file
    assert "snows" in fetched.file.read_text()


def test_a_page_that_is_none_any_more_replaces_nothing(wiki, clock, fetcher, tmp_path):
    """When the wiki's HTML changes so that nothing is found, the good page stays."""
    fetch(fetcher)
    clock.now += 61
    wiki.pages["August_20"] = "<html><body><div>All new</div></body></html>"

    fetched = fetch(made(wiki, clock, tmp_path))

    assert "did the wiki change its pages?" in fetched.note
    assert fetched.file
    assert fetched.file.read_text() == PAGE


def test_without_an_agent_that_can_be_reached_nothing_is_asked(tmp_path):
    """A contact that is none is refused here, before Wikimedia refuses it."""
    with pytest.raises(SourceError, match="contact = 'me' must be an address of mail or web"):
        Fetcher(tmp_path, "me")


def test_a_refusal_is_explained(wiki, fetcher):
    """403 says what Wikimedia wants; it is not asked again."""
    wiki.troubles = [(403, {})]

    with pytest.raises(SourceError, match=r"refuses \(403\).*User-Agent_policy"):
        fetch(fetcher)
    assert len(wiki.asked) == 1


@pytest.mark.parametrize(
    ("said", "slept"),
    [("7", 7.0), ("Mon, 12 Jan 1970 13:46:50 GMT", 10.0), (None, 4.0), ("soon", 4.0)],
)
def test_too_many_requests_waits_as_told(wiki, clock, fetcher, said, slept):
    """`Retry-After` is kept to, in seconds or as a date; without it, waits grow."""
    wiki.troubles = [(429, {"Retry-After": said} if said else {})]

    assert fetch(fetcher).file
    assert clock.slept == [slept]


def test_a_long_wait_ends_the_build_and_keeps_what_there_is(wiki, clock, fetcher):
    """Nobody sits through an hour; what was fetched is kept for the next build."""
    wiki.troubles = [(429, {"Retry-After": "3600"})]

    with pytest.raises(SourceError, match="asks to wait 3600 seconds; what was answered"):
        fetch(fetcher)
    assert clock.slept == []


@pytest.mark.parametrize(
    "trouble", ["cut", "cut without length", "cut gzip", "hang up", (503, {}), (500, {})]
)
def test_a_passing_trouble_is_tried_again(wiki, clock, fetcher, trouble):
    """Half a page, a closed connection and a server's error are no answers."""
    wiki.troubles = [trouble]

    fetched = fetch(fetcher)

    assert fetched.file
    assert fetched.file.read_text() == PAGE
    assert len(clock.slept) == 1


def test_a_lasting_trouble_is_an_error(wiki, clock, fetcher, tmp_path):
    """After some tries, each later than the one before, it is said what happened."""
    wiki.troubles = [(503, {})] * TRIES

    with pytest.raises(SourceError, match=r"after 5 tries: it answers 503; .*build again later"):
        fetch(fetcher)
    assert clock.slept == sorted(clock.slept)
    assert list(tmp_path.rglob("*.html")) == []


def test_a_wiki_that_is_down_leaves_what_was_kept(wiki, clock, fetcher, tmp_path):
    """Pages are taken as they lie there, and the wiki is not asked for the others either."""
    wiki.pages["August_21"] = PAGE
    fetch(fetcher)
    fetch(fetcher, "August 21")
    clock.now += 61
    wiki.troubles = [(503, {})] * 100
    later = made(wiki, clock, tmp_path)

    first, second = fetch(later), fetch(later, "August 21")

    assert first.file
    assert second == Fetched(tmp_path / "en" / "August_21.html")
    assert "pages are taken as they were kept" in first.note
    assert len(wiki.asked) == 2 + TRIES


def test_a_page_that_is_not_there_is_told(fetcher):
    """A wiki without the page of a day lacks that day, which is no error."""
    fetched = fetch(fetcher, "August 32")

    assert fetched.file is None
    assert fetched.note.endswith("August_32/html: there is no such page")


def test_requests_keep_a_distance(wiki, clock, fetcher):
    """One page at a time, with a pause between two."""
    wiki.pages["August_21"] = PAGE

    fetch(fetcher)
    fetch(fetcher, "August 21")

    assert clock.slept == [0.2]


def test_a_damaged_note_of_what_was_kept_is_written_anew(wiki, clock, fetcher, tmp_path):
    """What stands beside a page may be lost: then the page is asked for again."""
    fetch(fetcher)
    (tmp_path / "en" / "August_20.json").write_text("{")

    assert fetch(made(wiki, clock, tmp_path)).file
    assert len(wiki.asked) == 2


def test_the_source_fetches_the_days_that_it_is_asked_for(wiki, tmp_path):
    """With a contact the source gets its pages itself, and reads them as saved ones."""
    wiki.pages["August_20"] = PAGE
    source = WikipediaSource(
        pages="pages",
        contact=CONTACT,
        days=["08-20"],
        address=wiki.template,
        folder=tmp_path,
    )

    [entry] = source.entries()

    assert (entry.line, str(entry.day), entry.date and entry.date.edtf) == (
        "It rains.",
        "08-20",
        "1940-08-20",
    )
    assert [asked.title for asked in wiki.asked] == ["August_20"]
    assert (tmp_path / "pages" / "en" / "August_20.html").is_file()


def test_the_source_tells_which_page_of_how_many_it_has(wiki, tmp_path):
    """A build that fetches for minutes says so; pages that are gone count as well."""
    wiki.pages["August_20"] = PAGE
    source = WikipediaSource(
        pages="pages",
        contact=CONTACT,
        days=["08-20", "08-21"],
        address=wiki.template,
        folder=tmp_path,
    )
    told: list[tuple[int, int]] = []
    source.progress = lambda done, total: told.append((done, total))

    assert len(list(source.entries())) == 1
    assert told == [(0, 2), (1, 2), (2, 2)]
