"""What a link leads to: one article, or the articles that a feed or sitemap lists.

    with Fetcher(allow_private=settings.allow_private, known=library.validator) as fetcher:
        for event in discover("https://example.com/feed", fetcher):
            match event:
                case Found(document): ...   # to be read
                case Unchanged(url): ...    # as it was when its validator was stored
                case LinkFailure(): ...         # one link that is left out, and why
                case Listing(): ...         # last: the feed or sitemap itself

Nothing is stored here. To be told Unchanged the next time, keep the etag and last_modified of
a Found under `document.url`, and those of a Listing under its own, in the transaction that
stores the articles that came before: after a crash they are then simply fetched again.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from bot.errors import Gone, ReadError, Unreachable
from ingest import kinds
from ingest.bodies import gunzip
from ingest.events import Event, Found, LinkFailure, Listing, Unchanged
from ingest.feeds import Entry, read_feed
from ingest.fetching import Fetcher
from ingest.links import canonical, feeds_of, page_address
from ingest.pages import not_an_article
from ingest.requesting import Fetched, NotModified
from ingest.sitemaps import newest_first, read_links, read_sitemap
from ingest.sources import RawDocument

MOST = 1_000  # articles of one listing in one run: a quarter of an hour at one a second
_MOST_SITEMAPS = 50  # of one index
_MOST_LINKS = 100_000  # of all sitemaps of an index, about 50 MB
_DEEPEST = 3  # sitemap indexes within each other; the protocol allows one
_LISTINGS = (kinds.FEED, kinds.SITEMAP, kinds.INDEX, kinds.URLS)
_DECLARED = re.compile(rb"(?:charset\s*=|encoding\s*=)\s*[\"']?\s*[\w-]+", re.IGNORECASE)
_MARKED = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class _Body:
    """A body, unzipped if it was a gzip file, and what it is (see `kinds`)."""

    answer: Fetched
    kind: str


def discover(url: str, fetcher: Fetcher, *, most: int = MOST) -> Iterator[Event]:
    """Everything that `url` leads to, fetched one after the other, `most` articles at most.

    What it is (page, file, feed, sitemap) is decided by its content. A failure is an event,
    never an exception.
    """
    yield from _Walk(fetcher, most).run(url)


class _Walk:
    """One link and all that follows from it; remembers what was met, to take it once."""

    def __init__(self, fetcher: Fetcher, most: int) -> None:
        self._fetcher = fetcher
        self._most = most
        self._seen: set[str] = set()
        self._passing = False  # whether some link failed that may work the next time
        self._listings: list[Listing] = []

    def run(self, url: str) -> Iterator[Event]:
        try:
            body = self._fetch(url)
            if isinstance(body, NotModified):
                yield Unchanged(body.url)
            elif body.kind in _LISTINGS:
                self._seen.add(canonical(body.answer.url))
                yield from self._listing(body)
            else:
                yield self._document(url, body, Entry(url))
        except ReadError as error:
            yield self._failure(url, error)

    def _fetch(self, url: str) -> _Body | NotModified:
        answer = self._fetcher.fetch(canonical(url))
        if isinstance(answer, NotModified):
            return answer
        name = answer.url
        if answer.data.startswith(b"\x1f\x8b"):
            data = gunzip(answer.data, self._fetcher.limits.size, name)
            answer, name = replace(answer, data=data), name.removesuffix(".gz")
        return _Body(answer, kinds.kind_of(answer.data, answer.content_type, name))

    def _failure(self, url: str, error: ReadError) -> LinkFailure:
        passing = isinstance(error, Unreachable)
        self._passing = self._passing or passing
        return LinkFailure(url, str(error), passing, isinstance(error, Gone))

    def _document(self, url: str, body: _Body, entry: Entry) -> Found:
        """The document of one link, or ReadError if it is no article that can be read."""
        answer, kind = body.answer, body.kind
        if kind in _LISTINGS:
            raise ReadError(f"{url} is a {kind}, not an article; give it by itself.")
        if not kind:
            raise ReadError(
                f"{url} is of a kind that cannot be read ({answer.content_type or 'unnamed'}); "
                "web pages, PDF, Word, EPUB, e-mail, text, JSON and CSV can."
            )
        location = canonical(answer.url)
        if kind == ".html":
            _check_page(url, answer)
            location = page_address(answer.url, answer.data)
        data = _unicode(answer, kind)
        document = RawDocument(location, data, kind, answer.url, entry.hints())
        return Found(document, answer.validator.etag, answer.validator.last_modified)

    def _listing(self, body: _Body) -> Iterator[Event]:
        """The articles of a feed or sitemap, then the listings that were read for them."""
        entries = yield from self._entries(body, 0)
        if len(self._listings) > 1:
            entries = newest_first(entries)
        for entry in entries[: self._most]:
            yield from self._article(entry)
        left_out = max(0, len(entries) - self._most)
        self._listings[0] = replace(self._listings[0], left_out=left_out)
        for listing in self._listings:
            yield replace(listing, etag="", last_modified="") if self._passing else listing

    def _entries(self, body: _Body, depth: int) -> Generator[Event, None, list[Entry]]:
        answer = body.answer
        entries: list[Entry] = []
        if body.kind == kinds.FEED:
            entries = read_feed(answer.data, answer.url, answer.charset)
        elif body.kind == kinds.SITEMAP:
            entries = read_sitemap(answer.data, answer.url)
        elif body.kind == kinds.URLS:
            entries = read_links(answer.data)
        said = answer.validator
        self._listings.append(
            Listing(answer.url, body.kind, len(entries), 0, said.etag, said.last_modified)
        )
        if body.kind == kinds.INDEX:
            entries = yield from self._index(read_sitemap(answer.data, answer.url), depth + 1)
        return entries

    def _index(self, sitemaps: list[Entry], depth: int) -> Generator[Event, None, list[Entry]]:
        """The entries of all sitemaps of an index; one that fails costs only its own."""
        entries: list[Entry] = []
        for at, sitemap in enumerate(sitemaps):
            try:
                self._check_depth(sitemap.url, depth, len(sitemaps) - at)
            except ReadError as error:
                yield self._failure(sitemap.url, error)
                break
            try:
                entries += yield from self._sitemap(sitemap.url, depth)
            except ReadError as error:
                yield self._failure(sitemap.url, error)
        return entries

    def _sitemap(self, url: str, depth: int) -> Generator[Event, None, list[Entry]]:
        body = None if self._met(url) else self._fetch(url)
        if body is None or isinstance(body, NotModified):
            return []
        if body.kind not in _LISTINGS:
            raise ReadError(f"{url} stands in a sitemap index, and is no sitemap.")
        return (yield from self._entries(body, depth))

    def _check_depth(self, url: str, depth: int, left: int) -> None:
        """Raises ReadError if the `left` sitemaps from `url` on would be too many or too deep."""
        links = sum(listing.entries for listing in self._listings)
        rule = ""
        if depth > _DEEPEST:
            rule = f"they lie more than {_DEEPEST} sitemap indexes deep"
        elif len(self._listings) > _MOST_SITEMAPS or links >= _MOST_LINKS:
            rule = f"{_MOST_SITEMAPS} sitemaps or {_MOST_LINKS:,} links are read in one run"
        if rule:
            raise ReadError(
                f"{url} and what follows it in its index ({left:,} in all) is left out: {rule}. "
                "Give those that you need by themselves."
            )

    def _article(self, entry: Entry) -> Iterator[Event]:
        """The page of an entry; the text in the feed itself where the page is not to be had."""
        try:
            if self._met(entry.url):
                return
            address = canonical(entry.url)
            found = self._page(entry, address)
        except ReadError as error:
            yield self._failure(entry.url, error)
            return
        location = address if isinstance(found, Unchanged) else found.document.location
        if location == address or location not in self._seen:
            self._seen.add(location)
            yield found

    def _met(self, url: str) -> bool:
        """Whether a link was met before in this walk; it counts as met from now on."""
        address = canonical(url)
        met = address in self._seen
        self._seen.add(address)
        return met

    def _page(self, entry: Entry, address: str) -> Found | Unchanged:
        try:
            reason = not_an_article(address)
            if reason:
                raise ReadError(f"{address} is not taken in: {reason}.")
            body = self._fetch(entry.url)
            if isinstance(body, NotModified):
                return Unchanged(body.url)
            return self._document(entry.url, body, entry)
        except ReadError as error:
            if not entry.content:
                raise
            failure = self._failure(entry.url, error)
            document = RawDocument(address, entry.page(), ".html", address, entry.hints())
            return Found(document, note=failure.reason)


def _check_page(url: str, answer: Fetched) -> None:
    """Raises ReadError if the page that `url` led to is no article; names its feed, if any."""
    reason = not_an_article(answer.url, answer.data)
    if reason:
        moved = "" if canonical(url) == answer.url else f" leads to {answer.url}, which"
        feeds = feeds_of(answer.url, answer.data)
        remedy = f"Give its feed: {feeds[0]}" if feeds else "Give an article, a feed or a sitemap"
        raise ReadError(f"{url}{moved} is not taken in: {reason}. {remedy}.")


def _unicode(answer: Fetched, kind: str) -> bytes:
    """The body, as UTF-8 with its mark if only the HTTP header says how it is written."""
    data, charset = answer.data, answer.charset
    if not charset or kind in (".pdf", ".docx", ".epub", ".json", ".jsonl"):
        return data
    if data.startswith(_MARKED) or _DECLARED.search(data[:4_000]):
        return data
    try:
        if codecs.lookup(charset).name == "utf-8":
            return data
        return codecs.BOM_UTF8 + data.decode(charset).encode()
    except (LookupError, UnicodeError):
        return data
