"""A run that allows no skips: what a machine lacks is a failure there, and only there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SKIPPED = "import pytest\n\ndef test_it():\n    pytest.skip('no such thing here')\n"
SKIPPED_WHOLE = "import pytest\n\npytest.importorskip('no_such_module')\n\ndef test_it(): pass\n"
EXPECTED = "import pytest\n\n@pytest.mark.xfail\ndef test_it():\n    raise ValueError\n"


@pytest.mark.parametrize(
    ("test", "option", "code"),
    [
        (SKIPPED, "--no-skips", 1),
        (SKIPPED_WHOLE, "--no-skips", 2),
        (EXPECTED, "--no-skips", 0),
        (SKIPPED, "--quiet", 0),
    ],
)
def test_a_skip_fails_where_none_is_allowed(tmp_path, test, option, code):
    """A skipped test or file fails the run with --no-skips; an expected failure does not."""
    (tmp_path / "test_it.py").write_text(test)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", option]
    done = subprocess.run(
        [*command, str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == code, done.stdout
