"""The vector index: immutable generations under TANLU_HOME/index, a pointer file, one writer at a time.

``index/<n>/`` holds a Chroma database, the fitted projection and ``meta.json``; ``index/current`` names the generation
in use. A writer takes the lock, builds ``<n+1>`` aside and flips the pointer; readers look at the pointer per search.
The corpus is the truth and the vectors a cache: a broken or outdated generation is built anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import StateError
from data.home import state_folder
from data.text import Text
from knowledge.embedding import DIMENSIONS, Embedder, chroma_function

FORMAT = f"1-lsa{DIMENSIONS}"  # raise when what a generation holds changes
COLLECTION = "clauses"
_LOCK_SECONDS = 60
_KEPT = 2  # the generation in use and the one before it, which a reader may still have open


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one clause: its key, the text to embed, and fields to filter by."""

    key: str
    text: str
    fields: dict[str, str | bool]


class VectorIndex:
    """The generation in use, opened. ``nearest`` gives keys by cosine similarity."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        client = _client(folder)
        self._collection = client.get_collection(COLLECTION, embedding_function=chroma_function(folder / "model.npz"))

    def nearest(self, query: str, limit: int, document: str | None = None) -> list[str]:
        """Keys of the nearest entries, best first, of one document where given."""
        where: Any = {"document": document} if document else None
        found = self._collection.query(query_texts=[query], n_results=limit, where=where, include=["distances"])
        return list(found["ids"][0])


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder / "chroma"), settings=Settings(anonymized_telemetry=False))


def _root() -> Path:
    return state_folder("index")


def current_generation() -> int:
    """The number of the generation in use, 0 where there is none."""
    try:
        return int((_root() / "current").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return 0


def _fresh(folder: Path, checksum: str) -> bool:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(meta == {"format": FORMAT, "corpus": checksum})


def ensure_index(checksum: str, entries: Sequence[Entry], bridge: Sequence[str], rebuild: bool = False) -> VectorIndex:
    """The vector index over ``entries``, built first where there is none for this corpus ``checksum``.

    ``bridge`` are bilingual texts the projection is fitted on besides the entries (glossary lines). ``rebuild`` builds
    a new generation even where the current one claims to be fresh. Raises StateError where another process holds the
    lock too long or the state folder is in the way; Chroma's own errors where a fresh generation cannot be opened.
    """
    generation = current_generation()
    folder = _root() / str(generation)
    if rebuild or not _fresh(folder, checksum):
        folder = _build(checksum, entries, bridge, generation)
    return VectorIndex(folder)


def _build(checksum: str, entries: Sequence[Entry], bridge: Sequence[str], seen: int) -> Path:
    from filelock import FileLock, Timeout

    lock = FileLock(_root() / ".lock", timeout=_LOCK_SECONDS)
    try:
        with lock:
            latest = current_generation()
            if latest != seen and _fresh(_root() / str(latest), checksum):
                return _root() / str(latest)  # another process built it meanwhile
            return _write(checksum, entries, bridge, latest + 1)
    except Timeout as error:
        raise StateError("index_locked", _locked(lock.lock_file)) from error
    except OSError as error:
        raise StateError("index_unwritable", _unwritable(_root())) from error


def _locked(path: str) -> Text:
    return Text(
        f"另一个进程正在建立检索索引；若并无此进程，请删除 {path} 后重试。",
        f"Another process is building the search index; if there is none, delete {path} and try again.",
    )


def _unwritable(path: Path) -> Text:
    return Text(f"检索索引无法写入：{path}；请检查该目录的权限与空间。",
                f"The search index cannot be written to {path}; check its permissions and free space.")  # fmt: skip


def _write(checksum: str, entries: Sequence[Entry], bridge: Sequence[str], generation: int) -> Path:
    folder = _root() / str(generation)
    shutil.rmtree(folder, ignore_errors=True)  # left by a writer that was stopped
    folder.mkdir(parents=True)
    texts = [e.text for e in entries]
    Embedder.fit([*texts, *bridge]).save(folder / "model.npz")
    collection = _client(folder).create_collection(
        COLLECTION,
        embedding_function=chroma_function(folder / "model.npz"),
        configuration={"hnsw": {"space": "cosine"}},
    )
    collection.add(ids=[e.key for e in entries], documents=texts, metadatas=[dict(e.fields) for e in entries])
    (folder / "meta.json").write_text(json.dumps({"format": FORMAT, "corpus": checksum}), encoding="utf-8")
    pointer = _root() / "current.new"
    pointer.write_text(str(generation), encoding="utf-8")
    pointer.replace(_root() / "current")
    for old in _root().iterdir():
        if old.is_dir() and old.name.isdigit() and int(old.name) <= generation - _KEPT:
            shutil.rmtree(old, ignore_errors=True)  # a reader may hold a file of it open; the next writer tries again
    return folder
