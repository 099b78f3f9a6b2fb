"""What is said where a condition cannot be applied: no lever of the model, no amount, or not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import BadRequest, TanluError
from data.text import Text, joined
from tools.roadmap.names import LEVERS

if TYPE_CHECKING:
    from tools.roadmap.condition_words import Unmodelled

_KEYS = {
    "growth": Text("经济增速", "GDP growth"), "share": Text("非化石电力", "non-fossil power"),
    "measures": Text("各项措施", "all measures"), "removals": Text("工程移除", "engineered removals"), **LEVERS,
}  # fmt: skip
_CAN = Text(
    "能改的有：GDP增速（高低几个百分点，或某一水平）、不用或少用碳捕集与工程移除、非化石能源或电力的占比、各项措施或单项措施推迟、提前、打折扣",
    "what can be changed: GDP growth (by points, or to a level), no or less carbon capture and engineered removals, the non-fossil share "
    "of energy or power, all measures or a single one later, earlier or in part",
)


def levers_there_are() -> Text:
    """The measures of the model, in words."""
    return joined([LEVERS[k] for k in LEVERS])


def not_modelled(thing: Unmodelled) -> TanluError:
    """The model has no such lever; what comes nearest."""
    return BadRequest(
        "not_modelled",
        Text(f"路线图模型没有“{thing.name.zh}”这一项，不能据此改变情景，也不以未改变的情景代答；{thing.nearest.zh}。",
             f"The roadmap model has no lever for {thing.name.en}; the scenario cannot be changed by it, and the unchanged one is no "
             f"answer. Nearest: {thing.nearest.en}."),
    )  # fmt: skip


def no_amount(key: str) -> TanluError:
    """A change without its size."""
    name = _KEYS[key]
    how = Text("几个百分点（例如“增速低1个百分点”）", "how many points (e.g. 'growth 1 point lower')")
    if key != "growth":
        how = Text(f"几年或打几折（例如“{name.zh}推迟5年”“{name.zh}减半”）",
                   f"how many years or how much of it (e.g. '{name.en} 5 years later', '{name.en} halved')")  # fmt: skip
    return BadRequest(
        "no_amount",
        Text(f"“{name.zh}”改变多少没有说明，不以未改变的情景代答；请说明{how.zh}。",
             f"By how much '{name.en}' changes was not said, and the unchanged scenario is no answer; say {how.en}."),
    )  # fmt: skip


def share_of_lever(key: str) -> TanluError:
    """A measure set to a share, which it is not measured by."""
    name = _KEYS[key]
    return BadRequest(
        "not_modelled",
        Text(f"路线图模型里“{name.zh}”不按占比或普及率计量，不能设到某一百分比，也不以未改变的情景代答；可说它减半、打几折、推迟或提前几年，"
             f"或问它在情景中的部署进度（减排里程碑）。",
             f"In the roadmap model '{name.en}' is not measured by a share or a rate and cannot be set to a percentage; the unchanged "
             "scenario is no answer. It can be halved, taken in part, later or earlier; or ask how far it is deployed in the "
             "scenario (milestones)."),
    )  # fmt: skip


def unread(said: str) -> TanluError:
    """A condition that was not read."""
    return BadRequest(
        "unread_condition",
        Text(f"条件“{said[:40]}”没有读懂，或不是本模型能改的量，不以未改变的情景代答；{_CAN.zh}。",
             f"The condition '{said[:60]}' was not read or is nothing the model can change, and the unchanged scenario is no answer; "
             f"{_CAN.en}."),
    )  # fmt: skip


def unknown(text: str) -> TanluError:
    """A text given as a what-if in which none was found."""
    return BadRequest(
        "unknown_override",
        Text(f"无法读懂假设“{text[:40]}”；{_CAN.zh}。", f"Cannot read the change '{text[:60]}'; {_CAN.en}."),
    )


def out_of_reach(name: Text, most: float) -> TanluError:
    """More of a measure than its technical potential."""
    return BadRequest(
        "scale_out_of_reach",
        Text(f"“{name.zh}”最多只能到情景部署量的{most:.0f}%（技术潜力的上限）。",
             f"'{name.en}' can be taken to {most:.0f} % of the scenario's deployment at most (its technical potential)."),
    )  # fmt: skip
