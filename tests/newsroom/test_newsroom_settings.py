"""The settings that are made for a folder, and the secret that is kept in it."""

from __future__ import annotations

import os
import socketserver
import stat
import subprocess
import sys

import pytest

pytest.importorskip("wagtail")

from hodie.newsroom.errors import NewsroomError
from hodie.newsroom.keeping import Room
from hodie.newsroom.settings import settings_for

URL = "https://newsroom.example.org"


def test_the_secret_is_made_once_and_kept_from_others(own):
    """The secret is the same at every start, and only its owner may read it."""
    first, again = Room(own).secret(), Room(own).secret()

    assert first == again
    assert len(first) >= 50
    assert stat.S_IMODE((own / "newsroom" / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE((own / "newsroom").stat().st_mode) == 0o700


def test_two_folders_have_two_secrets(own, tmp_path):
    """No secret ships with the newsroom."""
    assert Room(own).secret() != Room(tmp_path).secret()


def test_a_secret_that_others_may_read_is_refused(own):
    """A secret that was laid open stops the start, and the error says what to do."""
    Room(own).secret()
    (own / "newsroom" / "secret-key").chmod(0o644)

    with pytest.raises(NewsroomError, match="chmod 600"):
        Room(own).secret()


def test_a_secret_that_was_cut_is_refused(own):
    """An empty secret would sign everything alike."""
    Room(own).secret()
    (own / "newsroom" / "secret-key").write_text("x")

    with pytest.raises(NewsroomError, match="too short"):
        Room(own).secret()


def test_the_newsroom_stays_out_of_git(own):
    """Accounts and the secret are not what anybody should commit."""
    Room(own).prepare()

    assert (own / "newsroom" / ".gitignore").read_text() == "*\n"


def test_sqlite_is_the_default_and_waits_for_other_writers(own):
    """Without more, the database is a file of the folder in which writers queue."""
    database = settings_for(own, {})["DATABASES"]["default"]

    assert database["NAME"] == own.resolve() / "newsroom" / "newsroom.db"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_database_url_means_postgresql(own):
    """DATABASE_URL takes the place of the file."""
    made = settings_for(own, {"DATABASE_URL": "postgres://ada:pw@db.example/news"})

    database = made["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["NAME"], database["USER"]) == ("db.example", "news", "ada")


def test_media_may_lie_in_a_bucket(own):
    """HODIE_NEWSROOM_MEDIA names a bucket and a folder in it."""
    made = settings_for(own, {"HODIE_NEWSROOM_MEDIA": "s3://pictures/newsroom"})

    storage = made["STORAGES"]["default"]
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert storage["OPTIONS"] == {"bucket_name": "pictures", "location": "newsroom"}


def test_behind_https_cookies_and_redirects_are_strict(own):
    """With its public address everything is held to https."""
    made = settings_for(own, {"HODIE_NEWSROOM_URL": URL})

    assert made["SESSION_COOKIE_SECURE"]
    assert made["CSRF_COOKIE_SECURE"]
    assert made["SECURE_SSL_REDIRECT"]
    assert made["SECURE_HSTS_SECONDS"] > 0
    assert "newsroom.example.org" in made["ALLOWED_HOSTS"]


def test_mail_goes_where_it_is_told_to(own):
    """HODIE_NEWSROOM_EMAIL names the server, the account and the sender."""
    url = "smtp://ada:p%40ss@mail.example:2525?from=desk@example.org"
    made = settings_for(own, {"HODIE_NEWSROOM_EMAIL": url})

    assert (made["EMAIL_HOST"], made["EMAIL_PORT"]) == ("mail.example", 2525)
    assert (made["EMAIL_HOST_PASSWORD"], made["DEFAULT_FROM_EMAIL"]) == ("p@ss", "desk@example.org")


def test_mail_is_handed_over(own):
    """A server on this machine gets a message from the sender that the variable names."""
    code = (
        "import sys; from pathlib import Path; from hodie.newsroom.starting import setup;"
        "setup(Path(sys.argv[1]));"
        "from django.core.mail import send_mail;"
        "send_mail('To review', 'The weir', None, ['ada@example.org'])"
    )
    with socketserver.TCPServer(("127.0.0.1", 0), Postbox) as server:
        url = f"smtp://127.0.0.1:{server.server_address[1]}?from=desk@example.org&tls=no"
        environ = {**os.environ, "HODIE_NEWSROOM_EMAIL": url}
        with subprocess.Popen([sys.executable, "-c", code, str(own)], env=environ) as sender:
            server.timeout = 60
            server.handle_request()
            assert sender.wait(60) == 0

    assert "From: desk@example.org" in Postbox.got
    assert "The weir" in Postbox.got


class Postbox(socketserver.StreamRequestHandler):
    """A mail server for one message, as far as RFC 5321 has to be kept."""

    got = ""

    def handle(self):
        self.wfile.write(b"220 postbox\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                Postbox.got = b"".join(lines).decode()
            self.wfile.write(b"250 ok\r\n")
            if line.upper().startswith(b"QUIT"):
                return


@pytest.mark.parametrize(
    "environ",
    [
        {"DATABASE_URL": "nonsense://x"},
        {"HODIE_NEWSROOM_URL": "http://newsroom.example.org"},
        {"HODIE_NEWSROOM_URL": "https://example.org/newsroom"},
        {"HODIE_NEWSROOM_MEDIA": "/srv/media"},
        {"HODIE_NEWSROOM_EMAIL": "mail.example"},
        {"HODIE_NEWSROOM_EMAIL": "smtp://mail.example?tls=perhaps"},
    ],
    ids=lambda environ: next(iter(environ)),
)
def test_settings_that_cannot_be_meant_are_refused(own, environ):
    """A variable that cannot be read stops the start, and its error names it."""
    with pytest.raises(NewsroomError, match=next(iter(environ))):
        settings_for(own, environ)
