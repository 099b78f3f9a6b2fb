"""shock: what output, value added and CO2 do if final demand, purchases by the buyers or output of a sector change."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from data.classification import NATION, mrio_sector
from data.errors import BadRequest
from data.text import Text
from tools.declare import Arguments, Carried, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.partners import numbers_of, part_caveat
from tools.mrio.system import scope_of
from tools.paths.scenarios import Category, Of, Shock, check
from tools.paths.shock_telling import MODEL, Told, subject_of, tell_shock
from tools.result import Result

MOST = 100.0
_DEFAULT = -10.0


_PERCENT = re.compile(r"\s*([-+−]?\d+(?:\.\d+)?)\s*[%％]?\s*")


def _percent(value: object) -> object:
    """A change written as text: 10, -10 %; Carried (of BadRequest) for a size in another unit, which is no percentage."""
    if not isinstance(value, str):
        return value
    found = _PERCENT.fullmatch(value)
    if found is None and not re.search(r"\d", value):
        return value  # no size at all: told as a wrong argument
    if found is None:
        said = value.strip()[:40]
        raise Carried(
            BadRequest(
                "change_not_percent",
                Text(f"冲击按百分比给出，“{said}”不是百分比，不能代之以默认幅度；请改为例如“减少10%”。GDP增速高低几个百分点请问碳中和路线图的情景。",
                     f"A shock is given in per cent; '{said}' is none and no default takes its place: say e.g. 'falls by 10 %'. For GDP growth "
                     "by points ask the roadmap's scenarios."),
            )
        )  # fmt: skip
    return float(found[1].replace("−", "-"))


def _possible(value: float) -> float:
    if not -100 <= value <= MOST:
        raise Carried(
            BadRequest(
                "impossible_change",
                Text(f"变动幅度须在-100%到100%之间，收到的是{value:g}%；减少最多为全部，即-100%。",
                     f"The change must lie between -100 % and 100 %, not {value:g} %; nothing can fall by more than all of it."),
            )
        )  # fmt: skip
    return value


Change = Annotated[float, BeforeValidator(_percent), AfterValidator(_possible)]


class ShockArguments(Arguments):
    """What changes, where and by how much."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    sector: SectorArg | None = Field(
        None,
        description="The sector; needed for downstream and output, for final_demand the product (default: all products).",
    )
    change: Change = Field(_DEFAULT, description="Percent, negative for a fall: -10 is ten percent less.")
    of: Of | None = Field(
        None,
        description="final_demand: the place's final use of the product (see category); downstream: what the other producing "
        "sectors of the country use of the sector's product per unit of their output; output: the sector's own output. "
        "Default: output where a sector and no category is given, else final_demand.",
    )
    category: Category | None = Field(
        None, description="For final_demand: all (consumption and fixed investment, the default), consumption, households, rural, "
        "urban, government, investment, or exports (abroad, of the place's own products).",
    )  # fmt: skip
    year: Year = latest_table()
    top: int = Field(8, ge=1, le=12, description="How many provinces and sectors to list.")


@tool(
    title=Text("需求与产出冲击", "Demand and output shocks"),
    summary=Text(
        "若某地某行业的最终需求（消费、投资、出口）、下游使用量或产出变动百分之几，全国与各省各行业的产出、增加值和二氧化碳随之变动多少；"
        "静态投入产出模型：固定价格、无替代、无产能限制。",
        "How output, value added and CO2 change by province and sector if final demand (consumption, investment, exports) for a "
        "product, what its buyers use of it, or a sector's output changes by some percent; static input-output model: fixed "
        "prices, no substitution, no capacity limits.",
    ),
    examples=(
        Text("若内蒙古电力的下游需求减10%会怎样？", "What if the downstream demand for Inner Mongolia's power falls by 10 %?"),
        Text("广东建筑投资下降5%的影响", "If Guangdong's construction investment falls 5 %, what happens to emissions?"),
        Text("假如河北钢铁产量减少20%，对各省产出和排放有何影响？", "Suppose Hebei's steel output is cut by 20 %: effect on provinces?"),
        Text("浙江出口增加10%会带动多少排放", "How much CO2 would 10 % more exports from Zhejiang cause?"),
        Text("全国居民消费减少3%会怎样", "What if household consumption in China fell 3 %?"),
    ),
)  # fmt: skip
def shock(arguments: ShockArguments, context: Context) -> Result:
    """Changes of output, value added and CO2 in the country, inside the place and outside, by province and sector."""
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    sector = None if arguments.sector is not None and arguments.sector.key == "total" else arguments.sector
    of: Of = arguments.of or ("output" if sector is not None and arguments.category is None else "final_demand")
    _fits(of, sector is not None, arguments.category)
    numbers = None if sector is None else numbers_of(sector)
    listed = None if sector is None or numbers is None else sector if sector.mrio else mrio_sector(numbers[0])
    name = None if listed is None else words.in_sentence(listed.short)
    full = None if listed is None else listed.name
    asked = Shock(of, scope.inside, numbers, arguments.category or "all", arguments.change / 100)
    what = subject_of(asked, scope.place.name, name)
    check(asked, scope.system, what)
    told = Told(scope, asked, what, name, full, "change" in arguments.model_fields_set)
    draft = tell_shock(told, context.warehouse, arguments.top)
    draft.caveats.insert(0, MODEL)
    part = None if sector is None or full is None else part_caveat(sector, words.in_sentence(full))
    if part is not None:
        draft.caveats.insert(1, part)
    words.caveats(draft, scope, ranges=False)
    return draft.result()


def _fits(of: Of, sector: bool, category: Category | None) -> None:
    """Raises BadRequest where the kind of shock lacks its sector or has a category it cannot use."""
    if of != "final_demand" and not sector:
        raise BadRequest(
            "no_industry",
            Text("请给出行业，例如电力、钢铁、建筑；下游需求或产出的变动是某个行业的变动。",
                 "Name a sector such as power, steel or construction: downstream use and output are those of a sector."),
        )  # fmt: skip
    if of != "final_demand" and category is not None:
        raise BadRequest(
            "category_of_output",
            Text("需求类别（消费、投资、出口）只用于最终需求；请把 `of` 设为 `final_demand`，或去掉 `category`。",
                 "A category (consumption, investment, exports) is one of final demand; set `of` to `final_demand` or leave `category` out."),
        )  # fmt: skip
