"""Exports of many articles are split into records, each at a location that stays."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date

import pytest

from bot.errors import ReadError
from bot.records import Article
from ingest.readers import read, records
from ingest.sources import RawDocument
from tests.documents import STORY


def split(data: bytes | str, suffix: str) -> list[RawDocument]:
    raw = data.encode() if isinstance(data, str) else data
    return list(records(RawDocument(f"/news/export{suffix}", raw, suffix)))


def one(record: object) -> Article:
    return read(RawDocument("/news/one.json", json.dumps(record).encode(), ".json"))


def rows(*found: dict[str, object]) -> str:
    return "\n".join(map(json.dumps, found))


def test_a_document_that_is_no_export_is_its_own_record() -> None:
    raw = RawDocument("/news/a.txt", b"words", ".txt")
    assert list(records(raw)) == [raw]


def test_lines_of_json_are_located_by_their_address_or_id() -> None:
    data = rows({"url": "https://a.example/1", "text": STORY[0]}, {"id": 7, "text": STORY[1]})
    found = split(data, ".jsonl")
    assert [raw.location for raw in found] == [
        "/news/export.jsonl#https://a.example/1",
        "/news/export.jsonl#7",
    ]
    assert [read(raw).text for raw in found] == list(STORY[:2])


def test_records_without_a_name_keep_their_location_when_others_come_and_go() -> None:
    both = split(rows({"text": STORY[0]}, {"text": STORY[1]}), ".jsonl")
    alone = split(rows({"text": STORY[1]}), ".jsonl")
    assert alone[0].location == both[1].location
    assert both[0].location != both[1].location


def test_a_name_that_is_there_twice_gives_two_locations() -> None:
    found = split(rows({"id": "x", "text": STORY[0]}, {"id": "x", "text": STORY[1]}), ".jsonl")
    assert [raw.location for raw in found] == ["/news/export.jsonl#x", "/news/export.jsonl#x~2"]


def test_a_bad_line_is_reported_by_its_number_and_the_rest_goes_on() -> None:
    data = rows({"id": 1, "text": STORY[0]}) + '\n{"id": 2, "text": "cut o\n[1, 2]\n\n'
    found = split(data + rows({"id": 3, "text": STORY[1]}), ".jsonl")
    assert len(found) == 4
    with pytest.raises(ReadError, match="line 2 is not valid JSON"):
        read(found[1])
    with pytest.raises(ReadError, match="line 3 is no JSON object but list"):
        read(found[2])
    assert read(found[3]).text == STORY[1]


@pytest.mark.parametrize(
    "wrapping", [lambda found: found, lambda found: {"status": "ok", "articles": found}]
)
def test_a_json_file_may_be_a_list_or_an_object_around_one(wrapping: object) -> None:
    found = [{"url": f"https://a.example/{n}", "text": text} for n, text in enumerate(STORY)]
    data = json.dumps(wrapping(found))  # type: ignore[operator]
    assert [read(raw).text for raw in split(data, ".json")] == list(STORY)


def test_a_json_file_may_be_one_article_with_comments_beside_its_text() -> None:
    article = {"comments": [{"text": "Great!"}], "headline": "Old ferry stays", "body": STORY[0]}
    (raw,) = split(json.dumps(article), ".json")
    assert (read(raw).title, read(raw).text) == ("Old ferry stays", STORY[0])


def test_a_json_file_that_holds_lines_is_read_as_lines() -> None:
    data = rows({"id": 1, "text": STORY[0]}, {"id": 2, "text": STORY[1]})
    assert [read(raw).text for raw in split(data, ".json")] == list(STORY[:2])


def test_a_broken_json_file_is_refused_with_the_reason() -> None:
    with pytest.raises(ReadError, match="not valid JSON"):
        split('[{"text": "words"}, {"tex', ".json")
    with pytest.raises(ReadError, match="no record"):
        split("[]", ".json")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_of_a_csv_file_are_records_whatever_separates_their_cells(separator: str) -> None:
    cells = [
        ["Title", "Text", "Published At"],
        ["Ferry", f'"{STORY[0]}\nTwo lines."', "2024-03-05"],
    ]
    data = "\ufeff" + "\r\n".join(separator.join(row) for row in cells)
    (raw,) = split(data, ".csv")
    article = read(raw)
    assert article.title == "Ferry"
    assert article.text == f"{STORY[0]}\nTwo lines."
    assert (article.published, article.published_from) == (date(2024, 3, 5), "record")


def test_a_csv_file_in_windows_letters_is_read() -> None:
    data = "title;text\nFähre;Die Fähre bleibt für drei Jahre, heißt es in der Zeitung.".encode(
        "cp1252"
    )
    assert read(split(data, ".csv")[0]).title == "Fähre"


def test_the_same_record_is_read_the_same_from_json_lines_and_csv() -> None:
    record = {"title": "Ferry", "text": STORY[0], "author": "Ines Moreau", "source": "Harbour Post"}
    table = ",".join(record) + "\n" + ",".join(f'"{value}"' for value in record.values())
    from_csv, from_lines = (
        read(split(table, ".csv")[0]),
        read(split(rows(dict(record)), ".jsonl")[0]),
    )
    assert from_csv == from_lines == one(record)


def test_reading_a_file_of_many_records_as_one_article_is_refused() -> None:
    with pytest.raises(ReadError, match="2 records, and one was expected"):
        read(RawDocument("/a.jsonl", rows({"text": "a b"}, {"text": "c d"}).encode(), ".jsonl"))


def test_a_record_without_text_is_refused() -> None:
    with pytest.raises(ReadError, match="no text"):
        one({"title": "Ferry", "text": ""})


def test_names_that_newsapi_wordpress_json_feed_and_the_guardian_use_are_known() -> None:
    newsapi = one(
        {
            "source": {"id": None, "name": "Harbour Post"},
            "content": STORY[0],
            "publishedAt": "2024-03-05T23:10:00Z",
        }
    )
    assert (newsapi.source, newsapi.published) == ("Harbour Post", date(2024, 3, 5))
    wordpress = one(
        {
            "title": {"rendered": "Ferry &#8211; it stays"},
            "content": {"rendered": f"<p>{STORY[0]}</p><ul><li>adults</li></ul>"},
            "link": "https://harbour-post.example/f",
            "date": "2024-03-05T10:00:00",
        }
    )
    assert (wordpress.title, wordpress.source) == ("Ferry – it stays", "harbour-post.example")
    assert wordpress.text == f"{STORY[0]}\n• adults"
    feed = one(
        {"content_text": STORY[0], "date_published": "2024-03-05", "authors": [{"name": "Jo Li"}]}
    )
    assert (feed.author, feed.published) == ("Jo Li", date(2024, 3, 5))
    guardian = one(
        {"webTitle": "Ferry", "fields": {"bodyText": STORY[0]}, "webUrl": "https://g.example/f"}
    )
    assert (guardian.title, guardian.text, guardian.url) == (
        "Ferry",
        STORY[0],
        "https://g.example/f",
    )


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_memory_does_not_grow_with_the_number_of_records(suffix: str) -> None:
    def peak(count: int, text: str) -> int:
        lines = [json.dumps({"id": n, "text": text}) for n in range(count)]
        data = ("\n".join(lines) if suffix == ".jsonl" else f"[{','.join(lines)}]").encode()
        tracemalloc.start()
        for _ in records(RawDocument("/a", data, suffix)):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(800, STORY[0] * 20) < peak(100, STORY[0] * 20) + 200_000
    assert peak(14_000, "Rain.") < peak(4_000, "Rain.") + 200_000


def test_json_that_is_nested_beyond_reason_is_refused_at_once() -> None:
    with pytest.raises(ReadError, match="levels deep"):
        split('{"a":' * 5_000, ".json")
    with pytest.raises(ReadError, match="levels deep"):
        split("[" + '{"a":' * 5_000, ".json")
