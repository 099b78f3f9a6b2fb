"""Lanes: a tool's whole understanding by the planner in one module, which is all that a new tool needs.

``assistant/planner/lanes/<tool>.py`` defines ``LANE = Lane(...)``; its cue words stand in ``vocabulary/lane_<tool>.txt``
(one regular expression a line under ``[cue]``), and its name is added to ``LISTED``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the reader reads the lanes' cue words in turn
    from assistant.planner.plan import Call
    from assistant.planner.reader import Reading

# Modules of this package, in the order of the registry; a tool's older rules may still stand in compile_*.py.
LISTED: tuple[str, ...] = (
    "paths",
    "shock",
    "joint_reduction",
    "multipliers",
    "extraction",
    "grouped",
    "spend_factors",
    "project_appraisal",
    "network",
    "compare",
    "roadmap_ranking",
    "milestones",
    "sensitivity",
    "drivers",
    "decoupling",
    "specialisation",
    "own_table",
    "profile",
    "benchmark_lists",
    "own_documents",
    "track",
    "contraction",
    "sda_target",
    "l1470",
    "l1480",
    "isc_checklist",
    "backcast",
    "best_in_class",
)


@dataclass(frozen=True, slots=True)
class Lane:
    """How questions for one tool are known and compiled.

    ``vote`` weighs a reading: 0 for "not mine", about 3 where a cue word by itself names the domain, 4 to 6 where it also
    outweighs a figure, a sector or a policy named beside it (see ``intents.py``). ``compile`` makes the calls.
    ``from_data``: the tool's defaults fill what is not said, so a thing or place that nothing read is refused first.
    ``whole``: what it needs may stand in several sentences, which are then read as one. ``resumes``: whether a follow-up
    goes on with this tool's call although another tool was called first in the turn before. ``amend``: arguments of the call
    before that a follow-up changes inside (a sum, one more province), None where it changes none.
    """

    tool: str
    vote: Callable[[Reading], float]
    compile: Callable[[Reading], list[Call]]
    from_data: bool = False
    whole: bool = False
    resumes: Callable[[Reading], bool] | None = None
    amend: Callable[[Reading, dict[str, Any]], dict[str, Any] | None] | None = None


@cache
def lanes() -> tuple[Lane, ...]:
    """Every lane, in the order of ``LISTED``."""
    found: list[Lane] = [import_module(f"assistant.planner.lanes.{name}").LANE for name in LISTED]
    return tuple(found)


@cache
def whole_readers() -> frozenset[str]:
    """The tools whose lane reads all sentences of a question as one."""
    return frozenset(lane.tool for lane in lanes() if lane.whole)
