"""The one SQLite file of conversations and their evidence, in WAL mode, shared by threads and processes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import StateError
from data.home import state_folder
from data.text import Text

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations(
    id TEXT PRIMARY KEY, title TEXT NOT NULL, language TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers(
    id TEXT PRIMARY KEY, conversation TEXT NOT NULL, created TEXT NOT NULL, question TEXT NOT NULL, text TEXT NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_of ON answers(conversation, created);
CREATE TABLE IF NOT EXISTS calls(
    conversation TEXT NOT NULL, answer TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (conversation, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS calls_of ON calls(answer);
CREATE TABLE IF NOT EXISTS entries(
    conversation TEXT NOT NULL, id TEXT NOT NULL, answer TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL,
    call TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (conversation, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_of ON entries(answer);
"""


class Store:
    """A connection with the schema in place. Raises StateError where the file cannot be used."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or state_folder() / "conversations.sqlite"
        self._lock = threading.RLock()
        with _said(self.path):
            self._connection = sqlite3.connect(self.path, timeout=10, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.executescript(_SCHEMA)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is stored, or nothing."""
        with self._lock, _said(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:  # nothing half-written, not even on Ctrl-C; raised again
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[str | int, ...]]:
        """All rows of a query."""
        with self._lock, _said(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def close(self) -> None:
        """Close the connection; the store cannot be used afterwards."""
        with self._lock:
            self._connection.close()


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """SQLite's troubles as one sentence."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StateError(
            "conversations_unusable",
            Text(
                f"会话数据库 {path} 无法使用（{error}）；请检查磁盘与权限，或移走该文件后重试。",
                f"The conversations' database {path} cannot be used ({error}); check disk and permissions, or move it "
                "away and try again.",
            ),
        ) from error
