"""One record of an export (a JSON object, a CSV row) -> an article, by the names in use."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.errors import ReadError
from bot.records import Article
from ingest.dating import Dating, choose
from ingest.readers.blocks import fragment_text
from ingest.readers.encoding import decode
from ingest.readers.making import date_of, finish, origin_of
from ingest.readers.page import host
from ingest.readers.plain import as_text
from ingest.sources import RawDocument

# Names of fields as NewsAPI, the Guardian, WordPress, JSON Feed, trafilatura, newspaper and
# the data sets of the field write them, in lower case without "_" and "-"; best first.
TEXT = (
    "text articlebody body bodytext content contenttext contenthtml maintext fulltext article "
    "story description "
    "summary"
).split()
TITLE = "title headline webtitle name subject".split()
PUBLISHED = (
    "published publisheddate publishedat datepublished datepublish publishdate publicationdate "
    "pubdate "
    "webpublicationdate firstpublished date timestamp created createdat"
).split()
UPDATED = "updated updatedat modified modifiedat datemodified lastmodified dateupdated".split()
AUTHOR = "author authors byline creator".split()
SOURCE = (
    "source sourcename sitename publisher publication hostname domain site newspaper outlet".split()
)
URL = "url link weburl permalink canonicalurl sourceurl uri".split()
KEY = (*URL, "id", "guid", "uuid", "uid", "slug")
_TAGS = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|table|tr|td|a|b|i|em|strong|span|img)\b[^>]*>", re.I
)


def read_record(raw: RawDocument) -> Article:
    """The article of one JSON object; raises ReadError when it is none or has no text."""
    record = as_record(decode(raw.data), raw.hints.get("line", ""))
    text = _plain(field(record, TEXT))
    if not text.strip():
        raise ReadError(f"this record has no text; looked for {', '.join(TEXT[:5])} and the like")
    url = raw.url or _url(field(record, URL), record)
    return finish(
        text,
        [("record", _plain(field(record, TITLE)))],
        _dating(record, text, url, raw),
        origin_of(raw, field(record, AUTHOR), _source(field(record, SOURCE)) or host(url), url),
    )


def as_record(text: str, line: str = "") -> dict[str, Any]:
    """The JSON object in `text`; `line` says where it stands, for the message."""
    where = f"line {line} is" if line else "it is"
    try:
        record = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{where} not valid JSON ({error})") from None
    if not isinstance(record, dict):
        raise ReadError(f"{where} no JSON object but {type(record).__name__}")
    return record


def field(record: dict[str, Any], names: list[str] | tuple[str, ...]) -> str:
    """The first of these fields that holds something, as text."""
    folded = {re.sub(r"[_\-\s]", "", str(key)).lower(): value for key, value in record.items()}
    inner = folded.get("fields")  # the Guardian keeps the body one level down
    if isinstance(inner, dict):
        folded = {re.sub(r"[_\-\s]", "", str(key)).lower(): v for key, v in inner.items()} | folded
    for name in names:
        if text := _text(folded.get(name)).strip():
            return text
    return ""


def _text(value: Any) -> str:
    if isinstance(value, dict) and isinstance(value.get("rendered"), str):
        return str(value["rendered"])  # WordPress
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ("\n" if any(len(item) > 80 for item in value) else ", ").join(value)
    return as_text(value)


def _plain(text: str) -> str:
    """`text` without HTML, if there is any in it."""
    return fragment_text(text) if _TAGS.search(text) or re.search(r"&(?:\w+|#\d+);", text) else text


def _url(url: str, record: dict[str, Any]) -> str:
    # trafilatura calls the address "source".
    for candidate in (url, field(record, ["source"])):
        if candidate.startswith(("http://", "https://")):
            return candidate
    return ""


def _source(source: str) -> str:
    return host(source) if source.startswith(("http://", "https://")) else source


def _dating(record: dict[str, Any], text: str, url: str, raw: RawDocument) -> Dating:
    stated = [("record", field(record, [name])) for name in PUBLISHED]
    found = date_of(text, raw, stated, url)
    changed = [field(record, [name]) for name in UPDATED]
    return choose([(found.published_from, found.published)], [*changed, found.updated])
