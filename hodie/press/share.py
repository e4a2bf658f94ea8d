"""Links that share a page: plain addresses, so that nothing is asked of anybody until used."""

from urllib.parse import quote, urlencode

from msgspec import Struct


class ShareLink(Struct, frozen=True):
    """A link to a service's own form for sharing; `service` may serve as a class or icon name."""

    service: str
    label: str
    url: str


def share_links(url: str, title: str, summary: str = "") -> tuple[ShareLink, ...]:
    """Return the links that share the page at `url`.

    A Mastodon reader has an instance of their own. The link goes to the form of the project's
    own site, which asks for it and keeps it in the reader's browser.

    >>> share_links("https://example.org/a/", "A & B")[0].url
    'https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.org%2Fa%2F'
    """
    text = f"{title} {url}"
    mail = "\r\n\r\n".join(part for part in (summary, url) if part)
    return (
        _link("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php", u=url),
        _link("x", "X", "https://x.com/intent/post", text=title, url=url),
        _link("bluesky", "Bluesky", "https://bsky.app/intent/compose", text=text),
        _link("mastodon", "Mastodon", "https://share.joinmastodon.org/#", text=text),
        _link("whatsapp", "WhatsApp", "https://wa.me/", text=text),
        _link("mail", "Mail", "mailto:", subject=title, body=mail),
    )


def _link(service: str, label: str, form: str, **fields: str) -> ShareLink:
    # A mail program shows "+" as it stands, so spaces are written %20 everywhere.
    query = urlencode(fields, quote_via=quote, safe="")
    return ShareLink(service, label, form + ("" if form.endswith("#") else "?") + query)
