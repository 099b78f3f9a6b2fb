"""Whose emissions an answer on embodied trade follows: those of all sectors, or of one."""

from __future__ import annotations

from dataclasses import dataclass

from data.classification import Sector
from data.text import Text
from tools.mrio import words
from tools.mrio.accounts import Numbers
from tools.mrio.partners import listed_name, numbers_of, part_caveat


@dataclass(frozen=True)
class Emitter:
    """All sectors (``numbers`` and ``name`` None), or the one or group that was asked for; ``notes`` what is owed on it."""

    numbers: Numbers = None
    name: Text | None = None
    notes: tuple[Text, ...] = ()

    @property
    def ahead(self) -> tuple[str, str]:
        """What opens the first sentence, zh and en; empty for all sectors."""
        if self.name is None:
            return "", ""
        return f"仅计{self.name.zh}的排放：", f"Counting only the emissions of {words.in_sentence(self.name).en}: "

    def titled(self, title: Text) -> Text:
        """A title with the sector."""
        return title if self.name is None else words.only(title, self.name)


def emitter_of(sector: Sector | None) -> Emitter:
    """The emitter that a sector names; all sectors where none or the total is named. Raises BadRequest for households."""
    if sector is None or sector.kind == "total" or sector.key == "production":
        return Emitter()
    numbers = numbers_of(sector)
    name = listed_name(sector, numbers)
    part = part_caveat(sector, words.in_sentence(name))
    return Emitter(numbers, name, (part,) if part else ())


__all__ = ["Emitter", "emitter_of"]
