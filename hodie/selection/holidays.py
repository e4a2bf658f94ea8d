"""The holidays of a day in one year: those of every year, and the year's own."""

import unicodedata
from collections.abc import Iterable

from msgspec.structs import replace

from hodie.almanac import Entry


def joined(known: Iterable[Entry], own: Iterable[Entry]) -> list[Entry]:
    """Join the holidays that an almanac knows with those of the year: what has one name is one.

    It is kept where either says, and both are its references.
    """
    kept = list(known)
    places = {_folded(entry): place for place, entry in enumerate(kept)}
    for entry in own:
        place = places.get(_folded(entry))
        if place is None:
            kept.append(entry)
        else:
            kept[place] = _both(kept[place], entry)
    return kept


def _both(known: Entry, own: Entry) -> Entry:
    return replace(
        known,
        weight=max(known.weight, own.weight),
        countries=tuple(sorted({*known.countries, *own.countries})),
        references=tuple(dict.fromkeys((*known.references, *own.references))),
    )


def _folded(entry: Entry) -> str:
    """Fold a holiday's name for comparing: case, accents, apostrophes and dots do not count."""
    plain = unicodedata.normalize("NFKD", entry.label.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
