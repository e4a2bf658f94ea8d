"""Sources: data sets read into entries. One module each, found by name.

A source comes in by the entry point group "hodie.sources", the built-in ones too: what the entry
point names is called with the options of its table in hodie.toml and gives a `Source`.
"""

from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, runtime_checkable

from hodie.almanac import Entry
from hodie.errors import HodieError
from hodie.sources.options import fault_of, meant

__all__ = [
    "GROUP",
    "OptionError",
    "Source",
    "SourceError",
    "factory_of",
    "load_source",
    "source_names",
]

GROUP = "hodie.sources"


class SourceError(HodieError):
    """A source that cannot be found, set up or read; says which one and what would do."""


class OptionError(SourceError):
    """A key of a source's table that is unknown or missing, or whose value will not do.

    `key` is the key, and `fault` what is wrong with it and what would do.
    """

    def __init__(self, name: str, key: str, fault: str) -> None:
        super().__init__(f"source {name!r}: {key}: {fault}")
        self.key, self.fault = key, fault


@runtime_checkable
class Source(Protocol):
    """A data set that knows how to become entries."""

    name: str

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, each time from the beginning."""
        ...


def source_names() -> tuple[str, ...]:
    """Return the names of all sources that are installed, in alphabetical order.

    >>> "starter" in source_names()
    True
    """
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load_source(name: str, **options: object) -> Source:
    """Make the source of this name, with the options of its table.

    Raises SourceError where there is none of that name, and OptionError where it does not take the
    options.

    >>> load_source("starter").name
    'starter'
    """
    make = factory_of(name)
    fault = fault_of(make, options)
    if fault is not None:
        raise OptionError(name, *fault)
    try:
        source = make(**options)
    except TypeError as error:
        given = ", ".join(f"{key}={value!r}" for key, value in options.items()) or "no options"
        raise SourceError(f"source {name!r} does not take {given}: {error}") from error
    if not isinstance(source, Source):
        raise SourceError(
            f"{make!r}, which stands for source {name!r}, gives no source but {source!r}: "
            "it needs a name and a method entries()"
        )
    return source


def factory_of(name: str) -> Callable[..., object]:
    """Return what makes the source of this name; raises SourceError where it cannot be had."""
    point = _point(name)
    try:
        factory = point.load()
    except (ImportError, AttributeError) as error:
        raise SourceError(
            f"source {name!r} cannot be loaded from {point.value}: {error}"
        ) from error
    if not callable(factory):
        raise SourceError(f"{point.value}, which stands for source {name!r}, cannot be called")
    return factory  # type: ignore[no-any-return]


def _point(name: str) -> EntryPoint:
    points = entry_points(group=GROUP, name=name)
    if not points:
        known = source_names()
        there = ", ".join(known) or "none is installed"
        raise SourceError(f"no source is named {name!r}; {meant(name, known)}there are: {there}")
    return next(iter(points))
