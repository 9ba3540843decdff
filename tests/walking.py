"""Walks a link of the test server with no waiting, and sorts what came of it."""

from __future__ import annotations

from ingest.events import Event, Found, LinkFailure
from ingest.fetching import Fetcher
from ingest.requesting import Limits, Validator
from ingest.sources import RawDocument
from ingest.web import discover
from tests.web_server import TestClock


def walk(link: str, known: dict[str, Validator] | None = None, most: int = 1000) -> list[Event]:
    limits = Limits(attempts=1, size=2 << 20)
    lookup = (known or {}).get
    with Fetcher(allow_private=True, clock=TestClock(), known=lookup, limits=limits) as fetcher:
        return list(discover(link, fetcher, most=most))


def documents(events: list[Event]) -> list[RawDocument]:
    return [event.document for event in events if isinstance(event, Found)]


def failures(events: list[Event]) -> list[LinkFailure]:
    return [event for event in events if isinstance(event, LinkFailure)]


def only_document(events: list[Event]) -> RawDocument:
    [found] = events
    assert isinstance(found, Found)
    return found.document


def only_failure(events: list[Event]) -> LinkFailure:
    [failure] = events
    assert isinstance(failure, LinkFailure)
    return failure
