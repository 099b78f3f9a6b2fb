"""The ends of a chain with their names and measures, and how their facts are written."""

from __future__ import annotations

from dataclasses import dataclass

from data.classification import Place
from data.text import Text
from tools.mrio.bounds import Bound
from tools.mrio.system import Scope
from tools.mrio.telling import Teller
from tools.paths.joint_numbers import End, Measures, between
from tools.result import Account

_NEGLIGIBLE = 1e-4  # a link this small beside the largest is not told


@dataclass(frozen=True)
class ToldEnd:
    """An end with its place, its name in a sentence and the table's name of its sector."""

    end: End
    place: Place
    name: Text
    full: Text


@dataclass(frozen=True)
class Told:
    """The ends, their measures, and which of the two cuts the asker named."""

    scope: Scope
    ends: tuple[ToldEnd, ...]
    measures: Measures
    given: frozenset[str]

    @property
    def links(self) -> list[tuple[int, int]]:
        """Ordered pairs (emitter, buyer) with emissions between them, largest first."""
        n = len(self.ends)
        size = {
            (a, b): between(self.scope.system, self.ends[a].end, self.ends[b].end)
            for a in range(n) for b in range(n) if a != b
        }  # fmt: skip
        least = _NEGLIGIBLE * max(size.values())
        return [pair for pair in sorted(size, key=lambda p: -size[p]) if size[pair] > least]


def end_fact(
    tell: Teller, end: ToldEnd, label: Text, value: float, unit: str = "Mt CO2", bound: Bound | None = None
) -> int:
    """A fact of one end."""
    account = Account.CONSUMPTION_DOMESTIC if unit != "100M yuan" else None
    return tell.fact(label, value, unit, account=account, bound=bound, sector=end.full, region=end.place.name)


def named(names: list[Text]) -> Text:
    """Names in a row inside a sentence: 甲、乙和丙 / A, B and C."""
    if len(names) == 1:
        return names[0]
    head, last = names[:-1], names[-1]
    return Text(f"{'、'.join(n.zh for n in head)}和{last.zh}", f"{', '.join(n.en for n in head)} and {last.en}")
