"""Conversations and their answers: listed, reloaded, kept across restarts."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.answer import Answer
from assistant.store import Store
from data.errors import BadRequest, NotAvailable
from data.text import Language, Text

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:\-]{0,63}")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as a list shows it; ``title`` is its first question, shortened."""

    id: str
    title: str
    language: Language
    created: str
    updated: str


def new_id() -> str:
    """An opaque id that nobody can guess."""
    return secrets.token_urlsafe(12).replace("-", "a").replace("_", "b")


def now() -> str:
    """The time, as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def checked_id(conversation: str | None) -> str:
    """The conversation's id, a new one where none is given. Raises BadRequest for what cannot be one."""
    if conversation is None or conversation == "":
        return new_id()
    if not _ID.fullmatch(conversation):
        raise BadRequest(
            "bad_conversation",
            Text(
                "会话编号只能由字母、数字和 . _ : - 组成，最多64个字符；请沿用回答中的 conversation。",
                "A conversation id has at most 64 letters, digits and . _ : - characters; use an answer's conversation.",
            ),
        )
    return conversation


class Conversations:
    """The list of conversations and the answers in each."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def language(self, conversation: str) -> Language | None:
        """The language last answered in; None for a new conversation."""
        rows = self._store.rows("SELECT language FROM conversations WHERE id = ?", (conversation,))
        if not rows:
            return None
        return "zh" if rows[0][0] == "zh" else "en"

    def asked(self, conversation: str, last: int = 3) -> str:
        """The last questions of a conversation, which a follow-up may leave unsaid."""
        rows = self._store.rows(
            "SELECT question FROM answers WHERE conversation = ? ORDER BY created DESC LIMIT ?", (conversation, last)
        )
        return " ".join(str(row[0]) for row in reversed(rows))

    def keep(self, answer: Answer) -> None:
        """Store an answer and bring its conversation up to date."""
        title = " ".join(answer.question.split())[:80]
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET language = excluded.language, updated = excluded.updated",
                (answer.conversation, title, answer.language, answer.created, now()),
            )
            connection.execute(
                "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)",
                (
                    answer.id,
                    answer.conversation,
                    answer.created,
                    answer.question,
                    answer.answer,
                    answer.model_dump_json(),
                ),
            )

    def latest(self, limit: int = 50) -> list[Conversation]:
        """The conversations, latest first."""
        rows = self._store.rows(
            "SELECT id, title, language, created, updated FROM conversations ORDER BY updated DESC LIMIT ?", (limit,)
        )
        return [Conversation(str(i), str(t), "zh" if la == "zh" else "en", str(c), str(u)) for i, t, la, c, u in rows]

    def answers(self, conversation: str) -> list[Answer]:
        """The answers of a conversation, in order. Raises NotAvailable for one that is not there."""
        rows = self._store.rows("SELECT body FROM answers WHERE conversation = ? ORDER BY created, id", (conversation,))
        if not rows:
            raise NotAvailable(
                "no_conversation",
                Text(f"没有编号为 {conversation} 的会话。", f"There is no conversation {conversation}."),
            )
        return [Answer.model_validate_json(str(row[0])) for row in rows]

    def text(self, name: str) -> str:
        """What an answer said, as it was shown; empty for one that is not there."""
        rows = self._store.rows("SELECT text FROM answers WHERE id = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def answer(self, name: str) -> Answer:
        """The answer of an id. Raises NotAvailable for one that is not there."""
        rows = self._store.rows("SELECT body FROM answers WHERE id = ?", (name,))
        if not rows:
            raise NotAvailable("no_answer", Text(f"没有编号为 {name} 的回答。", f"There is no answer {name}."))
        return Answer.model_validate_json(str(rows[0][0]))
