"""What a chart shows, without language or colour. ``tools.charts.render`` turns it into a Plotly figure.

Each spec names its axes and units; a renderer needs nothing else. Values are in the unit named.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from data.text import Text


class Spec(BaseModel):
    """Base of the specifications: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Series(Spec):
    """One named line, set of bars or band. ``None`` in ``y`` is a gap, never zero.

    ``base`` is where each bar starts (a waterfall), by default the axis; ``y`` then is the step from it.
    """

    name: Text
    y: tuple[float | None, ...]
    low: tuple[float | None, ...] | None = None
    high: tuple[float | None, ...] | None = None
    base: tuple[float | None, ...] | None = None


class Quadrants(Spec):
    """Lines that part a scatter into four: at ``x`` and ``y``; names from the upper right against the clock."""

    x: float
    y: float
    names: tuple[Text, Text, Text, Text]


class XY(Spec):
    """Series over years or categories: line, bar, wedge (stacked areas), fan (lines with bands), scatter."""

    form: Literal["xy"] = "xy"
    x: tuple[int | float | Text, ...]
    series: tuple[Series, ...]
    unit: str
    x_title: Text | None = None
    y_title: Text
    stacked: bool = False
    horizontal: bool = False
    observed_until: int | None = None  # years after it are drawn as scenario
    estimated_until: int | None = None  # with it, years up to this one are marked as a nowcast
    labels: tuple[Text, ...] | None = None  # scatter only: the name of each point
    marked: int = 0  # scatter only: how many labels, from the first, are written beside their point
    quadrants: Quadrants | None = None  # scatter only
    logarithmic: bool = False  # scatter only: both axes; a value of zero or less is not drawn


class Tree(Spec):
    """Parts of a whole: treemap, icicle. ``parents`` holds the index of the parent, None for a root."""

    form: Literal["tree"] = "tree"
    labels: tuple[Text, ...]
    parents: tuple[int | None, ...]
    values: tuple[float, ...]
    unit: str


class TileMap(Spec):
    """One value per province on a grid of tiles; a province missing from ``values`` is drawn as "no data"."""

    form: Literal["tiles"] = "tiles"
    values: dict[str, float]  # province code -> value
    unit: str
    value_title: Text


class Node(Spec):
    """A node of a network or Sankey; ``group`` colours it, ``size`` is in the spec's node unit."""

    name: Text
    size: float = 0.0
    group: Text | None = None
    column: int | None = None  # Sankey only: 0 is leftmost
    muted: bool = False  # Sankey only: drawn in grey (a rest put together, an end that needs no colour of its own)


class Link(Spec):
    """A directed flow between two nodes, by index."""

    source: int
    target: int
    value: float


class Network(Spec):
    """A directed network: node size by ``size_title``, edges by ``value_title``."""

    form: Literal["network"] = "network"
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    unit: str
    value_title: Text
    size_unit: str
    size_title: Text


class Step(Spec):
    """One state of a Sankey that has several, a year for instance: its name and its flows between the same nodes."""

    name: Text
    links: tuple[Link, ...]


class Sankey(Spec):
    """Flows from column to column; never a loop (a return flow goes to a node of its own).

    With ``steps`` a reader chooses among them; the one whose flows are ``links`` is shown first.
    """

    form: Literal["sankey"] = "sankey"
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    steps: tuple[Step, ...] = ()
    unit: str
    value_title: Text


class Heat(Spec):
    """A matrix, rows by columns; None is "no data"."""

    form: Literal["heat"] = "heat"
    rows: tuple[Text, ...]
    columns: tuple[Text, ...]
    values: tuple[tuple[float | None, ...], ...]
    unit: str
    value_title: Text


class Bar(Spec):
    """One span of a timeline."""

    lane: Text
    label: Text
    start: int
    end: int


class Timeline(Spec):
    """Phases and milestones by lane (Gantt)."""

    form: Literal["timeline"] = "timeline"
    bars: tuple[Bar, ...]


AnySpec = Annotated[XY | Tree | TileMap | Network | Sankey | Heat | Timeline, Field(discriminator="form")]
ChartKind = Literal[
    "network", "sankey", "line", "bar", "heatmap", "treemap", "wedge", "timeline", "fan", "scatter", "tilemap",
    "icicle", "table",
]  # fmt: skip


class Chart(Spec):
    """A titled chart of one kind; the title names place, year and unit."""

    kind: ChartKind
    title: Text
    spec: AnySpec
    note: Text | None = None  # e.g. "estimated table"


def stills(chart: Chart) -> tuple[Chart, ...]:
    """A chart as what can be printed: one chart per step where it has several, else itself."""
    spec = chart.spec
    if not isinstance(spec, Sankey) or not spec.steps:
        return (chart,)
    return tuple(
        chart.model_copy(
            update={
                "title": Text(f"{chart.title.zh}：{step.name.zh}", f"{chart.title.en}: {step.name.en}"),
                "spec": spec.model_copy(update={"links": step.links, "steps": ()}),
            }
        )
        for step in spec.steps
    )
