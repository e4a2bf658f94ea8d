"""Items in the dump's form, made by hand and real ones."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Reading a dump is an extra; the rest of the source is tested without it too.
pytest.importorskip("pyarrow", reason="hodie[wikidata] is not installed")
pytest.importorskip("isal", reason="hodie[wikidata] is not installed")

if str(Path(__file__).parent) not in sys.path:
    sys.path.append(str(Path(__file__).parent))


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Let nothing wait until a busy disk has written: no test cuts the power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda descriptor: None)
        yield


REAL = Path(__file__).parents[4] / "shared/data/wikidata/real-entities.ndjson.gz"


@pytest.fixture(scope="session")
def real_file() -> Path:
    """2,813 real entities, a line each."""
    if not REAL.exists():
        pytest.skip("../shared/data/wikidata is absent")
    return REAL


@pytest.fixture(scope="session")
def real_items(real_file: Path) -> list[dict]:
    """The same, read."""
    from wikidata_walk import read_entities

    return read_entities(real_file)
