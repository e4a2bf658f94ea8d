"""Entities put aside on disk in columns, in the order in which they came."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hodie.almanac.columns import NULL, Column, Numbers, Texts

NUMBERS = {
    "kind": "<i4", "wikidata": "<i8", "alike": "u1", "description": "<i4", "weight": "<i2",
    "born": "<i8", "died": "<i8",
}  # fmt: skip
"""The numbers of an entity; kind and description are those for now, -1 for none. `alike` says
whether its article is called as itself."""

TEXTS = ("id", "name", "wikidata", "wikipedia", "image", "also", "more", "words")
"""Its texts, "" for none: `id` where it isn't made of the name, `wikidata` where that is no number,
and `words`, what search reads where it isn't the name as it stands."""

Row = tuple[int | str, ...]
"""An entity: its numbers, then its texts."""


class Entities(NamedTuple):
    """Columns of entities."""

    numbers: dict[str, npt.NDArray[np.signedinteger]]
    texts: dict[str, Texts]

    def columns(self, kinds: Numbers, descriptions: Numbers, places: Numbers) -> list[Column]:
        """Return some entities as the table `entity` has them, with words by their final number.

        Those of `kinds` and `descriptions` are by the number for now; the last one stands for none.
        """
        numbers = {name: column[places].astype(np.int64) for name, column in self.numbers.items()}
        texts = {name: self.texts[name].at(places) for name in TEXTS if name != "words"}
        return [
            Column(None, texts["id"]),
            Column(None, texts["name"]),
            Column(kinds[numbers["kind"]]),
            Column(numbers["wikidata"], texts["wikidata"]),
            Column(np.where(numbers["alike"] == 1, 1, NULL), texts["wikipedia"]),
            Column(descriptions[numbers["description"]]),
            Column(None, texts["image"]),
            Column(numbers["weight"]),
            Column(numbers["born"]),
            Column(numbers["died"]),
            Column(None, texts["also"]),
            Column(None, texts["more"]),
        ]

    def words(self) -> Texts:
        """Return what search is to find the entities by."""
        return self.texts["words"].where_empty(self.texts["name"])


class EntityFile:
    """Entities in a file that vanishes with its process, some thousands at a time."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 (closed by close)
        self._sizes: list[list[int]] = []

    def write(self, rows: list[Row]) -> None:
        """Append entities."""
        columns = list(zip(*rows, strict=True)) or [()] * (len(NUMBERS) + len(TEXTS))
        parts = [
            np.array(column, kind).tobytes()
            for column, kind in zip(columns, NUMBERS.values(), strict=False)
        ]
        for column in columns[len(NUMBERS) :]:
            texts = Texts.of(column)
            parts += [texts.sizes.astype("<u4").tobytes(), texts.data.tobytes()]
        self._sizes.append(list(map(len, parts)))
        self._file.writelines(parts)

    def read(self) -> Entities:
        """Return all entities."""
        parts = self._parts()
        numbers = {
            name: np.frombuffer(part, kind)
            for (name, kind), part in zip(NUMBERS.items(), parts, strict=False)
        }
        texts = {}
        for name in TEXTS:
            sizes = np.frombuffer(next(parts), "<u4").astype(np.int64)
            texts[name] = Texts.end_to_end(next(parts), sizes)
        return Entities(numbers, texts)

    def _parts(self) -> Iterator[bytearray]:
        """Yield the parts, each of all batches together."""
        places = np.cumsum([0, *(size for sizes in self._sizes for size in sizes)])[:-1]
        starts = places.reshape(-1, len(NUMBERS) + 2 * len(TEXTS)).tolist()
        for n in range(len(NUMBERS) + 2 * len(TEXTS)):
            found = bytearray()
            for batch, sizes in zip(starts, self._sizes, strict=True):
                self._file.seek(batch[n])
                found += self._file.read(sizes[n])
            yield found

    def close(self) -> None:
        self._file.close()
