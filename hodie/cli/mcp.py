"""`hodie mcp`: the almanac as tools that an assistant can call."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "-C",
    "--publication",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The publication's folder (default: this one, or the nearest above that is one).",
)
@click.option("--http", is_flag=True, help="Listen on a port, instead of on standard input.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8002, show_default=True, type=click.IntRange(1, 65535), help="Its port."
)
def mcp(folder: Path | None, http: bool, host: str, port: int) -> None:
    """Let an assistant ask the almanac, by the Model Context Protocol.

    Tools: on_this_day, search, timeline of a person or thing, check a text. Each answer names the
    sources of its facts and their licences. Without options it speaks on standard input and output,
    as assistants that start it expect. Needs the SDK: pip install 'hodie[mcp]'.

    \b
    Examples:
      hodie mcp -C history
      hodie mcp --http --port 8002
    """
    from hodie.cli.assistants import serve
    from hodie.cli.places import open_place

    serve(open_place(folder), host if http else None, port)
