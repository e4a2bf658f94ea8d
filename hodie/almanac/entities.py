"""Entities put aside on disk in columns, in the order in which they came."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hodie.almanac.columns import NULL, Column, Numbers, Texts
from hodie.almanac.errors import AlmanacError
from hodie.almanac.folding import fold
from hodie.almanac.interning import Lexicon
from hodie.almanac.model import Entity
from hodie.almanac.more import BETWEEN, entity_more
from hodie.almanac.schema import WEIGHTS

NUMBERS = {
    "kind": "<i4", "wikidata": "<i8", "alike": "u1", "description": "<i4", "weight": "<i2",
    "born": "<i8", "died": "<i8",
}  # fmt: skip
"""The numbers of an entity; kind and description are those for now, -1 for none. `alike` says
whether its article is called as itself."""

TEXTS = ("id", "name", "wikidata", "wikipedia", "image", "also", "more", "words")
"""Its texts, "" for none: `id` where it isn't made of the name, `wikidata` where that is no number,
and `words`, what search reads where it isn't the name as it stands."""

_MOST = 10**18
_NO_MORE = "", ""


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

    def write(self, entities: Sequence[Entity], ids: Sequence[bytes], lexicon: Lexicon) -> None:
        """Append entities with these ids; number the words that they share."""
        items = [_item(each.wikidata) if each.wikidata else NULL for each in entities]
        parts = [column.tobytes() for column in _numbers(entities, items, lexicon)]
        for texts in _texts(entities, ids, items):
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


def weights_of(entities: Sequence[Entity]) -> npt.NDArray[np.int16]:
    """Return the weights of entities as the file has them."""
    weights = np.array([entity.weight for entity in entities], float)
    return (weights * WEIGHTS + 0.5).astype("<i2")


def _numbers(
    entities: Sequence[Entity], items: list[int], lexicon: Lexicon
) -> Iterator[npt.NDArray[np.signedinteger]]:
    """Yield the columns of NUMBERS."""
    kinds, descriptions = lexicon.numbers["entity kind"], lexicon.numbers["description"]
    columns = (
        [kinds.setdefault(each.kind, len(kinds)) if each.kind else -1 for each in entities],
        items,
        [each.name == each.wikipedia for each in entities],
        [
            descriptions.setdefault(each.description, len(descriptions)) if each.description else -1
            for each in entities
        ],
        weights_of(entities),
        [NULL if each.born is None else each.born for each in entities],
        [NULL if each.died is None else each.died for each in entities],
    )
    for column, kind in zip(columns, NUMBERS.values(), strict=True):
        yield np.asarray(column, kind)


def _texts(
    entities: Sequence[Entity], ids: Sequence[bytes], items: Sequence[int]
) -> Iterator[Texts]:
    """Yield the columns of TEXTS."""
    names = [each.name.encode() for each in entities]
    # As `entity_id` makes them.
    made = [name.lower().replace(b" ", b"-") for name in names]
    yield Texts.encoded([b"" if id == other else id for id, other in zip(ids, made, strict=True)])
    yield Texts.encoded(names)
    yield Texts.of(
        [
            each.wikidata if item == NULL and each.wikidata else ""
            for each, item in zip(entities, items, strict=True)
        ]
    )
    yield Texts.of(
        [
            each.wikipedia if each.wikipedia and each.wikipedia != each.name else ""
            for each in entities
        ]
    )
    yield Texts.of([each.image or "" for each in entities])
    rest = [entity_more(each) if _has_more(each) else _NO_MORE for each in entities]
    yield Texts.of([also for also, _ in rest])
    yield Texts.of([more for _, more in rest])
    yield Texts.of(
        [
            _folded(f"{each.name}{BETWEEN}{also}") if also
            else "" if each.name.isascii()
            else fold(each.name)
            for each, (also, _) in zip(entities, rest, strict=True)
        ]
    )  # fmt: skip


def _folded(text: str) -> str:
    return text if text.isascii() else fold(text)


def _item(wikidata: str) -> int:
    """Return the number of an item, NULL if the identifier isn't a Q and a number.

    >>> _item("Q42"), _item("Q042") == NULL
    (42, True)
    """
    try:
        item = int(wikidata[1:])
    except ValueError:
        return NULL
    return item if item < _MOST and f"Q{item}" == wikidata else NULL


def _has_more(entity: Entity) -> bool:
    """Tell whether an entity has what few have, and check that."""
    if entity.aliases or entity.labels:
        if any(not name or BETWEEN in name for name in entity.names[1:]):
            raise AlmanacError(f"entity {entity!r}: no name can be empty or have a line break")
        return True
    return entity.country is not None or entity.latitude is not None or entity.longitude is not None
