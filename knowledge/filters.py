"""What a search may be narrowed to: a document, a year, a region, a field of action."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from data.errors import UnknownName
from data.text import Text
from knowledge.corpus import Clause, Document
from knowledge.glossary import normalise
from knowledge.places import shown, written_names

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?:\s*(?:[-–—~]|至|到|to)\s*((?:19|20)\d{2})(?!\d))?")


@dataclass(frozen=True, slots=True)
class Filters:
    """None is no limit. ``document`` is an id, ``region`` a place as documents name it, ``sector`` a key."""

    document: str | None = None
    year: int | None = None
    region: str | None = None
    sector: str | None = None

    def __bool__(self) -> bool:
        return any(v is not None for v in (self.document, self.year, self.region, self.sector))

    def allow(self, document: Document, clause: Clause) -> bool:
        """Whether a clause may be found.

        A year fits where the clause or the document's title names it or a span around it, or the document is dated in
        it; a sector where heading, digest or extra words of the clause name the field of action.
        """
        if self.document is not None and document.id != self.document:
            return False
        if self.region is not None and document.place != self.region:
            return False
        said = f"{clause.title.zh} {clause.digest.zh} {clause.title.en} {clause.digest.en} {clause.words}"
        if self.year is not None and not (
            document.date.startswith(str(self.year)) or names_year(f"{document.title.zh} {said}", self.year)
        ):
            return False
        return self.sector is None or _names_sector(normalise(said), self.sector)


def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """The years and spans of years that a text names, each as first and last."""
    return tuple((int(first), int(last or first)) for first, last in _YEAR.findall(text))


def names_year(text: str, year: int) -> bool:
    """Whether a text names a year or a span of years that holds it."""
    return any(first <= year <= last for first, last in spans_of(text))


@cache
def _sectors() -> dict[str, tuple[str, ...]]:
    """Key of a field of action -> its names, normalised."""
    lines = (files("knowledge") / "sectors.csv").read_text(encoding="utf-8").splitlines()
    return {r["key"]: tuple(normalise(w) for w in r["words"].split("|")) for r in csv.DictReader(lines)}


def _names_sector(text: str, key: str) -> bool:
    for word in _sectors()[key]:
        pattern = rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" if word.isascii() else re.escape(word)
        if re.search(pattern, text):
            return True
    return False


def sector_key(name: str) -> str:
    """The key of a field of action by key or name. Raises UnknownName with the nearest names."""
    wanted = normalise(name)
    for key, names in _sectors().items():
        if wanted == normalise(key) or wanted in names:
            return key
    raise UnknownName(
        "unknown_field",
        Text(
            f"没有名为“{name}”的领域；可用：{'、'.join(n[0] for n in _sectors().values())}。",
            f"There is no field of action '{name}'; there are {', '.join(_sectors())}.",
        ),
        _near(wanted, [n for names in _sectors().values() for n in names]),
    )


def region_of(name: str, places: Iterable[str]) -> str:
    """The place of documents by one of its names. Raises UnknownName with the nearest places."""
    wanted = normalise(name)
    known = sorted(set(places))
    for place in known:
        if wanted == normalise(place) or wanted in written_names(place):
            return place
    raise UnknownName(
        "unknown_region",
        Text(
            f"知识库中没有“{name}”的文件；已有：{'、'.join(shown(p).zh for p in known)}。",
            f"The knowledge base has no documents of '{name}'; there are those of {', '.join(known)}.",
        ),
        _near(wanted, known),
    )


def _near(wanted: str, names: list[str]) -> tuple[str, ...]:
    from rapidfuzz import process

    return tuple(n for n, _, _ in process.extract(wanted, names, limit=3, score_cutoff=40))
