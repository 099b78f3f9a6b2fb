"""Where a footprint of the estimated table is doubtful beyond its range: said beside the figure, as in the notes on the method."""

from __future__ import annotations

from collections.abc import Iterable

from data.text import Text
from tools.mrio.system import System

_DOUBTS: dict[str, Text] = {
    "BJ": Text(
        "北京的水平可能偏高四分之一或更多，建筑业产品尤其如此（施工企业的产值多记在总部所在地）；区间没有反映这一点，不宜与外省直接比较。",
        "Beijing's level may be a quarter or more too high, above all for construction (contractors book their output at their seat); the "
        "range does not show this, so compare it with other provinces with care.",
    ),
    "SH": Text(
        "上海的水平可能偏低，建筑业产品尤其如此（估算表的建筑投资随施工企业的总部走）；区间没有反映这一点，不宜与外省直接比较。",
        "Shanghai's level may be too low, above all for construction (in the estimated table building investment follows the seat of the "
        "contractors); the range does not show this, so compare it with other provinces with care.",
    ),
}  # fmt: skip
_NAMES = {"BJ": Text("北京可能偏高", "Beijing may be too high"), "SH": Text("上海可能偏低", "Shanghai may be too low")}


def doubt_of(system: System, code: str) -> Text | None:
    """The sentence on the level of one place; None where there is no such doubt, and for published tables."""
    return _DOUBTS.get(code) if system.mrio.kind == "estimated" else None


def doubts_of(system: System, codes: Iterable[str]) -> Text | None:
    """The sentence on those among places ranked whose level is doubtful; None where there is none."""
    shown = set(codes) if system.mrio.kind == "estimated" else set()
    named = [name for code, name in _NAMES.items() if code in shown]
    if not named:
        return None
    zh, en = "，".join(n.zh for n in named), " and ".join(n.en for n in named)
    return Text(
        f"排名中{zh}，区间没有反映这一点，位次仅供参考。",
        f"In this ranking {en}, which the ranges do not show: take their ranks with care.",
    )
