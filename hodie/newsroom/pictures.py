"""Pictures: from uploads to files below `pictures/`, and back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from django.core.files.images import ImageFile
from PIL import Image, ImageOps
from willow.image import UnrecognisedImageFormatError

from hodie.newsroom.models import Picture, Story
from hodie.newsroom.opened import publication
from hodie.press.publication import PICTURE_TYPES, slug

# What a page shows at most, at twice its width; the upload itself stays in the newsroom.
MOST_SIDE = (1600, 1600)
QUALITY = 82
_KEPT_WHOLE = {".gif"}


def of_story(story: Story) -> Iterator[Picture]:
    """Yield the pictures that a story shows."""
    if story.picture is not None:
        yield story.picture
    for child in story.body:
        if child.block_type == "picture" and child.value["image"] is not None:
            yield child.value["image"]


def print_all(story: Story) -> None:
    """Write the pictures of a story below `pictures/`, as readers get them."""
    for picture in of_story(story):
        print_one(picture)


def fresh_name(title: str, suffix: str) -> str:
    """Return a name for a picture's file that no other has."""
    stem = slug(title)[:80].strip("-") or "picture"
    suffix = {".jpeg": ".jpg"}.get(suffix, suffix)
    name, number = f"{stem}{suffix}", 1
    while Picture.objects.filter(name=name).exists() or _path(name).exists():
        number += 1
        name = f"{stem}-{number}{suffix}"
    return name


def take_in(name: str) -> Picture | None:
    """Return the picture of a file below `pictures/`, taken in now if it is new.

    None where the file is missing, or is no picture that can be shown.
    """
    known = Picture.objects.filter(name=name).first()
    file = publication().picture(name)
    if known is not None or file is None:
        return known
    title = PurePosixPath(name).stem
    content = ImageFile(BytesIO(file.read_bytes()), name=PurePosixPath(name).name)
    try:
        picture = Picture(title=title, name=name, file=content)
        picture._set_image_file_metadata()
    except (OSError, ValueError, SyntaxError, UnrecognisedImageFormatError):
        return None
    # The file is there, as whoever put it there wants it.
    picture.printed_hash = picture.file_hash
    picture.save()
    return picture


def print_one(picture: Picture) -> None:
    path = _path(picture.name)
    if path.exists() and picture.printed_hash == picture.get_file_hash():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.writing")
    with fresh.open("wb") as file:
        file.write(_as_printed(picture))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    Picture.objects.filter(pk=picture.pk).update(printed_hash=picture.get_file_hash())


def _as_printed(picture: Picture) -> bytes:
    """Return the bytes that readers get: not larger than a page shows, without a camera's notes.

    Those may say where somebody lives. Only what shows is saved anew, turned as it is to be seen.
    """
    with picture.open_file() as file:
        content = bytes(file.read())
    suffix = PurePosixPath(picture.name).suffix
    if suffix in _KEPT_WHOLE:
        return content
    with Image.open(BytesIO(content)) as upload:
        shown = ImageOps.exif_transpose(upload)
        shown.thumbnail(MOST_SIDE)
        plain = shown.convert("RGB") if suffix == ".jpg" else shown
        plain.info = {}
        buffer = BytesIO()
        kind = PICTURE_TYPES[suffix].removeprefix("image/")
        plain.save(buffer, kind, quality=QUALITY, exif=b"")
    return buffer.getvalue()


def _path(name: str) -> Path:
    return publication().pictures_folder / name
