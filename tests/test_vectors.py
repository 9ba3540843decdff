"""The vector store over a real Chroma in a folder."""

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.errors import LibraryError
from bot.vectors import Entry, VectorStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    store = VectorStore(tmp_path)
    store.create("articles-test")
    yield store
    store.close()


def put(store: VectorStore, *, known: Container[str] = (), **vectors: list[float]) -> None:
    rows = [Entry(id_, id_, {"published": place}) for place, id_ in enumerate(vectors)]
    store.upsert("articles-test", rows, np.asarray([*vectors.values()], np.float32), known=known)


def test_the_nearest_come_first_with_their_cosine_similarity(store: VectorStore) -> None:
    put(store, east=[1.0, 0.0], north=[0.0, 1.0], northeast=[0.6, 0.8])
    found = store.nearest("articles-test", np.asarray([1, 0], np.float32), 3, generation=1)
    assert [id_ for id_, _ in found] == ["east", "northeast", "north"]
    assert [round(similarity, 3) for _, similarity in found] == [1.0, 0.6, 0.0]


def test_a_filter_keeps_what_it_names(store: VectorStore) -> None:
    put(store, one=[1.0, 0.0], two=[0.9, 0.1], three=[0.8, 0.2])
    where = {"published": {"$gte": 1}}
    query = np.asarray([1, 0], np.float32)
    found = store.nearest("articles-test", query, 3, generation=1, where=where)
    assert [id_ for id_, _ in found] == ["two", "three"]


def test_a_known_id_is_replaced_and_a_removed_one_is_gone(store: VectorStore) -> None:
    put(store, one=[1.0, 0.0], two=[0.0, 1.0])
    put(store, one=[0.0, -1.0])
    store.delete("articles-test", ["two", "never there"])
    assert sorted(store.ids("articles-test")) == ["one"]
    found = store.nearest("articles-test", np.asarray([0, -1], np.float32), 5, generation=2)
    assert round(found[0][1], 3) == 1.0


def test_a_reader_sees_what_another_client_wrote_once_the_generation_rises(
    store: VectorStore, tmp_path: Path
) -> None:
    put(store, one=[1.0, 0.0])
    query = np.asarray([0, 1], np.float32)
    reader = VectorStore(tmp_path)
    assert len(reader.nearest("articles-test", query, 5, generation=1)) == 1
    put(store, two=[0.0, 1.0])
    assert reader.nearest("articles-test", query, 1, generation=2)[0][0] == "two"
    reader.close()


def test_collections_are_made_and_dropped_by_name(store: VectorStore) -> None:
    store.create("articles-other")
    assert sorted(store.names()) == ["articles-other", "articles-test"]
    store.drop("articles-other")
    store.drop("articles-other")
    assert store.names() == ["articles-test"]


def test_a_missing_collection_is_an_error_that_names_the_remedy(store: VectorStore) -> None:
    with pytest.raises(LibraryError, match="python -m ingest --check"):
        store.nearest("articles-none", np.asarray([1, 0], np.float32), 1, generation=1)


@pytest.fixture
def parts(store: VectorStore, monkeypatch: pytest.MonkeyPatch) -> VectorStore:
    """A store of parts that hold two rows each: east and west, north and south, up."""
    monkeypatch.setattr("bot.vectors.PART", 2)
    put(store, east=[1.0, 0.0], west=[-1.0, 0.0], north=[0.0, 1.0])
    put(store, south=[0.0, -1.0], up=[0.6, 0.8])
    return store


def test_vectors_lie_in_parts_of_bounded_size_under_one_name(parts: VectorStore) -> None:
    assert parts.names() == ["articles-test"]
    assert [(c.name, c.count()) for c in collections(parts)] == [
        ("articles-test", 2),
        ("articles-test.0002", 2),
        ("articles-test.0003", 1),
    ]
    assert sorted(parts.ids("articles-test")) == ["east", "north", "south", "up", "west"]


def collections(store: VectorStore) -> list[Any]:
    return sorted(store._open().list_collections(), key=lambda c: str(c.name))


def test_a_question_is_asked_of_all_parts(parts: VectorStore) -> None:
    query = np.asarray([0.6, 0.8], np.float32)
    found = parts.nearest("articles-test", query, 3, generation=1)
    assert [(id_, round(similarity, 3)) for id_, similarity in found] == [
        ("up", 1.0),
        ("north", 0.8),
        ("east", 0.6),
    ]
    where = {"published": 0}
    found = parts.nearest("articles-test", query, 3, generation=1, where=where)
    assert [id_ for id_, _ in found] == ["east", "south"]


def test_whoever_writes_has_one_part_open_at_most(parts: VectorStore) -> None:
    for write in (
        lambda: put(parts, down=[0.6, -0.8], east=[0.8, 0.6], known={"east"}),
        lambda: parts.delete("articles-test", ["north", "up"]),
        lambda: list(parts.ids("articles-test")),
    ):
        write()
        assert len(parts._collections) == 1


def test_a_known_id_is_replaced_in_whatever_part_it_was(parts: VectorStore) -> None:
    put(parts, east=[0.8, -0.6], known={"east", "north"})
    assert sorted(parts.ids("articles-test")) == ["east", "north", "south", "up", "west"]
    query = np.asarray([0.8, -0.6], np.float32)
    ((nearest, similarity),) = parts.nearest("articles-test", query, 1, generation=2)
    assert (nearest, round(similarity, 3)) == ("east", 1.0)


def test_ids_are_removed_from_every_part_and_a_part_that_is_empty_goes(parts: VectorStore) -> None:
    parts.delete("articles-test", ["north", "up", "south", "west", "never there"])
    assert [(c.name, c.count()) for c in collections(parts)] == [
        ("articles-test", 1),
        ("articles-test.0003", 0),
    ]
    put(parts, down=[0.6, -0.8], left=[-0.6, 0.8], right=[0.8, 0.6])
    assert sorted(parts.ids("articles-test")) == ["down", "east", "left", "right"]
    assert [c.name for c in collections(parts)] == [
        "articles-test",
        "articles-test.0003",
        "articles-test.0004",
    ]


def test_all_parts_are_dropped_and_no_others(parts: VectorStore) -> None:
    parts.create("articles-test2")
    parts.drop("articles-test")
    assert [c.name for c in collections(parts)] == ["articles-test2"]


def test_a_collection_that_grew_too_large_is_kept_and_added_to_in_a_new_part(
    store: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, east=[1.0, 0.0], west=[-1.0, 0.0], north=[0.0, 1.0])
    monkeypatch.setattr("bot.vectors.PART", 2)
    put(store, south=[0.0, -1.0])
    assert [c.count() for c in collections(store)] == [3, 1]
    query = np.asarray([0, 1], np.float32)
    found = store.nearest("articles-test", query, 4, generation=1)
    assert [id_ for id_, _ in found][::3] == ["north", "south"]
