"""What `new`, `build`, `press` and `serve` make, and what they refuse."""

from __future__ import annotations

import itertools
import socket

from click.testing import CliRunner

from hodie.almanac import build
from hodie.cli import main
from hodie.press import Edition, create
from hodie.sources.starter import StarterSource


def hodie(*arguments: object, code: int = 0):
    """Run a command that must end with `code`, and return what it said."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


def test_new_makes_a_publication(tmp_path):
    """A new folder has settings with the name asked for, a story, and is said to be made."""
    made = hodie("new", tmp_path / "town", "--name", "Riverside in History")

    assert "Riverside in History" in (tmp_path / "town" / "hodie.toml").read_text()
    assert list((tmp_path / "town" / "stories").glob("*.md"))
    assert "hodie build" in made.stdout


def test_new_keeps_what_is_there(tmp_path):
    """A folder that holds something is not written into."""
    (tmp_path / "letter.txt").write_text("dear reader")
    refused = hodie("new", tmp_path, code=1)

    assert "not empty" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


class ShortSource:
    """A source that has lost nearly everything, as after a bad import."""

    name = "short"

    def entries(self):
        """Yield the first ten entries of the starter."""
        return itertools.islice(StarterSource().entries(), 10)


def test_build_refuses_a_loss_and_can_be_told(own, monkeypatch):
    """An almanac is not replaced by one that knows less, unless that is allowed."""
    monkeypatch.setattr("hodie.sources.making.load_source", lambda name, **options: ShortSource())
    refused = hodie("build", "-C", own, code=1).stderr
    allowed = hodie("build", "-C", own, "--allow-loss").stderr

    assert "--allow-loss" in refused
    assert "10 entries" in allowed


def test_build_without_a_publication(tmp_path, monkeypatch):
    """Where there is no publication, the way out is named."""
    monkeypatch.chdir(tmp_path)

    assert "hodie new DIR" in hodie("build", code=1).stderr


def test_the_folder_above_is_found(own, monkeypatch):
    """A command works from any folder of a publication."""
    monkeypatch.chdir(own / "stories")

    assert "Leon Trotsky" in hodie("search", "trotsky").stdout


def test_press_writes_the_edition_of_today(tmp_path):
    """`press` leaves an edition, says what it did, and has nothing to do the second time."""
    folder = create(tmp_path / "town")
    build(folder / "almanac.db", itertools.islice(StarterSource().entries(), 10))
    said = [hodie("press", "-C", folder).stderr for _ in range(2)]
    files = f"{len(Edition.open(folder)):,} files"

    assert "/on/08-20/" in Edition.open(folder)
    assert f"{files}, {files.split()[0]} new or changed" in said[0]
    assert f"{files}, 0 new or changed" in said[1]


def test_press_without_an_almanac(own):
    """Without an almanac there is nothing to press, and the way out is named."""
    (own / "almanac.db").unlink()

    assert "hodie build" in hodie("press", "-C", own, code=1).stderr


def test_serve_on_a_port_that_is_taken(demo):
    """A taken port is one line that names another."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        said = hodie("serve", "-C", demo, "--port", port, code=1).stderr

    assert f"port {port}" in said
    assert "--port" in said


def test_serve_at_a_name_that_is_none(demo):
    """A host that does not resolve is one line."""
    assert (
        "no machine" in hodie("serve", "-C", demo, "--host", "no.such.host.invalid", code=1).stderr
    )
