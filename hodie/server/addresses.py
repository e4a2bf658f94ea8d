"""Addresses as readers type them, and the one form in which each is answered."""

from __future__ import annotations

import re

PAGES = frozenset({"about", "by", "embed", "on", "series", "sources", "stories", "year"})

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
    names = [part for part in path.split("/") if part]
    ending = "/" if path.endswith(("/", "/index.html")) else ""
    if names and names[-1] == "index.html":
        names.pop()
    if not names:
        return "/"
    room, rest = names[0].lower(), [name.lower() for name in names[1:]]
    if room in ("search", "api") and not rest:
        return "/search" if room == "search" else "/api/"
    if room in PAGES and "." not in names[-1]:
        return "/".join(["", room, *_in_full(room, rest), ""])
    return "/" + "/".join(names) + ending


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


def _in_full(room: str, rest: list[str]) -> list[str]:
    """Write a day or a year with all its digits, and a day as one part; the rest stays.

    >>> _in_full("on", ["44", "3", "15"]), _in_full("on", ["easter"]), _in_full("year", ["-43"])
    (['0044-03-15'], ['easter'], ['-0043'])
    """
    if room == "on" and (found := _DAY.fullmatch("-".join(rest))):
        year, month, day = found.groups()
        month_day = f"{int(month):02}-{int(day):02}"
        return [f"{_year_in_full(year)}-{month_day}" if year else month_day]
    if room == "year":
        return [_year_in_full(name) for name in rest]
    return rest


def _year_in_full(text: str) -> str:
    return f"{int(text):0{4 + text.startswith('-')}}" if _YEAR.fullmatch(text) else text
