"""Room to read: names that do not touch, figures clear of whiskers, forms that keep a width they need."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from data.text import Language, Text
from tests.charts.samples import ALL, BAR, HEATMAP, NETWORK, PLACES, SANKEY, TREEMAP
from tools.charts.labels import placed
from tools.charts.network import _HIGH, _WIDE
from tools.charts.render import render
from tools.charts.specs import XY, Chart, Heat, Link, Node, Quadrants, Sankey, Series
from tools.charts.style import LOOKS, measure, width_of

LANGUAGES: tuple[Language, Language] = ("zh", "en")


def box(spot: str, x: float, y: float, off: float, text: str) -> tuple[float, float, float, float]:
    """The rectangle of a name as plotly.js places it, with letters a little narrower than the layout allows for."""
    lines = text.split("<br>")
    wide, high = 5.7 * max(map(width_of, lines)), 13 * len(lines)
    left = {
        "top": x - wide / 2,
        "bottom": x - wide / 2,
        "middle": x + off if spot.endswith("right") else x - off - wide,
    }
    low = {"top": y + off, "bottom": y - off - high, "middle": y - high / 2}
    row = spot.split()[0]
    return left[row], low[row], left[row] + wide, low[row] + high


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_network_names_touch_neither_dots_nor_names_on_a_narrow_screen(language: Language) -> None:
    boxes: list[tuple[float, float, float, float]] = []
    dots: list[tuple[float, float, float]] = []
    for trace in render(NETWORK, language)["data"][1:]:
        for x, y, text, spot, size in zip(
            trace["x"], trace["y"], trace["text"], trace["textposition"], trace["marker"]["size"], strict=True
        ):
            px, py = x * _WIDE / 2, y * _HIGH / 2
            dots.append((px, py, size / 2))
            if text:
                boxes.append(box(spot, px, py, size / 2 + 2, text))
    assert len(boxes) >= 8
    assert not any(overlap(a, b) for a, b in itertools.combinations(boxes, 2))
    for a, b in itertools.combinations(dots, 2):
        assert np.hypot(a[0] - b[0], a[1] - b[1]) > a[2] + b[2]


def test_names_are_placed_in_order_and_dropped_where_there_is_no_room() -> None:
    spots = [(0.0, 0.0), (4.0, 0.0), (0.0, 120.0)]
    names = ["the first of all names", "the second of all names", "far away"]
    found = placed(names, spots, [5.0] * 3, [0, 1, 2], 260)
    assert found[0] == "top center" and found[1] == "bottom center" and 2 in found
    crowd = placed(["a long name here"] * 12, [(float(k), 0.0) for k in range(12)], [5.0] * 12, range(12), 260)
    assert 0 < len(crowd) < 12
    assert placed(names[:1], spots[:1], [5.0], [0], 260, [(-200.0, 1.0, 200.0, 60.0)]) == {0: "bottom center"}
    assert placed(["far too long a name for this"], [(0.0, 0.0)], [5.0], [0], 100) == {}


@pytest.mark.parametrize("horizontal", [True, False])
def test_figures_of_bars_stand_beyond_their_whiskers(horizontal: bool) -> None:
    series = Series(
        name=Text("值", "value"), y=(10.0, 5.0, None, -4.0), low=(8.0, 4.0, None, -6.0), high=(14.0, 6.0, None, -3.0)
    )
    spec = XY(x=tuple(PLACES[:4]), series=(series,), unit="%", y_title=Text("值", "Value"), horizontal=horizontal)
    bar, text = render(BAR.model_copy(update={"spec": spec}), "zh")["data"]
    ends, at = (text["x"], text["y"]) if horizontal else (text["y"], text["x"])
    assert ends == [14.0, 6.0, -6.0] and at == [0, 1, 3]
    assert [t.strip("\u00a0") for t in text["text"]] == ["10", "5", "-4"]
    assert text["textposition"][0] in ("middle right", "top center") and text["textposition"][2] in (
        "middle left",
        "bottom center",
    )
    assert "text" not in bar and bar["type"] == "bar"
    axis = render(BAR.model_copy(update={"spec": spec}), "zh")["layout"]["xaxis" if horizontal else "yaxis"]
    assert axis["range"][0] < -6 and axis["range"][1] > 14


def test_plain_figures_are_in_the_unit_of_the_axis() -> None:
    scaled = measure([615.7, 8.7], "Mt CO2", "zh")
    assert [scaled.plain(v) for v in (615.7, 60.0, 8.7, 0.0)] == ["6.157", "0.6", "0.087", "0"]
    assert measure([23456.7], "count", "en").plain(12345.6) == "12,346"


def _matrix(n: int, latin: bool) -> Chart:
    names = tuple(Text("福建" if not latin else "Fujian", "Fujian") for _ in range(n))
    spec = Heat(rows=names, columns=names, values=((1.0,) * n,) * n, unit="%", value_title=Text("值", "Value"))
    return HEATMAP.model_copy(update={"spec": spec})


def test_names_over_many_columns_stand_upright_and_keep_a_width() -> None:
    wide = render(_matrix(31, False), "zh")["layout"]
    assert wide["xaxis"]["ticktext"][0] == "福<br>建" and wide["xaxis"]["tickangle"] == 0
    assert wide["meta"]["least_width"] >= 31 * 13
    assert render(_matrix(31, False), "en")["layout"]["xaxis"]["tickangle"] == -90
    small = render(HEATMAP, "en")["layout"]
    assert "least_width" not in small["meta"] and small["xaxis"]["tickangle"] == -45


def test_muted_nodes_are_grey_and_inner_names_keep_a_width() -> None:
    nodes = (Node(name=PLACES[0], column=0), Node(name=PLACES[4], column=0, muted=True), Node(name=PLACES[2], column=1))
    spec = Sankey(nodes=nodes, links=(Link(source=0, target=2, value=1), Link(source=1, target=2, value=1)), unit="%",
                  value_title=Text("值", "Value"))  # fmt: skip
    figure = render(SANKEY.model_copy(update={"spec": spec}), "en")
    assert figure["data"][0]["node"]["color"][1] == LOOKS["light"].muted
    assert figure["data"][0]["node"]["color"][0] == LOOKS["light"].series[0]
    assert "least_width" not in figure["layout"]["meta"]
    three = spec.model_copy(
        update={"nodes": tuple(n.model_copy(update={"column": k}) for k, n in enumerate((nodes[0], nodes[1], nodes[2]))),
                "links": (Link(source=0, target=1, value=1), Link(source=1, target=2, value=1))}
    )  # fmt: skip
    assert (
        render(SANKEY.model_copy(update={"spec": three}), "en")["layout"]["meta"]["least_width"] == 560
    )  # Inner Mongolia


def test_scatter_names_the_marked_first_and_keeps_clear_of_the_quadrants_names() -> None:
    random = np.random.default_rng(3)
    x, y = random.normal(1, 0.2, 42), random.normal(1, 0.4, 42)
    quadrants = Quadrants(x=1, y=1, names=(Text("甲", "a"), Text("乙", "b"), Text("丙", "c"), Text("丁", "d")))
    spec = XY(
        x=tuple(map(float, x)), series=(Series(name=Text("部门", "sectors"), y=tuple(map(float, y))),), unit="index",
        y_title=Text("值", "Value"), labels=tuple(Text(f"部门{i}", f"sector {i}") for i in range(42)), marked=4, quadrants=quadrants,
    )  # fmt: skip
    trace: dict[str, Any] = render(Chart(kind="scatter", title=Text("图", "Chart"), spec=spec), "en")["data"][0]
    written = [i for i, t in enumerate(trace["text"]) if t]
    assert 4 <= len(written) <= 20
    assert trace["text"][written[0]] == f"sector {written[0]}"
    far = max(range(42), key=lambda i: abs(x[i] - np.median(x)) / np.ptp(x) + abs(y[i] - np.median(y)) / np.ptp(y))
    assert far in written or y[far] == y.min()


def test_inner_names_of_a_treemap_have_a_strip() -> None:
    trace = render(TREEMAP, "en")["data"][0]
    assert trace["marker"]["pad"]["t"] >= 20 and "<br>" not in trace["labels"][1]
    icicle = render(ALL["icicle"], "en")["data"][0]
    assert icicle["type"] == "icicle" and "pad" not in icicle["marker"]
