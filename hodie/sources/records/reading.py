"""The frame of a source that reads files of one's own: where they are, what is said of them."""

from collections.abc import Iterator
from pathlib import Path

from hodie.almanac import Entry, Reference
from hodie.sources import SourceError
from hodie.sources.reading import Tell as TellText
from hodie.sources.records.facts import WEIGHT, Facts, Terms, entries_of, prefix_of
from hodie.sources.records.unread import Tell, Unread

Files = str | list[str]


class RecordSource:
    """A source of one or several files; `unread` is what the last reading left out."""

    name = "records"

    def __init__(
        self,
        *,
        file: Files,
        folder: Path | str = ".",
        label: str | None = None,
        url: str | None = None,
        licence: str | None = None,
        prefix: str | None = None,
        weight: float = WEIGHT,
    ) -> None:
        self.paths = [_found(Path(folder), each) for each in _listed(file, self.name)]
        self._label, self._url, self._licence, self._prefix = label, url, licence, prefix
        self._weight = _weight(weight, self.name)
        self.unread: list[Unread] = []
        self.notes: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Yield every entry of every file."""
        self.unread.clear()
        self.notes.clear()
        return entries_of(self.files(), self.unread.append)

    def files(self) -> list[tuple[Facts, Terms]]:
        return [(self.facts(path), self.terms(path)) for path in self.paths]

    def facts(self, path: Path) -> Facts:
        """Return what reads the records of a file; each source has its own."""
        raise NotImplementedError

    def terms(self, path: Path) -> Terms:
        reference = Reference(self._label or path.name, self._url, licence=self._licence)
        prefix = prefix_of(self._prefix or path.name.split(".")[0])
        return Terms(path.name, prefix, reference, self._weight)

    def note(self, text: str) -> None:
        """Keep what was guessed, once."""
        if text and text not in self.notes:
            self.notes.append(text)


def read_one(source: RecordSource, tell: TellText) -> Iterator[Entry]:
    """Yield the entries of a source, and tell what it left out as it comes."""
    yield from entries_of(source.files(), _worded(tell))
    for note in source.notes:
        tell(note)


def _worded(tell: TellText) -> Tell:
    return lambda unread: tell(str(unread))


def _listed(file: Files, name: str) -> list[str]:
    files = [file] if isinstance(file, str) else file
    if not isinstance(files, list) or not files or not all(isinstance(f, str) and f for f in files):
        raise SourceError(
            f"source {name!r}: file = {file!r} must be a file's name, or a list of them"
        )
    return files


def _found(folder: Path, file: str) -> Path:
    path = folder / file if file != "-" else Path("-")
    if file != "-" and not path.is_file():
        raise SourceError(f"{path}: there is no such file; it is looked for beside hodie.toml")
    return path


def _weight(weight: object, name: str) -> float:
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
        raise SourceError(f"source {name!r}: weight = {weight!r} must be a number from 0 to 1")
    return float(weight)
