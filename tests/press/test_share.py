"""Links that share a page: plain addresses with everything in them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hodie.press.share import share_links

URL = "https://a.example/stories/x/"
TITLE = 'Trotsky & the "axe" + 1'


def fields():
    return {
        link.service: parse_qs(urlsplit(link.url).query or urlsplit(link.url).fragment)
        for link in share_links(URL, TITLE, "In short.")
    }


def test_services_that_readers_use_are_there():
    """The model page's Facebook comes first, mail last."""
    links = share_links(URL, TITLE)

    assert [link.label for link in links] == [
        "Facebook", "X", "Bluesky", "Mastodon", "WhatsApp", "Mail",
    ]  # fmt: skip
    assert all(link.url.startswith(("https://", "mailto:")) for link in links)


def test_page_and_title_arrive_whole():
    """Whatever stands in a headline, it arrives as it is."""
    sent = fields()

    assert sent["facebook"] == {"u": [URL]}
    assert sent["x"] == {"text": [TITLE], "url": [URL]}
    for service in ("bluesky", "mastodon", "whatsapp"):
        assert sent[service] == {"text": [f"{TITLE} {URL}"]}
    assert sent["mail"] == {"subject": [TITLE], "body": [f"In short.\r\n\r\n{URL}"]}


def test_mail_programs_get_no_plus_for_a_space():
    """Spaces are written so that mail programs read them as such."""
    mail = share_links(URL, "a b")[-1].url

    assert mail.startswith("mailto:?subject=a%20b&body=https%3A%2F%2F")


def test_mastodon_keeps_what_is_shared_from_the_server():
    """The words are behind the #, which a browser does not send."""
    link = next(link for link in share_links(URL, TITLE) if link.service == "mastodon")

    assert urlsplit(link.url).query == ""
