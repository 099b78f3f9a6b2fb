"""From a reading to calls of the policy tools, which read the question's own words."""

from __future__ import annotations

from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading


def compile_targets(reading: Reading) -> list[Call]:
    """Targets are found by the words of the question; documents and years stand in it."""
    return [Call("targets", trimmed({"topic": reading.text}))]


def compile_policy_search(reading: Reading) -> list[Call]:
    """Clauses are found by the words of the question."""
    return [Call("policy_search", trimmed({"question": reading.text}))]
