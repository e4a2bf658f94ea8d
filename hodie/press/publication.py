"""A publication: the folder that somebody runs, and what its `hodie.toml` says.

Everything is checked when the file is read, so that a page, a feed or a command never meets a
time zone that does not exist or an author without a name halfway through its work.
"""

import datetime
import difflib
import functools
import re
import tomllib
import unicodedata
import zoneinfo
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NoReturn, TypeVar, cast, get_args
from urllib.parse import quote, urlsplit

import msgspec
from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers
from msgspec import Struct

from hodie.dates import LeapDay
from hodie.errors import HodieError
from hodie.press.contrast import AA, DARK_GROUND, LIGHT_GROUND, contrast, darkened, lightened
from hodie.selection import RAN_NAME, Policy, PolicyError, read_ran
from hodie.sources import SourceError
from hodie.sources.holidays import Holidays

AuthorKind = Literal["desk", "person"]
TwoFactor = Literal["optional", "required"]

CONFIG_NAME = "hodie.toml"
PICTURE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_LIMIT = 100
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_REQUIRED: Any = object()
T = TypeVar("T")


class PublicationError(HodieError, ValueError):
    """A publication's folder or `hodie.toml` is not as it should be; says where and what to do."""

    def __init__(self, message: str, *, file: Path, key: str = "", value: object = None) -> None:
        super().__init__(f"{file}: {key}: {message}" if key else f"{file}: {message}")
        self.file, self.key, self.value = file, key, value


class Link(Struct, frozen=True):
    label: str
    url: str


class Series(Struct, frozen=True):
    """A standing title under which stories run, with an archive at `/series/{id}/`."""

    id: str
    name: str
    note: str = ""


class Author(Struct, frozen=True, kw_only=True):
    """Who signs a story. Without an `id` the author stands in one story only and has no page.

    `kind` is `desk` where the name is an office ("The history desk") and no person.
    """

    id: str = ""
    name: str
    note: str = ""
    links: tuple[Link, ...] = ()
    picture: str | None = None
    kind: AuthorKind = "person"


class Accent(Struct, frozen=True):
    """The one colour beside ink and paper, as CSS writes it, for either theme."""

    light: str
    dark: str

    def __str__(self) -> str:
        return self.light


DEFAULT_ACCENT = Accent("#a3271b", "#f0907c")


class SourceChoice(Struct, frozen=True):
    """A source that the almanac is built from, and the options to make it with."""

    name: str
    options: dict[str, Any] = {}


class Newsroom(Struct, frozen=True, kw_only=True):
    """The rules of the newsroom: the table [newsroom].

    `publish_at` is the time of day, in the publication's zone, at which a story comes out on its
    day. Without `own_approval` nobody approves or publishes what they wrote themselves.
    """

    own_approval: bool = True
    publish_at: datetime.time = datetime.time(6)
    two_factor: TwoFactor = "optional"


class Publication(Struct, frozen=True, kw_only=True):
    """What a publication is called, where and when it lives, and how it picks and signs.

    `base_url` has no slash at its end. Nothing here reads a clock.
    """

    folder: Path
    name: str
    tagline: str = ""
    languages: tuple[str, ...] = ("en",)
    time_zone: str = "UTC"
    base_url: str
    accent: Accent = DEFAULT_ACCENT
    leap_day: LeapDay = "february-28"
    entity_weight: float = 0.3
    series: tuple[Series, ...] = ()
    authors: tuple[Author, ...] = ()
    policy: Policy = msgspec.field(default_factory=Policy)
    sources: tuple[SourceChoice, ...] = (SourceChoice("starter"),)
    exclude_licences: tuple[str, ...] = ()
    holidays: Holidays = Holidays()
    newsroom: Newsroom = Newsroom()

    @classmethod
    def load(cls, folder: Path | str) -> "Publication":
        """Read and check `hodie.toml` in `folder`; raises PublicationError."""
        file = Path(folder) / CONFIG_NAME
        return _publication(Path(folder), _Table(file, "", _read_toml(file)))

    @classmethod
    def parse(cls, text: str, folder: Path) -> "Publication":
        """Read and check what is to be the `hodie.toml` of `folder`; raises PublicationError."""
        file = folder / CONFIG_NAME
        return _publication(folder, _Table(file, "", _parse_toml(text, file)))

    @property
    def language(self) -> str:
        return self.languages[0]

    @property
    def almanac_path(self) -> Path:
        return self.folder / "almanac.db"

    @property
    def stories_folder(self) -> Path:
        return self.folder / "stories"

    @property
    def edition_path(self) -> Path:
        return self.folder / "edition"

    @property
    def pictures_folder(self) -> Path:
        return self.folder / "pictures"

    def url(self, address: str) -> str:
        """Return the whole URL of an address of the site, such as `/on/08-20/`.

        What a URL cannot hold is encoded; what is encoded already stays.
        """
        return self.base_url + quote(address, safe="/%?#&=+,;:@!$'()*~")

    def today(self, now: datetime.datetime, zone: str | None = None) -> datetime.date:
        """Return the date that `now` falls on here, or in the time zone that a reader asks for.

        Raises PublicationError if `now` has no time zone, or `zone` is none.
        """
        if now.tzinfo is None:
            raise PublicationError(
                f"{now!r} has no time zone; give an aware datetime, "
                "such as datetime.now(timezone.utc)",
                file=self.folder / CONFIG_NAME,
            )
        return now.astimezone(self.zone(zone)).date()

    def zone(self, name: str | None = None) -> zoneinfo.ZoneInfo:
        """Return the publication's time zone, or the one named; raises PublicationError."""
        wanted = self.time_zone if name is None else name
        if wanted not in _time_zones():
            raise PublicationError(
                _no_time_zone(wanted), file=self.folder / CONFIG_NAME, key="tz", value=wanted
            )
        return zoneinfo.ZoneInfo(wanted)

    def day_start(self, day: datetime.date) -> datetime.datetime:
        """Return the moment at which `day` begins here, aware."""
        return datetime.datetime.combine(day, datetime.time(), self.zone())

    def author(self, id: str) -> Author | None:
        return next((author for author in self.authors if author.id == id), None)

    def series_named(self, id: str) -> Series | None:
        return next((series for series in self.series if series.id == id), None)

    def pictures(self) -> Iterator[str]:
        """Yield every picture that the edition carries, as its path below `pictures/`."""
        folder = self.pictures_folder
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if self.picture(name) is not None:
                yield name

    def picture_type(self, name: str) -> str:
        """Return the media type of a picture by the end of its name."""
        return PICTURE_TYPES[PurePosixPath(name).suffix.lower()]

    def picture(self, name: str) -> Path | None:
        """Return the file of a picture, or None where there is none of that name and a known type.

        Never leads out of the folder `pictures/`, whatever the name holds.
        """
        return _picture_file(self.pictures_folder, name)


def slug(text: str) -> str:
    """Make an address out of a name: lower-case ASCII letters and digits, joined by hyphens.

    Empty where the name has none that ASCII can show.

    >>> slug("Café Society: the 1920s")
    'cafe-society-the-1920s'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LIMIT].strip("-")


def is_slug(text: str) -> bool:
    """Tell whether `text` may stand in an address.

    >>> is_slug("leon-trotsky"), is_slug("Leon Trotsky")
    (True, False)
    """
    return len(text) <= _SLUG_LIMIT and _SLUG.fullmatch(text) is not None


def nearest(word: str, known: Iterable[str]) -> str:
    """Word the way out of a name that is not known: the nearest one, else all of them.

    >>> nearest("tagl", ["name", "tagline"])
    "did you mean 'tagline'?"
    >>> nearest("colour", ["accent", "name"])
    "known are 'accent', 'name'"
    """
    names = sorted(map(str, known))
    close = difflib.get_close_matches(word.casefold(), names, n=1, cutoff=0.5)
    if not close:
        folded = {name.casefold(): name for name in names}
        close = [folded[near] for near in difflib.get_close_matches(word.casefold(), folded, n=1)]
    if close:
        return f"did you mean {close[0]!r}?"
    return "known are " + ", ".join(map(repr, names)) if names else "none is known"


def web_address(text: str) -> bool:
    """Tell whether `text` is a link that a page may carry: http, https or mailto, and whole.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    (True, False)
    """
    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 (raises where the port is no number)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _picture_file(folder: Path, name: str) -> Path | None:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or not name.isprintable() or set(name) & set("?#%\\"):
        return None
    if any(part.startswith(".") for part in parts):
        return None
    path = folder.joinpath(*parts)
    if path.suffix.lower() not in PICTURE_TYPES or not path.is_file():
        return None
    return path if path.resolve().is_relative_to(folder.resolve()) else None


@functools.cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _no_time_zone(name: str) -> str:
    close = difflib.get_close_matches(name, _time_zones(), n=1)
    way_out = f"did you mean {close[0]!r}?" if close else "write one such as 'Europe/London'"
    return f"{name!r} is no time zone of the IANA list; {way_out}"


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        message = "there is no such file; `hodie new DIR` makes a publication's folder"
        raise PublicationError(message, file=file) from error
    except OSError as error:
        raise PublicationError(f"cannot be read: {error.strerror}", file=file) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"line {line} is not UTF-8; save the file in that encoding"
        raise PublicationError(message, file=file) from error
    return _parse_toml(text, file)


def _parse_toml(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PublicationError(f"is not TOML: {error}", file=file) from error


class _Table:
    """One table of the file: hands out checked values, then refuses keys nobody asked for."""

    def __init__(self, file: Path, path: str, values: dict[str, Any]) -> None:
        self.file, self.path, self.values = file, path, values
        self.asked: set[str] = set()

    def refuse(self, key: str, message: str) -> NoReturn:
        value = self.values.get(key)
        raise PublicationError(message, file=self.file, key=self.path + key, value=value)

    def take(self, key: str, kind: type[T], words: str, default: T = _REQUIRED) -> T:
        """Return the value of `key`, which must be of `kind`: `words` says so to a person."""
        self.asked.add(key)
        if key not in self.values:
            if default is _REQUIRED:
                self.refuse(key, f"is missing; it must be {words}")
            return default
        value = self.values[key]
        # A TOML boolean is a Python int: `entity_weight = true` must not count as 1.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.refuse(key, f"{value!r} must be {words}")
        return value

    def text(self, key: str, default: str = _REQUIRED) -> str:
        value = self.take(key, str, 'text in quotation marks, such as "…"', default)
        if key in self.values and not value.strip():
            self.refuse(key, f"{value!r} is empty; write some text or leave the key out")
        if key in self.values and not value.isprintable():
            self.refuse(key, f"{value!r} must be one line of plain text")
        return value.strip()

    def tables(self, key: str) -> "list[_Table]":
        """Return the tables of `[[key]]`."""
        values = self.take(key, list, f"tables, each begun by [[{self.path}{key}]]", [])
        for value in values:
            if not isinstance(value, dict):
                self.refuse(key, f"{value!r} must be a table, begun by [[{self.path}{key}]]")
        numbered = enumerate(cast(list[dict[str, Any]], values), 1)
        return [_Table(self.file, f"{self.path}{key}[{n}].", value) for n, value in numbered]

    def finish(self) -> None:
        """Refuse the first key that nobody asked for."""
        for key in self.values:
            if key not in self.asked:
                self.refuse(key, f"is no known key; {nearest(key, self.asked)}")


def _publication(folder: Path, table: _Table) -> Publication:
    series = tuple(_series(each) for each in table.tables("series"))
    authors = tuple(_author(each, folder) for each in table.tables("authors"))
    _refuse_twice(table, "series", [each.id for each in series])
    _refuse_twice(table, "authors", [each.id for each in authors])
    publication = Publication(
        folder=folder,
        name=table.text("name"),
        tagline=table.text("tagline", ""),
        languages=_languages(table),
        time_zone=_time_zone(table),
        base_url=_base_url(table),
        accent=_accent(table),
        leap_day=_leap_day(table),
        entity_weight=_entity_weight(table),
        series=series,
        authors=authors,
        policy=_policy(table),
        sources=tuple(_source(each) for each in table.tables("sources"))
        or (SourceChoice("starter"),),
        exclude_licences=_exclude_licences(table),
        holidays=_holidays(table),
        newsroom=_newsroom(table),
    )
    table.finish()
    return publication


def _exclude_licences(table: _Table) -> tuple[str, ...]:
    values = table.take("build", dict, "a table, begun by [build]", {})
    build = _Table(table.file, "build.", values)
    words = 'a list of licences, such as ["CC-BY-SA-4.0"]'
    licences = build.take("exclude_licences", list, words, [])
    if not all(isinstance(each, str) and each.strip() for each in licences):
        build.refuse("exclude_licences", f"{licences!r} must be {words}")
    build.finish()
    return tuple(licences)


def _holidays(table: _Table) -> Holidays:
    inner = _Table(
        table.file, "holidays.", table.take("holidays", dict, "a table, begun by [holidays]", {})
    )
    countries = inner.take("countries", list, 'a list of countries, such as ["DE"]', [])
    categories = inner.take("categories", list, 'a list of sorts, such as ["public"]', ["public"])
    for key, checked in (("countries", (countries, [])), ("categories", ([], categories))):
        try:
            Holidays.of(*checked)
        except SourceError as error:
            inner.refuse(key, str(error))
    inner.finish()
    return Holidays.of(countries, categories)


def _refuse_twice(table: _Table, key: str, ids: list[str]) -> None:
    for number, id in enumerate(ids):
        if id in ids[:number]:
            table.refuse(key, f"the id {id!r} stands twice; give one of the two another")


def _id(table: _Table) -> str:
    value = table.text("id")
    if not is_slug(value):
        table.refuse(
            "id",
            f"{value!r} must be lower-case letters a to z, digits and single hyphens; "
            f"write {slug(value) or 'history-desk'!r}",
        )
    return value


def _series(table: _Table) -> Series:
    series = Series(id=_id(table), name=table.text("name"), note=table.text("note", ""))
    table.finish()
    return series


def _author(table: _Table, folder: Path) -> Author:
    author = Author(
        id=_id(table),
        name=table.text("name"),
        note=table.text("note", ""),
        links=tuple(_link(each) for each in table.tables("links")),
        picture=_picture(table, folder),
        kind=_one_of(table, "kind", AuthorKind, "person"),
    )
    table.finish()
    return author


def _link(table: _Table) -> Link:
    link = Link(label=table.text("label"), url=table.text("url"))
    if not web_address(link.url):
        table.refuse("url", f"{link.url!r} must begin with https://, http:// or mailto:")
    table.finish()
    return link


def _picture(table: _Table, folder: Path) -> str | None:
    name = table.text("picture", "")
    if not name:
        return None
    pictures = folder / "pictures"
    if _picture_file(pictures, name) is None:
        table.refuse("picture", no_picture(name, pictures))
    return name


def no_picture(name: str, folder: Path) -> str:
    """Word what is wrong with a picture that is not in `folder`, and the way out."""
    kinds = ", ".join(PICTURE_TYPES)
    return f"there is no picture {name!r} in {folder}; put it there, as one of {kinds}"


def _one_of(table: _Table, key: str, kind: Any, default: str) -> Any:
    value = table.text(key, default)
    choices: tuple[str, ...] = get_args(kind)
    if value not in choices:
        table.refuse(key, f"{value!r} must be one of {', '.join(map(repr, choices))}")
    return value


def _leap_day(table: _Table) -> LeapDay:
    return cast(LeapDay, _one_of(table, "leap_day", LeapDay, "february-28"))


def _languages(table: _Table) -> tuple[str, ...]:
    values = table.take("languages", list, 'a list of language tags, such as ["en"]', ["en"])
    if not values:
        table.refuse("languages", 'the list is empty; write one such as ["en"]')
    return tuple(dict.fromkeys(_language(table, value) for value in values))


def _language(table: _Table, value: object) -> str:
    if not isinstance(value, str):
        table.refuse("languages", f"{value!r} must be text, such as 'en'")
    try:
        return language_tag(value)
    except ValueError as error:
        table.refuse("languages", str(error))


def language_tag(text: str) -> str:
    """Return a language tag in its usual form; ValueError, with the way out, where it is none.

    >>> language_tag("pt-br")
    'pt-BR'
    """
    try:
        return str(Locale.parse(text, sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError, TypeError) as error:
        known = [name.replace("_", "-") for name in locale_identifiers()]
        close = difflib.get_close_matches(text.replace("_", "-"), known, n=1)
        way_out = f"did you mean {close[0]!r}?" if close else "write one such as 'en' or 'pt-BR'"
        raise ValueError(f"{text!r} is no language tag that Babel knows; {way_out}") from error


def _time_zone(table: _Table) -> str:
    value = table.text("time_zone", "UTC")
    if value not in _time_zones():
        table.refuse("time_zone", _no_time_zone(value))
    return value


def _base_url(table: _Table) -> str:
    value = table.text("base_url")
    parts = urlsplit(value) if web_address(value) else None
    if parts is None or parts.scheme == "mailto":
        table.refuse(
            "base_url", f"{value!r} must be a whole address, such as 'https://history.example.org'"
        )
    # Every link of a page begins at the root, as its public address does.
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
        root = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        table.refuse(
            "base_url",
            f"{value!r} must be the root of a site, without path, query or user; "
            f"write {root!r}, or give the publication a host name of its own",
        )
    return f"{parts.scheme}://{parts.netloc}"


def _entity_weight(table: _Table) -> float:
    words = "a number from 0 to 1"
    value: float = table.take("entity_weight", cast(type[float], int | float), words, 0.3)
    if not 0 <= value <= 1:
        table.refuse("entity_weight", f"{value!r} must be {words}")
    return float(value)


def _accent(table: _Table) -> Accent:
    value = table.take(
        "accent",
        cast(type[str | dict[str, Any]], str | dict),
        'a colour such as "#a3271b", or { light = "…", dark = "…" }',
        DEFAULT_ACCENT.light,
    )
    if "accent" not in table.values:
        return DEFAULT_ACCENT
    if isinstance(value, str):
        light = _colour(table, value, LIGHT_GROUND)
        return Accent(light, lightened(light))
    pair = _Table(table.file, "accent.", value)
    light = _colour(pair, pair.text("light"), LIGHT_GROUND, "light")
    dark = _colour(pair, pair.text("dark"), DARK_GROUND, "dark")
    pair.finish()
    return Accent(light, dark)


def _colour(table: _Table, value: str, ground: str, key: str = "accent") -> str:
    if not _COLOUR.fullmatch(value):
        table.refuse(key, f"{value!r} must be a colour of six hex digits, such as '#a3271b'")
    colour = value.lower()
    ratio = contrast(colour, ground)
    if ratio < AA:
        near = darkened(colour) if ground == LIGHT_GROUND else lightened(colour)
        table.refuse(
            key,
            f"{value!r} has a contrast of {ratio:.2f} to 1 on the page's ground {ground!r}, "
            f"and readers need {AA} (WCAG AA); {near!r} would do",
        )
    return colour


def _policy(table: _Table) -> Policy:
    values = table.take("selection", dict, "a table, begun by [selection]", {})
    try:
        policy = Policy.from_table(values)
    except PolicyError as error:
        key = f"selection.{error.key}"
        raise PublicationError(str(error), file=table.file, key=key, value=error.value) from error
    return msgspec.structs.replace(policy, ran=read_ran(table.file.with_name(RAN_NAME)))


def _newsroom(table: _Table) -> Newsroom:
    values = table.take("newsroom", dict, "a table, begun by [newsroom]", {})
    rules = _Table(table.file, "newsroom.", values)
    newsroom = Newsroom(
        own_approval=rules.take("own_approval", bool, "true or false", True),
        publish_at=_time_of_day(rules, "publish_at", "06:00"),
        two_factor=_one_of(rules, "two_factor", TwoFactor, "optional"),
    )
    rules.finish()
    return newsroom


def _time_of_day(table: _Table, key: str, default: str) -> datetime.time:
    value = table.text(key, default)
    if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", value, re.ASCII):
        table.refuse(key, f"{value!r} must be a time of the day, such as '06:00'")
    return datetime.time.fromisoformat(value)


def _source(table: _Table) -> SourceChoice:
    name = table.text("name")
    return SourceChoice(name, {k: v for k, v in table.values.items() if k != "name"})
