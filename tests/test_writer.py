"""The writer and its manifest: ids, the journal, refusals, and another embedding model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.errors import LibraryMismatch
from bot.library import Library
from bot.manifest import Document
from bot.packaged import packaged_model_folder
from bot.records import Article
from bot.vectors import VectorStore
from bot.writer import LibraryWriter
from ingest.splitting import split
from ingest.tally import Tally
from ingest.upkeep import check, rebuild
from tests.stored import assert_sound, contents, settings

ARTICLE = Article(text="The river rose for a week.", title="Rain", source="The Post")


def fill(library: Path, *articles: Article) -> None:
    with LibraryWriter(settings(library), split) as writer:
        writer.begin()
        for n, article in enumerate(articles):
            writer.manifest.place(Document(f"/{n}", f"/{n}", f"1-{n}"), article)
        writer.commit(writer.manifest.touched)


def test_ids_are_made_of_place_and_content_alone(tmp_path: Path) -> None:
    for name in ("one", "two"):
        fill(tmp_path / name, ARTICLE)
    views = []
    for name in ("one", "two"):
        with Library(settings(tmp_path / name)).snapshot() as view:
            views.append([(a.id, a.version) for a in view.articles()])
    assert views[0] == views[1]
    ((id_, version),) = views[0]
    assert (len(id_), len(version)) == (12, 16)


def test_what_chroma_holds_is_of_use_by_itself(tmp_path: Path) -> None:
    fill(tmp_path, ARTICLE)
    with LibraryWriter(settings(tmp_path), split) as writer:
        row = writer.vectors._collection(writer.meta("collection")).get()
    assert row["documents"] == ["The river rose for a week."]
    about = dict(row["metadatas"][0])
    assert (about.pop("article"), about.pop("version")) != ("", "")
    assert about == {
        "number": 0, "start": 0, "end": 26, "title": "Rain", "source": "The Post",
        "source_key": "the post", "author": "", "author_key": "", "published": 0,
        "published_iso": "", "url": "",
    }  # fmt: skip


def test_the_generation_rises_when_answers_can_change_and_only_then(tmp_path: Path) -> None:
    fill(tmp_path, ARTICLE)
    first = Library(settings(tmp_path)).generation()
    with LibraryWriter(settings(tmp_path), split) as writer:
        writer.begin()
        writer.commit([])
    assert Library(settings(tmp_path)).generation() == first == 1


def test_a_piece_that_is_not_committed_leaves_no_trace(tmp_path: Path) -> None:
    fill(tmp_path, ARTICLE)
    before = contents(tmp_path)
    with LibraryWriter(settings(tmp_path), split) as writer:
        writer.begin()
        writer.manifest.place(
            Document("/0", "/0", "1-x"), Article(text="Other words.", title="Other")
        )
    assert contents(tmp_path) == before
    assert_sound(tmp_path)


def test_another_model_is_refused_until_the_library_is_embedded_anew(tmp_path: Path) -> None:
    library, model = tmp_path / "library", tmp_path / "model"
    fill(library, ARTICLE)
    shutil.copytree(packaged_model_folder(), model)
    other = settings(library, embedding_model=str(model))
    with pytest.raises(LibraryMismatch, match="python -m ingest --rebuild"):
        LibraryWriter(other, split)
    before = contents(library)
    assert rebuild(other, Tally(), grace=0) == 1
    assert contents(library) == before
    assert_sound(library)
    store = VectorStore(library)
    assert len(store.names()) == 1
    store.close()
    with Library(other).snapshot() as view:
        assert view.meta["embedding_model"] == str(model)
    with pytest.raises(LibraryMismatch):
        LibraryWriter(settings(library), split)


def test_a_rebuild_that_did_not_finish_is_cleared_away_by_the_next_writer(tmp_path: Path) -> None:
    fill(tmp_path, ARTICLE)
    with LibraryWriter(settings(tmp_path), split) as writer:
        writer.vectors.create("articles-half")
        writer.set_meta("building", "articles-half")
    with LibraryWriter(settings(tmp_path), split) as writer:
        assert writer.vectors.names() == [writer.meta("collection")]


def test_a_library_in_many_parts_is_changed_checked_and_rebuilt_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.vectors.PART", 2)
    articles = [Article(text=f"The fee in town {n} is {n}.", title=f"Fee {n}") for n in range(5)]
    fill(tmp_path, *articles)
    fill(tmp_path, Article(text="The fee in town 0 was dropped.", title="Fee 0"), *articles[1:4])
    assert_sound(tmp_path)
    assert max(parts_of(tmp_path)) == 2
    for n in (1, 2, 3):
        recut(tmp_path, n, articles[n])
        assert_sound(tmp_path)
    assert check(settings(tmp_path), Tally()) == []
    before = contents(tmp_path)
    assert rebuild(settings(tmp_path), Tally(), grace=0) == 5
    assert_sound(tmp_path)
    assert contents(tmp_path) == before
    assert parts_of(tmp_path) == [2, 2, 1]


def parts_of(library: Path) -> list[int]:
    """How many vectors each collection of the library's folder holds, the oldest first."""
    store = VectorStore(library)
    try:
        found = sorted(store._open().list_collections(), key=lambda c: str(c.name))
        return [c.count() for c in found]
    finally:
        store.close()


def recut(library: Path, place: int, article: Article) -> None:
    """Read the article of this place anew, and cut it otherwise: its passage's id stays."""
    with LibraryWriter(settings(library), lambda _: [((0, 10),)]) as writer:
        writer.begin()
        writer.manifest.place(Document(f"/{place}", f"/{place}", "2-x"), article)
        assert writer.commit(writer.manifest.touched) == 1
