"""Series and authors: hodie.toml says who they are; the newsroom reads it, and writes it."""

from __future__ import annotations

from typing import Any

import tomlkit
from django.db import transaction
from wagtail.blocks import StreamValue

from hodie.newsroom import pictures
from hodie.newsroom.models import Author, Series
from hodie.newsroom.opened import folder, publication
from hodie.press import Publication
from hodie.press.publication import CONFIG_NAME


@transaction.atomic
def read_publication() -> None:
    """Make the newsroom's series and authors those of hodie.toml.

    One that is no longer there stays as long as a story names it.
    """
    for title in publication().series:
        Series.objects.update_or_create(
            id=title.id, defaults={"name": title.name, "note": title.note}
        )
    for byline in publication().authors:
        Author.objects.update_or_create(
            id=byline.id,
            defaults={
                "name": byline.name,
                "note": byline.note,
                "kind": byline.kind,
                "picture": pictures.take_in(byline.picture) if byline.picture else None,
                "links": _links(byline.links),
            },
        )


def write_series(series: Series) -> None:
    """Write a series into hodie.toml, which keeps everything else as it is."""
    _write("series", series.pk, {"name": series.name, "note": series.note})


def write_author(author: Author) -> None:
    """Write an author into hodie.toml, with the picture below `pictures/`."""
    if author.picture is not None:
        pictures.print_one(author.picture)
    _write(
        "authors",
        author.pk,
        {
            "name": author.name,
            "kind": author.kind if author.kind != "person" else "",
            "note": " ".join(author.note.split()),
            "picture": author.picture.name if author.picture else "",
            "links": [dict(child.value) for child in author.links],
        },
    )


def _links(links: Any) -> Any:
    block = Author._meta.get_field("links").stream_block
    return StreamValue(
        block,
        [{"type": "link", "value": {"label": each.label, "url": each.url}} for each in links],
        is_lazy=True,
    )


def _write(key: str, id: str, fields: dict[str, Any]) -> None:
    file = folder() / CONFIG_NAME
    document = tomlkit.parse(file.read_text("utf-8"))
    tables = document.get(key)
    if tables is None:
        tables = document[key] = tomlkit.aot()
    table = next((each for each in tables if each.get("id") == id), None)
    if table is None:
        table = tomlkit.table()
        table["id"] = id
        tables.append(table)
        table = tables[-1]
    for name, value in fields.items():
        if value:
            table[name] = _links_field(value) if name == "links" else value
        else:
            table.pop(name, None)
    _replace(tomlkit.dumps(document))


def _links_field(links: list[dict[str, str]]) -> Any:
    array = tomlkit.array()
    for link in links:
        inline = tomlkit.inline_table()
        inline.update(link)
        array.append(inline)
    return array


def _replace(text: str) -> None:
    """Put the settings in their place, unless the publication could not be read with them."""
    file = folder() / CONFIG_NAME
    fresh = folder() / f".{CONFIG_NAME}.writing"
    fresh.write_text(text, "utf-8")
    try:
        Publication.parse(text, folder())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def drop(gone: Series | Author) -> None:
    """Take a series or an author out of hodie.toml."""
    key = "series" if isinstance(gone, Series) else "authors"
    document = tomlkit.parse((folder() / CONFIG_NAME).read_text("utf-8"))
    for number, table in enumerate(document.get(key, [])):
        if table.get("id") == gone.pk:
            del document[key][number]
            _replace(tomlkit.dumps(document))
            return
