"""What a page says to machines: schema.org in JSON-LD, as plain dictionaries.

schema.org takes dates of ISO 8601 in the Gregorian calendar. What it cannot say, it is not told:
a date that is approximate or of another calendar's year alone is left out.
"""

import datetime
from typing import Any
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from hodie.almanac import Entity, Entry, Kind
from hodie.dates import Calendar, DateError, HistoricalDate, Interval, MonthDay
from hodie.press.publication import Author, Publication
from hodie.press.story import Story, StorySource
from hodie.selection import Lineup

Block = dict[str, Any]

CONTEXT = "https://schema.org"
# Google reads no more of a headline.
HEADLINE_LENGTH = 110
_TYPES = {"person": "Person", "place": "Place", "work": "CreativeWork", "body": "Organization"}
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028",
                          "\u2029": "\\u2029"})  # fmt: skip


def script(block: Block) -> Markup:
    """Write a block for the inside of a script element, whatever text it holds.

    >>> print(script({"name": "</script>"}))
    {"name":"\\u003c/script\\u003e"}
    """
    return Markup(msgspec.json.encode(block).decode().translate(_ESCAPES))


def website(publication: Publication) -> Block:
    """Describe the site, and how to search it."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "@id": publication.url("/#site"),
        "name": publication.name,
        "url": publication.url("/"),
        "inLanguage": publication.language,
        **_filled(description=publication.tagline),
        "publisher": _publisher(publication),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": publication.url("/search") + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(publication: Publication, trail: list[tuple[str, str]]) -> Block:
    """Describe the way to a page: names and addresses, from the top."""
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": publication.url(address)}
        for n, (name, address) in enumerate(trail, 1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def story(publication: Publication, story: Story, today: datetime.date | None = None) -> Block:
    """Describe a story; with `today`, also when it was last published and changed."""
    url = publication.url(story.address)
    return {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": _headline(story.headline),
        "inLanguage": story.language,
        "isAccessibleForFree": True,
        "author": [author(publication, each) for each in story.bylines] or _publisher(publication),
        "publisher": _publisher(publication),
        **_filled(
            dateline=story.dateline,
            description=story.description,
            articleSection=story.series.name if story.series else None,
            image=publication.url(story.image.address) if story.image else None,
            keywords=list(story.tags),
            temporalCoverage=_coverage(story),
            about=[{"@id": publication.url(f"/about/{id}/")} for id in story.entities],
            citation=[_citation(source) for source in story.sources],
            **_published(publication, story, today),
        ),
    }


def entry(publication: Publication, entry: Entry) -> Block:
    """Describe an entry: an Event, or the Person whose birth or death it is."""
    if entry.kind in (Kind.BIRTH, Kind.DEATH) and entry.subject is not None:
        key = "birthDate" if entry.kind is Kind.BIRTH else "deathDate"
        return entity(publication, entry.subject) | _filled(**{key: iso(entry.date)})
    return {
        "@context": CONTEXT,
        "@type": "Event",
        "name": entry.label,
        **_filled(
            startDate=iso(entry.date),
            description=entry.line if entry.line != entry.label else None,
            location=[_mention(publication, each) for each in entry.places],
            about=[_mention(publication, each) for each in (*entry.people, *entry.context)],
        ),
    }


def entity(publication: Publication, entity: Entity) -> Block:
    """Describe an entity by its own page."""
    years = {}
    if entity.kind == "person":
        years = {"birthDate": _iso_year(entity.born), "deathDate": _iso_year(entity.died)}
    return (
        {"@context": CONTEXT}
        | _mention(publication, entity)
        | _filled(description=entity.description, sameAs=_same_as(entity), **years)
    )


def day(publication: Publication, day: MonthDay, lineup: Lineup, front: bool) -> list[Block]:
    """Describe a day's page: what it tells first, in order, and on the front the site itself."""
    picks = [pick for pick in (lineup.lead, *lineup.selected) if pick is not None]
    items = [
        {"@type": "ListItem", "position": n, "item": _bare(entry(publication, pick.entry))}
        for n, pick in enumerate(picks, 1)
    ]
    listed = {
        "@context": CONTEXT,
        "@type": "ItemList",
        "url": publication.url("/" if front else f"/on/{day}/"),
        "numberOfItems": len(items),
        "itemListElement": items,
    }
    return [*([website(publication)] if front else []), *([listed] if items else [])]


def iso(date: HistoricalDate | None) -> str | None:
    """Return a date as schema.org takes it: ISO 8601, Gregorian; None where that cannot be said.

    Years before 0 and after 9999 need a sign and more digits than readers of JSON-LD know, so
    they are left out with the rest.

    >>> iso(HistoricalDate(1940, 8, 20)), iso(HistoricalDate(1917, 10, 25, calendar="julian"))
    ('1940-08-20', '1917-11-07')
    >>> iso(HistoricalDate(-43, 3, 15, calendar="julian"))
    """
    if date is None or date.approximate or date.uncertain:
        return None
    if date.precision == "day":
        return _iso_day(date)
    whole = date.precision in ("year", "month") and date.calendar is Calendar.GREGORIAN
    if not whole or not 0 < date.year <= 9999:
        return None
    return date.edtf


def _iso_day(date: HistoricalDate) -> str | None:
    try:
        gregorian = date.to(Calendar.GREGORIAN)
    except DateError:
        return None
    return gregorian.edtf if 0 < gregorian.year <= 9999 else None


def _iso_year(year: int | None) -> str | None:
    return f"{year:04d}" if year is not None and 0 < year <= 9999 else None


def _coverage(story: Story) -> str | None:
    date = story.date
    if not isinstance(date, Interval):
        return iso(date)
    start, end = iso(date.start), iso(date.end)
    return f"{start}/{end}" if start and end else None


def _published(
    publication: Publication, story: Story, today: datetime.date | None
) -> dict[str, str | None]:
    first = story.published or (story.run if isinstance(story.run, datetime.date) else None)
    if first is None and today is not None:
        first = story.last_run(today)
    if first is None:
        return {}
    changed = max([first, *(correction.date for correction in story.corrections)])
    moments = {"datePublished": first, "dateModified": changed}
    return {key: publication.day_start(date).isoformat() for key, date in moments.items()}


def _headline(text: str) -> str:
    return text if len(text) <= HEADLINE_LENGTH else text[: HEADLINE_LENGTH - 1] + "…"


def _publisher(publication: Publication) -> Block:
    return {
        "@type": "Organization",
        "name": publication.name,
        "url": publication.url("/"),
    }


def author(publication: Publication, author: Author) -> Block:
    """Describe who signs a story."""
    return {
        "@type": "Organization" if author.kind == "desk" else "Person",
        "name": author.name,
        **_filled(
            url=publication.url(f"/by/{author.id}/") if author.id else None,
            description=author.note,
            image=publication.url(f"/pictures/{author.picture}") if author.picture else None,
            sameAs=[link.url for link in author.links if not link.url.startswith("mailto:")],
        ),
    }


def _citation(source: StorySource) -> Block:
    return {
        "@type": "CreativeWork",
        "name": source.title,
        **_filled(author=source.author, publisher=source.publisher, url=source.url),
    }


def _mention(publication: Publication, entity: Entity) -> Block:
    return {
        "@type": _TYPES.get(entity.kind or "", "Thing"),
        "name": entity.name,
        **_filled(url=_page_of(publication, entity)),
    }


def _page_of(publication: Publication, entity: Entity) -> str | None:
    linked = entity.weight >= publication.entity_weight
    return publication.url(f"/about/{entity.id}/") if linked else None


def _same_as(entity: Entity) -> list[str]:
    found = []
    if entity.wikidata:
        found.append(f"http://www.wikidata.org/entity/{entity.wikidata}")
    if entity.wikipedia:
        title = quote(entity.wikipedia.replace(" ", "_"))
        found.append(f"https://en.wikipedia.org/wiki/{title}")
    return found


def _bare(block: Block) -> Block:
    return {key: value for key, value in block.items() if key != "@context"}


def _filled(**properties: Any) -> Block:
    return {key: value for key, value in properties.items() if value not in (None, "", [])}
