"""The user's documents on disk: immutable generations under TANLU_HOME/knowledge, a pointer file, one writer at a time.

``knowledge/<n>/documents.json`` holds the descriptions, ``knowledge/<n>/<id>.json`` the passages of each document; the
file itself is not kept. A writer builds ``<n+1>`` aside, flips the pointer and deletes the generation before: what was
removed is gone from the disk, and a reader that held the old one reads the new one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from data.errors import Conflict, StateError
from data.home import state_folder
from data.text import Text
from knowledge.ingest.chunks import Passage

ROOM = "knowledge"
VECTORS = "knowledge/vectors"
PREFIX = "file:"  # of the ids of users' documents; the corpus has none such
_LOCK_SECONDS = 30
T = TypeVar("T")

Visibility = Literal["private", "shared"]


def is_own(document: str) -> bool:
    """Whether a document's id is that of a user's file, not of the corpus."""
    return document.startswith(PREFIX)


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A user's document. ``private``: only its owner finds it; ``shared``: everybody on this state folder does."""

    id: str
    title: str
    name: str  # of the file, without folders
    kind: str
    language: str
    owner: str
    visibility: Visibility
    added: str  # ISO time
    bytes: int
    sha256: str  # of the file
    text_sha256: str  # of its text without blanks
    pages: int | None = None
    year: int | None = None
    region: str | None = None
    passages: int = 0
    notes: list[str] = field(default_factory=list)  # codes of refusals.NOTES

    def seen_by(self, viewer: str | None) -> bool:
        """Whether a viewer may find it; nobody in particular (None) finds what is shared."""
        return self.visibility == "shared" or (viewer is not None and viewer == self.owner)


@dataclass(frozen=True, slots=True)
class Generation:
    """All documents at one moment, with their passages."""

    number: int
    documents: tuple[OwnDocument, ...]
    passages: dict[str, tuple[Passage, ...]]


def current() -> int:
    """The number of the generation in use; 0 where nothing was ever added."""
    try:
        return int((state_folder(ROOM) / "current").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return 0


def stamp() -> tuple[int, int]:
    """What tells one state of the documents from another, also after the folder was deleted and begun anew."""
    try:
        return current(), (state_folder(ROOM) / "current").stat().st_mtime_ns
    except FileNotFoundError:
        return 0, 0


def load() -> Generation:
    """The generation in use. Raises StateError where it is broken."""
    for _ in range(3):  # a writer may flip the pointer and delete the old generation while it is read
        number = current()
        if not number:
            return Generation(0, (), {})
        try:
            return _read(number)
        except FileNotFoundError:
            if current() == number:
                break
        except (ValueError, TypeError, KeyError):
            break
    raise StateError(
        "broken_documents",
        Text(
            f"您的文件库已损坏（{state_folder(ROOM)}）；请删除该目录后重新加入文件。",
            f"The store of your documents is broken ({state_folder(ROOM)}); delete that folder and add the files again.",
        ),
    )


def described() -> tuple[OwnDocument, ...]:
    """The descriptions of all documents without their passages. Raises StateError where they are broken."""
    try:
        found = (state_folder(ROOM) / str(current()) / "documents.json").read_text(encoding="utf-8")
        return tuple(OwnDocument(**d) for d in json.loads(found))
    except (FileNotFoundError, ValueError, TypeError):
        return load().documents  # nothing yet, a writer was quicker, or broken: that is told there


def _read(number: int) -> Generation:
    folder = state_folder(ROOM) / str(number)
    documents = tuple(OwnDocument(**d) for d in json.loads((folder / "documents.json").read_text(encoding="utf-8")))
    passages = {d.id: tuple(Passage(**p) for p in _passages(folder, d.id)) for d in documents}
    return Generation(number, documents, passages)


def _passages(folder: Path, document: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_file(folder, document).read_text(encoding="utf-8"))
    return found


def _file(folder: Path, document: str) -> Path:
    return folder / f"{document.removeprefix(PREFIX)}.json"


def change(work: Callable[[Generation], tuple[Generation, T]]) -> T:
    """Make a new generation from the one in use, under the lock. Raises Conflict, StateError, and what ``work`` raises."""
    with _locked():
        before = load()
        after, result = work(before)
        try:
            _write(before, after)
        except OSError as error:
            raise StateError(
                "documents_unwritable",
                Text(
                    f"无法写入 {state_folder(ROOM)}；请检查该目录的权限与空间。",
                    f"{state_folder(ROOM)} cannot be written; check its permissions and free space.",
                ),
            ) from error
        return result


def _write(before: Generation, after: Generation) -> None:
    root = state_folder(ROOM)
    folder = root / str(after.number)
    shutil.rmtree(folder, ignore_errors=True)  # left by a writer that was stopped
    folder.mkdir()
    old = root / str(before.number)
    for document in after.documents:
        kept = _file(old, document.id)
        if kept.is_file():
            shutil.copyfile(kept, _file(folder, document.id))
        else:
            told = [asdict(p) for p in after.passages[document.id]]
            _file(folder, document.id).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    described = json.dumps([asdict(d) for d in after.documents], ensure_ascii=False, indent=1)
    (folder / "documents.json").write_text(described, encoding="utf-8")
    pointer = root / "current.new"
    pointer.write_text(str(after.number), encoding="utf-8")
    pointer.replace(root / "current")
    for item in root.iterdir():
        if item.is_dir() and item.name.isdigit() and int(item.name) != after.number:
            shutil.rmtree(item, ignore_errors=True)


@contextmanager
def _locked() -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        with FileLock(state_folder(ROOM) / ".lock", timeout=_LOCK_SECONDS):
            yield
    except Timeout as error:
        raise Conflict(
            "documents_locked",
            Text(
                "另一个进程正在改动您的文件库；请稍后再试。",
                "Another process is changing your documents; try again in a moment.",
            ),
        ) from error
