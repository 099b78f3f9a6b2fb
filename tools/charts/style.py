"""Colours, fonts and the frame that every chart shares.

The eight series colours stay apart under protanopia, deuteranopia and tritanopia (``tests/charts/test_style.py``
simulates them); sequential scales change lightness in one direction only, so that they read in grey as well.
"""

from __future__ import annotations

import math
import textwrap
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from data.text import Language, Text
from tools.charts.specs import XY, Chart
from tools.units import scale, show

Theme = Literal["light", "dark"]
Figure = dict[str, Any]

FONTS = (
    '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", '
    '"WenQuanYi Micro Hei", "Helvetica Neue", Arial, sans-serif'
)
NO_DATA = Text("无数据", "no data")


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one theme."""

    surface: str
    text: str
    muted: str
    grid: str
    empty: str  # a tile or cell without data
    series: tuple[str, ...]
    sequence: tuple[str, ...]  # low to high
    diverging: tuple[str, ...]  # negative, zero, positive


LOOKS: dict[Theme, Look] = {
    "light": Look(
        surface="#FFFFFF",
        text="#1E2B2A",
        muted="#5D6C69",
        grid="#E6EAE7",
        empty="#E9ECEA",
        series=("#1C6B50", "#CC7928", "#4E4C8E", "#DDB923", "#AD4C82", "#6BAFDB", "#8B9693", "#6E3B1C"),
        sequence=("#E4F0EB", "#B4D8CD", "#7CBAAB", "#45978A", "#17736A", "#0A4A47"),
        diverging=("#2F5C9B", "#9DB9DA", "#F3F2EE", "#E3B283", "#B4591C"),
    ),
    "dark": Look(
        surface="#161D1C",
        text="#E4EBE8",
        muted="#9AABA6",
        grid="#2B3634",
        empty="#2A3230",
        series=("#4FBFAF", "#E49242", "#8C9BE0", "#FFE37D", "#BA548F", "#A8DAF5", "#899187", "#A87A4E"),
        sequence=("#1D302D", "#234C47", "#2B6D64", "#3C9386", "#63BBAB", "#A5E2D4"),
        diverging=("#7FB0EA", "#3E5F8C", "#2A3230", "#94602F", "#F0A45B"),
    ),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """How the figures of one chart are scaled for a reader: one factor for all, and the unit's word."""

    unit: str
    language: Language
    factor: float
    word: str

    def of(self, value: float | None) -> float | None:
        """A value on the chart's axis; None stays None."""
        return None if value is None else value * self.factor

    def say(self, value: float | None) -> str:
        """A value as a reader expects it, with its unit; "no data" for None."""
        return NO_DATA.to(self.language) if value is None else show(value, self.unit, self.language)

    def plain(self, value: float) -> str:
        """A value in the chart's unit without its word: four significant digits, at most three decimals."""
        number = value * self.factor
        size = abs(number)
        decimals = 0 if size >= 1000 or size == 0 else max(0, min(3, 3 - math.floor(math.log10(size))))
        while decimals > 0 and abs(number - round(number, decimals - 1)) < 1e-9 * size:
            decimals -= 1
        return f"{number:,.{decimals}f}"

    def titled(self, title: Text | str) -> str:
        """A title with the unit behind it: 排放量（亿吨） / Emissions (Mt CO2), unless it names the unit itself."""
        words = title.to(self.language) if isinstance(title, Text) else title
        if not self.word or self.word in words:
            return words
        return f"{words}（{self.word}）" if self.language == "zh" else f"{words} ({self.word})"


def measure(values: list[float | None], unit: str, language: Language) -> Measure:
    """One scale for all values of a chart, chosen by the largest."""
    largest = max((abs(v) for v in values if v is not None), default=0.0)
    factor, word = scale(largest, unit, language)
    return Measure(unit, language, factor, word)


def width_of(text: str) -> int:
    """Columns a text takes: a Chinese character two, a Latin letter one."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, columns: int, lines: int | None = None) -> str:
    """Break a label with ``<br>`` so that no line is wider than ``columns``; beyond ``lines`` it ends in an ellipsis."""
    if width_of(text) <= columns:
        return text
    broken = _wrapped_chinese(text, columns) if width_of(text) > 1.4 * len(text) else textwrap.wrap(text, columns)
    if lines is not None and len(broken) > lines:
        broken = [*broken[: lines - 1], broken[lines - 1].rstrip("，、,;； ") + "…"]
    return "<br>".join(broken)


_NO_LINE_START = "，。、；：）》」”！？%,.;:)"


def _wrapped_chinese(text: str, columns: int) -> list[str]:
    lines, line = [], ""
    for character in text:
        if width_of(line + character) > columns and character not in _NO_LINE_START:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def see_through(colour: str, alpha: float) -> str:
    """``#RRGGBB`` as an rgba() colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"


def colour(look: Look, index: int) -> str:
    """The series colour at an index; past the eighth they start again."""
    return look.series[index % len(look.series)]


def steps(colours: tuple[str, ...]) -> list[list[float | str]]:
    """A Plotly colour scale with even steps."""
    return [[i / (len(colours) - 1), c] for i, c in enumerate(colours)]


def shade_at(colours: tuple[str, ...], share: float) -> str:
    """The colour at a share (0 to 1) of an even scale, between its steps as plotly.js blends them."""
    spot = min(1.0, max(0.0, share)) * (len(colours) - 1)
    first = min(len(colours) - 2, int(spot))
    ends = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in colours[first : first + 2]]
    blend = [round(a + (b - a) * (spot - first)) for a, b in zip(*ends, strict=True)]
    return "#" + "".join(f"{part:02X}" for part in blend)


def luminance(shade: str) -> float:
    """Relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    parts = [int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(shade: str) -> str:
    """Dark or white text, whichever stands out more on a fill of ``#RRGGBB``."""
    light = luminance(shade)
    return "#FFFFFF" if 1.05 / (light + 0.05) >= (light + 0.05) / (luminance("#14201F") + 0.05) else "#14201F"


def frame(chart: Chart, language: Language, look: Look, height: int, subtitle: str = "") -> dict[str, Any]:
    """The layout shared by all forms. ``layout.meta`` repeats title and subtitle for faces that set them in HTML; a form
    that cannot be read below some width adds it as ``least_width``."""
    parts = [subtitle] if subtitle else []
    if chart.note is not None:
        parts.append(chart.note.to(language))
    under = " · ".join(parts)
    title = chart.title.to(language)
    lines = wrap(title, 64).count("<br>") + 1
    under_lines = wrap(under, 92).count("<br>") + 1 if under else 0
    head = 18 + 22 * lines + 17 * under_lines + 12
    text = f"<b>{wrap(title, 64)}</b>"
    if under:
        text += f'<br><span style="font-size:12px;color:{look.muted}">{wrap(under, 92)}</span>'
    return {
        "title": {"text": text, "x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container",
                  "yanchor": "top", "pad": {"l": 16, "t": 16}, "font": {"size": 16, "color": look.text}},
        "meta": {"title": title, "subtitle": under, "language": language},
        "font": {"family": FONTS, "size": 13, "color": look.text},
        "paper_bgcolor": look.surface,
        "plot_bgcolor": look.surface,
        "height": height + head,
        "autosize": True,
        "margin": {"l": 16, "r": 16, "t": head, "b": 16, "pad": 0},
        "hoverlabel": {"font": {"family": FONTS, "size": 13, "color": look.text}, "bgcolor": look.surface,
                       "bordercolor": look.grid, "align": "left", "namelength": -1},
        "separators": ".,",
        "colorway": list(look.series),
        "showlegend": False,
    }  # fmt: skip


def axis(look: Look, **rest: Any) -> dict[str, Any]:
    """A quiet axis: a thin grid, no box, room made for its labels."""
    return {
        "automargin": True,
        "gridcolor": look.grid,
        "zerolinecolor": look.muted,
        "linecolor": look.grid,
        "tickfont": {"color": look.muted, "size": 12},
        "title": {"text": "", "font": {"color": look.muted, "size": 12}, "standoff": 8},
        **rest,
    }


def axis_title(look: Look, text: str) -> dict[str, Any]:
    """The title of an axis."""
    return {"text": text, "font": {"color": look.muted, "size": 12}, "standoff": 8}


def legend(look: Look) -> dict[str, Any]:
    """A legend in one line under the plot."""
    return {"orientation": "h", "x": 0, "xanchor": "left", "y": -0.14, "yanchor": "top",
            "font": {"size": 12, "color": look.text}, "itemsizing": "constant", "traceorder": "normal", "bgcolor": "rgba(0,0,0,0)"}  # fmt: skip


def legend_height(spec: XY) -> int:
    """Pixels that the legend under a plot takes."""
    return 0 if len(spec.series) < 2 else 24 + 20 * (len(spec.series) // 3)
