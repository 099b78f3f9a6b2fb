"""paths: structural path analysis of a place's final use, one of its final products, or a sector's emissions."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from data.classification import NATION, mrio_sector
from data.errors import BadRequest
from data.text import Text
from tools.declare import Arguments, Carried, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.partners import indices, need_output, numbers_of, part_caveat
from tools.mrio.system import need_inventory, scope_of
from tools.paths.paths_telling import tell_paths
from tools.paths.targets import Direction, Found, Target
from tools.result import Result

LEAST, MOST = 0.01, 20.0


def _cut(value: float) -> float:
    if not LEAST <= value <= MOST:
        raise Carried(
            BadRequest(
                "cut_off",
                Text(f"截止值须在总量的{LEAST:g}%到{MOST:g}%之间，收到的是{value:g}%。",
                     f"The cut-off must lie between {LEAST:g} % and {MOST:g} % of the total, not {value:g} %."),
            )
        )  # fmt: skip
    return value


class PathsArguments(Arguments):
    """Whose footprint is taken apart, and how finely."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    sector: SectorArg | None = Field(
        None, description="A sector of the place: its final products (upstream) or its own emissions (downstream); leave out for the "
        "place's whole final use or all its emissions.",
    )  # fmt: skip
    direction: Direction = Field(
        "upstream",
        description="upstream: who emits for the final product, chain by chain; downstream: where the sector's emissions end.",
    )
    cut: Annotated[float, AfterValidator(_cut)] = Field(
        0.1, description="Branches below this share of the total, in percent, are not followed (0.01 to 20)."
    )
    order: int = Field(8, ge=0, le=20, description="Longest path: stages between emitter and final product.")
    year: Year = latest_table()
    top: int = Field(10, ge=1, le=25, description="How many paths to list.")


@tool(
    title=Text("产业链路径（结构路径分析）", "Supply-chain paths (structural path analysis)"),
    summary=Text(
        "把某地最终使用、某地某行业最终产品的隐含碳（或某行业自身排放的去向）拆成一条条产业链路径，如电力→钢铁→建筑；给出各层级占比，"
        "并说明截止值以下未列入的余量。",
        "Takes the carbon embodied in a place's final use or in one of its final products (or the way down the chain of a sector's own "
        "emissions) apart into single supply chains such as power → steel → construction, with the share of each tier and the "
        "remainder below the cut-off.",
    ),
    examples=(
        Text("江苏建筑业的隐含碳主要沿哪些产业链路径产生？", "Structural path analysis of Jiangsu's construction"),
        Text("广东最终消费的碳排放结构路径分析", "Main supply-chain paths of Guangdong's final use"),
        Text("内蒙古电力的排放沿哪些路径流向最终产品？", "Along which paths do the emissions of Inner Mongolia's power reach final products?"),
        Text("河北钢铁的下游产业链路径", "Downstream carbon paths of Hebei's steel"),
        Text("全国建筑业的上游碳路径前五条", "Top five upstream carbon paths of construction in China"),
    ),
)  # fmt: skip
def paths(arguments: PathsArguments, context: Context) -> Result:
    """The largest paths, the share of each tier, what the paths leave uncovered, and an icicle of the tree."""
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    need_inventory(scope)
    sector = None if arguments.sector is not None and arguments.sector.key == "total" else arguments.sector
    numbers = None if sector is None else numbers_of(sector)
    if numbers is not None:
        need_output(scope, indices(scope, numbers), Text("因此没有产业链路径", "so it has no paths"))
    target = Target(arguments.direction, scope.inside, numbers)
    found = Found(scope, target, target.search(scope.system, arguments.cut / 100, arguments.order))
    listed = None if sector is None or numbers is None else sector if sector.mrio else mrio_sector(numbers[0])
    draft = tell_paths(found, listed, arguments, context.warehouse)
    part = None if sector is None or listed is None else part_caveat(sector, words.in_sentence(listed.name))
    if part is not None:
        draft.caveats.insert(0, part)
    words.caveats(draft, scope, ranges=False)
    return draft.result()
