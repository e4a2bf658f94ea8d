"""The command that opens the newsroom, and those that do its work without a browser."""

from __future__ import annotations

from pathlib import Path

import click

from hodie.cli import options


@click.group(invoke_without_command=True)
@options.publication
@options.listening(8001)
@click.pass_context
def newsroom(context: click.Context, folder: Path | None, host: str, port: int) -> None:
    """Open the desk for editors, http://127.0.0.1:8001.

    Stories are written, reviewed, scheduled and published here; what is published is a file of
    stories/ and a page of the edition. The first start prints a link that makes the owner's
    account. Needs `pip install 'hodie[newsroom]'`.

    \b
    Examples:
      hodie newsroom
      hodie newsroom -C history --port 8080
      hodie newsroom import
    """
    if context.invoked_subcommand is not None:
        context.obj = folder
        return
    from hodie.cli.places import publication_at
    from hodie.newsroom.starting import is_new, serve

    publication = publication_at(folder)
    if is_new(publication.folder):
        click.echo("Making the newsroom's tables (half a minute, once)")

    def opened(origin: str, first: str | None) -> None:
        click.echo(f"{publication.name}: {origin} (Ctrl-C stops)")
        if first is not None:
            click.echo(f"The owner's account is made here, once: {first}")

    serve(publication.folder, host, port, opened)


@newsroom.command("import")
@click.option("--take", metavar="ID", multiple=True, help="Take this story's file as its newest.")
@click.option("--dry-run", is_flag=True, help="Only show what differs.")
@click.pass_obj
def take_in(folder: Path | None, take: tuple[str, ...], dry_run: bool) -> int:
    """Take in stories that were written or changed by hand.

    Where the newsroom's story was changed as well, the differences are shown and neither side is
    touched; exit code 1 says so. --take ID makes the file that story's newest version, and keeps
    the other in its history.

    \b
    Examples:
      hodie newsroom import
      hodie newsroom import --take trotsky-assassinated
    """
    _open(folder)
    from hodie.newsroom.incoming import take_in

    found = list(take_in(take=take, dry=dry_run))
    for one in found:
        if one.fate != "same":
            click.echo(f"{one.path}: {_SAID[one.fate]}")
        if one.said:
            click.echo(one.said.rstrip("\n"))
    same = sum(one.fate == "same" for one in found)
    click.echo(f"{len(found)} stories, {same} of them as they were")
    return int(any(one.fate in ("differs", "unreadable", "missing") for one in found))


_SAID = {
    "new": "new in the newsroom",
    "changed": "taken; what changed:",
    "differs": "changed here and in the newsroom; neither was touched:",
    "unreadable": "cannot be read:",
    "missing": "is gone:",
}


@newsroom.command()
@click.option("--drafts", is_flag=True, help="Write unpublished stories too, as drafts.")
@click.pass_obj
def export(folder: Path | None, drafts: bool) -> None:
    """Write the file of every published story anew.

    Files that were changed by hand are left, and named.
    """
    _open(folder)
    from hodie.newsroom.outgoing import export

    for line in export(drafts=drafts):
        click.echo(line)


@newsroom.command()
@click.pass_obj
def work(folder: Path | None) -> None:
    """Do once what is due: publish what is scheduled, write files, print the edition.

    For cron or a systemd timer. `hodie newsroom` does it by itself while it runs; it does no harm
    to do both.
    """
    _open(folder)
    from hodie.newsroom.work import work

    done = work()
    if done.busy:
        click.echo("another process is at it")
    for id in done.published:
        click.echo(f"published {id}")
    for id in done.files.conflicts:
        click.echo(f"left {id}: its file was changed by hand; `hodie newsroom import` shows how")
    if done.printed:
        click.echo("printed the edition")


def _open(folder: Path | None) -> None:
    from hodie.cli.places import publication_at
    from hodie.newsroom.starting import prepare, setup

    setup(publication_at(folder).folder)
    prepare()
