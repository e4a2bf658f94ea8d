"""The engine of many machines: the same extraction, range by range, on Apache Spark.

Spark reads a .gz text as one partition for ever. So it is given the ranges instead, one a
partition, and calls `extract` where they are. Rows come out as Parquet that the merge reads.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from hodie.sources.wikidata.columns import SCHEMA
from hodie.sources.wikidata.errors import DumpError
from hodie.sources.wikidata.extraction import Range, Report, Settings, extract
from hodie.sources.wikidata.members import STDIN
from hodie.sources.wikidata.working import Progress, Work, refuse

REPORT = pa.field("report", pa.string())
"""The column that is null but in the last row of each range, which has its report alone."""

OUTPUT = pa.schema([*SCHEMA, REPORT])
RANGES = "number long, path string, start long, stop long"

_TYPES = {pa.int64(): "long", pa.int32(): "int", pa.float64(): "double", pa.string(): "string"}


def work_on_spark(
    task: Work, master: str, *, limit: int, progress: Progress | None = None
) -> Report:
    """Do all ranges on the cluster at `master`; returns the report of all.

    Dump and work folder must lie where every machine of the cluster sees them by the same path.
    What a run has finished is kept whole or not at all: Spark itself repeats what fails.
    Raises DumpError where the job fails, or more than `limit` things could not be read.
    """
    tell = progress or (lambda done, total: None)
    total = len(task.ranges)
    if any(each.path == STDIN for each in task.ranges):
        raise DumpError("standard input cannot be read on a cluster: name a file that all can see")
    if not task.spark_is_done():
        tell(0, total)
        with _session(master) as session:
            _write(session, task)
    tell(total, total)
    report = reports(task)
    refuse(report, limit)
    return report


def reports(task: Work) -> Report:
    """Gather the reports out of what Spark wrote."""
    whole = Report()
    for file in task.spark_files():
        column = pq.read_table(file, columns=[REPORT.name]).column(REPORT.name)
        for text in column.drop_null().to_pylist():
            whole.add(msgspec.json.decode(text, type=Report))
    return whole


def _write(session: Any, task: Work) -> None:
    from pyspark.errors import PySparkException

    rows = [(each.number, each.path, each.start, each.stop) for each in task.ranges]
    try:
        ranges = session.createDataFrame(session.sparkContext.parallelize(rows, len(rows)), RANGES)
        found = ranges.mapInArrow(_extractor(task.settings), _spark_schema())
        written = found.write.mode("overwrite").option("compression", "zstd")
        written.parquet(task.spark_folder.absolute().as_uri())
    except PySparkException as error:
        first = str(error).strip().splitlines()[0]
        raise DumpError(f"the job on Spark failed: {first}") from error


def _extractor(settings: Settings) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Return what Spark calls with the ranges of a partition."""

    def extracted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for row in batch.to_pylist():
                report = Report()
                for rows in extract(Range(**row), settings, report):
                    yield _with_report(rows)
                yield _report_alone(report)

    return extracted


def _with_report(rows: pa.RecordBatch) -> pa.RecordBatch:
    nothing = pa.nulls(rows.num_rows, REPORT.type)
    return pa.record_batch([*rows.columns, nothing], schema=OUTPUT)


def _report_alone(report: Report) -> pa.RecordBatch:
    empty = {pa.int64(): 0, pa.int32(): 0, pa.string(): ""}
    values = [None if field.nullable else empty[field.type] for field in SCHEMA]
    text = msgspec.json.encode(report).decode()
    arrays = [
        pa.array([value], field.type) for value, field in zip([*values, text], OUTPUT, strict=True)
    ]
    return pa.record_batch(arrays, schema=OUTPUT)


def _spark_schema() -> str:
    return ", ".join(f"{field.name} {_TYPES[field.type]}" for field in OUTPUT)


@contextmanager
def _session(master: str) -> Iterator[Any]:
    """Yield the session that is there, else one of our own, for as long as it is needed."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise DumpError("Spark is not installed: pip install 'hodie[spark]'") from error
    active = SparkSession.getActiveSession()
    if active is not None:
        yield active
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("hodie")
    for key, value in _settings(master).items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except PySparkException as error:
        raise DumpError(
            f"Spark did not start at {master!r}: {error}; it needs Java "
            "(apt-get install openjdk-17-jre-headless) and a master that answers"
        ) from error
    try:
        yield session
    finally:
        session.stop()


def _settings(master: str) -> dict[str, str]:
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local"):
        settings |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    return settings
