"""Feeds of stories: of all, of a series, of an author."""

import datetime
from collections.abc import Iterator

from markupsafe import Markup

from hodie.press.feeds.model import EPOCH, Desk, Feed, Item, tag, whole
from hodie.press.publication import Author, Publication, Series
from hodie.press.story import Story
from hodie.press.words import words

# Readers that look in once a month miss nothing.
STORIES = 30


def feed_of_stories(
    desk: Desk,
    today: datetime.date,
    limit: int = STORIES,
    of: Series | Author | None = None,
) -> Feed:
    """Return the feed of the stories that ran last, or of those `of` a series or an author.

    Each time that a story runs is an item.
    """
    publication = desk.publication
    told = [story for story in desk.shown_stories(today) if of is None or _is_of(story, of)]
    dated = [(_ran(story, today), story) for story in told]
    ran = [(date, story) for date, story in dated if date is not None]
    newest = sorted(ran, key=lambda pair: (-pair[0].toordinal(), pair[1].id))[:limit]
    name, title, home = _named(publication, of)
    return Feed(
        id=tag(publication, EPOCH, f"feeds/{name}"),
        title=f"{publication.name}: {title}",
        subtitle=of.note if of is not None and of.note else publication.tagline,
        home=publication.url(home),
        language=publication.language,
        author=publication.name,
        updated=publication.day_start(today),
        items=tuple(_story_item(publication, story, date, today) for date, story in newest),
    )


def story_html(story: Story) -> Markup:
    """Return a whole story as a feed tells it: dateline, picture, corrections, text."""
    return Markup("").join(_story_parts(story))


def _is_of(story: Story, of: Series | Author) -> bool:
    return story.series == of if isinstance(of, Series) else of in story.bylines


def _named(publication: Publication, of: Series | Author | None) -> tuple[str, str, str]:
    """Return a feed's name in addresses, its title, and the address of its page."""
    if of is None:
        return "stories", words(publication.language)["stories"], "/stories/"
    room = "series" if isinstance(of, Series) else "by"
    return f"{room}/{of.id}", of.name, f"/{room}/{of.id}/"


def _story_item(
    publication: Publication, story: Story, ran: datetime.date, today: datetime.date
) -> Item:
    corrected = [each.date for each in story.corrections if ran < each.date <= today]
    return Item(
        id=tag(publication, ran, f"stories/{story.id}"),
        title=story.headline,
        url=publication.url(story.address),
        html=whole(publication, story_html(story)),
        summary=story.description,
        published=publication.day_start(ran),
        updated=publication.day_start(max([ran, *corrected])),
        authors=tuple(author.name for author in story.bylines),
        tags=story.tags,
    )


def _story_parts(story: Story) -> Iterator[Markup]:
    yield Markup("<p><em>{}</em></p>\n").format(story.dateline)
    if story.image is not None:
        credit = " ".join(filter(None, (story.image.caption, story.image.credit)))
        yield Markup(
            '<figure><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>\n'
        ).format(story.image.address, story.image.alt, credit)
    for correction in story.corrections:
        yield Markup("<p><em>{}: {}</em></p>\n").format(
            correction.date.isoformat(), correction.note
        )
    yield Markup(story.html)


def _ran(story: Story, today: datetime.date) -> datetime.date | None:
    ran = [date for date in (story.last_run(today), story.published) if date and date <= today]
    return max(ran, default=None)
