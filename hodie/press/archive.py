"""All stories of a publication, read from their files, and found by day, series and author."""

import datetime
import functools
import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar, overload

import msgspec

from hodie.dates import Interval, LeapDay, MonthDay, days_shown
from hodie.press.publication import Publication
from hodie.press.story import Story, StoryDate, StoryError, read_story

K = TypeVar("K", bound=Hashable)


class Archive(Sequence[Story]):
    """Stories in the order of their ids, with the questions that pages and feeds ask of them.

    What a method returns is in the order of the dates that the stories tell of.
    """

    def __init__(self, stories: Iterable[Story] = ()) -> None:
        self._stories = tuple(sorted(stories, key=lambda story: story.id))
        self._by_id = {story.id: story for story in self._stories}

    @overload
    def __getitem__(self, index: int) -> Story: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Story]: ...
    def __getitem__(self, index: int | slice) -> Story | Sequence[Story]:
        return self._stories[index]

    def __len__(self) -> int:
        return len(self._stories)

    def get(self, id: str) -> Story | None:
        return self._by_id.get(id)

    def on(self, day: MonthDay, year: int, leap_day: LeapDay = "february-28") -> list[Story]:
        """Return the stories that run on a day of a year; those for that one date come first."""
        shown = days_shown(day, year, leap_day)
        stories = [
            s for each in shown for s in self._running.get(each, ()) if s.runs_on(each, year)
        ]
        return sorted(stories, key=lambda story: not isinstance(story.run, datetime.date))

    def of_day(self, day: MonthDay) -> list[Story]:
        """Return the stories that tell of a day of the year, whenever they run."""
        return self._telling_of.get(day, [])

    def of_series(self, id: str) -> list[Story]:
        return self._of_series.get(id, [])

    def by(self, author: str) -> list[Story]:
        return self._by_author.get(author, [])

    def about(self, entity: str) -> list[Story]:
        return self._about.get(entity, [])

    def telling(self, entry: str) -> list[Story]:
        """Return the stories that name an entry of the almanac as what they tell of."""
        return self._telling.get(entry, [])

    @functools.cached_property
    def digest(self) -> str:
        """A digest of everything in the stories: equal where nothing changed."""
        return hashlib.sha256(msgspec.json.encode(self._stories)).hexdigest()

    @functools.cached_property
    def _running(self) -> dict[MonthDay, list[Story]]:
        def days(story: Story) -> Iterable[MonthDay]:
            if isinstance(story.run, datetime.date):
                return (MonthDay.of(story.run),)
            return () if story.run is None else (story.run,)

        return self._grouped(days)

    @functools.cached_property
    def _telling_of(self) -> dict[MonthDay, list[Story]]:
        return self._grouped(lambda story: () if story.day is None else (story.day,))

    @functools.cached_property
    def _of_series(self) -> dict[str, list[Story]]:
        return self._grouped(lambda story: () if story.series is None else (story.series.id,))

    @functools.cached_property
    def _by_author(self) -> dict[str, list[Story]]:
        return self._grouped(lambda story: [author.id for author in story.bylines if author.id])

    @functools.cached_property
    def _about(self) -> dict[str, list[Story]]:
        return self._grouped(lambda story: story.entities)

    @functools.cached_property
    def _telling(self) -> dict[str, list[Story]]:
        return self._grouped(lambda story: story.entries)

    def _grouped(self, keys: Callable[[Story], Iterable[K]]) -> dict[K, list[Story]]:
        groups: dict[K, list[Story]] = {}
        for story in sorted(self._stories, key=lambda story: _first_day(story.dates)):
            for key in keys(story):
                groups.setdefault(key, []).append(story)
        return groups


def _first_day(dates: tuple[StoryDate, ...]) -> int:
    ends = [each.start or each.end if isinstance(each, Interval) else each for each in dates]
    return min(end.earliest for end in ends if end is not None)


def read_stories(folder: Path, publication: Publication, *, drafts: bool = False) -> Archive:
    """Read every story in `folder` and the folders in it; raises StoryError at the first bad one.

    Drafts are left out, unless asked for. A folder that does not exist holds no stories.
    """
    stories = [read_story(file, publication) for file in _files(folder)]
    _check_former(stories, folder)
    return Archive(story for story in stories if drafts or not story.draft)


def _check_former(stories: Sequence[Story], folder: Path) -> None:
    """Raise StoryError where two stories would stand at one address."""
    taken = {story.id: f"the address of {story.id}.md" for story in stories if not story.draft}
    for story in stories:
        for id in story.formerly:
            if id in taken:
                message = f"formerly: {id!r} is {taken[id]}; keep it in one of the two"
                file = next(file for file in _files(folder) if file.stem == story.id)
                raise StoryError(message, file=file, line=1)
            taken[id] = f"a former address of {story.id}.md too"


def _files(folder: Path) -> Iterator[Path]:
    seen: dict[str, Path] = {}
    for file in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
        if any(part.startswith(".") for part in file.relative_to(folder).parts):
            continue
        if file.stem in seen:
            message = f"{file.stem!r} is also the id of {seen[file.stem]}; rename one of the two"
            raise StoryError(message, file=file, line=1)
        seen[file.stem] = file
        yield file
