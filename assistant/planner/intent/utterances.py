"""The labelled questions the intent model learns from: ``assistant/planner/utterances/<tool>.txt`` and the tools' examples."""

from __future__ import annotations

from importlib.resources import files


def labelled() -> list[tuple[str, str]]:
    """(question, tool) in a fixed order; ``refuse`` for what no tool answers. Lines that begin with # are remarks."""
    from tools.registry import LISTED, get_tool

    asked: list[tuple[str, str]] = []
    for entry in sorted((files("assistant.planner") / "utterances").iterdir(), key=lambda e: e.name):
        lines = entry.read_text(encoding="utf-8").splitlines()
        asked += [(line, entry.name.removesuffix(".txt")) for line in lines if line and not line.startswith("# ")]
    asked += [(x, name) for _, name in LISTED for e in get_tool(name).examples for x in (e.zh, e.en)]
    first: dict[str, tuple[str, str]] = {}
    for question, tool in asked:  # an example that two tools declare is the first one's
        first.setdefault(question.replace("？", "?").casefold(), (question, tool))
    return list(first.values())
