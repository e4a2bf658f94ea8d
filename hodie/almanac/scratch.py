"""SQLite connections for files that one build writes, and that nobody else sees."""

import sqlite3
from pathlib import Path

from hodie.almanac.schema import PAGE_SIZE


def connect(path: Path) -> sqlite3.Connection:
    """Open a database for writing, without the care for power cuts that a half file needs not."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in (
        f"page_size = {PAGE_SIZE}",
        "journal_mode = OFF",
        "synchronous = OFF",
        "cache_size = -65536",
        "threads = 2",
    ):
        database.execute(f"PRAGMA {setting}")
    return database
