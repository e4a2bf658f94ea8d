"""A whole build from a dump and a table, killed fifty times: the same almanac in the end."""

import json
import random
import shutil
import signal
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
from wikidata_builds import build, build_timed, build_until
from wikidata_items import born_in, person

KILLS = 50
PARTS = 8
CONFIG = """\
name = "A"
base_url = "https://a.example"

[[sources]]
name = "wikidata"
path = "dump"
processes = 1

[[sources]]
name = "table"
file = "parish.csv"
"""


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a dump of eight parts, each a range of its own, and a table."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "hodie.toml").write_text(CONFIG)
    (folder / "parish.csv").write_text("date,title\n1888-08-20,The bridge opens\n")
    (folder / "dump").mkdir()
    for part in range(PARTS):
        numbers = range(1 + part * 50, 51 + part * 50)
        people = [person(n, f"Person {n}", born_in(1500 + n)) for n in numbers]
        lines = ",\n".join(json.dumps(person, separators=(",", ":")) for person in people)
        (folder / "dump" / f"part-{part}.json").write_text(f"[\n{lines}\n]\n")
    return folder


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Makes processes that have the command imported, quickly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        context = get_context("forkserver")
        # A process that multiprocessing makes imports what this one ran as its main program.
        context.set_forkserver_preload(["wikidata_builds", "pytest"])
        yield context


def copied(folder: Path, target: Path) -> Path:
    """The publication anew, as nobody has built it."""
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(folder, target))


def test_killed_fifty_times_a_whole_build_ends_with_the_same_bytes(
    publication, processes, tmp_path
):
    """At any instruction, each build going on where the last was killed."""
    whole, seconds = copied(publication, tmp_path / "whole"), tmp_path / "seconds"
    run(processes, build_timed, whole, seconds)
    almanac = (whole / "almanac.db").read_bytes()
    chance, town, kills, ends = random.Random(20), copied(publication, tmp_path / "town"), 0, 0
    while kills < KILLS:
        moment = chance.uniform(0.001, float(seconds.read_text()))
        code = run(processes, build_until, town, moment)
        assert code in (0, -signal.SIGVTALRM)
        kills += code != 0
        built = town / "almanac.db"
        # It stands whole or not at all, even after a kill at the last moment.
        assert not built.exists() or built.read_bytes() == almanac
        if code == 0:
            assert built.read_bytes() == almanac
            ends += 1
            copied(publication, town)
    assert ends, "no build that was killed before came to its end"
    assert run(processes, build, town) == 0
    assert (town / "almanac.db").read_bytes() == almanac
    assert leftovers(town) == leftovers(whole)


def run(context, function, *arguments: object) -> int:
    """Run a function in a process of its own, and return how that ended."""
    process = context.Process(target=function, args=arguments)
    process.start()
    process.join(120)
    return process.exitcode


def leftovers(folder: Path) -> set[str]:
    """All files of a publication but those in which a source keeps its work."""
    return {path.name for path in folder.iterdir()}
