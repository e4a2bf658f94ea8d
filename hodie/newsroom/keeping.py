"""What the newsroom keeps in a publication's folder: its database, media and secret."""

import os
import secrets
from pathlib import Path

from msgspec import Struct

from hodie.newsroom.errors import NewsroomError

FOLDER_NAME = "newsroom"
_SECRET_LENGTH = 50
_OTHERS = 0o077


class Room(Struct, frozen=True):
    """The folder `newsroom/` of a publication, readable by its owner alone."""

    publication: Path

    @property
    def folder(self) -> Path:
        return self.publication / FOLDER_NAME

    @property
    def database(self) -> Path:
        return self.folder / "newsroom.db"

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def secret_file(self) -> Path:
        return self.folder / "secret-key"

    @property
    def lock(self) -> Path:
        return self.folder / "work.lock"

    def prepare(self) -> None:
        """Make the folder, and keep it out of git: it holds a secret and people's accounts."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.media.mkdir(mode=0o700, exist_ok=True)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", "utf-8")

    def secret(self) -> str:
        """Return the secret that signs sessions and links, made at the first call.

        Raises NewsroomError where others may read it.
        """
        self.prepare()
        try:
            handle = os.open(self.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._kept_secret()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(_SECRET_LENGTH))
        return self._kept_secret()

    def _kept_secret(self) -> str:
        file = self.secret_file
        if file.stat().st_mode & _OTHERS:
            raise NewsroomError(f"{file}: others may read the secret; run `chmod 600 {file}`")
        text = file.read_text("utf-8").strip()
        if len(text) < _SECRET_LENGTH:
            raise NewsroomError(
                f"{file}: is too short for a secret; delete it, and a new one is made"
            )
        return text
