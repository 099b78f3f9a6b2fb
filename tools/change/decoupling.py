"""decoupling: Tapio's state of a place's CO2 against its GDP, or of all provinces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pydantic import Field

from data.classification import PROVINCES, Place
from data.errors import NotAvailable
from data.text import Text
from tools.change import decoupling_tell
from tools.change.panel import load_panel, parts_of
from tools.change.span import span_of
from tools.change.tapio import Coupling, coupling
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, Year
from tools.figures.series import Reader, Slice
from tools.measures import MEASURES
from tools.result import Result


class DecouplingArguments(Arguments):
    """Whose emissions against whose GDP, and when."""

    place: PlaceArg | None = Field(None, description="Province, group or China; leave out for all provinces.")
    from_year: Year | None = Field(None, description="First year; default 2005.")
    to_year: Year | None = Field(None, description="Last year; default 2019.")
    period: int | None = Field(
        None, ge=10, le=15, description="A five-year plan by number (12: 2010 to 2015), for years."
    )
    deflator: float | None = Field(
        None,
        gt=0,
        description="GDP price index of the last year, first year = 100; the state is then at constant prices.",
    )


@dataclass(frozen=True)
class Pair:
    """A place's CO2 (Mt) and GDP (100M yuan) by year, over the members that have both."""

    place: Place
    co2: dict[int, float]
    gdp: dict[int, float]
    left_out: tuple[Place, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Years with both."""
        return tuple(sorted(set(self.co2) & set(self.gdp)))

    def over(self, first: int, last: int, prices: float = 1.0) -> Coupling | None:
        """The coupling over two years; None where it is not defined because GDP hardly changed."""
        try:
            return coupling(self.co2[first], self.co2[last], self.gdp[first], self.gdp[last] / prices)
        except ValueError:
            return None


@tool(
    title=Text("脱钩状态（Tapio）", "Decoupling (Tapio)"),
    summary=Text(
        "一地一时段碳排放与GDP的脱钩弹性与八种状态（强脱钩、弱脱钩等），分时期给出；不指定地区则给出各省状态与地图。GDP为现价。",
        "Elasticity of CO2 to GDP over a span and its state of eight (strong, weak decoupling and so on), also by period; without a place, "
        "all provinces with a map. GDP is at current prices.",
    ),
    examples=(
        Text("广东2005到2019年碳排放与经济增长是否脱钩", "Has Guangdong decoupled emissions from growth, 2005-2019?"),
        Text("十三五期间各省的脱钩状态", "Tapio decoupling state of all provinces 2015-2019"),
        Text("哪些省实现了强脱钩", "Which provinces reached strong decoupling?"),
        Text("江苏的Tapio脱钩弹性", "Decoupling elasticity of Jiangsu"),
        Text("北京经济增长和碳排放脱钩了吗", "Did Beijing's CO2 decouple from GDP?"),
    ),
)  # fmt: skip
def decoupling(arguments: DecouplingArguments, context: Context) -> Result:
    """Tapio's elasticity and state of one place or of all provinces.

    Raises NotAvailable for a place or years without data or where GDP hardly changed, BadRequest for years in the wrong
    order.
    """
    if arguments.place is None:
        pairs = _provinces(context)
    else:
        panel = load_panel(context.warehouse, arguments.place)
        total = panel.emissions(parts_of("none", None), panel.inventory_years)[:, 0]
        co2 = dict(zip(panel.inventory_years, map(float, total), strict=True))
        pairs = [Pair(panel.place, co2, panel.gdp, panel.left_out)]
    remarks: list[Text] = []
    years = tuple(sorted(set.intersection(*(set(p.years) for p in pairs))))
    first, last = span_of(arguments.from_year, arguments.to_year, arguments.period, years, remarks, _missing)
    prices = (arguments.deflator or 100.0) / 100
    constant = arguments.deflator is not None
    if arguments.place is None:
        found = {p.place: p.over(first, last, prices) for p in pairs}
        missing = [p for p in PROVINCES if p not in found]
        return decoupling_tell.tell_all(found, missing, (first, last), constant, remarks)
    whole = pairs[0].over(first, last, prices)
    if whole is None:
        raise NotAvailable(
            "undefined_elasticity",
            Text(f"{arguments.place.name.zh}{first}—{last}年GDP几乎没有变化，脱钩弹性无定义；请换一个时段。",
                 f"The GDP of {arguments.place.name.en} hardly changed over {first}-{last}, so the elasticity is not defined; take "
                 "another span."),
        )  # fmt: skip
    spans_in = [] if constant else periods(years, first, last)
    parts = {(a, b): pairs[0].over(a, b) for a, b in spans_in} if len(spans_in) > 1 else {}
    return decoupling_tell.tell_one(pairs[0], whole, (first, last), parts, constant, remarks)


def periods(years: Sequence[int], first: int, last: int) -> list[tuple[int, int]]:
    """Five-year plans within the span (cut where a plan ends: 2010, 2015); a span within one plan by year."""
    cuts = [first, *[y for y in years if first < y < last and y % 5 == 0], last]
    if len(cuts) == 2:
        cuts = [y for y in years if first <= y <= last]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def _provinces(context: Context) -> list[Pair]:
    """Every province with an inventory."""
    slices = [Slice(p) for p in PROVINCES]
    co2, gdp = (Reader(context.warehouse, MEASURES[k]).series(slices) for k in ("co2", "gdp"))
    return [
        Pair(p, {y: v.value for y, v in c.values.items()}, {y: v.value for y, v in g.values.items()})
        for p, c, g in zip(PROVINCES, co2, gdp, strict=True)
        if c.values and g.values
    ]


def _missing(year: int, near: int, covered: Text) -> Text:
    return Text(
        f"{year}年没有脱钩数据：清单与GDP同时覆盖{covered.zh}年，最近的年份是{near}年，可改问该年。",
        f"There is no decoupling to tell for {year}: inventory and GDP together cover {covered.en}; the nearest year is "
        f"{near}, which you can ask for.",
    )
