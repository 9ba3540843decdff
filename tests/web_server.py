"""A web server on loopback that answers as a test scripts it, and remembers what it was asked.

with WebServer() as web:
    web.page("/story", "<p>…</p>")
    web.script("/busy", Reply(429, headers={"Retry-After": "2"}), Reply(body=b"ready"))
"""

from __future__ import annotations

import gzip
import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

WORDS = "The council of the town has agreed on a new plan for its harbour after a long debate. "


@dataclass(frozen=True)
class Reply:
    """One answer. `pause` seconds pass between the pieces (of `piece` bytes) of its body."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    piece: int = 1 << 16
    length: int | None = None  # a Content-Length that is not the body's

    @property
    def validators(self) -> tuple[str, str]:
        return self.headers.get("ETag", ""), self.headers.get("Last-Modified", "")


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Message


class WebServer:
    """Answers the last reply of a path for ever, those before it once each; else 404.

    A reply with an ETag or Last-Modified becomes 304 when a request has the same.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.asked: list[Asked] = []
        self._replies: dict[str, list[Reply]] = defaultdict(list)
        self._server = ThreadingHTTPServer((host, 0), self._handler())
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def script(self, path: str, *replies: Reply) -> str:
        """The path's next answers; returns its link."""
        self._replies[path] = list(replies)
        return self.url + path

    def page(self, path: str, body: str | bytes, kind: str = "text/html", **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.script(path, Reply(body=data, headers={"Content-Type": kind, **named}))

    def article(self, path: str, title: str = "A harbour plan", **headers: str) -> str:
        return self.page(path, article(title), "text/html; charset=utf-8", **headers)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        return self.script(path, Reply(status, headers={"Location": target}))

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left aside."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def reply(self, asked: Asked) -> Reply:
        replies = self._replies.get(asked.path) or [Reply(404)]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        etag, modified = reply.validators
        same = etag and asked.headers.get("If-None-Match") == etag
        dated = modified and not etag and asked.headers.get("If-Modified-Since") == modified
        return Reply(304) if same or dated else reply

    def _handler(web: Self) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self) -> None:
                with suppress(ConnectionError):  # the client had enough
                    super().handle()

            def do_GET(self) -> None:
                asked = Asked(self.path, self.headers)
                web.asked.append(asked)
                self._send(web.reply(asked))

            def _send(self, reply: Reply) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                size = len(reply.body) if reply.length is None else reply.length
                self.send_header("Content-Length", str(size))
                self.end_headers()
                try:
                    for at in range(0, len(reply.body), reply.piece):
                        self.wfile.write(reply.body[at : at + reply.piece])
                        self.wfile.flush()
                        time.sleep(reply.pause)
                except OSError:
                    self.close_connection = True  # the client had enough
                if size > len(reply.body):
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing: the tests look at `asked`."""

        return Handler


class TestClock:
    """Time that passes only when somebody sleeps; remembers for how long."""

    __test__ = False

    def __init__(self) -> None:
        self.time = 1_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.slept.append(seconds)


def article(title: str = "A harbour plan", head: str = "", paragraphs: int = 4) -> str:
    body = "".join(f"<p>{WORDS * 3}</p>" for _ in range(paragraphs))
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def teasers(count: int = 20) -> str:
    """A page of links to articles, which says nothing of itself."""
    cards = "".join(
        f'<div><h2><a href="/story-{n}">The {n}th story of this long day in the town</a></h2>'
        f"<p>{WORDS}</p></div>"
        for n in range(count)
    )
    links = "".join(
        f'<li><a href="/part-{n}">Another part of this site {n}</a></li>' for n in range(60)
    )
    return f"<html><head><title>News</title></head><body><ul>{links}</ul>{cards}</body></html>"


def rss(*items: str, title: str = "The Harbour Post") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title>{''.join(items)}</channel></rss>"
    )


def item(link: str, title: str = "A harbour plan", extra: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{extra}</item>"


def sitemap(*urls: tuple[str, str], index: bool = False) -> str:
    """A sitemap of (loc, lastmod) pairs, or an index of sitemaps."""
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(
        f"<{inner}><loc>{loc}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{inner}>"
        for loc, day in urls
    )
    return (
        f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{entries}</{outer}>"
    )


def bomb(size: int) -> bytes:
    """`size` zero bytes as a gzip body, about a thousandth as long."""
    return gzip.compress(b"\0" * size, 9)
