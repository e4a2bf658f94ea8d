"""`hodie mcp`: the almanac as tools that an assistant can call."""

from __future__ import annotations

from pathlib import Path

import click

from hodie.cli import options


@click.command()
@options.publication
@click.option("--http", is_flag=True, help="Listen on a port, instead of on standard input.")
@options.listening(8002)
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
