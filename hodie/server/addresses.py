"""Addresses as readers type them, and the one form in which each is answered."""

from __future__ import annotations

import re

PAGES = frozenset({"about", "by", "on", "series", "sources", "stories", "year"})

_DAY = re.compile(r"(?:(-?\d{1,4})-)?(\d{1,2})-(\d{1,2})")
_YEAR = re.compile(r"-?\d{1,4}")


def canonical(path: str) -> str:
    """Return the address at which a page is answered, given any way to write it.

    Never starts with two slashes: as the target of a redirect that would name another host.

    >>> canonical("/on/8-20"), canonical("/On/1940/8/20/"), canonical("//about/Leon-Trotsky")
    ('/on/08-20/', '/on/1940-08-20/', '/about/leon-trotsky/')
    >>> canonical("/year/476"), canonical("/on/08-20/index.html"), canonical("/search/")
    ('/year/0476/', '/on/08-20/', '/search')
    """
    parts = path.split("/")
    names = [part for part in parts[1:] if part]
    if parts[-1] == "index.html":
        names, parts[-1] = names[:-1], ""
    room = names[0].lower() if names else ""
    if room == "search" and len(names) == 1:
        return "/search"
    if room not in PAGES or "." in names[-1]:
        return "/" + "/".join(names) + ("/" if names and not parts[-1] else "")
    rest = [name.lower() for name in names[1:]]
    if room == "on" and _DAY.fullmatch("-".join(rest)):
        rest = [_padded("-".join(rest))]
    if room == "year" and len(rest) == 1:
        rest = [_padded_year(rest[0])]
    return "/".join(["", room, *rest, ""])


def day_asked(path: str) -> tuple[int | None, int, int] | None:
    """Read the year (or None), month and day that a canonical address names, real or not.

    >>> day_asked("/on/13-05/"), day_asked("/on/-0043-02-30/"), day_asked("/on/new-year/")
    ((None, 13, 5), (-43, 2, 30), None)
    """
    if not path.startswith("/on/"):
        return None
    found = _DAY.fullmatch(path.removeprefix("/on/").rstrip("/"))
    if found is None:
        return None
    year, month, day = found.groups()
    return int(year) if year else None, int(month), int(day)


def _padded(text: str) -> str:
    """Write a day as addresses do, with two digits each; anything else stays.

    >>> _padded("8-2"), _padded("44-3-15"), _padded("-43-3-15"), _padded("easter")
    ('08-02', '0044-03-15', '-0043-03-15', 'easter')
    """
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    year, month, day = found.groups()
    month_day = f"{int(month):02}-{int(day):02}"
    return f"{_padded_year(year)}-{month_day}" if year else month_day


def _padded_year(text: str) -> str:
    return f"{int(text):0{4 + text.startswith('-')}}" if _YEAR.fullmatch(text) else text
