"""E-mail, and web pages saved as MHTML, which are e-mails in form."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from bot.errors import ReadError
from bot.records import Article
from ingest.readers.blocks import fragment_text
from ingest.readers.encoding import decode
from ingest.readers.making import date_of, finish, origin_of
from ingest.readers.page import article_of
from ingest.sources import RawDocument

# A plain part shorter than this share of the HTML part says "view in your browser".
PLAIN_SHARE = 0.3


def read_mail(raw: RawDocument) -> Article:
    """The article that an e-mail is: subject as title, the day that it was sent."""
    message = _message(raw)
    plain, html = _part(message, "text/plain"), _part(message, "text/html")
    from_html = fragment_text(html)
    text = plain if len(plain) >= PLAIN_SHARE * len(from_html) else from_html
    if not text.strip():
        raise ReadError("this e-mail has no text part")
    name, sender = parseaddr(str(message.get("From", "")))
    known = [("e-mail header", str(message.get("Date", "")))]
    return finish(
        text,
        [("subject", _subject(message))],
        date_of(text, raw, known),
        origin_of(raw, name, sender.rpartition("@")[2]),
    )


def read_mhtml(raw: RawDocument) -> Article:
    """The article of a page saved as MHTML; when it was saved is not when it was published."""
    message = _message(raw)
    html = _part(message, "text/html")
    if not html.strip():
        raise ReadError("there is no page in this MHTML file")
    saved_from = str(message.get("Snapshot-Content-Location", ""))
    is_address = not raw.url and saved_from.startswith(("http://", "https://"))
    return article_of(html, replace(raw, url=saved_from) if is_address else raw)


def _message(raw: RawDocument) -> EmailMessage:
    if not raw.data.strip():
        raise ReadError("it is empty")
    if b"\0" in raw.data[:1000]:
        raise ReadError("it is not text")
    message = message_from_bytes(raw.data, policy=policy.default)
    if not message.keys():
        raise ReadError(f"it has no header lines, as {raw.suffix} files have")
    return message


def _subject(message: EmailMessage) -> str:
    subject = " ".join(str(message.get("Subject", "")).split())
    return re.sub(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", "", subject, flags=re.I)


def _part(message: EmailMessage, kind: str) -> str:
    """The text of the first part of that kind which is not an attachment."""
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            payload: Any = part.get_payload(decode=True)
            if payload and payload.strip():
                return decode(payload, part.get_content_charset() or "")
    return ""
