"""Every form of chart as a Plotly figure: complete, in one language, honest about gaps."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from data.classification import PROVINCES
from data.text import Language, Text
from tests.charts.samples import (
    ALL,
    BAR,
    FAN,
    GROUPED,
    HEATMAP,
    LINE,
    NETWORK,
    SANKEY,
    TILEMAP,
    TIMELINE,
    TREEMAP,
    WEDGE,
)
from tools.charts.grids import TILES
from tools.charts.render import render
from tools.charts.specs import XY, Bar, Chart, Link, Node, Series, Step, TileMap, Timeline, Tree, stills
from tools.charts.style import LOOKS, Theme

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES: tuple[Language, Language] = ("zh", "en")


def shown(figure: dict[str, Any]) -> str:
    """All strings of a figure, without its fonts."""
    copy = json.loads(json.dumps(figure))

    def walk(node: Any) -> list[str]:
        if isinstance(node, dict):
            return [s for key, value in node.items() if key != "family" for s in walk(value)]
        if isinstance(node, list):
            return [s for value in node for s in walk(value)]
        return [node] if isinstance(node, str) else []

    return "\n".join(walk(copy))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_figure_is_plain_json_in_one_language(name: str, theme: Theme, language: Language) -> None:
    figure = render(ALL[name], language, theme)
    assert set(figure) == {"data", "layout"}
    text = json.dumps(figure, allow_nan=False)
    assert len(text) < 60_000
    assert "http" not in text
    assert figure["layout"]["meta"]["title"] == ALL[name].title.to(language)
    assert figure["layout"]["paper_bgcolor"] == LOOKS[theme].surface
    assert bool(CHINESE.search(shown(figure))) == (language == "zh")


@pytest.mark.parametrize("name", ALL)
def test_same_spec_same_figure(name: str) -> None:
    assert render(ALL[name], "en") == render(ALL[name], "en")


def test_line_breaks_at_gaps_and_hover_scales_each_value() -> None:
    trace = render(LINE, "zh")["data"][1]
    gap = trace["x"].index(2003)
    assert trace["y"][gap] is None
    assert trace["connectgaps"] is False
    assert trace["text"][gap] == "无数据"
    first = render(LINE, "zh")["data"][0]
    assert first["text"][-1].endswith("亿吨")
    assert first["y"][-1] == pytest.approx(LINE.spec.series[0].y[-1] / 100)  # type: ignore[union-attr, operator]


def test_scenario_part_is_dotted_from_the_last_observed_year() -> None:
    figure = render(FAN, "en")
    lines = [t for t in figure["data"] if t["mode"] == "lines+markers"]
    past, future = lines[0], lines[1]
    assert past["x"] == [2017, 2020]
    assert future["x"][0] == 2020
    assert future["line"]["dash"] == "dot"
    assert future["hoverinfo"][0] == "skip"
    assert "range" in future["text"][1]
    assert [a["text"] for a in figure["layout"]["annotations"]] == ["scenario →", "observed"]


def test_band_follows_low_and_high() -> None:
    low, high = render(FAN, "en")["data"][:2]
    spec = FAN.spec
    assert isinstance(spec, XY)
    assert low["y"] == list(spec.series[0].low[2:])  # type: ignore[index]
    assert high["y"] == list(spec.series[0].high[2:])  # type: ignore[index]
    assert high["fill"] == "tonexty"


def test_bar_without_a_value_says_so_and_is_not_zero() -> None:
    figure = render(BAR, "zh")
    bar = figure["data"][0]
    assert bar["orientation"] == "h"
    assert bar["x"][4] is None
    assert [(a["text"], a["y"]) for a in figure["layout"]["annotations"]] == [("无数据", 4)]


def test_bar_whiskers_are_distances_on_the_axis() -> None:
    lying, standing = render(GROUPED, "en")["data"][0], render(GROUPED, "zh")["data"][0]
    assert (lying["orientation"], standing["orientation"]) == ("h", "v")  # long names lie beside their bars
    assert lying["error_x"]["array"] == [50.0] * 6
    assert lying["error_x"]["arrayminus"] == [40.0] * 6
    assert standing["error_y"]["array"] == pytest.approx([0.5] * 6)


def test_stack_leaves_out_what_is_not_known_and_keeps_signs_apart() -> None:
    spec = WEDGE.spec
    assert isinstance(spec, XY)
    holed = Series(name=spec.series[0].name, y=(None, *spec.series[0].y[1:]))
    chart = WEDGE.model_copy(update={"spec": spec.model_copy(update={"series": (holed, *spec.series[1:])})})
    traces = render(chart, "en")["data"]
    assert all(t["x"] == list(spec.x[1:]) for t in traces)
    assert [t["stackgroup"] for t in traces] == ["above"] * 5 + ["below"]


def test_tree_areas_add_up() -> None:
    trace = render(TREEMAP, "en")["data"][0]
    assert trace["branchvalues"] == "total"
    assert trace["parents"][:2] == ["", "0"]
    over = Tree(
        labels=(Text("和", "sum"), Text("甲", "a"), Text("乙", "b")),
        parents=(None, 0, 0),
        values=(1.0, 2.0, 3.0),
        unit="Mt CO2",
    )
    assert render(TREEMAP.model_copy(update={"spec": over}), "en")["data"][0]["branchvalues"] == "remainder"


def test_every_province_has_one_tile_of_its_own() -> None:
    assert set(TILES) == {p.code for p in PROVINCES}
    assert len(set(TILES.values())) == 31


def test_neighbours_keep_their_sides() -> None:
    def column(code: str) -> int:
        return TILES[code][0]

    def row(code: str) -> int:
        return TILES[code][1]

    assert column("XJ") < column("GS") < column("SN") < column("HA") < column("SD")
    assert row("HL") < row("JL") < row("LN") < row("SD") < row("JS") < row("ZJ") < row("FJ")
    assert row("GD") < row("HI")


def test_missing_province_is_grey_hatched_and_no_data() -> None:
    figure = render(TILEMAP, "zh")
    blank, values = figure["data"]
    column, row = TILES["XZ"]
    assert values["z"][row][column] is None
    assert blank["z"][row][column] == 1
    assert blank["text"][row][column] == "<b>西藏</b><br>无数据"
    assert len(figure["layout"]["shapes"]) == 3
    assert sum(v is not None for line in values["z"] for v in line) == 30
    full = render(
        Chart(
            kind="tilemap",
            title=TILEMAP.title,
            spec=TileMap(values=dict.fromkeys(TILES, -1.0), unit="pp", value_title=TILEMAP.title),
        ),
        "en",
    )
    assert len(full["data"]) == 1
    assert (full["data"][0]["zmin"], full["data"][0]["zmax"]) == (-1.0, 1.0)


def test_network_draws_every_edge_as_an_arrow_and_every_node() -> None:
    figure = render(NETWORK, "en")
    spec = NETWORK.spec
    arrows = figure["layout"]["annotations"]
    assert len(arrows) == len(spec.links)  # type: ignore[union-attr]
    widths = [a["arrowwidth"] for a in arrows]
    assert widths == sorted(widths)
    assert sum(len(t["x"]) for t in figure["data"][1:]) == len(spec.nodes)  # type: ignore[union-attr]
    assert all(-1 <= v <= 1 for t in figure["data"][1:] for v in (*t["x"], *t["y"]))
    assert [t["name"] for t in figure["data"][1:]] == ["Guangdong", "Shandong", "Jiangsu", "Hebei"]


def test_sankey_conserves_what_flows() -> None:
    trace = render(SANKEY, "en")["data"][0]
    assert trace["link"]["value"] == [float(k.value) for k in SANKEY.spec.links]  # type: ignore[union-attr]
    assert all(0 < v < 1 for v in (*trace["node"]["x"], *trace["node"]["y"]))
    assert trace["node"]["customdata"][0].endswith("314 Mt CO2")


def test_heat_map_leaves_cells_without_data_empty() -> None:
    trace = render(HEATMAP, "en")["data"][0]
    assert trace["z"][0][0] is None
    assert "no data" in trace["customdata"][0][0] and trace["text"][0][0] == ""
    shown = {t for line in trace["text"] for t in line if t}
    assert shown and all(t.replace("-", "").replace(".", "").replace(",", "").isdigit() for t in shown)


def test_names_over_a_slanted_matrix_stay_inside() -> None:
    names = tuple(Text("农业与建筑业", "agriculture and construction") for _ in range(11))
    spec = HEATMAP.spec.model_copy(update={"columns": names, "values": tuple((1.0,) * 11 for _ in HEATMAP.spec.rows)})  # type: ignore[union-attr]
    layout = render(HEATMAP.model_copy(update={"spec": spec}), "en")["layout"]
    assert layout["xaxis"]["tickangle"] == -45 and layout["margin"]["r"] >= 60 and layout["meta"]["least_width"] > 600
    assert render(HEATMAP.model_copy(update={"spec": spec}), "zh")["layout"]["xaxis"]["tickangle"] == 0


def test_names_of_two_lines_get_rows_high_enough() -> None:
    names = tuple(Text("材料节约", "material efficiency and product quality") for _ in range(12))
    cells = tuple((1.0,) * len(HEATMAP.spec.columns) for _ in names)  # type: ignore[union-attr]
    chart = HEATMAP.model_copy(update={"spec": HEATMAP.spec.model_copy(update={"rows": names, "values": cells})})
    heights = {}
    for language in ("zh", "en"):
        layout = render(chart, language)["layout"]
        heights[language] = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    assert heights["en"] >= 12 * 30 and heights["en"] - heights["zh"] >= 12 * 8


def test_a_sankey_with_steps_shows_one_and_offers_the_others() -> None:
    spec = SANKEY.spec
    half = tuple(k.model_copy(update={"value": k.value / 2}) for k in spec.links)  # type: ignore[union-attr]
    steps = (Step(name=Text("2017年", "2017"), links=half), Step(name=Text("2030年", "2030"), links=spec.links))  # type: ignore[union-attr]
    chart = SANKEY.model_copy(update={"spec": spec.model_copy(update={"steps": steps})})
    figure = render(chart, "zh")
    assert [t["visible"] for t in figure["data"]] == [False, True]
    slider = figure["layout"]["sliders"][0]
    assert slider["active"] == 1 and [s["label"] for s in slider["steps"]] == ["2017年", "2030年"]
    assert [s["args"][0]["visible"] for s in slider["steps"]] == [[True, False], [False, True]]
    printed = stills(chart)
    assert [c.title.en.rsplit(": ", 1)[1] for c in printed] == ["2017", "2030"]
    assert [c.spec.links for c in printed] == [half, spec.links]  # type: ignore[union-attr]
    assert stills(SANKEY) == (SANKEY,) and "sliders" not in render(printed[0], "zh")["layout"]


def test_thin_nodes_of_a_sankey_stay_on_the_page() -> None:
    nodes = (Node(name=Text("甲", "a"), column=0), *(Node(name=Text("乙", "b"), column=1) for _ in range(14)))
    links = tuple(Link(source=0, target=k, value=1.0) for k in range(1, 15))
    spec = SANKEY.spec.model_copy(update={"nodes": nodes, "links": links})
    y = render(SANKEY.model_copy(update={"spec": spec}), "en")["data"][0]["node"]["y"][1:]
    assert max(y) < 0.98 and y == sorted(y) and len(set(y)) == len(y)


def test_a_nowcast_is_marked_between_observation_and_scenario() -> None:
    years = tuple(range(2015, 2015 + len(FAN.spec.x)))  # type: ignore[union-attr]
    spec = FAN.spec.model_copy(update={"x": years, "observed_until": years[1], "estimated_until": years[2]})
    layout = render(FAN.model_copy(update={"spec": spec}), "en")["layout"]
    assert [s["x0"] for s in layout["shapes"]] == [years[1], years[2]]
    assert [a["text"] for a in layout["annotations"]] == ["scenario →", "observed", "nowcast"]


def test_timeline_shares_rows_where_words_do_not_collide() -> None:
    lane = Text("电力", "Power")

    def bar(start: int, end: int, words: str) -> Bar:
        return Bar(lane=lane, label=Text(words, "x"), start=start, end=end)

    def rows(*bars: Bar) -> list[float]:
        chart = TIMELINE.model_copy(update={"spec": Timeline(bars=bars)})
        return [t["y"][0] for t in render(chart, "zh")["data"]]

    assert rows(bar(2025, 2035, "甲"), bar(2035, 2060, "乙")) == [0, 0]
    assert rows(bar(2025, 2036, "甲"), bar(2035, 2060, "乙")) == [0, 1]
    assert rows(bar(2025, 2028, "一句很长的里程碑说明文字"), bar(2028, 2060, "乙")) == [0, 1]


def test_timeline_draws_spans_and_milestones() -> None:
    figure = render(TIMELINE, "zh")
    spans = [t for t in figure["data"] if t["type"] == "bar"]
    points = [t for t in figure["data"] if t["type"] == "scatter"]
    assert len(spans) == 6
    assert (spans[0]["base"], spans[0]["x"]) == ([2025], [15])
    assert [p["x"] for p in points] == [[2035]]
    assert len(figure["layout"]["annotations"]) == 7
    assert len(figure["layout"]["yaxis"]["tickvals"]) == 3
