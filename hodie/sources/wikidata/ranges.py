"""Which ranges a dump is cut into: the same ones whoever works on them, and how many do."""

from pathlib import Path

from hodie.sources.wikidata.errors import DumpError
from hodie.sources.wikidata.extraction import Range
from hodie.sources.wikidata.members import STDIN, is_single, suffix

RANGE = 64 << 20
"""The packed bytes of a range: some 700 MB of text, a second or two of work."""


def plan(path: str, size: int = RANGE) -> list[Range]:
    """Cut a dump, or every file of a folder, into ranges.

    What can't be unpacked from its middle is one range: .bz2, .zst, a .gz of one member, standard
    input. Raises DumpError where there is nothing to read.
    """
    ranges: list[Range] = []
    for file in files(path):
        for start, stop in _cuts(file, size):
            ranges.append(Range(len(ranges), file, start, stop))
    return ranges


def files(path: str) -> list[str]:
    """Return the files of a dump in the order of their names."""
    if path == STDIN:
        return [STDIN]
    place = Path(path)
    if place.is_dir():
        found = sorted(str(each) for each in place.iterdir() if _is_part(each))
        if not found:
            raise DumpError(
                f"no dump in the folder {path!r}: its files should end in .json or .json.gz"
            )
        return found
    if not place.is_file():
        raise DumpError(
            f"no dump at {path!r}: name a file, a folder of parts, or - for standard input"
        )
    return [path]


def _is_part(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(".") and ".json" in file.name + ".ndjson"


def _cuts(file: str, size: int) -> list[tuple[int, int | None]]:
    end = 0 if file == STDIN else Path(file).stat().st_size
    packed = suffix(file)
    whole = packed in (".bz2", ".zst") or end <= size or (packed == ".gz" and is_single(file))
    if whole:
        return [(0, None)]
    return [(start, start + size if start + size < end else None) for start in range(0, end, size)]
