"""Small documents of every format, made by code, so that no binary file lies in the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from textwrap import wrap

STORY = (
    "The harbour council voted on Tuesday to keep the old ferry running for three more years. "
    "Eleven of its fifteen members were in favour, two were against and two stayed away.",
    "Captain Ines Moreau said the ferry carries 410 passengers a day in summer and 90 in winter. "
    "A new engine would cost 1.2 million euros, half of it paid by the region.",
    "The council will look at the matter again in the spring, after a report on the quay walls. "
    "Until then tickets stay at 4.50 euros for adults and 2 euros for children.",
)
BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><lolz>&c;</lolz>'
)


def html(body: str, head: str = "", lang: str = "en") -> bytes:
    """A page with that in its <head> and <body>."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head>'
        f"<body>{body}</body></html>"
    ).encode()


def article_html(head: str = "", before: str = "", after: str = "") -> bytes:
    """A page with the story in an <article>, and more before and behind it."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    body = f"<article><h1>Old ferry stays</h1>{before}{paragraphs}</article>{after}"
    return html(body, f"<title>Old ferry stays</title>{head}")


def pdf(*pages: str, title: str = "", made: str = "D:20010203040506Z", password: str = "") -> bytes:
    """A PDF with one line of text for each line of each page."""
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for page in pages:
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in page.split("\n"))
        stream = f"BT /F1 10 Tf 60 780 Td 13 TL\n{shown}ET"
        bodies.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        bodies.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            f"<< /Font << /F1 3 0 R >> >> /Contents {len(bodies)} 0 R >>"
        )
        kids.append(f"{len(bodies)} 0 R")
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    bodies.append(f"<< /Title ({_escaped(title)}) /CreationDate ({made}) >>")
    data = _assembled(bodies)
    return _encrypted(data, password) if password else data


def wrapped(*paragraphs: str, width: int = 70) -> str:
    """The paragraphs broken into lines as a typewriter does."""
    return "\n\n".join("\n".join(wrap(paragraph, width)) for paragraph in paragraphs)


def word(title: str = "", author: str = "") -> bytes:
    """A Word file with a heading, the story, a list and a table."""
    from docx import Document

    document = Document()
    document.core_properties.title = title
    document.core_properties.author = author
    document.add_heading("Old ferry stays", 1)
    for paragraph in STORY:
        document.add_paragraph(paragraph)
    document.add_paragraph("Summer timetable from May", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Ticket", "Price"), ("Adult", "4.50")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return _bytes_of(document)


def book(date: str = "2021-05-04", chapters: tuple[str, ...] = STORY) -> bytes:
    """An EPUB whose second chapter stands first in the file but second in the spine."""
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Ferries</dc:title>'
        f"<dc:creator>Ines Moreau</dc:creator><dc:date>{date}</dc:date>"
        "<dc:publisher>Quay Press</dc:publisher></metadata>"
        f'<manifest><item id="nav" href="nav.xhtml" properties="nav"/>{items}</manifest>'
        f'<spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/>'
        "</rootfiles></container>",
        "OPS/nav.xhtml": "<html><body><p>Contents of this book</p></body></html>",
    }
    for n in reversed(range(len(chapters))):
        files[f"OPS/c{n}.xhtml"] = (
            f'<?xml version="1.0" encoding="utf-8"?><html><body><p>{chapters[n]}</p></body></html>'
        )
    return packed(files | {"OPS/book.opf": package})


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def mail(text: str, html_part: str = "", date: str = "Mon, 04 Mar 2024 23:30:00 -0500") -> bytes:
    """An e-mail with a plain part and, if given, an HTML part."""
    message = EmailMessage()
    message["Subject"] = "Fwd: Old ferry stays"
    message["From"] = "Ines Moreau <ines@harbour-letter.example>"
    message["To"] = "reader@example.com"
    if date:
        message["Date"] = date
    message.set_content(text)
    if html_part:
        message.add_alternative(html_part, subtype="html")
    return bytes(message)


def mhtml(page: bytes, address: str = "https://harbour-post.example/old-ferry-stays") -> bytes:
    """A page as a browser saves it, years after it was published."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = address
    message["Subject"] = "Old ferry stays"
    message["Date"] = "Wed, 12 Jun 2019 10:00:00 -0000"
    message.set_content("")
    message.make_related()
    message.add_related(page, "text", "html", cid="<frame@mhtml.blink>")
    return bytes(message)


def _assembled(bodies: list[str]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(bodies) + 1} /Root 1 0 R /Info {len(bodies)} 0 R >>"
    return (
        out
        + (
            f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\n"
            f"startxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _encrypted(data: bytes, password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _bytes_of(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()
