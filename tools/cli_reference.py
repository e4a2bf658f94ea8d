"""Write docs/reference/cli.md from the commands' own help.

    python tools/cli_reference.py

A test fails while the page says anything else. What no --help says stands in this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from hodie.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"
SETTINGS = {"terminal_width": 92, "max_content_width": 92}

INTRODUCTION = """\
# Command line

<!-- Made by `./run docs` from the commands' own help: change that, or tools/cli_reference.py. -->

`pip install .` in the checkout gives the command `hodie`. It works on the publication in the
current folder, or in the nearest folder above that holds a `hodie.toml`; `-C DIR` names another.
Where there is none, `today`, `on` and `search` answer from the starter almanac, which is built
once, in `~/.cache/hodie` (or `$XDG_CACHE_HOME/hodie`).

In a terminal the answer is set in columns and colours; in a pipe it is plain text, an entry a line
that nothing wraps. `NO_COLOR=1` leaves the colours out. Answers go to standard output; progress
and errors go to standard error.

## Exit codes

| code | meaning |
|---|---|
| 0 | done; also when the reader of a pipe has read enough |
| 1 | something stood in the way: one line on standard error says what, where, and the way out |
| 2 | mistyped: an unknown command or option, or a day that does not exist |
| 130 | stopped by Ctrl-C (`hodie serve` ends with 0: that is how it is stopped) |

An error that should not be possible is one line as well; `HODIE_DEBUG=1` shows where it arose.

"""

JSON = """\
## Answers in JSON

`--json` writes one object. Fields are added in later versions, never taken away or renamed; those
that are not known are `null`.

`hodie today` and `hodie on DAY`:

| field | value |
|---|---|
| `day` | the day of the year, as `MM-DD` |
| `year` | the year of the edition, from which anniversaries are counted |
| `lead` | the pick that opens the day, or `null` |
| `selected` | the picks after it, best first |
| `events`, `births`, `deaths`, `holidays` | the other picks, in order of time |

With `--kind`: `day`, `year`, `kind`, `count` (how many the almanac has), and `entries`, the
weightiest of them in order of time. `hodie on` a date with a year: `date` (EDTF), `calendar`,
`year`, `entries`. `hodie search`: `query`, and `hits`, each an object with a `score` and either an
`entry` or an `entity`.

An entry:

| field | value |
|---|---|
| `id` | permanent |
| `kind`, `subkind` | `event`, `birth`, `death` or `holiday`; a finer word such as `battle` |
| `date`, `calendar` | as its source states it: EDTF (44 BC is `-0043`), and the calendar |
| `day` | the day of the year that shows it, as `MM-DD` |
| `years_ago` | the anniversary in `year` |
| `text` | how a list words it, never empty |
| `title`, `line` | its title; a sentence on it |
| `weight` | from 0 to 1 |
| `flags` | such as `sensitive`, `calendar-doubtful`, `title-made` |
| `countries` | of a holiday, as ISO 3166 codes |
| `participants` | entities, each with its `role`: `subject`, `person`, `place`, `context` … |
| `references` | each with `source`, `url`, `revision`, `licence` |

A pick is an entry with a `score`, and `why`: a sentence that says why it was picked.

An entity has `id` (its page is `/about/{id}/`), `name`, `kind`, `wikidata`, `wikipedia`,
`description`, `image`, `weight`, and the years `born` and `died`.
"""


def page() -> str:
    """Return the whole page."""
    return INTRODUCTION + "".join(_sections()) + JSON


def _sections() -> Iterator[str]:
    root = click.Context(main, info_name="hodie", **SETTINGS, **main.context_settings)
    yield _section("hodie", main, root)
    for name in main.list_commands(root):
        command = main.get_command(root, name)
        assert command is not None
        context = click.Context(command, parent=root, info_name=name, **SETTINGS)
        yield _section(f"hodie {name}", command, context)


def _section(title: str, command: click.Command, context: click.Context) -> str:
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```\n\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}")
