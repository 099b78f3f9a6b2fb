"""The engine under an asker's changes for one region: its scenarios are the changed ones, its backcasts start from them.

What the changes set (a measure left out, in part or later, a non-fossil share, fewer removals) a backcast leaves as it is;
growth changes the model itself. Changes of all measures together leave a backcast nothing to choose: they are not combined.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from tools.roadmap.backcast import Backcast, reach
from tools.roadmap.engine import Engine
from tools.roadmap.goals import Goal, Terms
from tools.roadmap.names import CCUS, LEVER_KEYS, RENEW, STRUCT, VARIED
from tools.roadmap.overrides import SHARES
from tools.roadmap.vary import grown, removals_kept, vary

if TYPE_CHECKING:
    from tools.roadmap.model import Path
    from tools.roadmap.overrides import Override


class Changed(Engine):
    """An engine whose scenarios carry the asker's changes for one region. Made by ``changed``."""

    def __init__(self, base: Engine, region: int, overrides: tuple[Override, ...]) -> None:
        self.__dict__.update(base.__dict__)
        self.base, self.region, self.overrides = base, region, overrides
        self.model = grown(base.model, region, overrides)
        self._lock = threading.RLock()
        self._kept = {("energy",): base.energy, ("power",): base.power_base}

    def path(self, scenario: str) -> Path:
        """A standard scenario with the changes."""
        return vary(self.base, scenario, self.region, self.overrides).path

    def backcast(self, year: int, region: int, banned: tuple[int, ...] = ()) -> Backcast:
        """The path of the region to net zero by ``year`` under the changes."""
        return self.reach(Goal("neutral", year), region, Terms(banned))

    def reach(self, goal: Goal, region: int, terms: Terms | None = None) -> Backcast:
        """The path of the region to a goal under the changes and given terms."""
        given = terms or Terms()
        held = tuple(sorted({*given.held, *set_by(self.overrides)} - set(given.banned)))
        own = replace(given, held=held, removals=given.removals * removals_kept(self.overrides))

        def make() -> Backcast:
            floor, dual = self.path(goal.floor), self.path("dual_carbon")
            found = reach(self.model, goal, region, floor, dual, own, consumption=False)
            told = replace(found.path, scenario=found.path.scenario + VARIED)
            return replace(found, path=told, terms=given)  # as they were given: asked again they are changed again

        return self.once(("goal", goal, region, own), make)


def set_by(overrides: tuple[Override, ...]) -> set[int]:
    """The measures that the changes set, by position."""
    out = {LEVER_KEYS.index(o.lever) for o in overrides if o.lever is not None}
    if any(o.kind == "no_ccus" for o in overrides):
        out.add(CCUS)
    if any(o.kind in SHARES for o in overrides):
        out.add(RENEW)
    return out - {STRUCT}


def combines(overrides: tuple[Override, ...]) -> bool:
    """Whether a backcast can be made under the changes: not where all measures together are set."""
    return not any(o.kind in ("lag", "scale") and o.lever is None for o in overrides)


def changed(engine: Engine, region: int, overrides: tuple[Override, ...]) -> Changed:
    """The engine under the changes, made once. Raises BadRequest where they contradict or are out of reach."""
    return engine.once(("changed", region, overrides), lambda: Changed(engine, region, overrides))
