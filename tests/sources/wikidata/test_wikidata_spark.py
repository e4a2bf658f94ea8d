"""On Spark the same comes out as on one machine: one session, started once, for all of it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from wikidata_items import born_in, dump, item, person, statement, write_dump
from wikidata_kills import SIZE

from hodie.cli import main
from hodie.sources.wikidata.errors import DumpError
from hodie.sources.wikidata.extraction import Range, Settings
from hodie.sources.wikidata.ranges import plan
from hodie.sources.wikidata.working import Work, work

pytest.importorskip("pyspark", reason="hodie[spark] is not installed")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    # PySpark leaves its sockets to the collector.
    pytest.mark.filterwarnings(
        "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
    ),
]

COUNT = 60


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    """A dump of twelve members, one of which is broken."""
    people = [
        person(n, f"Person {n}", born_in(1800 + n), statement("P19", item(1)))
        for n in range(1, COUNT + 1)
    ]
    file = write_dump(tmp_path_factory.mktemp("dump") / "dump.json.gz", people, 12)
    raw = file.read_bytes()
    middle = len(raw) // 2
    file.write_bytes(raw[:middle] + bytes(60) + raw[middle + 60 :])
    return file


@pytest.fixture(scope="module")
def on_spark(file, tmp_path_factory) -> Iterator[Work]:
    """The dump's rows by Spark, in two processes."""
    from hodie.sources.wikidata.spark import work_on_spark

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    task = Work(tmp_path_factory.mktemp("spark"), plan(str(file), SIZE), Settings())
    with task.held():
        work_on_spark(task, "local[2]", limit=10)
        yield task


@pytest.fixture(scope="module")
def on_this_machine(file, tmp_path_factory) -> Work:
    task = Work(tmp_path_factory.mktemp("local"), plan(str(file), SIZE), Settings())
    with task.held():
        work(task)
    return task


def test_rows_are_equal_one_by_one_and_in_order(on_spark, on_this_machine):
    """Every column of every row, in the order of the dump."""
    rows = list(on_spark.rows())
    assert COUNT - 6 <= len(rows) < COUNT
    assert rows == list(on_this_machine.rows())


def test_reports_are_equal(on_spark, on_this_machine):
    """What could not be read is counted, and said with the same places."""
    from hodie.sources.wikidata.spark import reports

    assert reports(on_spark).broken_parts >= 1
    assert reports(on_spark) == on_this_machine.report()


def test_what_spark_has_done_is_not_done_again(on_spark, file):
    """The source merges what stands in its work folder, and starts no job for it."""
    before = {path: path.stat().st_mtime_ns for path in on_spark.spark_files()}
    work_folder = on_spark.folder
    ranges = plan(str(file), SIZE)
    again = Work(work_folder, ranges, Settings())
    from hodie.sources.wikidata.spark import work_on_spark

    assert work_on_spark(again, "spark://nowhere:1", limit=10).items
    assert before == {path: path.stat().st_mtime_ns for path in again.spark_files()}


def test_a_publication_is_built_on_spark_as_on_one_machine(tmp_path):
    """`hodie build --engine spark` makes the same almanac, to the byte."""
    (tmp_path / "dump.json").write_bytes(dump([person(1, "A", born_in(1900))]))
    options = ["--engine", "spark", "--master", "local[2]"]
    on_spark = built(tmp_path / "spark", *options)
    assert on_spark == built(tmp_path / "local", "--engine", "local")


def built(folder: Path, *options: str) -> bytes:
    """Build a publication's almanac by the command, and return it."""
    folder.mkdir()
    settings = 'name = "A"\nbase_url = "http://a.example"\n[[sources]]\nname = "wikidata"\n'
    (folder / "hodie.toml").write_text(settings + 'path = "../dump.json"\n')
    result = CliRunner().invoke(main, ["build", "-C", str(folder), *options])
    assert result.exit_code == 0, result.output
    return (folder / "almanac.db").read_bytes()


def test_standard_input_is_refused(tmp_path):
    """It is on no machine of the cluster."""
    from hodie.sources.wikidata.spark import work_on_spark

    task = Work(tmp_path, [Range(0, "-")], Settings())
    with pytest.raises(DumpError, match="standard input"):
        work_on_spark(task, "local[2]", limit=0)
