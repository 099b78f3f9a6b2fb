"""Which names find room beside their points: worked out for a narrow screen, so that none touch on a wider one."""

from __future__ import annotations

from collections.abc import Sequence

from tools.charts.style import width_of

_COLUMN, _LINE = 6.0, 13.5  # pixels of a letter's column and of a line of 11 px text
_SPOTS = (
    "top center", "bottom center", "middle right", "middle left", "top right", "bottom right", "top left", "bottom left"
)  # fmt: skip
Spot = tuple[float, float]
Box = tuple[float, float, float, float]


def placed(
    names: Sequence[str], spots: Sequence[Spot], radii: Sequence[float], tried: Sequence[int], wide: float,
    kept_free: Sequence[Box] = (),
) -> dict[int, str]:  # fmt: skip
    """Point -> Plotly's ``textposition`` of its name, for those ``tried`` (in that order) whose name touches no other point
    and no name placed before. ``spots`` in pixels, y upward, the middle of the plot at 0; names stay within ``wide`` and
    out of the boxes ``kept_free``."""
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(spots, radii, strict=True)]
    taken += kept_free
    found: dict[int, str] = {}
    for i in tried:
        lines = names[i].split("<br>")
        size = _COLUMN * max(map(width_of, lines)), _LINE * len(lines)
        for spot in _SPOTS:
            box = _box(spot, spots[i], radii[i] + 2, *size)
            inside = -wide / 2 <= box[0] and box[2] <= wide / 2
            if inside and all(_clear(box, other) for k, other in enumerate(taken) if k != i):
                found[i] = spot
                taken.append(box)
                break
    return found


def _clear(box: Box, other: Box) -> bool:
    """Whether two rectangles (left, bottom, right, top) do not overlap."""
    return box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]


def _box(spot: str, at: Spot, off: float, wide: float, high: float) -> Box:
    """The rectangle of a name beside its point."""
    x, y = at
    if spot.startswith("middle"):
        left = x + off if spot.endswith("right") else x - off - wide
        return left, y - high / 2, left + wide, y + high / 2
    bottom = y + off if spot.startswith("top") else y - off - high
    left = {"center": x - wide / 2, "right": x + 0.5 * off, "left": x - 0.5 * off - wide}[spot.split()[1]]
    return left, bottom, left + wide, bottom + high
