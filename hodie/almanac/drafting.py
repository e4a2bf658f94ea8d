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

from hodie.almanac import finding, ranking
from hodie.almanac.heading import NO_DIGEST
from hodie.almanac.intake import Intake
from hodie.almanac.keys import bucket_count
from hodie.almanac.pages import write_pages
from hodie.almanac.schema import APPLICATION_ID, SCHEMA, TABLES, VIEWS
from hodie.almanac.scratch import connect
from hodie.almanac.shelving import Shelving


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


def draft(
    folder: Path, spill: sqlite3.Connection, intake: Intake, progress: Callable[[], None]
) -> Draft:
    """Write an almanac in `folder`.

    While the entries are written, another thread ranks the entities and indexes their names:
    SQLite does that without Python, so that neither waits for the other.
    """
    path = folder / "almanac.db"
    with (
        closing(connect(path)) as database,
        closing(connect(folder / "titles.db")) as titles,
        _aside() as aside,
    ):
        _prepare(database)
        words = intake.lexicon.settle(database)
        ranking.prepare(spill, intake, words)
        spilt, ranked, texts = (folder / name for name in ("spill.db", "ranked.db", "titles.db"))
        entities = aside.submit(ranking.write_ranked, spilt, ranked)
        known = sum(intake.seen)
        names = aside.submit(finding.index_names, folder, ranked, known)
        ranks, order = ranking.rank(intake)
        progress()
        titles.execute("CREATE TABLE title (lightness INTEGER, entry INTEGER, text TEXT)")
        titles.execute("BEGIN")
        shelving = Shelving(database, titles, words, ranks)
        shelving.write(intake.runs, progress)
        titles.execute("COMMIT")
        database.execute("COMMIT")
        titled = aside.submit(finding.index_titles, folder, texts)
        entities.result()
        ranking.write_entities(database, ranked, order, shelving.timelines)
        progress()
        _write_keys(database, intake, shelving, order)
        write_pages(database)
        progress()
        finding.transplant(database, names.result(), "names")
        progress()
        finding.transplant(database, titled.result(), "titles")
        _write_titled(database, texts)
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
    """Give a thread for what SQLite does without Python; after an error it begins nothing more."""
    with ThreadPoolExecutor(1) as aside:
        try:
            yield aside
        except BaseException:
            aside.shutdown(wait=False, cancel_futures=True)
            raise


def _prepare(database: sqlite3.Connection) -> None:
    database.execute("BEGIN")
    for statement in TABLES.split(";"):
        database.execute(statement)
    database.execute("INSERT INTO about VALUES ('digest', ?)", (NO_DIGEST.decode(),))


def _write_titled(database: sqlite3.Connection, titles: Path) -> None:
    database.execute("ATTACH ? AS titles", (str(titles),))
    database.execute("INSERT INTO titled SELECT n, entry FROM titles.ranked ORDER BY n")
    database.execute("DETACH titles")


def _write_keys(
    database: sqlite3.Connection, intake: Intake, shelving: Shelving, order: ranking.Numbers
) -> None:
    database.execute("BEGIN")
    hashes = np.frombuffer(intake.hashes, np.uint32)[order].astype(np.uint64)
    _write_table(database, "entity_key", hashes, np.arange(1, len(order) + 1, dtype=np.uint32))
    hashes = np.array(shelving.hashes, np.uint64)
    _write_table(database, "entry_key", hashes, np.array(shelving.numbers, np.uint32))
    database.execute("COMMIT")


def _write_table(
    database: sqlite3.Connection,
    table: str,
    hashes: "npt.NDArray[np.uint64]",
    numbers: "npt.NDArray[np.uint32]",
) -> None:
    """Write a key table of rows by the CRC-32 of their ids; the numbers must ascend."""
    if not hashes.size:
        return
    place = hashes * np.uint64(bucket_count(len(hashes))) >> np.uint64(32)
    order = np.argsort(place, kind="stable")
    data = numbers[order].astype("<u4").tobytes()
    buckets, starts = np.unique(place[order], return_index=True)
    ends = [*(4 * starts[1:]).tolist(), len(data)]
    rows = zip(buckets.tolist(), (4 * starts).tolist(), ends, strict=True)
    database.executemany(
        f"INSERT INTO {table} VALUES (?, ?)",
        ((bucket, data[start:end]) for bucket, start, end in rows),
    )


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
