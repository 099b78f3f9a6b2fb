"""Every tool there is, in the order faces list them. Modules are imported when a tool is first asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from data.errors import UnknownName
from data.text import Text

if TYPE_CHECKING:
    from tools.declare import Tool

    TOOLS: tuple[Tool[Any], ...]

# (module, attribute); the attribute is the tool's name.
LISTED: tuple[tuple[str, str], ...] = (
    ("tools.figures.tool", "figures"),
    ("tools.power_account", "power_account"),
    ("tools.mrio.footprint", "footprint"),
    ("tools.mrio.embodied_trade", "embodied_trade"),
    ("tools.mrio.linkages", "linkages"),
    ("tools.mrio.chain_partners", "chain_partners"),
    ("tools.paths.tool", "paths"),
    ("tools.paths.shock", "shock"),
    ("tools.paths.joint_reduction", "joint_reduction"),
    ("tools.mrio.multipliers", "multipliers"),
    ("tools.mrio.extraction", "extraction"),
    ("tools.mrio.grouped", "grouped"),
    ("tools.mrio.industry_map", "industry_map"),
    ("tools.network.tool", "network"),
    ("tools.mrio.national_io", "national_io"),
    ("tools.mrio.own_table", "own_table"),
    ("tools.change.drivers", "drivers"),
    ("tools.change.decoupling", "decoupling"),
    ("tools.change.specialisation", "specialisation"),
    ("tools.fuel_flow", "fuel_flow"),
    ("tools.policy.search", "policy_search"),
    ("tools.policy.targets", "targets"),
    ("tools.policy.track", "track"),
    ("tools.ict.l1470", "l1470"),
    ("tools.ict.l1480", "l1480"),
    ("tools.ict.isc_checklist", "isc_checklist"),
    ("tools.policy.own", "own_documents"),
    ("tools.roadmap.tool", "roadmap"),
    ("tools.roadmap.backcast_tool", "backcast"),
    ("tools.roadmap.compare", "compare"),
    ("tools.roadmap.ranking", "roadmap_ranking"),
    ("tools.roadmap.milestones", "milestones"),
    ("tools.roadmap.sensitivity", "sensitivity"),
    ("tools.benchmark.contraction", "contraction"),
    ("tools.benchmark.sda_target", "sda_target"),
    ("tools.benchmark.best_in_class", "best_in_class"),
    ("tools.profile.profile", "profile"),
    ("tools.profile.benchmark_lists", "benchmark_lists"),
    ("tools.practice.spend_factors", "spend_factors"),
    ("tools.practice.project_appraisal", "project_appraisal"),
    ("tools.calculate", "calculate"),
    ("tools.sql", "sql"),
    ("tools.about", "about"),
)


@cache
def all_tools() -> dict[str, Tool[Any]]:
    """Every tool by name, in order."""
    return {name: _load(module, name) for module, name in LISTED}


def get_tool(name: str) -> Tool[Any]:
    """One tool; only its own module is imported. Raises UnknownName with the nearest names."""
    for module, known in LISTED:
        if known == name:
            return _load(module, known)
    from rapidfuzz import process

    names = [known for _, known in LISTED]
    near = tuple(hit[0] for hit in process.extract(name, names, limit=3))
    raise UnknownName(
        "unknown_tool",
        Text(f"没有名为“{name}”的工具；相近的有：{'、'.join(near)}。运行 `tanlu tools` 可查看全部。",
             f"There is no tool named '{name}'; nearest: {', '.join(near)}. `tanlu tools` lists them all."),
        near,
    )  # fmt: skip


def _load(module: str, name: str) -> Tool[Any]:
    found: Tool[Any] = getattr(import_module(module), name)
    return found


def __getattr__(name: str) -> Any:
    """``TOOLS``: the tools as a tuple, made when first asked for."""
    if name == "TOOLS":
        return tuple(all_tools().values())
    raise AttributeError(name)
