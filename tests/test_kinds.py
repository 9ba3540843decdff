"""What a body is shows in its first bytes, whatever its name and its server say."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.errors import ReadError
from ingest.kinds import FEED, INDEX, SITEMAP, URLS, kind_of
from tests.web_server import article, rss, sitemap, teasers


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (rss().encode(), FEED),
        (b"\xef\xbb\xbf" + rss().encode(), FEED),
        (b"\n\n " + rss().encode(), FEED),
        (rss().replace("UTF-8", "utf-16").encode("utf-16"), FEED),
        (rss().replace("UTF-8", "gb2312").encode(), FEED),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', FEED),
        (b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"/>', FEED),
        (sitemap().encode(), SITEMAP),
        (sitemap(index=True).encode(), INDEX),
        (b"http://a.example/1\r\nhttp://a.example/2\r\n", URLS),
        (article().encode(), ".html"),
        (teasers().encode(), ".html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', ".html"),
        (b"<!-- x --><HTML lang=en><title>How to write &lt;rss</title><rss>", ".html"),
        (b"%PDF-1.4", ".pdf"),
        (archive("word/document.xml"), ".docx"),
        (archive("mimetype", "META-INF/container.xml"), ".epub"),
        (archive("x.txt"), ""),
        (b"PK\x03\x04 torn", ""),
        (b"\x89PNG\r\n\x1a\n\0\0", ""),
    ],
)
def test_content_decides(data: bytes, kind: str) -> None:
    assert kind_of(data, "application/octet-stream", "http://a.example/x.pdf") == kind


@pytest.mark.parametrize(
    ("content_type", "name", "kind"),
    [
        ("text/html", "/story", ".html"),
        ("text/html", "/story.md", ".html"),
        ("text/plain", "/story.md", ".md"),
        ("text/plain", "/story", ".txt"),
        ("", "/story.txt", ".txt"),
        ("application/json", "/story", ".json"),
        ("text/csv", "/x", ".csv"),
        ("message/rfc822", "/x", ".eml"),
        ("application/pdf", "/x.pdf", ""),
        ("image/png", "/x.txt", ".txt"),
        ("video/mp4", "/x", ""),
        ("", "/x", ""),
    ],
)
def test_where_content_says_nothing_the_server_and_then_the_name_decide(
    content_type: str, name: str, kind: str
) -> None:
    text = b"How to write an <rss> feed, in plain words."
    assert kind_of(text, content_type, f"http://a.example{name}") == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb2312"])
def test_a_feed_that_declares_entities_is_refused_in_every_encoding(encoding: str) -> None:
    feed = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [<!ENTITY a "b">]><rss/>'
    with pytest.raises(ReadError, match=r"http://a\.example/f declares XML entities"):
        kind_of(feed.encode(encoding), "", "http://a.example/f")


def test_a_doctype_without_entities_is_no_harm() -> None:
    old = b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "x.dtd"><rss/>'
    assert kind_of(old) == FEED
