"""What the commands print: in one language, Markdown drawn on a terminal and plain elsewhere, one JSON document at most."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from typing import Any

from data.errors import TanluError
from data.text import Language, Text


@dataclass(slots=True)
class Voice:
    """The language of this run's messages, and whether stdout is for one JSON document."""

    language: Language = "en"
    as_json: bool = False


voice = Voice()


def speak(language: str | None = None, text: str = "", as_json: bool = False) -> Language:
    """Settle the language of messages: the one asked for, the setting, the question's, else the system's."""
    from assistant.language import detect

    voice.as_json = as_json
    asked = language or os.environ.get("TANLU_LANGUAGE")
    system: Language = "zh" if _locale().lower().startswith("zh") else "en"
    if asked in ("zh", "en"):
        voice.language = "zh" if asked == "zh" else "en"
    elif text:
        voice.language = detect(text, system)
    else:
        voice.language = system
    return voice.language


def chosen(language: str | None) -> Language | None:
    """``--lang`` as a language. Raises BadRequest for another than zh and en."""
    from data.errors import BadRequest

    if language is None:
        return None
    if language not in ("zh", "en"):
        raise BadRequest("bad_language", Text("--lang 只能是 zh 或 en。", "--lang is zh or en."))
    return "zh" if language == "zh" else "en"


def out(text: str = "") -> None:
    """A line on stdout."""
    print(text)


def note(text: str) -> None:
    """A line on stderr, for people: progress, notices."""
    print(text, file=sys.stderr)


def document(value: Any) -> None:
    """The one JSON document of a ``--json`` run."""
    print(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))


def fail(error: TanluError) -> int:
    """Tell an error and give its exit status; a ``--json`` run gets it as its document too."""
    if voice.as_json:
        told = {"message": error.to(voice.language), "type": error.kind, "param": None, "code": error.code}
        near = {"nearest": list(error.nearest)} if error.nearest else {}
        document({"error": {**told, "request_id": None, **near}})
    note(error.to(voice.language))
    return error.exit_status


def markdown(text: str) -> None:
    """Markdown: drawn on a terminal, plain when piped."""
    if not sys.stdout.isatty():
        out(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(re.sub(r"(\[[FPBC]\d+\])", r"`\1`", text), code_theme="ansi_dark"))


def table(head: list[str], rows: list[list[str]]) -> None:
    """A table: drawn on a terminal, Markdown when piped."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Column, Table

        # A long word, such as a variable's name, goes on below rather than losing its end.
        drawn = Table(*(Column(name, overflow="fold") for name in head), show_edge=False, pad_edge=False)
        for row in rows:
            drawn.add_row(*row)
        Console().print(drawn)
        return
    out("| " + " | ".join(head) + " |")
    out("|" + "|".join(" --- " for _ in head) + "|")
    for row in rows:
        out("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |")


def _locale() -> str:
    return next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
