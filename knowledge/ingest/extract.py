"""A file read in a child process under limits on memory and time, as SQL from strangers is run (data/sandbox.py)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from data.errors import StateError
from data.text import Text
from knowledge.ingest.blocks import Extract, Unreadable
from knowledge.ingest.kinds import FileKind, checked_size, kind_of
from knowledge.ingest.limits import LIMITS, Limits

Progress = Callable[[int, int], None]
_SLOTS = threading.BoundedSemaphore(2)  # children at a time
_STARTING = 15  # seconds granted for the child to start and stop on a busy machine
_OUT_OF_TIME = (-24, -9)  # SIGXCPU by its own clock, SIGKILL by ours


def extract(
    path: Path, name: str, limits: Limits = LIMITS, progress: Progress | None = None
) -> tuple[FileKind, Extract]:
    """The kind and the text of a file called ``name``. Raises Unreadable with the reason; StateError without processes."""
    checked_size(path, limits)
    try:
        opened = path.open("rb")
    except OSError:
        raise Unreadable("not_a_file") from None
    with opened:
        kind = kind_of(name, opened)
        opened.seek(0)
        request = json.dumps({"kind": kind, "limits": asdict(limits)})
        with _SLOTS:
            return kind, _ask(request, opened.fileno(), limits, progress or (lambda page, of: None))


def _ask(request: str, file: int, limits: Limits, progress: Progress) -> Extract:
    script = Path(__file__).with_name("child.py")
    try:
        child = subprocess.Popen(
            [sys.executable, "-I", "-B", str(script), request],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", "HOME": "/nonexistent"},
            cwd=Path(sys.executable).anchor,
        )
    except OSError as error:
        raise StateError(
            "reader_unavailable",
            Text("无法启动读取文件的子进程；请检查系统的进程数与内存限制。",
                 "The process that reads files cannot be started; check the machine's limits on processes and memory."),
        ) from error  # fmt: skip
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(1.5 * limits.seconds + _STARTING, stop)
    clock.daemon = True
    clock.start()
    last: dict[str, object] = {}
    try:
        assert child.stdout is not None
        for line in child.stdout:
            last = _item(line)
            if "page" in last:
                progress(int(str(last["page"])), int(str(last["of"])))
    finally:
        clock.cancel()
        if child.stdout is not None:
            child.stdout.close()
        status = child.wait()
    if "error" in last:
        raise Unreadable(str(last["error"]), str(last.get("detail", "")))
    done = last.get("done")
    if not isinstance(done, dict):
        raise Unreadable("too_slow" if late.is_set() or status in _OUT_OF_TIME else "too_hungry")
    return Extract.of(done)


def _item(line: bytes) -> dict[str, object]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}  # cut off by a limit
    return found if isinstance(found, dict) else {}
