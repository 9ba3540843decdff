"""The vector store over a real Chroma in a folder."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.errors import LibraryError
from bot.vectors import VectorStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    store = VectorStore(tmp_path)
    store.create("articles-test")
    yield store
    store.close()


def put(store: VectorStore, **vectors: list[float]) -> None:
    ids = list(vectors)
    rows = np.asarray([vectors[id_] for id_ in ids], np.float32)
    days = [{"published": place} for place in range(len(ids))]
    store.upsert("articles-test", ids, rows, texts=ids, metadatas=days)


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
