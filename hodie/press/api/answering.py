"""Answers: what each operation finds, written in the form that was asked for."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import accumulate
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

import hodie
from hodie.almanac import Entry, Hit, Kind, Order, OrderOfYear, Outline
from hodie.dates import DateError, HistoricalDate, MonthDay, days_shown
from hodie.press import moved
from hodie.press.api import cursors, gathering, linked
from hodie.press.api.asking import Question
from hodie.press.api.formats import Block, Form, encode, joined, writer
from hodie.press.api.gathering import Read, Wanted
from hodie.press.api.parameters import Sort
from hodie.press.api.problem import missing
from hodie.press.api.shapes import (
    AlmanacShape,
    AuthorList,
    DayList,
    EntryList,
    HitList,
    HitShape,
    IndexShape,
    Listing,
    PickShape,
    SeriesList,
    Shape,
    SourceCount,
    StoryList,
    TodayList,
)
from hodie.press.api.telling import Telling
from hodie.press.api.values import ROOT, Speaker
from hodie.press.days import date_at
from hodie.press.layout import Layout
from hodie.press.nearest import nearest_days
from hodie.press.story import Story
from hodie.press.view import year_address

T = TypeVar("T")

# What nobody pages through: behind these, hits only share a word with what was looked for.
MOST_HITS = 1_000
# The almanac ranks so many matches by how well they match. Asked for more it may rank others, so
# that the hits behind these are those of one further search, whatever the part that is asked for.
BEST_HITS = 60
# Entities with more entries than this can only be read in the order of time.
MOST_SORTED = 20_000
# In these an entry is written alike; the others are asked for less, and are written anew.
_KEPT_FORMS = (Form.JSON, Form.NDJSON)
# Of how many of the best known entries of a day and kind one is drawn, and how often for each.
BEST_DRAWN = 500
DRAWS = 100


class Given(Struct, frozen=True):
    """An answer: its body, and the address of the list's next part on this host."""

    content_type: str
    body: bytes
    following: str | None = None


class Asked(Struct, frozen=True):
    """A question, and all that its answer depends on."""

    layout: Layout
    question: Question
    today: datetime.date
    seed: int
    speaker: Speaker
    telling: Telling

    @property
    def form(self) -> Form:
        return self.question.form

    @property
    def sort(self) -> Sort | None:
        return self.question.query.sort

    @property
    def address(self) -> str:
        return self.url(self.question.address)

    def url(self, address: str) -> str:
        return self.layout.publication.base_url + address


def answer(layout: Layout, question: Question, today: datetime.date, seed: int = 0) -> Given:
    """Answer a question on `today`; `seed` decides what comes by chance. Raises ProblemError."""
    query = question.query
    speaker = Speaker(layout.publication, query.lang or layout.publication.language)
    is_kept = question.form in _KEPT_FORMS and not query.fields
    telling = Telling(layout.almanac, layout.written if is_kept else None, speaker.language)
    given = question.operation.make(Asked(layout, question, today, seed, speaker, telling))
    assert isinstance(given, Given)
    return given


# Writing


def _single(asked: Asked, shape: Shape, described: Callable[[], Block]) -> Given:
    """Write one thing."""
    question, form = asked.question, asked.form
    thing, fields = question.operation.thing, question.query.fields
    piece = writer(form, thing, fields, lambda _: shape, lambda _: described())(None)
    if form is Form.JSONLD:
        body = encode({"@context": linked.context(asked.speaker), **msgspec.json.decode(piece)})
    elif form is Form.JSON:
        body = piece
    else:
        body = joined(form, thing, fields, [piece])
    return Given(form.content_type, body)


def _list(
    asked: Asked,
    head: Listing,
    streams: Sequence[Read[T]],
    write: Callable[[T], bytes],
    *,
    key: Callable[[T], float | tuple[float, ...]] = lambda _: 0,
    keep: Callable[[T], bool] | None = None,
    ready: Callable[[Sequence[T]], None] | None = None,
) -> Given:
    """Write a part of a list: what `head` says of it, and the items out of its streams."""
    question, form = asked.question, asked.form
    thing, query = question.operation.thing, question.query
    places = [0] * len(streams)
    if query.cursor:
        places = cursors.places(query.cursor, _scope(asked), len(streams))
    gathered = gathering.gather(
        streams,
        places,
        key=key,
        keep=keep,
        write=write,
        ready=ready,
        limit=query.limit,
        room=gathering.SIZE - _around(asked, head),
    )
    following = None
    if gathered.places is not None:
        following = question.following(cursors.cursor(gathered.places, _scope(asked)))
    pieces = gathered.pieces
    if form is Form.JSON:
        items = {thing.many: [msgspec.Raw(piece) for piece in pieces]}
        body = encode(replace(head, next=following, **items))
    elif form is Form.JSONLD:
        body = encode(linked.item_list(asked.speaker, head.url, following, pieces))
    else:
        body = joined(form, thing, query.fields, pieces)
    return Given(form.content_type, body, following)


def _scope(asked: Asked) -> str:
    """Return what the cursors of a list hold for: its name, the facts, the day if it changes."""
    question = asked.question
    scope = f"{question.list} {asked.layout.version}"
    return scope if question.operation.lasting else f"{scope}{asked.today}"


def _writer(
    asked: Asked, shaped: Callable[[T], Struct], described: Callable[[T], Block]
) -> Callable[[T], bytes]:
    """Return what writes an item in the form that was asked for."""
    question = asked.question
    return writer(asked.form, question.operation.thing, question.query.fields, shaped, described)


def _around(asked: Asked, head: Listing) -> int:
    """Return how many bytes stand around the items of a list."""
    longest_cursor = 200
    return longest_cursor + len(head.url) + (len(encode(head)) if asked.form is Form.JSON else 800)


def _entries(
    asked: Asked,
    head: Listing,
    streams: Sequence[Read[Outline]],
    wanted: Wanted | None,
    sort: Sort,
) -> Given:
    telling, keep = asked.telling, None
    if wanted is not None and wanted.needs_entries:
        streams = [telling.in_full(read) for read in streams]
        keep = _kept_in_full(telling, wanted)
    elif wanted is not None:
        keep = wanted.filter.keeps_outline
    make = _writer(asked, asked.speaker.entry, partial(linked.entry, asked.speaker))
    return _list(
        asked,
        head,
        streams,
        lambda outline: telling.write(outline, make),
        key=gathering.order_key(sort),
        keep=keep,
        ready=telling.ready,
    )


def _kept_in_full(telling: Telling, wanted: Wanted) -> Callable[[Outline], bool]:
    return lambda outline: wanted.keeps(telling.entry(outline))


# Days, dates, years


def day(asked: Asked) -> Given:
    month_day = _month_day(asked.question.id)
    query, almanac = asked.question.query, asked.layout.almanac
    wanted = gathering.wanted_of(query, kinds=False)
    _check_place(asked)
    kinds = _kinds(asked)
    counted = wanted is None
    own = _own_holidays(asked, (month_day,))
    head = DayList(
        url=asked.address,
        day=str(month_day),
        words=asked.speaker.day(month_day),
        page=asked.url(f"/on/{month_day}/"),
        total=sum(almanac.count(month_day, kind) for kind in kinds) + len(own) if counted else None,
    )
    sort = asked.sort or "weight"
    streams = [*_day_streams(asked, (month_day,), sort), _listed(asked, own, sort)]
    return _entries(asked, head, streams, wanted, sort)


def _own_holidays(asked: Asked, days: tuple[MonthDay, ...]) -> list[Entry]:
    """Return the holidays that days have this year alone, if holidays are asked for."""
    wanted = asked.question.query.kind
    if wanted and Kind.HOLIDAY not in wanted:
        return []
    year = asked.today.year
    return [entry for day in days for entry in asked.layout.moving_holidays(day, year)]


def _listed(asked: Asked, entries: list[Entry], sort: Sort) -> Read[Outline]:
    return gathering.listed(asked.telling.listed(gathering.in_order(entries, sort)))


def today(asked: Asked) -> Given:
    layout, speaker, today = asked.layout, asked.speaker, asked.today
    publication, month_day = layout.publication, MonthDay.of(today)
    days = days_shown(month_day, today.year, publication.leap_day)
    every = gathering.wanted_of(asked.question.query, kinds=True)
    _check_place(asked)
    told = layout.among_shown(layout.stories.on(month_day, today.year, publication.leap_day), today)
    lineup = layout.lineup(month_day, today.year)
    picks = [pick for pick in (lineup.lead, *lineup.selected) if pick is not None]
    head = TodayList(
        url=asked.address,
        date=today.isoformat(),
        day=str(month_day),
        words=speaker.day(HistoricalDate(today.year, today.month, today.day)),
        time_zone=asked.question.zone or publication.time_zone,
        page=asked.url("/"),
        stories=tuple(map(speaker.story_link, told)),
        selected=tuple(
            PickShape(why=pick.why, entry=speaker.entry(pick.entry))
            for pick in picks
            if every is None or every.keeps(pick.entry)
        ),
    )
    sort = asked.sort or "weight"
    wanted = gathering.wanted_of(asked.question.query, kinds=False)
    own = _own_holidays(asked, days)
    streams = [*_day_streams(asked, days, sort), _listed(asked, own, sort)]
    return _entries(asked, head, streams, wanted, sort)


def date(asked: Asked) -> Given:
    found = _date(asked.question.id)
    wanted = gathering.wanted_of(asked.question.query, kinds=True)
    _check_place(asked)
    sort = asked.sort or "weight"
    head = EntryList(
        url=asked.address,
        page=asked.url(f"/on/{found.edtf}/") if found.day else None,
    )
    if sort == "weight" and found.day:
        stream = _date_stream(asked, found)
    else:
        stream = _listed(asked, asked.layout.almanac.date(found), sort)
    return _entries(asked, head, [stream], wanted, sort)


def _date_stream(asked: Asked, date: HistoricalDate) -> Read[Outline]:
    """Read the heaviest of a date: those of a page, and if these won't do, many more."""
    found: list[Outline] = []
    known = 0

    def read(place: int, count: int) -> Sequence[Outline]:
        nonlocal found, known
        if place + count > known:
            known = place + count if place == 0 else place + gathering.SCANNED
            found = asked.layout.almanac.lists.date(date, limit=known)
        return found[place : place + count]

    return read


def year(asked: Asked) -> Given:
    number = _year(asked.question.id)
    wanted = gathering.wanted_of(asked.question.query, kinds=False)
    _check_place(asked)
    sort = asked.sort or "weight"
    head = EntryList(
        url=asked.address,
        page=asked.url(f"/year/{year_address(number)}/") if number in asked.layout.years else None,
    )
    streams = [_year_stream(asked, number, kind, sort) for kind in _kinds(asked)]
    return _entries(asked, head, streams, wanted, sort)


def _kinds(asked: Asked) -> tuple[Kind | None, ...]:
    """Return the kinds whose streams hold what is asked for; None stands for all together."""
    wanted = asked.question.query.kind
    return (None,) if not wanted or len(wanted) == len(Kind) else wanted


def _day_streams(asked: Asked, days: tuple[MonthDay, ...], sort: Sort) -> list[Read[Outline]]:
    return [_day_stream(asked, day, kind, sort) for day in days for kind in _kinds(asked)]


def _day_stream(asked: Asked, day: MonthDay, kind: Kind | None, sort: Sort) -> Read[Outline]:
    almanac, telling = asked.layout.almanac, asked.telling
    order: Order = "weight" if sort == "-weight" else sort

    def read(place: int, count: int) -> Sequence[Outline]:
        found = almanac.lists.day(day, kind, limit=count, offset=place, order=order)
        return telling.on_page((day, kind), place, found) if order == "weight" else found

    if sort == "-weight":
        return gathering.backwards(read, lambda: almanac.count(day, kind))
    return read


def _year_stream(asked: Asked, year: int, kind: Kind | None, sort: Sort) -> Read[Outline]:
    lists = asked.layout.almanac.lists
    order: OrderOfYear = "weight" if sort in ("weight", "-weight") else "date"

    def read(place: int, count: int) -> Sequence[Outline]:
        return lists.year(year, kind, limit=count, offset=place, order=order)

    if sort.startswith("-"):
        return gathering.backwards(read, cache(lambda: lists.count_of_year(year, kind)))
    return read


def _month_day(text: str) -> MonthDay:
    try:
        return MonthDay.parse(text)
    except DateError:
        pass
    month, _, day = text.partition("-")
    near = ""
    if month.isdecimal() and day.isdecimal() and len(text) < 8:
        near = " or ".join(map(str, nearest_days(None, int(month), int(day))))
    expected = f"did you mean {near}?" if near else "write a day as MM-DD, such as 08-20"
    raise missing("day", text, expected) from None


def _date(text: str) -> HistoricalDate:
    found = date_at(text)
    if found is None and len(text) <= 8:
        try:
            found = HistoricalDate.parse(text)
        except DateError:
            found = None
        found = found if found and found.precision == "month" else None
    if found is None:
        expected = "write a date of the calendar as 1940-08-20, or a month as 1940-08"
        raise missing("date", text, expected)
    return found


def _year(text: str) -> int:
    digits = text.removeprefix("-")
    number = int(text) if digits.isdecimal() and digits.isascii() and len(digits) < 6 else None
    if number is None or text != year_address(number):
        expected = "write a year with four digits, such as 1940, 0476 or -0043 for 44 BC"
        raise missing("year", text, expected)
    return number


def _check_place(asked: Asked) -> None:
    place = asked.question.query.place
    if place and asked.layout.almanac.entity(place) is None:
        raise missing("place", place, f"no entity has this id; {ROOT}/search?q= finds it")


# Entries and entities


def entry(asked: Asked) -> Given:
    id = asked.question.id
    found = asked.layout.entry(id)
    if found is None:
        expected = "no entry has this id; an id stands in each entry, such as e:1940-08-20:..."
        raise missing("id", id, expected)
    shape = asked.speaker.entry(found)
    return _single(asked, shape, partial(linked.entry, asked.speaker, found))


def entity(asked: Asked) -> Given:
    id = asked.question.id
    found = asked.layout.almanac.entity(id)
    if found is None:
        raise missing("id", id, f"no entity has this id; {ROOT}/search?q= finds it")
    shape = asked.speaker.entity(found)
    return _single(asked, shape, partial(linked.entity, asked.speaker, found))


def entity_entries(asked: Asked) -> Given:
    id = asked.question.id
    numbers = asked.layout.almanac.lists.about(id)
    if numbers is None:
        raise missing("id", id, f"no entity has this id; {ROOT}/search?q= finds it")
    wanted = gathering.wanted_of(asked.question.query, kinds=True)
    _check_place(asked)
    sort = asked.sort or "year"
    head = EntryList(
        url=asked.address,
        page=asked.url(f"/about/{id}/"),
    )
    return _entries(asked, head, [_about(asked, id, numbers, sort)], wanted, sort)


def _about(asked: Asked, id: str, numbers: list[int], sort: Sort) -> Read[Outline]:
    lists = asked.layout.almanac.lists
    if sort != "year" and len(numbers) > MOST_SORTED:
        raise missing("sort", sort, f"{id} has more than {MOST_SORTED} entries; take sort=year")
    if sort in ("weight", "-weight"):
        return gathering.listed(sorted(lists.numbered(numbers), key=gathering.order_key(sort)))
    ordered = numbers if sort == "year" else numbers[::-1]
    return lambda place, count: lists.numbered(ordered[place : place + count])


# Search and chance


def search(asked: Asked) -> Given:
    query, speaker = asked.question.query, asked.speaker
    wanted = gathering.wanted_of(query, kinds=False)
    _check_place(asked)
    entities_too = wanted is None or (gathering.wanted_of(
        replace(query, sensitive="shown"), kinds=False
    ) is None and query.sensitive == "hidden")  # fmt: skip

    def keeps(hit: Hit) -> bool:
        return entities_too if hit.entry is None else wanted is None or wanted.keeps(hit.entry)

    def shaped(hit: Hit) -> HitShape:
        return HitShape(
            score=round(hit.score, 4),
            entity=speaker.entity(hit.entity) if hit.entity else None,
            entry=speaker.entry(hit.entry) if hit.entry else None,
        )

    def described(hit: Hit) -> Block:
        if hit.entity is not None:
            return linked.entity(speaker, hit.entity)
        assert hit.entry is not None
        return linked.entry(speaker, hit.entry)

    return _list(
        asked,
        HitList(url=asked.address),
        [_hits(asked, kind) for kind in _kinds(asked)],
        _writer(asked, shaped, described),
        key=lambda hit: -hit.score,
        keep=keeps if wanted else None,
    )


def _hits(asked: Asked, kind: Kind | None) -> Read[Hit]:
    almanac, words = asked.layout.almanac, asked.question.query.q

    def read(place: int, count: int) -> Sequence[Hit]:
        if place + count <= BEST_HITS:
            return almanac.search(words, limit=count, offset=place, kind=kind)
        best = almanac.search(words, limit=BEST_HITS, kind=kind)
        more = almanac.search(words, limit=MOST_HITS, kind=kind) if len(best) == BEST_HITS else []
        known = {hit_id(hit) for hit in best}
        best += [hit for hit in more if hit_id(hit) not in known]
        return best[place : place + count]

    return read


def hit_id(hit: Hit) -> str:
    found = hit.entity or hit.entry
    assert found is not None
    return found.id


def by_chance(asked: Asked) -> Given:
    query = asked.question.query
    wanted = gathering.wanted_of(query, kinds=False)
    _check_place(asked)
    chance = random.Random(asked.seed if query.seed is None else query.seed)
    found = asked.telling.listed(_drawn(asked, query.limit or 1, wanted, chance))
    head = EntryList(url=asked.address)
    return _entries(asked, head, [gathering.listed(found)], None, "weight")


def _drawn(asked: Asked, most: int, wanted: Wanted | None, chance: random.Random) -> list[Entry]:
    """Draw entries out of the best known of all days, each once."""
    kinds = asked.question.query.kind
    shelves = [shelf for shelf in asked.layout.shelves if not kinds or shelf[1] in kinds]
    weights = list(accumulate(min(count, BEST_DRAWN) for _, _, count in shelves))
    found: dict[str, Entry] = {}
    for _ in range(DRAWS + most if shelves else 0):
        [(day, kind, count)] = chance.choices(shelves, cum_weights=weights)
        place = chance.randrange(min(count, BEST_DRAWN))
        for entry in asked.layout.almanac.day(day, kind, limit=1, offset=place):
            if wanted is None or wanted.keeps(entry):
                found[entry.id] = entry
        if len(found) == most:
            break
    return list(found.values())


# Stories, series, authors


def stories(asked: Asked) -> Given:
    query, layout = asked.question.query, asked.layout
    if query.series and layout.publication.series_named(query.series) is None:
        raise missing("series", query.series, f"{ROOT}/series lists them")
    if query.author and layout.publication.author(query.author) is None:
        raise missing("author", query.author, f"{ROOT}/authors lists them")
    day = _month_day(query.day) if query.day else None
    found = [story for story in layout.shown_stories(asked.today) if _is_asked(asked, story, day)]
    return _list(
        asked,
        StoryList(url=asked.address),
        [gathering.listed(found)],
        _writer(
            asked,
            lambda story: asked.speaker.story(story, asked.today),
            lambda story: linked.story(asked.speaker, story, asked.today),
        ),
    )


def _is_asked(asked: Asked, story: Story, day: MonthDay | None) -> bool:
    query = asked.question.query
    run = MonthDay.of(story.run) if isinstance(story.run, datetime.date) else story.run
    return (
        (not query.series or (story.series is not None and story.series.id == query.series))
        and (not query.author or any(author.id == query.author for author in story.bylines))
        and (day is None or day in (story.day, run))
    )


def story(asked: Asked) -> Given:
    id = asked.question.id
    known = asked.layout.stories.get(id)
    shown = asked.layout.among_shown([known], asked.today) if known else []
    if not shown:
        raise missing("id", id, _way_to_story(asked, id))
    shape = asked.speaker.story(shown[0], asked.today, whole=True)
    return _single(asked, shape, lambda: linked.story(asked.speaker, shown[0], asked.today))


def _way_to_story(asked: Asked, id: str) -> str:
    now = moved.now(asked.layout, asked.today, id)
    if now is not None:
        return f"the story has the id {now.id!r} now: {ROOT}/stories/{now.id}"
    return f"no story that has run has this id; {ROOT}/stories lists them"


def all_series(asked: Asked) -> Given:
    return _list(
        asked,
        SeriesList(url=asked.address),
        [gathering.listed(asked.layout.publication.series)],
        _writer(
            asked,
            asked.speaker.series,
            lambda series: linked.named(asked.speaker.series(series), "CreativeWorkSeries"),
        ),
    )


def series(asked: Asked) -> Given:
    id = asked.question.id
    found = asked.layout.publication.series_named(id)
    if found is None:
        raise missing("id", id, f"{ROOT}/series lists the series that there are")
    shape = asked.speaker.series(found)
    return _single(asked, shape, lambda: linked.named(shape, "CreativeWorkSeries"))


def authors(asked: Asked) -> Given:
    return _list(
        asked,
        AuthorList(url=asked.address),
        [gathering.listed(asked.layout.publication.authors)],
        _writer(asked, asked.speaker.author, lambda each: linked.author(asked.speaker, each)),
    )


def author(asked: Asked) -> Given:
    id = asked.question.id
    found = asked.layout.publication.author(id)
    if found is None:
        raise missing("id", id, f"{ROOT}/authors lists the authors that there are")
    shape = asked.speaker.author(found)
    return _single(asked, shape, lambda: linked.author(asked.speaker, found))


# The almanac, and the API itself


def almanac(asked: Asked) -> Given:
    info, years = asked.layout.almanac.info, asked.layout.years
    shape = AlmanacShape(
        version=info.digest,
        schema=info.schema,
        hodie=hodie.__version__,
        url=asked.url(f"{ROOT}/almanac"),
        page=asked.url("/sources/"),
        language=asked.layout.publication.language,
        entries=info.entries,
        entities=info.entities,
        years=(years[0], years[-1]) if years else None,
        sources=tuple(
            SourceCount(source=each.source, licence=each.licence, entries=each.entries)
            for each in info.sources
        ),
    )
    return _single(asked, shape, lambda: linked.dataset(asked.layout.publication, shape))


def index(asked: Asked, addresses: dict[str, str]) -> Given:
    publication = asked.layout.publication
    shape = IndexShape(
        name=publication.name,
        language=publication.language,
        page=asked.url("/api/"),
        openapi=asked.url(f"{ROOT}/openapi.json"),
        addresses={name: asked.url(address) for name, address in addresses.items()},
    )
    return _single(asked, shape, lambda: linked.service(shape))
