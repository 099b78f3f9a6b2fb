"""joint_reduction: which chains the ends named should decarbonise together, and what measures save alone and together."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from data.classification import mrio_sector, sector_aliases
from data.errors import BadRequest, NotAvailable, UnknownName
from data.text import Text
from tools.declare import Arguments, Carried, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.partners import numbers_of, part_caveat
from tools.mrio.system import Scope, need_inventory, scope_of
from tools.paths.joint_ends import Told, ToldEnd
from tools.paths.joint_numbers import End, Measures, buyers
from tools.paths.joint_telling import tell_joint
from tools.result import Result

MOST_ENDS = 4
_SPLIT = re.compile(r"\s*(?:;|；|\||\n)\s*")
_INSIDE = re.compile(r"\s*(?:[:：,，、/]|的|'s\b)\s*")


class EndArg(BaseModel):
    """One end of a chain: a place's sector."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    place: PlaceArg = Field(description="Province or group of provinces.")
    sector: SectorArg = Field(description="The sector there.")


def _ends(value: object) -> object:
    """A list of ends from "河北:钢铁; 江苏:建筑" or from a list with such parts."""
    given: list[Any] = list(value) if isinstance(value, (list, tuple)) else [value]
    parts = [part for g in given for part in (_SPLIT.split(g.strip(" ;；")) if isinstance(g, str) else [g])]
    return [_end(p) if isinstance(p, str) else p for p in parts]


def _end(text: str) -> dict[str, str]:
    cut = _INSIDE.split(text.strip(), maxsplit=1)
    if len(cut) == 2 and all(cut):
        return {"place": cut[0], "sector": cut[1]}
    known = sorted(
        (name for name in sector_aliases() if len(name) > 1 and text.lower().endswith(name.lower())), key=len
    )
    if known:
        return {"place": text[: -len(known[-1])].strip(), "sector": text[-len(known[-1]) :]}
    raise Carried(
        UnknownName(
            "unreadable_end",
            Text(f"无法从“{text}”中读出地区和行业；请写成“河北:钢铁; 江苏:建筑”。",
                 f"Cannot read a place and a sector from '{text}'; write 'Hebei:steel; Jiangsu:construction'."),
        )
    )  # fmt: skip


def _percent(value: float) -> float:
    if not 0 <= value <= 100:
        raise Carried(
            BadRequest(
                "impossible_cut",
                Text(
                    f"降幅须在0到100%之间，收到的是{value:g}%。",
                    f"A cut must lie between 0 and 100 %, not {value:g} %.",
                ),
            )
        )
    return value


Percent = Annotated[float, AfterValidator(_percent)]


class JointReductionArguments(Arguments):
    """The ends of the chain, and by how much each side acts."""

    ends: Annotated[tuple[EndArg, ...], BeforeValidator(_ends)] = Field(
        description="Two to four place-sector pairs, as objects or as text 'Hebei:steel; Jiangsu:construction'."
    )
    emitter_cut: Percent = Field(
        10.0, description="Illustration: percent by which the emitting ends lower direct CO2 per output."
    )
    use_cut: Percent = Field(
        10.0,
        description="Illustration: percent by which the buying ends use less of the emitters' products per output.",
    )
    year: Year = latest_table()
    top: int = Field(6, ge=1, le=10, description="How many chains, shared suppliers and users to list.")


@tool(
    title=Text("产业链联合减排", "Joint reduction along chains"),
    summary=Text(
        "给定两个或更多“地区+行业”，它们之间有哪些产业链、共同的上游和下游，排放端降强度与采购端节材单独做、一起做各减多少（含重叠与分摊）。",
        "For two or more place-sector pairs: the chains between them, the upstream and downstream they share, and what lower intensity at "
        "the emitter and less use at the buyer save alone and together (with overlap and shares).",
    ),
    examples=(
        Text("江苏的建筑业与河北的钢铁应沿哪些产业链联合减排？",
             "Which supply chains should Jiangsu's construction and Hebei's steel decarbonise together?"),
        Text("内蒙古电力和河北钢铁怎样协同减排", "How can Inner Mongolia's power and Hebei's steel cut emissions jointly?"),
        Text("山西煤炭开采与山东化工的联合减排", "Joint reduction of Shanxi's coal mining and Shandong's chemicals"),
        Text("广东电子设备与广东电力联合降碳的重叠有多大", "Guangdong electronics and Guangdong power cutting together: how large is the overlap?"),
    ),
)  # fmt: skip
def joint_reduction(arguments: JointReductionArguments, context: Context) -> Result:
    """Links between the ends, chains through both, shared upstream and downstream, savings alone and together."""
    ends = arguments.ends
    if not 2 <= len(ends) <= MOST_ENDS:
        raise BadRequest(
            "number_of_ends",
            Text(f"请给出两到四个“地区+行业”，例如“河北:钢铁; 江苏:建筑”；收到{len(ends)}个。",
                 f"Name two to four place-sector pairs, e.g. 'Hebei:steel; Jiangsu:construction'; there were {len(ends)}."),
        )  # fmt: skip
    scopes = [scope_of(context.warehouse, e.place, arguments.year) for e in ends]
    if len({s.place.kind == "nation" for s in scopes}) > 1:
        raise BadRequest(
            "nation_and_province",
            Text("全国与省份不能放在一起比较（口径不同）；请都用省份，或都用全国的行业。",
                 "China and provinces cannot be ends of one chain (different accounts); use provinces only, or sectors of China only."),
        )  # fmt: skip
    told = [_told(e, s) for e, s in zip(ends, scopes, strict=True)]
    _apart(told, scopes[0])
    system = scopes[0].system
    pure = tuple(t.end for t in told)
    measures = Measures(pure, buyers(system, pure), arguments.emitter_cut / 100, arguments.use_cut / 100)
    given = frozenset(arguments.model_fields_set & {"emitter_cut", "use_cut"})
    draft = tell_joint(Told(scopes[0], tuple(told), measures, given), context.warehouse, arguments.top)
    for e, t in zip(ends, told, strict=True):
        part = part_caveat(e.sector, words.in_sentence(t.full))
        if part is not None and part not in draft.caveats:
            draft.caveats.insert(0, part)
    words.caveats(draft, scopes[0], ranges=False)
    return draft.result()


def _told(end: EndArg, scope: Scope) -> ToldEnd:
    """The end with its names. Raises where the place has no inventory or the sector no output."""
    need_inventory(scope)
    numbers = numbers_of(end.sector)
    listed = end.sector if end.sector.mrio else mrio_sector(numbers[0])
    pure = End(scope.inside, numbers)
    name = Text(listed.short.zh, words.in_sentence(listed.short).en)
    if not len(pure.active(scope.system)):
        raise NotAvailable(
            "no_output",
            Text(f"{end.place.name.zh}在投入产出表中没有{name.zh}的产出，无法分析；请换一个部门或省份。",
                 f"The table has no output of {name.en} in {end.place.name.en}; try another sector or province."),
        )  # fmt: skip
    nation = scope.place.kind == "nation"
    return ToldEnd(pure, end.place, name if nation else words.of_place(end.place.name, name), listed.name)


def _apart(told: list[ToldEnd], scope: Scope) -> None:
    """Raises BadRequest where two ends share a sector of a place."""
    seen: dict[int, ToldEnd] = {}
    for t in told:
        for i in t.end.own(scope.system):
            if int(i) in seen:
                other = seen[int(i)]
                raise BadRequest(
                    "overlapping_ends",
                    Text(f"“{other.name.zh}”与“{t.name.zh}”在投入产出表中是同一部门或互相包含，无法相互联合；请换一端。",
                         f"'{other.name.en}' and '{t.name.en}' are or contain the same sector of the table; name another end."),
                )  # fmt: skip
            seen[int(i)] = t
