"""From what the intake put aside to a whole file."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hodie.almanac import ranking
from hodie.almanac.btree import PageFile
from hodie.almanac.columns import Column, Numbers, Texts
from hodie.almanac.finding import index_texts, spill_texts, transplant
from hodie.almanac.heading import NO_DIGEST
from hodie.almanac.intake import Intake
from hodie.almanac.keys import bucket_count
from hodie.almanac.pages import write_pages
from hodie.almanac.phases import Phases
from hodie.almanac.schema import APPLICATION_ID, SCHEMA, TABLES, VIEWS
from hodie.almanac.scratch import connect
from hodie.almanac.shelving import Shelving, Titles


class Draft(NamedTuple):
    """A whole almanac that is not in its place yet."""

    path: Path
    entries: int
    hidden: int
    entities: int
    merged: int
    hashes: "npt.NDArray[np.uint64]"
    numbers: "npt.NDArray[np.uint32]"
    lookalikes: list[str]


def draft(folder: Path, intake: Intake, progress: Callable[[], None], phases: Phases) -> Draft:
    """Write an almanac in `folder`.

    The large tables are laid out page by page, and the rest is left to SQLite. While that happens,
    another thread indexes the names and titles, and sorts the timelines: SQLite and NumPy do that
    without Python, so that neither waits for the other.
    """
    path, timed = folder / "almanac.db", phases.timed
    known = sum(intake.seen)
    with closing(connect(path)) as database:
        words = timed("words", _prepare, database, intake)
    with _aside() as aside:
        with closing(PageFile(path)) as file:
            ranks, order = timed("order of entities", ranking.rank, intake)
            progress()
            cast = timed("entities, read back", intake.cast.read)
            names, titles = folder / "names.db", folder / "titles.db"
            timed("names", spill_texts, names, cast.words(), order[:known])
            indexed = [aside.submit(timed, "index of names", index_texts, names, "names", known)]
            timed("entities", ranking.write_entities, file, cast, order, words)
            del cast  # a hundred bytes an entity
            progress()
            shelving = Shelving(file, words, ranks)
            timed("entries", shelving.write, intake.runs, progress)
            lived = aside.submit(timed, "timelines", shelving.timelines.rows, len(order))
            count = timed("titles", _write_titles, file, titles, shelving.titles)
            indexed += [
                aside.submit(timed, "index of titles", index_texts, titles, "titles", count)
            ]
            timed("keys", _write_keys, file, intake, shelving, order)
            timed("timelines, written", shelving.timelines.write, file, *lived.result())
            timed("tops of the tables", file.finish)
        progress()
        with closing(connect(path)) as database:
            database.execute("BEGIN")
            file.insert_long(database)
            timed("shelves", shelving.write_shelves, database)
            timed("first pages", write_pages, database)
            database.execute("COMMIT")
            progress()
            for name, found in zip(("names", "titles"), indexed, strict=True):
                timed(f"putting in the index of {name}", transplant, database, found.result(), name)
                progress()
            made = Draft(
                path=path,
                entries=shelving.count,
                hidden=shelving.count - shelving.timelines.visible,
                entities=len(order),
                merged=shelving.merged,
                hashes=np.frombuffer(shelving.hashes, np.uint64),
                numbers=np.frombuffer(shelving.numbers, np.uint32),
                lookalikes=shelving.lookalikes,
            )
            _finish(database, made, _about(made, known, intake, shelving))
    return made


@contextmanager
def _aside() -> Iterator[Executor]:
    """Give a thread for what is done without Python; after an error it begins nothing more."""
    with ThreadPoolExecutor(1) as aside:
        try:
            yield aside
        except BaseException:
            aside.shutdown(wait=False, cancel_futures=True)
            raise


def _prepare(database: sqlite3.Connection, intake: Intake) -> ranking.Words:
    """Make the tables, and write the one of words; return their final numbers."""
    database.execute("BEGIN")
    for statement in TABLES.split(";"):
        database.execute(statement)
    database.execute("INSERT INTO about VALUES ('digest', ?)", (NO_DIGEST.decode(),))
    words = intake.lexicon.settle(database)
    database.execute("COMMIT")
    return words


def _write_titles(file: PageFile, spilt: Path, titles: Titles) -> int:
    """Write which entries have words of their own, and spill these; return how many there are."""
    entries, texts, order = titles.ranked()
    spill_texts(spilt, texts, order)
    for rows, places in ranking.batches(order):
        file.write("titled", rows, [Column(entries[places])])
    return len(entries)


def _write_keys(file: PageFile, intake: Intake, shelving: Shelving, order: Numbers) -> None:
    hashes = np.frombuffer(intake.hashes, np.uint32)[order].astype(np.uint64)
    _write_table(file, "entity_key", hashes, np.arange(1, len(order) + 1, dtype=np.uint32))
    hashes = np.array(shelving.hashes, np.uint64)
    _write_table(file, "entry_key", hashes, np.array(shelving.numbers, np.uint32))


def _write_table(
    file: PageFile,
    table: str,
    hashes: "npt.NDArray[np.uint64]",
    numbers: "npt.NDArray[np.uint32]",
) -> None:
    """Write a key table of rows by the CRC-32 of their ids; the numbers must ascend."""
    place = hashes * np.uint64(bucket_count(len(hashes))) >> np.uint64(32)
    order = np.argsort(place, kind="stable")
    data = numbers[order].astype("<u4").view(np.uint8)
    buckets, counts = np.unique(place[order], return_counts=True)
    packed = Texts.end_to_end(data, 4 * counts)
    file.write(table, buckets.astype(np.int64), [Column(None, packed, blob=True)])


def _about(made: Draft, known: int, intake: Intake, shelving: Shelving) -> dict[str, object]:
    sources: Counter[tuple[str, str | None]] = Counter()
    texts = {number: shared for shared, number in intake.shared.items()}
    for number, count in enumerate(shelving.sources.tolist(), -1):
        for source, licence in dict.fromkeys(part[:2] for part in texts.get(number, ())):
            sources[source, licence] += count
    rows = sorted(sources.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
    return {
        "schema": SCHEMA,
        "entries": made.entries,
        "hidden": made.hidden,
        "entry keys": len(shelving.numbers),
        "entities": made.entities,
        "visible entities": known,
        "sources": json.dumps([[*source, count] for source, count in rows], ensure_ascii=False),
    }


def _finish(database: sqlite3.Connection, made: Draft, about: dict[str, object]) -> None:
    database.execute("BEGIN")
    database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    for statement in VIEWS.strip().split(";\n"):
        database.execute(statement)
    database.execute("COMMIT")
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {SCHEMA}")
