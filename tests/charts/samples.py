"""One chart of every form, with gaps, bands, negatives and long names in both languages. The figures are made up."""

from __future__ import annotations

import math

from data.text import Text
from tools.charts.grids import TILES
from tools.charts.specs import (
    XY,
    Bar,
    Chart,
    Heat,
    Link,
    Network,
    Node,
    Sankey,
    Series,
    TileMap,
    Timeline,
    Tree,
)

PLACES = [
    Text("广东", "Guangdong"), Text("山东", "Shandong"), Text("江苏", "Jiangsu"), Text("河北", "Hebei"),
    Text("内蒙古", "Inner Mongolia"), Text("浙江", "Zhejiang"),
]  # fmt: skip
SECTORS = [
    Text("电力、热力的生产和供应", "Production and supply of electricity and heat"),
    Text("非金属矿物制品", "Nonmetal mineral products"),
    Text("交通运输、仓储和邮政", "Transport, storage and post"),
    Text("金属冶炼和压延加工品", "Smelting and pressing of metals"),
    Text("化学产品", "Chemicals"),
    Text("石油、炼焦产品和核燃料加工品", "Petroleum, coking and nuclear fuel processing"),
    Text("造纸印刷和文教体育用品", "Paper, printing and stationery"),
]
FUELS = [Text("煤炭", "Coal"), Text("石油", "Oil"), Text("天然气", "Natural gas"), Text("工业过程", "Process")]
EMISSIONS = Text("排放量", "Emissions")
YEARS = tuple(range(1997, 2020))
MILESTONES = (2017, 2020, 2025, 2030, 2035, 2040, 2045, 2050, 2055, 2060)
UNIT = "Mt CO2"


def _grown(first: float, last: float, year: int) -> float:
    return first + (last - first) / (1 + math.exp(-(year - 2007) / 3))


def _path(peak: float, end: float) -> tuple[float, ...]:
    falling = [peak + (end - peak) * step / 6 for step in range(1, 7)]
    return (557.0, 574.0, peak * 0.98, peak, *falling)


LINE = Chart(
    kind="line",
    title=Text(
        "广东、山东、江苏历年碳排放（1997—2019年）", "CO2 emissions of Guangdong, Shandong and Jiangsu, 1997–2019"
    ),
    spec=XY(
        x=YEARS,
        series=tuple(
            Series(
                name=place,
                y=tuple(
                    None if i == 1 and y in (2003, 2004) else _grown(150 + 20 * i, 560 + 120 * i, y) for y in YEARS
                ),
            )
            for i, place in enumerate(PLACES[:3])
        ),
        unit=UNIT,
        y_title=EMISSIONS,
    ),
)
FAN = Chart(
    kind="fan",
    title=Text("广东净排放的三种情景（2017—2060年）", "Three scenarios of Guangdong's net emissions, 2017–2060"),
    note=Text("阴影为落实风险区间，并非概率", "bands are delivery-risk ranges, not probabilities"),
    spec=XY(
        x=MILESTONES,
        series=tuple(
            Series(
                name=name,
                y=_path(peak, end),
                low=(None, None, *(v * 0.94 for v in _path(peak, end)[2:])),
                high=(None, None, *(v * 1.06 + 5 for v in _path(peak, end)[2:])),
            )
            for name, peak, end in (
                (Text("2060中和反演", "net zero 2060"), 585.0, 0.0),
                (Text("双碳", "dual carbon"), 610.0, 70.0),
                (Text("现行政策", "current policies"), 640.0, 320.0),
            )
        ),
        unit=UNIT,
        y_title=Text("净排放", "Net emissions"),
        observed_until=2020,
    ),
)
BAR = Chart(
    kind="bar",
    title=Text("2017年广东碳排放前七行业", "Guangdong's seven largest emitting sectors, 2017"),
    spec=XY(
        x=tuple(SECTORS),
        series=(Series(name=EMISSIONS, y=(297.8, 78.2, 71.3, 33.1, None, 12.2, 8.7)),),
        unit=UNIT,
        y_title=EMISSIONS,
    ),
)
GROUPED = Chart(
    kind="bar",
    title=Text("各省排放，2017年与2019年", "Emissions by province, 2017 and 2019"),
    spec=XY(
        x=tuple(PLACES),
        series=tuple(
            Series(
                name=Text(f"{year}年", str(year)),
                y=tuple(800.0 - 70 * i + year - 2017 for i in range(6)),
                low=tuple(760.0 - 70 * i for i in range(6)),
                high=tuple(850.0 - 70 * i for i in range(6)),
            )
            for year in (2017, 2019)
        ),
        unit=UNIT,
        y_title=EMISSIONS,
    ),
)
WEDGE = Chart(
    kind="wedge",
    title=Text("减排措施的贡献（2025—2060年）", "Abatement by measure, 2025–2060"),
    spec=XY(
        x=MILESTONES[2:],
        series=tuple(
            Series(name=name, y=tuple((0.02 * (y - 2025)) ** 1.2 * size for y in MILESTONES[2:]))
            for name, size in (
                (Text("电力清洁化", "clean power"), 180.0), (Text("能效提升", "efficiency"), 90.0),
                (Text("终端电气化", "electrification"), 80.0), (Text("燃料与原料替代", "fuel switching"), 50.0),
                (Text("碳捕集", "CCUS"), 60.0), (Text("新增排放", "added emissions"), -40.0),
            )
        ),
        unit=UNIT,
        y_title=Text("年减排量", "Annual abatement"),
    ),
)  # fmt: skip
SCATTER = Chart(
    kind="scatter",
    title=Text("人均GDP与人均排放", "GDP per head and emissions per head"),
    spec=XY(
        x=tuple(30000 + 7000 * i for i in range(10)),
        series=(Series(name=Text("各省", "provinces"), y=tuple(5.0 + (i * 37 % 11) for i in range(10))),),
        unit="t CO2/person",
        x_title=Text("人均GDP（元）", "GDP per head (yuan)"),
        y_title=Text("人均排放", "Emissions per head"),
    ),
)
_PARTS = (297.8, 78.2, 71.3, 33.1, 16.0, 12.2, 8.7)
TREEMAP = Chart(
    kind="treemap",
    title=Text("2017年广东碳排放构成", "Make-up of Guangdong's emissions, 2017"),
    spec=Tree(
        labels=(PLACES[0], *SECTORS, Text("燃煤", "coal"), Text("燃气", "gas")),
        parents=(None, *(0,) * 7, 1, 1),
        values=(sum(_PARTS), *_PARTS, 250.0, 47.8),
        unit=UNIT,
    ),
)
ICICLE = TREEMAP.model_copy(update={"kind": "icicle"})
TILEMAP = Chart(
    kind="tilemap",
    title=Text("2017年各省碳排放", "CO2 emissions by province, 2017"),
    spec=TileMap(
        values={c: 30.0 + i * 7919 % 800 for i, c in enumerate(TILES) if c != "XZ"}, unit=UNIT, value_title=EMISSIONS
    ),
)
NETWORK = Chart(
    kind="network",
    title=Text("广东产业网络骨架（2017年）", "Backbone of Guangdong's industry network, 2017"),
    note=Text("估算表", "estimated table"),
    spec=Network(
        nodes=tuple(
            Node(
                name=Text(f"{p.zh}·{s.zh}", f"{p.en} · {s.en}"), size=float((i * 53 + j * 29) % 97) ** 1.5 / 4, group=p
            )
            for i, p in enumerate(PLACES[:4])
            for j, s in enumerate(SECTORS[:6])
        ),
        links=tuple(
            Link(source=i, target=(i * 5 + 3) % 24, value=0.4 + (i * 17 % 23) ** 2 / 14)
            for i in range(24)
            if (i * 5 + 3) % 24 != i
        )
        + tuple(Link(source=i, target=(i + 6) % 24, value=1.0 + i % 5) for i in range(0, 24, 2)),
        unit=UNIT,
        value_title=Text("隐含碳", "Embodied CO2"),
        size_unit=UNIT,
        size_title=Text("直接排放", "Direct emissions"),
    ),
)
SANKEY = Chart(
    kind="sankey",
    title=Text("2017年广东燃料到行业的碳流", "Guangdong's carbon from fuels to sectors, 2017"),
    spec=Sankey(
        nodes=tuple(Node(name=f, group=f, column=0) for f in FUELS)
        + tuple(Node(name=s, group=Text("行业", "sector"), column=1) for s in SECTORS[:6]),
        links=tuple(
            Link(source=a, target=4 + b, value=float(v))
            for a, b, v in (
                (0, 0, 250), (0, 1, 30), (0, 3, 25), (1, 2, 71), (1, 5, 20), (2, 0, 45), (2, 4, 9), (3, 1, 48),
                (0, 4, 9),
            )
        ),
        unit=UNIT,
        value_title=EMISSIONS,
    ),
)  # fmt: skip
HEATMAP = Chart(
    kind="heatmap",
    title=Text("省间贸易隐含碳（2017年）", "CO2 embodied in interprovincial trade, 2017"),
    note=Text("估算表", "estimated table"),
    spec=Heat(
        rows=tuple(PLACES),
        columns=tuple(PLACES),
        values=tuple(tuple(None if i == j else float((i * 13 + j * 29) % 37) for j in range(6)) for i in range(6)),
        unit=UNIT,
        value_title=Text("隐含碳", "Embodied CO2"),
    ),
)
TIMELINE = Chart(
    kind="timeline",
    title=Text("广东分行业里程碑（2025—2060年）", "Milestones of Guangdong by sector, 2025–2060"),
    spec=Timeline(
        bars=tuple(
            Bar(lane=Text(*lane), label=Text(*label), start=start, end=end)
            for lane, label, start, end in (
                (("电力", "Power"), ("海上风电规模化", "Scale up offshore wind"), 2025, 2040),
                (("电力", "Power"), ("煤电转为调节性电源", "Coal plants become flexible reserve"), 2030, 2045),
                (("电力", "Power"), ("非化石电量占比过九成", "Over nine tenths of power non-fossil"), 2050, 2060),
                (("钢铁与建材", "Steel and cement"), ("短流程电炉钢", "Electric-arc steel"), 2026, 2042),
                (("钢铁与建材", "Steel and cement"), ("水泥窑碳捕集首批", "First kilns with capture"), 2035, 2035),
                (("交通", "Transport"), ("新车电动化", "New cars electric"), 2025, 2038),
                (("交通", "Transport"), ("航运航空燃料替代", "Clean fuels for ships and aircraft"), 2045, 2060),
            )
        )
    ),
)
ALL = {
    "line": LINE, "fan": FAN, "bar": BAR, "grouped": GROUPED, "wedge": WEDGE, "scatter": SCATTER, "treemap": TREEMAP,
    "icicle": ICICLE, "tilemap": TILEMAP, "network": NETWORK, "sankey": SANKEY, "heatmap": HEATMAP,
    "timeline": TIMELINE,
}  # fmt: skip
