"""The pictures of those who sign."""

from __future__ import annotations

import datetime

from hodie.server.desk import open_press

ADDRESS = "/stories/trotsky-assassinated/"


def test_an_authors_picture_stands_beside_the_note(own):
    """Whoever has a picture in hodie.toml is seen below the story, beside the line on them."""
    today = datetime.date(2026, 8, 20)
    assert "portrait" not in open_press(own).page(ADDRESS, today).body.decode()
    settings = own / "hodie.toml"
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace("[[authors]]\n", '[[authors]]\npicture = "the desk.png"\n', 1), "utf-8"
    )
    (own / "pictures").mkdir(exist_ok=True)
    (own / "pictures" / "the desk.png").write_bytes(b"x")

    page = open_press(own).page(ADDRESS, today).body.decode()
    assert '<img class="portrait" src="/pictures/the%20desk.png" alt="" loading="lazy">' in page
