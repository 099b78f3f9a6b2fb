"""What the planner decides for a turn: tool calls, or words of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from data.text import Text

Status = Literal["answered", "clarify", "refused"]
Form = Literal["short", "numbers", "tables", "charts"]


@dataclass(frozen=True, slots=True)
class Call:
    """One tool call with the arguments as a model would send them."""

    tool: str
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Either calls, which may run side by side, or a reply without any.

    ``notes`` are said in the answer. ``then`` is an operation of ``calculate`` over the first figures of the calls,
    planned once they are known. ``form`` is what of the results is told: the first sentence of each, its figures alone,
    the tables, the charts; all of it where none is asked for. ``samples`` are questions near one that is not answered.
    """

    calls: tuple[Call, ...] = ()
    reply: Text | None = None
    status: Status = "answered"
    reason: Text | None = None
    notes: tuple[Text, ...] = ()
    then: str | None = None
    form: Form | None = None
    samples: tuple[Text, ...] = ()


def trimmed(args: dict[str, Any]) -> dict[str, Any]:
    """Arguments without what is empty, so that a call shows only what was asked."""
    return {k: v for k, v in args.items() if v not in (None, "", (), [], {})}
