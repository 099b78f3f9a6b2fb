"""The vector index: immutable generations under TANLU_HOME/index, a pointer file, one writer at a time.

``index/<n>/`` holds a Chroma database, the fitted projection and ``meta.json``; ``index/current`` names the generation
in use. A writer takes the lock, builds ``<n+1>`` aside and flips the pointer; readers look at the pointer per search.
The corpus is the truth and the vectors a cache: a broken or outdated generation is built anew. With TANLU_CHROMA_URL the
vectors stand in a collection on that server and the generation's folder only names it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from data.errors import StateError
from data.home import state_folder
from data.text import Text
from knowledge.embedding import DIMENSIONS, Embedder, load_embedder
from knowledge.vectors import OFFLINE, TextEmbedder, VectorConfig, VectorsUnavailable, chroma_client

FORMAT = f"4-lsa{DIMENSIONS}"  # raise when what a generation holds changes
COLLECTION = "clauses"
_LOCK_SECONDS = 60
_BATCH = 2000  # entries given to Chroma at once
_KEPT = 2  # the generation in use and the one before it, which a reader may still have open


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one clause: its key, the text to embed, and fields to filter by."""

    key: str
    text: str
    fields: dict[str, str | bool]


class VectorIndex:
    """The generation in use, opened. ``nearest`` gives keys by cosine similarity."""

    def __init__(self, folder: Path, config: VectorConfig) -> None:
        self.folder = folder
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        self._embedder: TextEmbedder = _embedder(folder, config)
        self._collection = chroma_client(folder, config).get_collection(meta["collection"], embedding_function=None)

    def nearest(
        self, query: str, limit: int, document: str | None = None, where: dict[str, Any] | None = None
    ) -> list[str]:
        """Keys of the nearest entries, best first, of one document or of the entries whose fields fit ``where``."""
        return [key for key, _ in self.likeness(query, limit, document, where)]

    def likeness(
        self, query: str, limit: int, document: str | None = None, where: dict[str, Any] | None = None
    ) -> list[tuple[str, float]]:
        """As ``nearest``, each key with its cosine similarity."""
        fits: Any = {"document": document} if document else where
        vector = self._embedder.embed([query])[0].tolist()
        found = self._collection.query(query_embeddings=[vector], n_results=limit, where=fits, include=["distances"])
        return [(key, 1.0 - float(d)) for key, d in zip(found["ids"][0], found["distances"][0], strict=True)]


# One thread, so that the same entries give the same graph; a wide search, so that a filter that fits few of many entries
# still finds them (with the default of 100 a search for one owner's passages came back empty now and then).
_HNSW: Any = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 1000, "max_neighbors": 32, "num_threads": 1}
}


def _embedder(folder: Path, config: VectorConfig) -> TextEmbedder:
    """What the generation's vectors were made with. A service's is opened once and kept by the index."""
    return load_embedder(folder / "model.npz") if config.provider == OFFLINE else config.embedder()


def _root(room: str = "index") -> Path:
    return state_folder(*room.split("/"))


def current_generation(room: str = "index") -> int:
    """The number of the generation in use, 0 where there is none."""
    try:
        return int((_root(room) / "current").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return 0


def _fresh(folder: Path, checksum: str, config: VectorConfig) -> bool:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    wanted = {"format": FORMAT, "corpus": checksum, "embedding": config.name, "server": config.chroma_url}
    return isinstance(meta, dict) and all(meta.get(key) == value for key, value in wanted.items())


def ensure_index(
    checksum: str,
    entries: Sequence[Entry],
    bridge: Sequence[str],
    rebuild: bool = False,
    config: VectorConfig | None = None,
    room: str = "index",
    kept: int = _KEPT,
) -> VectorIndex:
    """The vector index over ``entries``, built first where there is none for this corpus ``checksum``.

    ``bridge`` are bilingual texts the projection is fitted on besides the entries (glossary lines). ``rebuild`` builds
    a new generation even where the current one claims to be fresh. ``room`` is the folder under the state folder and
    ``kept`` how many generations stay. Raises StateError where another process holds the lock too long or the state
    folder is in the way; VectorsUnavailable where a service that a setting names does not answer; Chroma's own errors
    where a fresh generation cannot be opened.
    """
    config = config or VectorConfig.from_environment()
    generation = current_generation(room)
    folder = _root(room) / str(generation)
    if rebuild or not _fresh(folder, checksum, config):
        work = _Work(checksum, entries, bridge, config, room, kept)
        folder = _build(work, generation)
    return VectorIndex(folder, config)


@dataclass(frozen=True, slots=True)
class _Work:
    """What a writer needs."""

    checksum: str
    entries: Sequence[Entry]
    bridge: Sequence[str]
    config: VectorConfig
    room: str
    kept: int


def _build(work: _Work, seen: int) -> Path:
    from filelock import FileLock, Timeout

    root = _root(work.room)
    lock = FileLock(root / ".lock", timeout=_LOCK_SECONDS)
    try:
        with lock:
            latest = current_generation(work.room)
            if latest != seen and _fresh(root / str(latest), work.checksum, work.config):
                return root / str(latest)  # another process built it meanwhile
            return _write(work, latest + 1)
    except Timeout as error:
        raise StateError("index_locked", _locked(lock.lock_file)) from error
    except OSError as error:
        raise StateError("index_unwritable", _unwritable(root)) from error


def _locked(path: str) -> Text:
    return Text(
        f"另一个进程正在建立检索索引；若并无此进程，请删除 {path} 后重试。",
        f"Another process is building the search index; if there is none, delete {path} and try again.",
    )


def _unwritable(path: Path) -> Text:
    return Text(f"检索索引无法写入：{path}；请检查该目录的权限与空间。",
                f"The search index cannot be written to {path}; check its permissions and free space.")  # fmt: skip


def _write(work: _Work, generation: int) -> Path:
    root, config = _root(work.room), work.config
    folder = root / str(generation)
    shutil.rmtree(folder, ignore_errors=True)  # left by a writer that was stopped
    folder.mkdir(parents=True)
    texts = [e.text for e in work.entries]
    if config.provider == OFFLINE:
        Embedder.fit([*texts, *work.bridge]).save(folder / "model.npz")
    vectors = _embedder(folder, config).embed(texts)
    client = chroma_client(folder, config)
    name = COLLECTION if config.chroma_url is None else f"tanlu-{uuid4().hex}"
    collection = client.create_collection(
        name, embedding_function=None, configuration=_HNSW, metadata={"corpus": work.checksum}
    )
    for at in range(0, len(texts), _BATCH):  # Chroma takes some thousands at a time; the texts themselves stay here
        part = work.entries[at : at + _BATCH]
        collection.add(
            ids=[e.key for e in part],
            embeddings=vectors[at : at + _BATCH].tolist(),
            metadatas=[dict(e.fields) for e in part],
        )
    meta = {"format": FORMAT, "corpus": work.checksum, "embedding": config.name, "server": config.chroma_url,
            "collection": name}  # fmt: skip
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    pointer = root / "current.new"
    pointer.write_text(str(generation), encoding="utf-8")
    pointer.replace(root / "current")
    for old in root.iterdir():
        if old.is_dir() and old.name.isdigit() and int(old.name) <= generation - work.kept:
            _forget(old, client, config)
    return folder


def _forget(folder: Path, client: Any, config: VectorConfig) -> None:
    """Remove an old generation, with its collection where that stands on the server in use."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        meta = {}
    if config.chroma_url is not None and meta.get("server") == config.chroma_url:
        with suppress(Exception):  # already gone, or the server is: what it holds are vectors without texts
            client.delete_collection(meta["collection"])
    shutil.rmtree(folder, ignore_errors=True)  # a reader may hold a file of it open; the next writer tries again


__all__ = ["Entry", "VectorIndex", "VectorsUnavailable", "current_generation", "ensure_index"]
