"""Share pictures: what a link to a day or a story looks like where people share it.

A card is drawn from a few words, and its address holds a digest of them and of the drawing. So
the picture behind an address never changes, and is drawn once.
"""

import datetime
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

import msgspec
from babel import Locale
from msgspec import Struct

from hodie.almanac import Entry
from hodie.dates import Interval, MonthDay, anniversary_words, worded_year
from hodie.press.layout import Layout
from hodie.press.lettering import HEIGHT, WIDTH, Card, draw, settable
from hodie.press.page import Page
from hodie.press.story import Story
from hodie.press.telling import Telling, tell
from hodie.press.view import typeset

MEDIA_TYPE = "image/png"


class Picture(Struct, frozen=True, kw_only=True):
    """A picture that a page names for those who link to it; sizes are in pixels."""

    address: str
    alt: str
    card: Card
    media_type: str = MEDIA_TYPE
    width: int = WIDTH
    height: int = HEIGHT


def of_day(layout: Layout, telling: Telling, today: datetime.date) -> Picture:
    """Return the card of a day: its story's headline, or that of its lead."""
    view, day = layout.view(today.year), telling.day
    kicker, headline = _day_words(layout, telling, today.year)
    others = [typeset(entry.label) for entry in telling.entries]
    also = others if telling.story is not None else others[1:]
    foot = layout.words["card_also"].format(others="; ".join(also)) if also else ""
    card = _card(layout, *_of_day(view.locale, day), kicker, headline, foot)
    return _picture(f"on/{day}", card, f"{view.worded(day)}: {headline}" if headline else "")


def of_story(layout: Layout, story: Story) -> Picture:
    """Return the card of a story: its headline over who signs it, beside the day it tells of."""
    names = ", ".join(author.name for author in story.bylines)
    foot = f"{layout.words['by']} {names}" if names else story.summary
    series = [story.series.name] if story.series else []
    kicker = " · ".join([*series, story.dateline])
    locale = Locale.parse(story.language, sep="-")
    over, numeral = _of_day(locale, story.day) if story.day else _of_year(story)
    card = _card(layout, over, numeral, kicker, typeset(story.headline), foot)
    return _picture(f"stories/{story.id}", card, f"{story.dateline}: {story.headline}")


def addresses(layout: Layout, today: datetime.date) -> Iterator[str]:
    """Yield the address of every card that pages name on `today`."""
    for day in MonthDay.all():
        yield of_day(layout, tell(layout, day, today), today).address
    for story in layout.shown_stories(today):
        yield of_story(layout, story).address


def day_page(layout: Layout, address: str, today: datetime.date, text: str) -> Page | None:
    """Draw the card of a day; None where the address names another."""
    day = next((day for day in MonthDay.all() if str(day) == text), None)
    return None if day is None else _page(address, of_day(layout, tell(layout, day, today), today))


def story_page(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Draw the card of a story that is shown; None where the address names another."""
    story = next((each for each in layout.shown_stories(today) if each.id == id), None)
    return None if story is None else _page(address, of_story(layout, story))


def _page(address: str, picture: Picture) -> Page | None:
    if picture.address != address:
        return None
    return Page(address, MEDIA_TYPE, draw(picture.card))


def _day_words(layout: Layout, telling: Telling, year: int) -> tuple[str, str]:
    """Return a day's kicker and headline: of its story, or of the first pick that can be set."""
    story = telling.story
    if story is not None:
        series = [story.series.name] if story.series else []
        return " · ".join([*series, story.dateline]), typeset(story.headline)
    entry = next((each for each in telling.entries if settable(each.label)), None)
    return ("", "") if entry is None else (_kicker(layout, entry, year), typeset(entry.label))


def _kicker(layout: Layout, entry: Entry, year: int) -> str:
    """Say an entry's year, and how long ago that is."""
    view = layout.view(year)
    if entry.date is None:
        return ""
    ago = view.years_ago(entry)
    said = [anniversary_words(ago, view.language)] if ago > 0 else []
    return " · ".join([view.worded_year(entry.date.year), *said])


def _of_day(locale: Locale, day: MonthDay) -> tuple[str, str]:
    """Return what stands over a day's numeral, its month, and the numeral."""
    month = locale.months["stand-alone"]["wide"][day.month]
    return month if settable(month) else str(day.month), str(day.day)


def _of_year(story: Story) -> tuple[str, str]:
    """Return what stands over a year's numeral, its era where it needs one, and the numeral."""
    date = story.date
    first = (date.start or date.end) if isinstance(date, Interval) else date
    if first is None:
        return "", ""
    figures, _, era = worded_year(first.year, "en").partition(" ")
    return era, figures


def _card(layout: Layout, over: str, numeral: str, kicker: str, headline: str, foot: str) -> Card:
    publication = layout.publication
    return Card(
        name=publication.name,
        over=over,
        numeral=numeral,
        kicker=kicker,
        headline=headline,
        foot=foot,
        host=urlsplit(publication.base_url).hostname or "",
        accent=publication.accent.light,
    )


def _picture(name: str, card: Card, alt: str) -> Picture:
    said = msgspec.json.encode(card)
    digest = hashlib.blake2b(said + _drawing(), digest_size=6).hexdigest()
    alt = f"{card.name}. {alt}" if alt else card.name
    return Picture(address=f"/cards/{name}.{digest}.png", alt=alt, card=card)


@cache
def _drawing() -> bytes:
    """Return a digest of how cards are drawn: the code, and the type."""
    digest = hashlib.blake2b(digest_size=16)
    folder = resources.files("hodie.press.lettering")
    for name in ("faces.py", "sheet.py", "display.json", "italic.json"):
        digest.update((folder / name).read_bytes())
    return digest.digest()
