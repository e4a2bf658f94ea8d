"""Django's settings, made for a publication's folder and from a few variables of the environment.

DATABASE_URL           PostgreSQL in place of SQLite
HODIE_NEWSROOM_URL     the address at which a proxy shows the newsroom, with https
HODIE_NEWSROOM_MEDIA   s3://bucket/prefix in place of the folder
HODIE_NEWSROOM_EMAIL   smtp://user:password@host:587, ?from=desk@example.org, and &tls=no
"""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from hodie.newsroom.errors import NewsroomError
from hodie.newsroom.keeping import Room
from hodie.press import Publication

LOCAL = "http://127.0.0.1:8001"
MOST_UPLOADED = 10 << 20
MOST_PIXELS = 60_000_000
PICTURES = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
_YEAR = 31_536_000
_BUSY_SECONDS = 20

APPS = [
    # First: its templates come before those of the same name.
    "hodie.newsroom",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    # Wagtail's own pages ask for its addresses; the newsroom shows no documents.
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "axes",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hodie.newsroom.middleware.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
# Scripts come from our own files alone. Wagtail writes style attributes, which need the exception.
CONTENT_SECURITY = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
_PASSWORDS = "django.contrib.auth.password_validation."


def settings_for(folder: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return Django's settings for the publication in `folder`; raises HodieError."""
    folder = folder.resolve()
    publication, room = Publication.load(folder), Room(folder)
    secret = room.secret()
    return {
        "HODIE_FOLDER": folder,
        "SECRET_KEY": secret,
        "DEBUG": False,
        "INSTALLED_APPS": APPS,
        "MIDDLEWARE": MIDDLEWARE,
        "ROOT_URLCONF": "hodie.newsroom.urls",
        "WSGI_APPLICATION": None,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "DATABASES": {"default": _database(room, environ)},
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": _CONTEXT},
            }
        ],
        # Form widgets look where templates do, so that ours come first there too.
        "FORM_RENDERER": "django.forms.renderers.TemplatesSetting",
        "LANGUAGE_CODE": "en-gb",
        "TIME_ZONE": publication.time_zone,
        "USE_TZ": True,
        "STATIC_URL": "/assets/",
        "MEDIA_URL": "/media/",
        "MEDIA_ROOT": room.media,
        "STORAGES": {
            "default": _media(environ),
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
            },
        },
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "FILE_UPLOAD_PERMISSIONS": 0o600,
        "FILE_UPLOAD_DIRECTORY_PERMISSIONS": 0o700,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 10_000,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 5 << 20,
        "CONTENT_SECURITY_POLICY": {"DIRECTIVES": CONTENT_SECURITY},
        "LOGGING": _logging(),
        **_accounts(),
        **_address(environ),
        **_email(environ),
        **_wagtail(publication, environ),
    }


def _database(room: Room, environ: Mapping[str, str]) -> dict[str, Any]:
    url = environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": room.database,
            "OPTIONS": {
                # Writers wait for each other from their first statement on: a transaction that
                # began with reading would fail at once where another wrote meanwhile.
                "transaction_mode": "IMMEDIATE",
                "timeout": _BUSY_SECONDS,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    import dj_database_url

    try:
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError as error:
        raise NewsroomError(
            f"DATABASE_URL {url!r} cannot be read; write postgres://user:password@host/name"
        ) from error


def _media(environ: Mapping[str, str]) -> dict[str, Any]:
    url = environ.get("HODIE_NEWSROOM_MEDIA", "")
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc:
        raise NewsroomError(f"HODIE_NEWSROOM_MEDIA {url!r} must be such as s3://bucket/prefix")
    options = {"bucket_name": parts.netloc, "location": parts.path.strip("/")}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def _accounts() -> dict[str, Any]:
    names = ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
    return {
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": f"{_PASSWORDS}{name}Validator",
                "OPTIONS": {"min_length": 12} if name == "MinimumLength" else {},
            }
            for name in names
        ],
        "LOGIN_URL": "wagtailadmin_login",
        "LOGIN_REDIRECT_URL": "wagtailadmin_home",
        # Wrong passwords lock an account out for whoever comes from the same address.
        "AXES_FAILURE_LIMIT": 5,
        "AXES_COOLOFF_TIME": datetime.timedelta(minutes=15),
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_LOCKOUT_TEMPLATE": "newsroom/locked_out.html",
        "AXES_ENABLE_ADMIN": False,
        "OTP_TOTP_ISSUER": "Hodie newsroom",
        "SESSION_COOKIE_NAME": "hodie-newsroom",
        "SESSION_COOKIE_AGE": 7 * 86_400,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": False,
        # Wagtail itself lets its previews, and nothing else, be shown in a frame of its own pages.
        "X_FRAME_OPTIONS": "DENY",
    }


def _address(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return what depends on the address: behind a proxy with https everything is held to it."""
    url = environ.get("HODIE_NEWSROOM_URL", "").rstrip("/")
    local = {
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "WAGTAILADMIN_BASE_URL": url or LOCAL,
    }
    if not url:
        # On this machine alone, without https, the checks that ask for it do not apply.
        local["SILENCED_SYSTEM_CHECKS"] = [f"security.W{n}" for n in ("004", "008", "012", "016")]
        return local
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.path:
        raise NewsroomError(
            f"HODIE_NEWSROOM_URL {url!r} must be such as https://newsroom.example.org"
        )
    return {
        **local,
        "ALLOWED_HOSTS": [*local["ALLOWED_HOSTS"], parts.hostname],
        "CSRF_TRUSTED_ORIGINS": [url],
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": _YEAR,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
    }


def _email(environ: Mapping[str, str]) -> dict[str, Any]:
    url = environ.get("HODIE_NEWSROOM_EMAIL", "")
    if not url:
        # Nobody can be written to: the newsroom says on its pages what waits for whom.
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "WAGTAIL_PASSWORD_RESET_ENABLED": False,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise NewsroomError(
            "HODIE_NEWSROOM_EMAIL must be such as smtp://user:password@mail.example.org:587"
        )
    asked = parse_qs(parts.query)
    sender = asked.get("from", [f"newsroom@{parts.hostname}"])[0]
    tls = asked.get("tls", ["yes"])[0]
    if tls not in ("yes", "no"):
        raise NewsroomError(f"HODIE_NEWSROOM_EMAIL: tls={tls} must be yes or no")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        # A server on the same machine often has no certificate.
        "EMAIL_USE_TLS": parts.scheme == "smtp" and tls == "yes",
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
    }


def _wagtail(publication: Publication, environ: Mapping[str, str]) -> dict[str, Any]:
    return {
        "WAGTAIL_SITE_NAME": publication.name,
        "WAGTAILIMAGES_IMAGE_MODEL": "newsroom.Picture",
        "WAGTAILIMAGES_EXTENSIONS": PICTURES,
        "WAGTAILIMAGES_MAX_UPLOAD_SIZE": MOST_UPLOADED,
        "WAGTAILIMAGES_MAX_IMAGE_PIXELS": MOST_PIXELS,
        "WAGTAILDOCS_EXTENSIONS": ["pdf"],
        "WAGTAILDOCS_MAX_UPLOAD_SIZE": MOST_UPLOADED,
        "WAGTAIL_FINISH_WORKFLOW_ACTION": "hodie.newsroom.finishing.finish_review",
        "WAGTAILADMIN_NOTIFICATION_USE_HTML": False,
        "WAGTAIL_GRAVATAR_PROVIDER_URL": None,
        "WAGTAIL_ENABLE_UPDATE_CHECK": False,
        "WAGTAIL_ENABLE_WHATS_NEW_BANNER": False,
        "WAGTAIL_ALLOW_UNICODE_SLUGS": False,
        "WAGTAIL_I18N_ENABLED": False,
        # They are noted where the file takes its new name, which cannot be cut short.
        "WAGTAILREDIRECTS_AUTO_CREATE": False,
        "WAGTAILADMIN_RICH_TEXT_EDITORS": {
            "default": {
                "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
                "OPTIONS": {"features": []},
            }
        },
        "WAGTAILSEARCH_BACKENDS": {"default": {"BACKEND": "wagtail.search.backends.database"}},
    }


def _logging() -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(name)s: %(message)s"}},
        "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {
            name: {"handlers": ["errors"], "level": level, "propagate": False}
            for name, level in (
                ("django", "ERROR"),
                ("axes", "WARNING"),
                ("hodie", "INFO"),
                ("wagtail", "ERROR"),
                ("waitress", "ERROR"),
            )
        },
    }
