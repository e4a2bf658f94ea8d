"""A publication's settings: read whole, or refused with the way out."""

from __future__ import annotations

import datetime
from importlib import resources

import pytest

from hodie.press import Publication, PublicationError
from hodie.press.contrast import AA, DARK_GROUND, LIGHT_GROUND, contrast, darkened, lightened

UTC = datetime.UTC


def test_everything_in_the_file_is_read(publication, folder):
    """Settings arrive as values of their own types."""
    assert publication.name == "The Daily Almanac"
    assert publication.language == "en"
    assert publication.base_url == "https://almanac.example"
    assert publication.series_named("today-in-history").name == "Today in History"
    assert publication.author("history-desk").kind == "desk"
    assert publication.author("history-desk").links[0].label == "Write to us"
    assert publication.author("ada").picture == "ada.jpg"
    assert publication.folder == folder


def test_two_keys_are_enough(folder):
    """Only the name and the address have no default."""
    (folder / "hodie.toml").write_text('name = "A"\nbase_url = "https://a.example"\n')

    made = Publication.load(folder)

    assert made.time_zone == "UTC"
    assert made.languages == ("en",)
    assert made.leap_day == "february-28"
    assert [source.name for source in made.sources] == ["starter"]


def test_sources_keep_their_options(configured):
    """A source's table is its name and whatever else it is given."""
    made = configured(sources='[{ name = "table", file = "parish.csv", skip = 2 }]')

    [source] = made.sources
    assert source.name == "table"
    assert source.options == {"file": "parish.csv", "skip": 2}


@pytest.mark.parametrize("key", ["name", "base_url"])
def test_missing_keys_are_named(folder, key):
    """A key without a default must be there."""
    lines = {"name": '"A"', "base_url": '"https://a.example"'}
    del lines[key]
    (folder / "hodie.toml").write_text("\n".join(f"{k} = {v}" for k, v in lines.items()))

    with pytest.raises(PublicationError, match=f"hodie.toml: {key}: is missing"):
        Publication.load(folder)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('tagl = "x"', r"tagl: is no known key; did you mean 'tagline'\?"),
        ('language = "en"', r"language: is no known key; did you mean 'languages'\?"),
        ('Name = "x"', r"Name: is no known key; did you mean 'name'\?"),
        ("zzzzzz = 1", "zzzzzz: is no known key; known are 'accent', 'authors'"),
    ],
)
def test_unknown_keys_name_the_nearest(configured, line, message):
    """A slip in a key is answered with the key that was meant."""
    with pytest.raises(PublicationError, match=message):
        configured(line)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("name", "3", "name: 3 must be text"),
        ("name", '""', "name: '' is empty"),
        ("name", '"a\\nb"', "must be one line"),
        ("tagline", "true", "tagline: True must be text"),
        ("languages", '"en"', "languages: 'en' must be a list"),
        ("languages", "[]", "languages: the list is empty"),
        ("languages", "[1]", "languages: 1 must be text"),
        ("languages", '["englisch"]', "'englisch' is no language tag"),
        ("languages", '["en_GB"]', r"did you mean 'en-GB'\?"),
        ("languages", '["../x"]', "is no language tag"),
        ("time_zone", '"Europe/Lodnon"', r"did you mean 'Europe/London'\?"),
        ("time_zone", '"../../etc/passwd"', "is no time zone"),
        ("time_zone", '"Europe"', "is no time zone"),
        ("base_url", '"almanac.example"', "base_url: 'almanac.example' must be a whole address"),
        ("base_url", '"ftp://almanac.example"', "must be a whole address"),
        ("base_url", '"https://"', "must be a whole address"),
        ("base_url", '"https://a.example:x"', "must be a whole address"),
        ("base_url", '"mailto:a@example.org"', "must be a whole address"),
        ("base_url", '"https://a.example/history/"', "write 'https://a.example'"),
        ("base_url", '"https://a.example?x=1"', "must be the root of a site"),
        ("base_url", '"https://me:pw@a.example"', "write 'https://a.example'"),
        ("leap_day", '"march-1"', "must be one of 'february-28', 'omit'"),
        ("entity_weight", "2", "entity_weight: 2 must be a number from 0 to 1"),
        ("entity_weight", "nan", "must be a number from 0 to 1"),
        ("entity_weight", "true", "must be a number from 0 to 1"),
        ("entity_weight", '"0.5"', "must be a number from 0 to 1"),
        ("accent", '"red"', "six hex digits"),
        ("accent", '"#abc"', "six hex digits"),
        ("accent", "3", "must be a colour"),
        ("accent", '{ light = "#a3271b" }', "accent.dark: is missing"),
        ("accent", '{ light = "#a3271b", dark = "#f0907c", dim = "x" }', "accent.dim: is no known"),
        ("accent", '{ light = "#a3271b", dark = "#a3271b" }', "accent.dark: '#a3271b' has a contr"),
        ("series", '"a"', "series: 'a' must be tables"),
        ("series", "[1]", "series: 1 must be a table"),
        ("series", '[{ id = "a" }]', r"series\[1\].name: is missing"),
        ("series", '[{ id = "A b", name = "x" }]', r"series\[1\].id: 'A b' .* write 'a-b'"),
        ("series", '[{ id = "日本", name = "x" }]', "must be lower-case letters"),
        ("series", '[{ id = "a", name = "x" }, { id = "a", name = "y" }]', "'a' stands twice"),
        ("series", '[{ id = "a", name = "x", nota = "y" }]', r"series\[1\].nota.*'note'"),
        ("authors", '[{ id = "a", name = "x", kind = "robot" }]', "one of 'desk', 'person'"),
        ("authors", '[{ id = "a", name = "x", picture = "b.jpg" }]', "there is no picture 'b.jpg'"),
        (
            "authors",
            '[{ id = "a", name = "x", links = [{ label = "l", url = "javascript:alert(1)" }] }]',
            r"authors\[1\].links\[1\].url: 'javascript:alert\(1\)' must begin with https://",
        ),
        ("sources", "[{}]", r"sources\[1\].name: is missing"),
        ("selection", "{ selcted = 1 }", r"selection\.selcted: .*did you mean 'selected'\?"),
        ("selection", "3", "selection: 3 must be a table"),
    ],
)
def test_bad_values_say_what_would_do(configured, key, value, message):
    """A value that cannot be used is quoted, with its key and a way out."""
    with pytest.raises(PublicationError, match=message) as caught:
        configured(**{key: value})

    assert "hodie.toml: " in str(caught.value)
    assert caught.value.key.startswith(key)


def test_slash_after_the_address_goes(configured):
    """An address is the same with a slash at its end."""
    made = configured(base_url='"https://a.example:8443/"')

    assert made.url("/on/08-20/") == "https://a.example:8443/on/08-20/"


@pytest.mark.parametrize(
    ("tag", "kept"), [("pt-br", "pt-BR"), ("EN", "en"), ("zh-hant", "zh-Hant")]
)
def test_language_tags_are_tidied(configured, tag, kept):
    """A language tag is kept in its usual form."""
    assert configured(languages=f'["{tag}"]').language == kept


def test_no_folder_says_how_to_make_one(tmp_path):
    """A folder without settings is answered with the command that makes them."""
    with pytest.raises(PublicationError, match="no such file; `hodie new DIR`"):
        Publication.load(tmp_path)


def test_settings_that_are_a_folder_are_refused(tmp_path):
    """A folder of the settings' name is an error like another."""
    (tmp_path / "hodie.toml").mkdir()

    with pytest.raises(PublicationError, match="cannot be read"):
        Publication.load(tmp_path)


def test_broken_toml_names_its_line(folder):
    """A slip in the syntax is found where it is."""
    (folder / "hodie.toml").write_text('name = "a"\nbase_url = \n')

    with pytest.raises(PublicationError, match=r"is not TOML: .*line 2"):
        Publication.load(folder)


def test_deep_toml_is_refused(folder):
    """Nesting without end is a plain error."""
    (folder / "hodie.toml").write_text("name = " + "[" * 100_000)

    with pytest.raises(PublicationError, match="is not TOML"):
        Publication.load(folder)


def test_other_encodings_are_named(folder):
    """A file that is not UTF-8 is refused by the line that shows it."""
    (folder / "hodie.toml").write_bytes('name = "a"\ntagline = "Café"\n'.encode("latin-1"))

    with pytest.raises(PublicationError, match="line 2 is not UTF-8"):
        Publication.load(folder)


def test_windows_line_ends_and_byte_order_mark_are_read(folder):
    """A file from another system's editor is the same file."""
    text = (folder / "hodie.toml").read_text()
    (folder / "hodie.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert Publication.load(folder).name == "The Daily Almanac"


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("Europe/London", "2026-08-19T22:59:59+00:00", "2026-08-19"),
        ("Europe/London", "2026-08-19T23:00:00+00:00", "2026-08-20"),
        ("Pacific/Kiritimati", "2026-08-19T10:00:00+00:00", "2026-08-20"),
        ("America/New_York", "2026-08-20T03:59:59+00:00", "2026-08-19"),
        ("UTC", "2026-08-20T01:00:00+02:00", "2026-08-19"),
    ],
)
def test_today_is_the_publications(configured, zone, now, today):
    """The day turns at midnight in the publication's time zone."""
    made = configured(time_zone=f'"{zone}"')

    assert made.today(datetime.datetime.fromisoformat(now)).isoformat() == today


def test_readers_may_have_their_own_today(publication):
    """A reader elsewhere may already be at tomorrow."""
    now = datetime.datetime(2026, 8, 19, 12, tzinfo=UTC)

    assert publication.today(now, zone="Pacific/Auckland").day == 20


def test_strange_time_zones_are_refused(publication):
    """A zone that a reader asks for is checked like the publication's own."""
    with pytest.raises(PublicationError, match=r"tz: 'Mars/Olympus' is no time zone"):
        publication.today(datetime.datetime.now(UTC), zone="Mars/Olympus")


def test_moments_without_a_zone_are_refused(publication):
    """A naive time says nothing about the day."""
    with pytest.raises(PublicationError, match="has no time zone"):
        publication.today(datetime.datetime(2026, 8, 20))


def test_day_begins_at_local_midnight(publication):
    """The beginning of a day knows the offset of that day."""
    assert publication.day_start(datetime.date(2026, 8, 20)).isoformat() == (
        "2026-08-20T00:00:00+01:00"
    )


OUTSIDE = ["../hodie.toml", "/etc/passwd", "a/../../hodie.toml", "..", "a\\ada.jpg"]


@pytest.mark.parametrize("name", [*OUTSIDE, "", "ada", ".ada.jpg", "ada.jpg\0", "ada.jpg?x"])
def test_pictures_stay_in_their_folder(publication, folder, name):
    """No name leads to a file outside the folder of pictures."""
    (folder / "pictures" / ".ada.jpg").write_bytes(b"x")
    (folder / "pictures" / "ada").write_bytes(b"x")

    assert publication.picture(name) is None


def test_links_out_of_the_folder_are_no_pictures(publication, folder):
    """A symbolic link does not smuggle a file out."""
    (folder / "secret.jpg").write_bytes(b"x")
    (folder / "pictures" / "way-out.jpg").symlink_to(folder / "secret.jpg")

    assert publication.picture("way-out.jpg") is None
    assert list(publication.pictures()) == ["ada.jpg"]


def test_pictures_are_listed_with_their_folders(publication, folder):
    """Every picture of a known type counts, in folders too."""
    (folder / "pictures" / "1940").mkdir()
    (folder / "pictures" / "1940" / "House.PNG").write_bytes(b"x")
    (folder / "pictures" / "notes.txt").write_text("x")

    assert list(publication.pictures()) == ["1940/House.PNG", "ada.jpg"]
    assert publication.picture_type("1940/House.PNG") == "image/png"


def test_one_colour_makes_its_own_dark_twin(configured):
    """A colour for paper gets a lighter shade that reads on the dark page."""
    accent = configured(accent='"#004488"').accent

    assert accent.light == "#004488"
    assert contrast(accent.light, LIGHT_GROUND) >= AA
    assert contrast(accent.dark, DARK_GROUND) >= AA


def test_two_colours_are_kept(configured):
    """A pair is taken as it is."""
    accent = configured(accent='{ light = "#A3271B", dark = "#f0907c" }').accent

    assert (accent.light, accent.dark) == ("#a3271b", "#f0907c")


def test_pale_colours_are_refused_with_the_figure(configured):
    """A colour that readers cannot read is refused, and one near to it offered that would pass."""
    with pytest.raises(
        PublicationError, match=r"contrast of 1\.\d\d to 1 .* '#\w{6}' would do"
    ) as e:
        configured(accent='"#ffcc00"')

    offered = str(e.value).split("'")[-2]
    assert configured(accent=f'"{offered}"').accent.light == offered


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#777777", "#00ff00", "#0000ff"])
def test_shades_always_reach_the_contrast(colour):
    """Whatever the colour, there is a shade of it that reads."""
    assert contrast(darkened(colour), LIGHT_GROUND) >= AA
    assert contrast(lightened(colour), DARK_GROUND) >= AA


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    """Known ratios of the guideline come out, in either order."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_style_sheet_is_drawn_on_the_measured_grounds():
    """The contrast is measured against the colours that the pages have."""
    sheet = (resources.files("hodie.press") / "static" / "hodie.css").read_text("utf-8")

    assert f"--paper: {LIGHT_GROUND}" in sheet
    assert f"--paper: {DARK_GROUND}" in sheet
