"""Sources as a publication's hodie.toml names them: their files beside it, their work kept."""

import datetime
import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import msgspec

from hodie.sources import OptionError, Source, SourceError, factory_of, load_source
from hodie.sources.options import parameters_of

WORK_NAME = ".sources"
"""The folder in the publication in which sources keep what they have finished."""

CONFIG_NAME = "hodie.toml"
"""The file in which a publication names its sources."""

_FILES = ("file", "path")


class Choice(Protocol):
    """A source that is wanted, and the options to make it with."""

    @property
    def name(self) -> str: ...
    @property
    def options(self) -> Mapping[str, Any]: ...


def make_sources(
    choices: Iterable[Choice],
    folder: Path,
    today: datetime.date,
    more: Mapping[str, str] = MappingProxyType({}),
) -> list[Source]:
    """Make the sources that a publication in `folder` names.

    A source whose parameters name `folder` is given that folder, one that names `work` a folder to
    keep unfinished work in, one that names `today` the day. Of one that does not name `folder`, the
    options `file` and `path` are taken to lie there. The options `more` go to every source whose
    parameters name them. Raises SourceError where no source takes one of them, and where a key of
    hodie.toml is wrong, with its place there.
    """
    choices = list(choices)
    made = [
        _made(choice, folder, today, more, place=f"{folder / CONFIG_NAME}: sources[{number}]")
        for number, choice in enumerate(choices, 1)
    ]
    taken = frozenset().union(*(_parameters(choice.name) for choice in choices))
    for key, value in more.items():
        if key not in taken:
            names = ", ".join(choice.name for choice in choices)
            raise SourceError(f"no source here takes {key} = {value!r}: there are {names}")
    return made


def _made(
    choice: Choice, folder: Path, today: datetime.date, more: Mapping[str, str], *, place: str
) -> Source:
    try:
        parameters = _parameters(choice.name)
    except SourceError as error:
        raise SourceError(f"{place}.name: {error}") from error
    options = dict(choice.options)
    if "folder" not in parameters:
        options |= {key: _beside(folder, options[key]) for key in _FILES if key in options}
    given = {"folder": folder, "work": work_of(choice, folder), "today": today}
    options |= {key: given[key] for key in given.keys() & parameters if key not in options}
    options |= {key: value for key, value in more.items() if key in parameters}
    try:
        return load_source(choice.name, **options)
    except OptionError as error:
        raise SourceError(f"{place}.{error.key} ({choice.name!r}): {error.fault}") from error


def _beside(folder: Path, value: object) -> object:
    if isinstance(value, list):
        return [_beside(folder, each) for each in value]
    if not isinstance(value, str) or value == "-" or "://" in value:
        return value
    return str(folder / value)


def _parameters(name: str) -> frozenset[str]:
    """Return what a source names among its parameters; nothing where that cannot be seen."""
    return frozenset(parameters_of(factory_of(name)) or ())


def work_of(choice: Choice, folder: Path) -> Path:
    """Return the folder in which a source keeps its work: another for other options."""
    said = msgspec.json.encode([choice.name, dict(choice.options)], order="sorted", enc_hook=str)
    return folder / WORK_NAME / f"{choice.name}-{hashlib.blake2b(said, digest_size=4).hexdigest()}"


def remove_other_work(choices: Iterable[Choice], folder: Path) -> None:
    """Remove what sources kept that hodie.toml no longer names so."""
    kept = {work_of(choice, folder) for choice in choices}
    work = folder / WORK_NAME
    for each in work.iterdir() if work.is_dir() else ():
        if each not in kept and each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
