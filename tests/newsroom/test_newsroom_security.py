"""Who gets in, and what: strangers nowhere, everybody no further than their group."""

from __future__ import annotations

import datetime
import gc
import io
import json
import re
import subprocess
import sys
import warnings

import pytest

pytest.importorskip("wagtail")

from django.core.files.uploadedfile import SimpleUploadedFile

PASSWORD = "correct horse battery"
# What a stranger needs on the way in.
OPEN = re.compile(r"login/|logout/|first/|password_reset/|jsi18n/|sprite/|assets/")
# Wagtail breaks this one on purpose, to show how that looks.
BROKEN = "/failwhale/"
STAND_INS = {
    "int": "1",
    "str": "1",
    "slug": "x",
    "path": "x",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


def addresses():
    """List every address of the newsroom, its parameters filled in."""
    from django.urls import get_resolver

    return sorted({*walk(get_resolver().url_patterns, "")} - {BROKEN})


def walk(patterns, before):
    for each in patterns:
        route = str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from walk(each.url_patterns, before + route)
        else:
            yield filled(before + route)


def filled(route):
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda m: STAND_INS.get(m[1] or "str", "1"), route)
    route = re.sub(r"\(\?P<\w+>((?:[^()]|\([^()]*\))*)\)", lambda m: sample(m[1]), route)
    return "/" + re.sub(r"\((?:\?:)?[^()]*\)\??|[\^$\\?]|\.\*", "", route)


def sample(pattern):
    return "1" if "d" in pattern or "0-9" in pattern else "x"


def test_there_are_many_addresses(room):
    """The walk finds the newsroom's own pages and Wagtail's."""
    found = addresses()

    assert len(found) > 150
    for own in ("/house/", "/take/", "/story/1/correct/", "/media/x", "/pictures/x", "/year/"):
        assert own in found


def test_strangers_get_nowhere(room, client_of):
    """Every address but the way in sends a stranger to log in, or knows nothing."""
    stranger = client_of(None)
    wrong = []
    for address in addresses():
        if OPEN.match(address[1:]):
            continue
        for method in ("get", "post"):
            answer = getattr(stranger, method)(address)
            to_login = answer.status_code == 302 and "/login/" in answer.headers["Location"]
            if not (to_login or answer.status_code in (401, 403, 404, 405)):
                wrong.append((method, address, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("who", ["writer", "editor"])
def test_groups_stay_in_their_rooms(room, client_of, who):
    """Accounts, groups, workflows and the like are the owner's alone."""
    inside = client_of(who)
    wrong = []
    for address in addresses():
        if re.match(r"/(?:users|groups|workflows|sites|locales|collections|documents)/", address):
            answer = inside.get(address)
            # The chooser of documents lists those that one may choose: none.
            if answer.status_code == 200 and "chooser" not in address:
                wrong.append(address)

    assert wrong == []


@pytest.mark.parametrize("who", ["writer", "editor", "publisher", "owner"])
def test_no_address_breaks(room, client_of, who):
    """No page answers with a fault of its own, whatever stands in its address."""
    inside = client_of(who)
    inside.raise_request_exception = False
    answers = {address: inside.get(address).status_code for address in addresses()}

    assert [each for each in answers.items() if each[1] >= 500] == []


def test_writers_do_not_touch_others_stories(room, client_of):
    """A writer may look at another's story, and neither change nor delete it."""
    from hodie.newsroom.models import Story

    story = Story.objects.live().first()
    writer = client_of("writer")

    for address in (f"/pages/{story.pk}/edit/", f"/pages/{story.pk}/delete/"):
        assert writer.get(address).status_code == 302
    assert writer.post(f"/story/{story.pk}/check/").status_code == 404
    assert writer.post(f"/story/{story.pk}/publish-now/").status_code == 404


def test_pages_allow_no_inline_script(room, client_of, make):
    """The policy lets scripts come from our own files, and no page of an editor needs more."""
    story = make()
    owner = client_of("owner")
    paths = ["/", "/year/", "/house/", "/house/new/", f"/pages/{story.pk}/edit/", "/images/add/"]
    paths += ["/snippets/newsroom/author/add/", "/account/", "/users/new/", "/login/"]
    for path in paths:
        answer = owner.get(path, follow=True)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in f"{policy};"
        inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>", answer.content.decode())
        assert inline == [], path


def test_answers_have_the_usual_guards(room, client_of):
    """No sniffing, no foreign frames, no referrers."""
    headers = client_of("owner").get("/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_forms_need_their_token(room, people):
    """A page of another site cannot write here with an editor's cookies."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(people["owner"], "django.contrib.auth.backends.ModelBackend")

    assert client.post("/take/", {"entry": "x", "day": "08-20"}).status_code == 403


def test_guessing_passwords_is_stopped(room, client_of, clock):
    """After five wrong passwords not even the right one lets in, for a while."""
    clock(datetime.datetime.now(datetime.UTC))
    stranger = client_of(None)
    for _ in range(5):
        stranger.post("/login/", {"username": "writer", "password": "wrong"})
    answer = stranger.post("/login/", {"username": "writer", "password": PASSWORD})

    assert answer.status_code in (403, 429)
    assert "Too many attempts" in answer.content.decode()
    assert stranger.get("/").status_code == 302


def test_the_right_password_lets_in(room, client_of):
    """Whoever knows the password is in."""
    stranger = client_of(None)
    stranger.post("/login/", {"username": "writer", "password": PASSWORD})

    assert stranger.get("/").status_code == 200


def first_link():
    from hodie.newsroom.owner import one_time_link

    return one_time_link("")


@pytest.fixture
def without_owner(room):
    """A newsroom into which nobody can go yet."""
    from django.contrib.auth.models import User

    User.objects.filter(is_superuser=True).update(is_superuser=False)
    return room


OWNER = {"username": "ada", "password": "a long enough one", "again": "a long enough one"}


def test_the_first_link_makes_one_owner(without_owner, client_of):
    """The link makes the owner's account and logs it in, and is dead ever after."""
    from django.contrib.auth.models import User

    link, stranger = first_link(), client_of(None)
    assert stranger.get(link).status_code == 200
    assert stranger.post(link, OWNER).headers["Location"] == "/"
    assert stranger.get("/").status_code == 200

    assert User.objects.get(is_superuser=True).username == "ada"
    assert client_of(None).get(link).status_code == 404
    assert client_of(None).post(link, {**OWNER, "username": "eve"}).status_code == 404
    assert first_link() is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "short", "again": "short"}, "too short"),
        ({"again": "another"}, "not the same"),
        ({"password": "123456789012345", "again": "123456789012345"}, "numeric"),
        ({"username": "writer"}, "taken"),
    ],
)
def test_the_owners_account_is_a_good_one(without_owner, client_of, fields, said):
    """A weak password is refused, and no account is made."""
    from django.contrib.auth.models import User

    answer = client_of(None).post(first_link(), {**OWNER, **fields})

    assert said in answer.content.decode()
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_guessed_link_is_none(without_owner, client_of):
    """Only the link that was printed opens."""
    first_link()

    assert client_of(None).get("/first/guess/").status_code == 404


def token_of(device):
    from django_otp.oath import TOTP

    totp = TOTP(device.bin_key)
    totp.time = datetime.datetime.now(datetime.UTC).timestamp()
    return f"{totp.token():06d}"


def test_a_second_factor_can_be_set_up_and_is_then_asked_for(room, people, client_of):
    """Who set up an app gets nowhere with the password alone."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    writer = client_of("writer")
    assert writer.get("/").status_code == 200
    assert "<svg" in writer.get("/second/set-up/").content.decode()
    device = TOTPDevice.objects.get(user=people["writer"])
    assert writer.post("/second/set-up/", {"token": "000000"}).status_code == 200
    assert not TOTPDevice.objects.get(pk=device.pk).confirmed
    TOTPDevice.objects.filter(pk=device.pk).update(throttling_failure_count=0)
    assert writer.post("/second/set-up/", {"token": token_of(device)}).status_code == 302
    assert writer.get("/").status_code == 200

    later = client_of("writer")
    assert "/second/" in later.get("/year/").headers["Location"]
    assert later.get("/media/x").status_code == 302
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1, throttling_failure_count=0)
    assert later.post("/second/", {"token": token_of(device)}).status_code == 302
    assert later.get("/year/").status_code == 200


def test_a_second_factor_may_be_required(room, client_of):
    """With two_factor = "required" everybody has to set one up first."""
    with (room / "hodie.toml").open("a", encoding="utf-8") as file:
        file.write('\n[newsroom]\ntwo_factor = "required"\n')
    writer = client_of("writer")

    assert "/second/set-up/" in writer.get("/").headers["Location"]
    assert writer.get("/second/set-up/").status_code == 200


def picture(kind="PNG", size=(40, 30)):
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", size, "#336").save(buffer, kind)
    return buffer.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def uploads():
    """What uploads leave open (Wagtail and Willow do) is closed before another test meets it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


@pytest.mark.usefixtures("uploads")
@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("a.png", picture(), True),
        ("a.jpg", picture("JPEG"), True),
        ("a.svg", SVG, False),
        ("a.png", SVG, False),
        ("a.png", picture("TIFF"), False),
        ("a.html", b"<script>alert(1)</script>", False),
        ("a.png", b"x" * 100, False),
    ],
)
def test_only_pictures_are_taken(room, client_of, name, content, kept):
    """An upload is what its name says, one of the usual kinds, and never SVG."""
    from hodie.newsroom.models import Picture

    upload = SimpleUploadedFile(name, content)
    client_of("writer").post("/images/add/", {"title": "A", "file": upload, "collection": "1"})

    assert Picture.objects.filter(title="A").exists() is kept


@pytest.mark.usefixtures("uploads")
def test_large_pictures_are_refused(room, client_of, monkeypatch):
    """A file beyond the limit is refused by its size."""
    from hodie.newsroom.models import Picture

    monkeypatch.setattr("wagtail.images.fields.WagtailImageField.check_image_file_size", refused)
    upload = SimpleUploadedFile("a.png", picture())
    client_of("writer").post("/images/add/", {"title": "A", "file": upload, "collection": "1"})

    assert not Picture.objects.filter(title="A").exists()


def refused(self, value):
    from django.core.exceptions import ValidationError

    raise ValidationError("too large")


def test_the_limit_is_ten_megabytes(room):
    """The limit is set where Wagtail asks for it."""
    from django.conf import settings

    assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == 10 * 1024 * 1024
    assert "svg" not in settings.WAGTAILIMAGES_EXTENSIONS


@pytest.mark.parametrize("name", ["../secret-key", "%2e%2e/secret-key", "secret-key", "x.svg"])
def test_media_gives_out_pictures_alone(room, client_of, name):
    """Nothing beside pictures leaves the folder, least of all the secret."""
    (room / "newsroom" / "media" / "x.svg").write_bytes(SVG)

    assert client_of("owner").get(f"/media/{name}").status_code in (400, 404)


@pytest.mark.usefixtures("uploads")
def test_what_a_camera_wrote_down_is_not_printed(room, make, people):
    """A picture's file for readers has none of the notes that may say where somebody lives."""
    from django.core.files.images import ImageFile
    from PIL import Image

    from hodie.newsroom import actions
    from hodie.newsroom.models import Picture

    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "12 Mill Lane"
    Image.new("RGB", (3000, 2000)).save(buffer, "JPEG", exif=exif)
    kept = Picture.objects.create(title="Mill", file=ImageFile(buffer, name="mill.jpg"))
    body = json.dumps([{"type": "picture", "value": {"image": kept.pk, "alt": "A", "caption": ""}}])
    actions.publish(make(body=body), people["publisher"], now=True)

    printed = (room / "pictures" / "mill.jpg").read_bytes()
    assert b"Mill Lane" not in printed
    assert Image.open(io.BytesIO(printed)).size == (1600, 1067)


def test_the_deployment_check_is_clean(own, tmp_path):
    """Django finds nothing to warn of, behind https and on this machine alone."""
    code = (
        "import sys; from pathlib import Path; from hodie.newsroom.starting import setup;"
        "setup(Path(sys.argv[1]));"
        "from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    for environ in ({}, {"HODIE_NEWSROOM_URL": "https://newsroom.example.org"}):
        done = subprocess.run(
            [sys.executable, "-c", code, str(own)],
            env={"PATH": "/usr/bin:/bin", **environ},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert "no issues" in done.stdout


def test_the_later_of_two_is_warned(room, client_of, make):
    """Who saves over somebody's newer version is shown it first, and neither text is lost."""
    from hodie.newsroom.models import Story

    story = make(by="editor")
    loaded = story.latest_revision_id
    other = Story.objects.get(pk=story.pk)
    other.title = "Theirs"
    other.save_revision()
    form = {**fields(story), "title": "Mine", "loaded_revision_id": str(loaded)}
    editor = client_of("editor")
    answer = editor.post(f"/pages/{story.pk}/edit/", form)

    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().title == "Theirs"
    editor.post(f"/pages/{story.pk}/edit/", {**form, "newsroom_on_top": "1"})
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().title == "Mine"
    titles = [revision.as_object().title for revision in story.revisions.all()]
    assert "Theirs" in titles


def test_nobody_is_warned_of_themselves(room, client_of, people, make):
    """What the editor kept by itself while somebody typed is no reason to stop their own save."""
    from hodie.newsroom.models import Story

    story = make(by="editor")
    loaded = story.latest_revision_id
    own = Story.objects.get(pk=story.pk)
    own.title = "Kept by itself"
    own.save_revision(user=people["editor"])
    form = {**fields(story), "title": "Mine", "loaded_revision_id": str(loaded)}

    assert client_of("editor").post(f"/pages/{story.pk}/edit/", form).status_code == 302
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().title == "Mine"


def fields(story):
    """Return what the form of a story sends."""
    streams = ("dates", "bylines", "body", "sources")
    return {
        "title": story.title,
        "slug": story.slug,
        "date": story.date,
        "run": story.run,
        **{f"{name}-count": "0" for name in streams},
        **{f"comments-{each}_FORMS": "0" for each in ("TOTAL", "INITIAL", "MAX_NUM", "MIN_NUM")},
    }
