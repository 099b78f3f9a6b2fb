"""Tile map, heat map and timeline: forms that stand on a grid."""

from __future__ import annotations

from typing import Any

from data.classification import place
from data.text import Language, Text
from tools.charts.specs import Bar, Chart, Heat, TileMap, Timeline
from tools.charts.style import (
    Figure,
    Look,
    Measure,
    axis,
    colour,
    frame,
    ink_on,
    measure,
    see_through,
    shade_at,
    steps,
    width_of,
    wrap,
)

# Each province a tile (column, row), neighbours kept as far as squares allow; rows count from the north.
TILES: dict[str, tuple[int, int]] = {
    "HL": (6, 0),
    "NM": (3, 1), "BJ": (4, 1), "JL": (6, 1),
    "XJ": (0, 2), "GS": (1, 2), "NX": (2, 2), "SX": (3, 2), "HE": (4, 2), "TJ": (5, 2), "LN": (6, 2),
    "XZ": (0, 3), "QH": (1, 3), "SN": (2, 3), "HA": (3, 3), "SD": (4, 3),
    "SC": (1, 4), "CQ": (2, 4), "HB": (3, 4), "AH": (4, 4), "JS": (5, 4), "SH": (6, 4),
    "YN": (1, 5), "GZ": (2, 5), "HN": (3, 5), "JX": (4, 5), "ZJ": (5, 5),
    "GX": (2, 6), "GD": (3, 6), "FJ": (4, 6),
    "HI": (3, 7),
}  # fmt: skip
_COLUMNS, _ROWS = 7, 8
_ONE_LINE, _TWO_LINES, _TALLEST = 24, 34, 900  # pixels of a heat map's row by the lines of its names; all rows at most
_MANY = 12  # columns of a matrix from which their names stand upright
OUTSIDE = Text("未含港澳台（本数据集无数据）", "Hong Kong, Macao and Taiwan are not in the dataset")


def render_tiles(chart: Chart, spec: TileMap, language: Language, look: Look) -> Figure:
    """One square per province, darker for more; a province without a value is grey, hatched and says so."""
    scaled = measure(list(spec.values.values()), spec.unit, language)
    diverging = any(v < 0 for v in spec.values.values())
    palette = look.diverging if diverging else look.sequence
    limits = _limits(list(spec.values.values()), scaled, diverging)
    cells: list[list[float | None]] = [[None] * _COLUMNS for _ in range(_ROWS)]
    said = [[""] * _COLUMNS for _ in range(_ROWS)]
    labels = []
    for code, (column, row) in TILES.items():
        value, name = spec.values.get(code), place(code).name.to(language)
        cells[row][column] = scaled.of(value)
        said[row][column] = f"<b>{name}</b><br>{scaled.say(value)}"
        shade = look.empty if value is None else _shade(scaled.of(value) or 0.0, limits, palette)
        labels.append(_tile_label(code, value, (column, row), scaled, look.muted if value is None else ink_on(shade)))
    blanks = [TILES[c] for c in TILES if c not in spec.values]
    values = {"type": "heatmap", "z": cells, "text": said, "hovertemplate": "%{text}<extra></extra>",
              "hoverongaps": False, "xgap": 3, "ygap": 3, "colorscale": steps(palette), "zmin": limits[0],
              "zmax": limits[1], "colorbar": _colour_bar(scaled.titled(spec.value_title), look)}  # fmt: skip
    data = [values] if not blanks else [_blank_tiles(blanks, said, look), values]
    layout = frame(chart, language, look, 470, subtitle=OUTSIDE.to(language))
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    layout |= {"xaxis": {**hidden, "range": [-0.5, _COLUMNS - 0.5]},
               "yaxis": {**hidden, "range": [_ROWS - 0.5, -0.5], "scaleanchor": "x", "scaleratio": 0.86},
               "annotations": labels, "shapes": [s for b in blanks for s in _hatch(b, look)]}  # fmt: skip
    return {"data": data, "layout": layout}


def _limits(values: list[float], scaled: Measure, diverging: bool) -> tuple[float, float]:
    if not values:
        return 0.0, 1.0
    top = max(abs(v) for v in values) * scaled.factor or 1.0
    return (-top, top) if diverging else (min(0.0, min(values)) * scaled.factor, top)


def _shade(value: float, limits: tuple[float, float], palette: tuple[str, ...]) -> str:
    return shade_at(palette, (value - limits[0]) / ((limits[1] - limits[0]) or 1.0))


def _tile_label(code: str, value: float | None, spot: tuple[int, int], scaled: Measure, ink: str) -> dict[str, Any]:
    name = place(code).name.zh if scaled.language == "zh" else code
    size = 12 if width_of(name) <= 4 else 11
    amount = "—" if value is None else f"{(scaled.of(value) or 0.0):.3g}"
    return {"x": spot[0], "y": spot[1], "showarrow": False, "align": "center", "font": {"color": ink, "size": size},
            "text": f"{name}<br><span style='font-size:10px'>{amount}</span>"}  # fmt: skip


def _blank_tiles(blanks: list[tuple[int, int]], said: list[list[str]], look: Look) -> dict[str, Any]:
    cells = [[1 if (c, r) in blanks else None for c in range(_COLUMNS)] for r in range(_ROWS)]
    return {"type": "heatmap", "z": cells, "text": said, "hovertemplate": "%{text}<extra></extra>", "showscale": False,
            "hoverongaps": False, "xgap": 3, "ygap": 3, "colorscale": [[0, look.empty], [1, look.empty]]}  # fmt: skip


def _hatch(spot: tuple[int, int], look: Look) -> list[dict[str, Any]]:
    """Three slanted strokes across a tile."""
    column, row = spot
    stroke = {"type": "line", "line": {"width": 1, "color": see_through(look.muted, 0.35)}, "layer": "above"}
    ends = (((-0.45, 0.0), (0.0, -0.42)), ((-0.45, 0.42), (0.45, -0.42)), ((0.0, 0.42), (0.45, 0.0)))
    return [{**stroke, "x0": column + a[0], "y0": row + a[1], "x1": column + b[0], "y1": row + b[1]} for a, b in ends]


def _colour_bar(title: str, look: Look) -> dict[str, Any]:
    return {"title": {"text": title, "side": "top", "font": {"size": 12, "color": look.muted}}, "orientation": "h",
            "x": 0.5, "xanchor": "center", "y": -0.02, "yanchor": "top", "thickness": 9, "len": 0.7,
            "outlinewidth": 0, "tickfont": {"size": 11, "color": look.muted}, "nticks": 6}  # fmt: skip


def render_heat(chart: Chart, spec: Heat, language: Language, look: Look) -> Figure:
    """A matrix; a cell without data is grey."""
    flat = [v for row in spec.values for v in row if v is not None]
    scaled = measure(list(flat), spec.unit, language)
    diverging = any(v < 0 for v in flat)
    limits = _limits(flat, scaled, diverging)
    rows = [r.to(language) for r in spec.rows]
    columns = [c.to(language) for c in spec.columns]
    said = [
        [f"{rows[i]} × {columns[j]}<br><b>{scaled.say(v)}</b>" for j, v in enumerate(line)]
        for i, line in enumerate(spec.values)
    ]
    trace = {"type": "heatmap", "z": [[scaled.of(v) for v in line] for line in spec.values], "text": said,
             "x": list(range(len(columns))), "y": list(range(len(rows))), "hovertemplate": "%{text}<extra></extra>",
             "xgap": 1, "ygap": 1, "colorscale": steps(look.diverging if diverging else look.sequence),
             "zmin": limits[0], "zmax": limits[1], "colorbar": _colour_bar(scaled.titled(spec.value_title), look)}  # fmt: skip
    if len(columns) <= _MANY and len(rows) <= _MANY:
        trace |= {"text": _figures(spec, scaled), "texttemplate": "%{text}", "textfont": {"size": 11}, "customdata": said,
                  "hovertemplate": "%{customdata}<extra></extra>"}  # fmt: skip
    called = [wrap(row, 24, lines=2) for row in rows]
    row_height = _TWO_LINES if any("<br>" in name for name in called) else _ONE_LINE
    height = max(260, min(_TALLEST, row_height * len(rows))) + 150
    layout = frame(chart, language, look, height)
    layout["plot_bgcolor"] = look.empty
    layout["xaxis"] = axis(look, tickvals=list(range(len(columns))), showgrid=False, zeroline=False, side="top",
                           **_column_names(columns))  # fmt: skip
    slant = layout["xaxis"].get("tickangle") == -45
    if slant:  # a slanted name reaches past its column
        layout["margin"]["r"] = max(layout["margin"]["r"], 4 * min(18, width_of(columns[-1])) - 8)
    if 8 < len(columns) <= _MANY:
        layout["xaxis"]["tickfont"]["size"] = 11
        layout["meta"]["least_width"] = 160 + 46 * len(columns)
    if len(columns) > _MANY:
        layout["xaxis"]["tickfont"]["size"] = 10
        layout["meta"]["least_width"] = 150 + 14 * len(columns)
    layout["yaxis"] = axis(look, tickvals=list(range(len(rows))), ticktext=called,
                           autorange="reversed", showgrid=False, zeroline=False)  # fmt: skip
    return {"data": [trace], "layout": layout}


def _figures(spec: Heat, scaled: Measure) -> list[list[str]]:
    """The figures of a small matrix, all with the decimals that suit the largest."""
    largest = max((abs(v) * scaled.factor for line in spec.values for v in line if v is not None), default=0.0)
    decimals = 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 1 else 3

    def said(value: float | None) -> str:
        text = "" if value is None else f"{value * scaled.factor:,.{decimals}f}"
        return text.removeprefix("-") if text and not text.strip("-0.") else text

    return [[said(v) for v in line] for line in spec.values]


def _column_names(names: list[str]) -> dict[str, Any]:
    """The names over the columns: level where they are short, else slanted; over many columns upright, Chinese written down."""
    widest = max(map(width_of, names), default=0)
    if len(names) <= _MANY and widest <= 16 and not any(n.isascii() for n in names):
        return {"ticktext": [wrap(n, 8, lines=2) for n in names], "tickangle": 0}
    if len(names) <= _MANY:
        return {"ticktext": [wrap(n, 18, lines=2) for n in names], "tickangle": -45 if widest > 6 else 0}
    if widest <= 8 and not any(n.isascii() for n in names):
        return {"ticktext": ["<br>".join(n) for n in names], "tickangle": 0}
    return {"ticktext": [wrap(n, 24, lines=1) for n in names], "tickangle": -90}


def render_timeline(chart: Chart, spec: Timeline, language: Language, look: Look) -> Figure:
    """Lanes of spans; each span's words stand above its bar, so that a short span can carry a long label."""
    lanes: list[Text] = []
    for bar in spec.bars:
        if bar.lane not in lanes:
            lanes.append(bar.lane)
    first, last = min(b.start for b in spec.bars), max(b.end for b in spec.bars)
    middle = (first + last) / 2
    row, data, labels, ticks = 0.0, [], [], []
    for number, lane in enumerate(lanes):
        top = row
        rows = _packed([b for b in spec.bars if b.lane == lane], first, last, language)
        for bars in rows:
            for bar in bars:
                data.append(_span(bar, row, colour(look, number), language))
                labels.append(_span_label(bar, row, middle, language, look))
            row += 1
        ticks.append(((top + row - 1) / 2, wrap(lane.to(language), 16, lines=3)))
        row += 0.35
    layout = frame(chart, language, look, round(40 * row) + 60)
    layout["yaxis"] = axis(look, tickvals=[t[0] for t in ticks], ticktext=[t[1] for t in ticks], showgrid=False,
                           zeroline=False, range=[row - 0.4, -0.8], fixedrange=True)  # fmt: skip
    layout["yaxis"]["tickfont"]["color"] = look.text
    layout["xaxis"] = axis(look, range=[first - 1, last + 1], side="bottom", zeroline=False, tickformat="d")
    layout |= {"annotations": labels, "barmode": "overlay", "hovermode": "closest"}
    return {"data": data, "layout": layout}


def _packed(bars: list[Bar], first: int, last: int, language: Language) -> list[list[Bar]]:
    """The spans of a lane in as few rows as their bars and their words need, on a narrow screen too."""
    columns = (last - first) / 46  # years that one column of letters takes where the plot is some 300 pixels wide
    rows: list[tuple[list[Bar], list[tuple[float, float]]]] = []
    for bar in sorted(bars, key=lambda b: (b.start, b.end)):
        words = width_of(bar.label.to(language)) * columns
        late = (bar.start + bar.end) / 2 > (first + last) / 2
        taken = (min(bar.start, bar.end - words), bar.end) if late else (bar.start, max(bar.end, bar.start + words))
        for kept, spans in rows:
            if all(taken[0] >= b or taken[1] <= a for a, b in spans):
                kept.append(bar)
                spans.append(taken)
                break
        else:
            rows.append(([bar], [taken]))
    return [kept for kept, _ in rows]


def _span(bar: Bar, row: float, shade: str, language: Language) -> dict[str, Any]:
    years = str(bar.start) if bar.start == bar.end else f"{bar.start}–{bar.end}"
    said = f"<b>{bar.lane.to(language)}</b><br>{bar.label.to(language)}<br>{years}"
    if bar.start == bar.end:
        return {"type": "scatter", "mode": "markers", "x": [bar.start], "y": [row], "text": [said], "name": "",
                "hovertemplate": "%{text}<extra></extra>",
                "marker": {"symbol": "diamond", "size": 12, "color": shade}}  # fmt: skip
    return {"type": "bar", "orientation": "h", "base": [bar.start], "x": [bar.end - bar.start], "y": [row],
            "width": [0.26], "text": "", "hovertext": [said], "name": "", "hovertemplate": "%{hovertext}<extra></extra>",
            "marker": {"color": shade, "cornerradius": 4}}  # fmt: skip


def _span_label(bar: Bar, row: float, middle: float, language: Language, look: Look) -> dict[str, Any]:
    late = (bar.start + bar.end) / 2 > middle
    return {"x": bar.end if late else bar.start, "y": row, "xanchor": "right" if late else "left", "yanchor": "bottom",
            "yshift": 6, "text": wrap(bar.label.to(language), 44, lines=1), "showarrow": False,
            "font": {"size": 11, "color": look.text}}  # fmt: skip
