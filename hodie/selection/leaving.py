"""What is left out of a day before anything is chosen: by the policy, or for being told twice."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hodie.almanac import Entry
from hodie.selection.policy import Policy


def allowed(entries: Iterable[Entry], policy: Policy) -> list[Entry]:
    """Return the entries that a publication may tell at all."""
    left = list(entries)
    if policy.sensitivity == "hidden":
        left = [entry for entry in left if "sensitive" not in entry.flags]
    if policy.exclude:
        left = [entry for entry in left if not _excluded(entry, policy)]
    return left


def _excluded(entry: Entry, policy: Policy) -> bool:
    exclude = policy.exclude
    if entry.id in exclude.ids or entry.kind in exclude.kinds or entry.subkind in exclude.kinds:
        return True
    if not set(exclude.flags).isdisjoint(entry.flags):
        return True
    return bool(exclude.words) and any(map(_any_of(exclude.words).search, _texts(entry)))


def _texts(entry: Entry) -> Iterator[str]:
    yield entry.title or ""
    yield entry.line or ""
    for part in entry.participants:
        yield part.entity.name


@lru_cache(maxsize=8)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of some words or phrases, whole, in any case.

    >>> bool(_any_of(("war",)).search("The Cold War ends")), bool(_any_of(("war",)).search("Award"))
    (True, False)
    """
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
