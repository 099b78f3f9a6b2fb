"""Which lane and regions a place stands for, and what is said of the choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.classification import PROVINCES, Place
from data.errors import NotAvailable
from data.text import Text, joined
from tools.roadmap.engine import Engine, engine
from tools.roadmap.names import COMMON, at

if TYPE_CHECKING:
    from data.own.store import OwnFigures
    from data.warehouse import Warehouse
    from tools.roadmap.own import Own

_WIDTH = 0.02  # of a range: a figure nearer to an end than that is the end


@dataclass(frozen=True)
class Scope:
    """A place on its lane: ``indices`` are its regions there (one, or a group's members with an inventory)."""

    place: Place
    engine: Engine
    indices: tuple[int, ...]
    left_out: tuple[Text, ...] = ()

    @property
    def single(self) -> bool:
        """Whether it is one region, so that a backcast and chains can be computed."""
        return len(self.indices) == 1

    @property
    def index(self) -> int:
        """The region's index; only for a single region."""
        return self.indices[0]

    @property
    def own(self) -> Own | None:
        """What the asker's own figures changed; None on the standard engine."""
        return self.engine.own

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its regions on the lane."""
        return tuple(self.engine.model.economy.regions[i] for i in self.indices)

    @property
    def nation(self) -> bool:
        """Whether it is China on its own lane."""
        return self.place.kind == "nation"

    @property
    def name(self) -> Text:
        """The place's name."""
        return self.place.name


def scope_of(warehouse: Warehouse, place: Place, own: OwnFigures | None = None) -> Scope:
    """The scope of a place; a province that ``own`` holds figures of stands on them.

    Raises NotAvailable for a province without inventory (Tibet).
    """
    if place.kind == "nation":
        return Scope(place, engine(warehouse, "china"), (0,))
    found = engine(warehouse, "provinces")
    codes, present = found.model.economy.regions, found.model.inventory.present
    members = place.members if place.kind == "group" else (place.code,)
    kept = tuple(codes.index(code) for code in members if present[codes.index(code)])
    if not kept:
        raise no_inventory(place)
    holding = own.holding(place.code) if own is not None and place.kind == "province" else None
    if holding is not None:
        from tools.roadmap.own import own_engine

        found = own_engine(found, holding)
    missing = tuple(p.name for p in PROVINCES if p.code in members and not present[codes.index(p.code)])
    return Scope(place, found, kept, missing)


def counted(scope: Scope, *, own: bool) -> tuple[str, str]:
    """Whose measures an avoided amount counts, to be added to a label within its brackets: the place's ``own`` alone, or those
    of all provinces as they act on the place. Blank for China, which has no others."""
    if scope.nation:
        return "", ""
    if not own:
        return "，含外省措施", ", measures elsewhere included"
    return ("，本地措施", ", own measures") if scope.single else ("，各成员省份措施", ", members' own measures")


def no_inventory(place: Place) -> NotAvailable:
    """The error for a province without a CO2 inventory."""
    return NotAvailable(
        "no_inventory",
        Text(
            f"{place.name.zh}没有二氧化碳排放清单，无法计算路线图（不是排放为零）；可改问全国或其余三十个省份。",
            f"{place.name.en} has no CO2 inventory, so no roadmap can be computed (which does not mean zero emissions); "
            "ask for China or one of the other thirty provinces.",
        ),
        nearest=("China", "Qinghai", "Sichuan", "Yunnan"),
    )


def _one_sided(scope: Scope) -> list[Text]:
    """What must be said of a nowcast whose figure is an end of its own range; nothing where it lies within."""
    t, here, found = at(COMMON), list(scope.indices), scope.engine.model.nowcast
    low, high = (float(v[t, here].sum()) for v in (found.low, found.high))
    now = float(scope.engine.path("current_policies").gross[t, here].sum())  # all scenarios agree to this year
    if high - low < _WIDTH * now or _WIDTH * (high - low) < now - low < (1 - _WIDTH) * (high - low):
        return []
    others_zh = "其余估法（全部随全国单一指数、每度火电少排、电力随发电用原煤）"
    others_en = (
        "the other ways to estimate it (all in step with the national index, less CO2 per kWh of thermal power, power in step with "
        "raw coal burnt)"
    )
    if now - low > high - now:
        return [Text(
            f"{COMMON}年的区间是单侧的：所用值即区间上端，{others_zh}得数都不高于它；火电发电量中的气电、生物质发电按煤电计，该值可能偏高。",
            f"The range of {COMMON} is one-sided: the figure used is its upper end, and {others_en} give no more; thermal generation counts gas "
            "and biomass as coal, so it may be too high.",
        )]  # fmt: skip
    return [Text(
        f"{COMMON}年的区间是单侧的：所用值即区间下端，{others_zh}得数都不低于它，该值可能偏低。",
        f"The range of {COMMON} is one-sided: the figure used is its lower end, and {others_en} give no less, so it may be too low.",
    )]  # fmt: skip


def scope_caveats(scope: Scope) -> list[Text]:
    """What must be said of the accounts a place stands on."""
    if scope.nation:
        return [
            Text("全国采用CEADs全国清单，低于全球碳预算等口径；各省之和高于全国数，不能相加得出全国。",
                 "China stands on the CEADs national inventory, below the Global Carbon Budget; provinces add up to more "
                 "and are never added to give China."),
        ]  # fmt: skip
    nowcast = [] if scope.own is not None and scope.own.states else [
        Text("各省2019年后为现时估算：电力随本省火电发电量（至2024年），其余随全国总量的余数，本省其他行业的实际发展未知。",
             "After 2019 a province's emissions are a nowcast: power follows its own thermal generation (to 2024), the rest what is "
             "left of the national total; how its other sectors developed is not known."),
        *_one_sided(scope),
    ]  # fmt: skip
    out = [
        *nowcast,
        Text("省际流量为估算表，跨省链对仅供参考。", "Trade between provinces is estimated; chains across provinces are indicative."),
    ]  # fmt: skip
    if scope.place.kind == "group":
        out.insert(0, Text("按成员省份之和计算；反演（净零年份、上限、达峰、碳预算）、改变假设与能源平衡按单个省份计算，请分省询问。",
                           "The sum of the member provinces; backcasts (net zero, caps, peaks, budgets), what-ifs and the energy "
                           "balance are computed province by province: ask for one of them."))  # fmt: skip
    if scope.left_out:
        names = joined(scope.left_out)
        out.append(Text("未计入{names}：没有排放清单。", "{names} is left out: it has no inventory.").fill(names=names))
    return out
