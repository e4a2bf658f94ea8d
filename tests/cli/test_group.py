"""What goes wrong becomes one line and an exit code."""

from __future__ import annotations

import errno

import click
import pytest
from click.testing import CliRunner

from hodie.cli import main
from hodie.cli.group import FAILED, FINE, INTERRUPTED, MISUSED, Hodie, MistypedError
from hodie.errors import HodieError


def group_raising(error: BaseException) -> Hodie:
    """Make a group whose one command, `go`, fails with `error`."""

    @click.group(cls=Hodie)
    def group() -> None: ...

    @group.command()
    def go() -> None:
        raise error

    return group


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (HodieError("no almanac in 'x'"), FAILED, "hodie: no almanac in 'x'\n"),
        (MistypedError("no such day"), MISUSED, "hodie: no such day\n"),
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory", "/x"),
            FAILED,
            "hodie: no such file or directory: /x\n",
        ),
        (OSError("odd"), FAILED, "hodie: odd\n"),
        (click.Abort(), INTERRUPTED, ""),
        (click.ClickException("Could not open"), FAILED, "hodie: Could not open\n"),
        (
            KeyError("x"),
            FAILED,
            "hodie: a fault in Hodie itself: KeyError: 'x' (HODIE_DEBUG=1 says where)\n",
        ),
    ],
)
def test_errors_are_one_line(error, code, said):
    """Whatever a command raises is one line on standard error, never a traceback."""
    result = CliRunner().invoke(group_raising(error), ["go"])

    assert (result.exit_code, result.stderr, result.stdout) == (code, said, "")


def test_ctrl_c_is_quiet():
    """An interrupted command says nothing."""
    result = CliRunner().invoke(group_raising(KeyboardInterrupt()), ["go"])

    assert result.exit_code == INTERRUPTED
    assert result.output.strip() == ""


def test_debug_shows_where_a_fault_arose(monkeypatch):
    """HODIE_DEBUG lets an unexpected error through with its traceback."""
    monkeypatch.setenv("HODIE_DEBUG", "1")
    result = CliRunner().invoke(group_raising(KeyError("x")), ["go"])

    assert isinstance(result.exception, KeyError)


@pytest.mark.parametrize(
    ("arguments", "wrong", "help_of"),
    [
        (["bake"], "'bake'", "hodie"),
        (["today", "--wrong"], "'--wrong'", "hodie today"),
        (["on"], "'DAY...'", "hodie on"),
        (["serve", "--port", "0"], "'--port'", "hodie serve"),
        (["search", "x", "--kind", "war"], "'war'", "hodie search"),
    ],
)
def test_mistyped_commands(arguments, wrong, help_of):
    """A mistyped command is one line that names what was wrong and the right help; exit code 2."""
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == MISUSED
    assert result.stderr.startswith("hodie: ")
    assert result.stderr.endswith(f" (see {help_of} --help)\n")
    assert result.stderr.count("\n") == 1
    assert wrong in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["today", "-h"], ["--version"]])
def test_help_and_version(arguments):
    """Help and version are answers, on standard output."""
    result = CliRunner().invoke(main, arguments)

    assert (result.exit_code, result.stderr) == (FINE, "")
    assert "hodie" in result.stdout


def test_no_command_shows_the_help():
    """`hodie` alone shows what it can do."""
    result = CliRunner().invoke(main, [])

    assert result.exit_code == MISUSED
    assert "hodie on 20 August" in result.stdout
