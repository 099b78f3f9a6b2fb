"""One turn at a time per conversation, also across processes: the terminal and a server may share a state folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from data.errors import Conflict
from data.home import state_folder
from data.text import Text


class TurnLocks:
    """Which conversations have a turn under way."""

    def __init__(self) -> None:
        self._held: set[str] = set()

    def held(self, conversation: str) -> bool:
        """Whether a turn of this process is running in a conversation."""
        return conversation in self._held

    @contextmanager
    def hold(self, conversation: str) -> Iterator[None]:
        """Hold a conversation for a turn. Raises Conflict while another turn holds it, here or in another process."""
        if conversation in self._held:
            raise _busy(conversation)
        lock = FileLock(_path(conversation), timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout as error:
            raise _busy(conversation) from error
        self._held.add(conversation)
        try:
            yield
        finally:
            self._held.discard(conversation)
            with suppress(OSError):  # an empty file left behind does no harm
                Path(lock.lock_file).unlink()
            lock.release()


def _path(conversation: str) -> Path:
    return state_folder("turns") / f"{hashlib.sha256(conversation.encode()).hexdigest()[:24]}.lock"


def _busy(conversation: str) -> Conflict:
    return Conflict(
        "turn_running",
        Text(
            f"会话 {conversation} 正在回答上一个问题；请等它结束后再问，或另开一个会话。",
            f"Conversation {conversation} is still answering; wait until it has finished, or start another conversation.",
        ),
    )
