"""benchmark_lists: model provinces of a sector by level and by improvement, the best pace, the frontier, an own company beside it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from data.classification import NATION
from data.errors import BadRequest
from data.text import Text
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.profile.company import read_rows
from tools.profile.levels import all_levels, histories, level, total_sector
from tools.profile.lists_company import tell_company
from tools.profile.lists_frontier import tell_frontier
from tools.profile.lists_level import tell_level
from tools.profile.lists_pace import Asked, tell_pace
from tools.result import Result, sentence


class BenchmarkListsArguments(Arguments):
    """Which list: of which sector or place, by what."""

    by: Literal["level", "improvement", "pace", "frontier"] = Field(
        "level",
        description="level: lowest CO2 intensity; improvement: fastest fall over the last years; pace: fastest sustained fall of any "
        "province on record; frontier: the best province of every sector.",
    )
    sector: SectorArg | None = Field(
        None, description="A sector; empty: places as a whole (per GDP), or every sector (frontier)."
    )
    place: PlaceArg | None = Field(None, description="A province whose own standing and gap are to be said.")
    measure: Literal["intensity", "emissions"] | None = Field(
        None,
        description="For improvement and pace: CO2 per GDP at current prices, or emissions; default emissions for a sector.",
    )
    span: int | None = Field(
        None, ge=2, le=20, description="Years of a window for improvement and pace; default 5 (pace: 5 and 10)."
    )
    year: Year | None = Field(
        None, description="For level and frontier: the year; default the latest with both figures."
    )
    top: int = Field(10, ge=3, le=31, description="How many rows to list.")
    firms: bool = Field(
        False, description="Whether leading enterprises were asked for: there are no such data, which is said first."
    )
    company_csv: str | None = Field(
        None, max_length=100_000,
        description="The text of a CSV with own companies: name, sector, province, year, scope1_t, scope2_t, output_10k_yuan. Compared "
        "with the sector, never kept as data.",
    )  # fmt: skip


@tool(
    title=Text("标兵名单", "Benchmark lists"),
    summary=Text(
        "行业标兵与地方标兵：按水平（碳强度最低）、按改善（下降最快）、历史最快减排速度、各行业前沿及一省与前沿的差距；可与自有企业CSV对照。",
        "Model provinces of a sector and places as a whole: by level (lowest intensity), by improvement (fastest fall), the historical best pace, "
        "the frontier of every sector and a province's gap to it; an own-company CSV can be set beside its sector.",
    ),
    examples=(
        Text("水泥建材行业的标兵省份名单", "List of model provinces in non-metallic minerals"),
        Text("地方标兵：单位GDP碳排放最低的省份名单", "Model places by CO2 per GDP"),
        Text("钢铁行业减排最快的标兵省份", "Which model provinces improved fastest in steel?"),
        Text("电力行业历史最快的减排速度", "Historical best pace of emissions in power"),
        Text("山东各行业与前沿的差距", "Shandong's gap to the frontier in every sector"),
        Text("各行业的标兵省份", "Frontier of each sector"),
    ),
)  # fmt: skip
def benchmark_lists(arguments: BenchmarkListsArguments, context: Context) -> Result:
    """The list asked for.

    Raises BadRequest for a group or the nation as the place and for a CSV that cannot be read, NotAvailable where a sector has no
    output, or nothing fell steadily.
    """
    found = _listed(arguments, context)
    if not arguments.firms:
        return found
    said = sentence(
        "没有企业数据，列不出领先企业；以下为省份名单，自有企业可用CSV（company_csv）对照。",
        "There are no data on enterprises, so leading firms cannot be listed; this is the list of provinces, and own companies can be compared by "
        "a CSV (company_csv).",
    )
    return found.model_copy(update={"lead": (said, *found.lead)})


def _listed(arguments: BenchmarkListsArguments, context: Context) -> Result:
    warehouse, where = context.warehouse, arguments.place
    if arguments.company_csv is not None:
        return tell_company(read_rows(arguments.company_csv), warehouse)
    if where == NATION:
        where = None
    if where is not None and where.kind == "group":
        raise BadRequest(
            "one_province",
            Text("标兵名单按省比较，请给出一个省份。", "The lists compare provinces: name one province."),
        )
    chosen = arguments.sector if arguments.sector is not None and arguments.sector.kind != "total" else None
    if arguments.by == "frontier" and chosen is None:
        return tell_frontier(all_levels(warehouse, arguments.year), where, arguments.top)
    if arguments.by in ("level", "frontier"):
        asked = chosen or total_sector()
        return tell_level(level(warehouse, asked, arguments.year), where, arguments.top, asked)
    measure = arguments.measure or ("emissions" if chosen is not None else "intensity")
    part = chosen or total_sector()
    spans = (arguments.span,) if arguments.span else (5,) if arguments.by == "improvement" else (5, 10)
    asked_pace = Asked(part, measure, spans, arguments.by == "improvement", where, arguments.top)
    mt = histories(warehouse, part, per_gdp=False)
    return tell_pace(asked_pace, histories(warehouse, part, per_gdp=True) if measure == "intensity" else mt, mt)
