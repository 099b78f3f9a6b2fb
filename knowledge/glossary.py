"""The glossary: terms of the field in both languages, each under one concept.

``glossary.csv`` has a line per concept: ``concept``, ``broader`` (a wider concept it also counts as), and the ways it
is written in Chinese and in English, separated by ``|``. It bridges the languages in search and in target matching.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from data.classification import PROVINCES, city_names

_DASHES = re.compile(r"[-‐‑–—_/]+(?=[a-z])|(?<=[a-z])[-‐‑–—_/]+")
_ACCENTS = re.compile(r"([A-Za-z])[\u0300-\u036f]+")
_SPACES = re.compile(r"\s+")


@cache
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _traditional() -> frozenset[str]:
    """The characters that Simplified Chinese writes otherwise; a text without any needs no conversion."""
    out: set[str] = set()
    for name in ("TSCharacters.txt", "TSPhrases.txt"):
        for line in (files("opencc") / "dictionary" / name).read_text(encoding="utf-8").splitlines():
            old, _, new = line.partition("\t")
            out |= {a for a, b in zip(old, new.split()[0], strict=False) if a != b}
    return frozenset(out)


def normalise(text: str) -> str:
    """One spelling for search: half width, no accents, Simplified Chinese, lower case, hyphens between words as blanks."""
    half = unicodedata.normalize("NFKC", text)
    if not half.isascii():
        half = _ACCENTS.sub(r"\1", unicodedata.normalize("NFD", half))
        if not _traditional().isdisjoint(half):
            half = _converter().convert(half)  # type: ignore[attr-defined]
    return _SPACES.sub(" ", _DASHES.sub(" ", half.lower())).strip()


@dataclass(frozen=True, slots=True)
class Term:
    """A concept found in a text, with the span of the normalised text it took."""

    concept: str
    start: int
    end: int


class Glossary:
    """Concepts by their written forms, found by longest match."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.broader = {r["concept"]: r["broader"] for r in rows if r["broader"]}
        self._forms: dict[str, str] = {}
        self.chinese: list[str] = []
        self.lines = [f"{r['zh']} {r['en']}".replace("|", " ") for r in rows]  # each concept as a bilingual text
        for row in rows:
            for language in ("zh", "en"):
                for form in filter(None, row[language].split("|")):
                    self._forms.setdefault(normalise(form), row["concept"])
            self.chinese += [normalise(f) for f in row["zh"].split("|") if f]
        lengths: dict[str, set[int]] = defaultdict(set)
        for form in self._forms:
            lengths[form[0]].add(len(form))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    def forms(self) -> dict[str, str]:
        """Every written form, normalised, with its concept."""
        return dict(self._forms)

    def find(self, text: str) -> list[Term]:
        """The concepts of a normalised text from left to right, the longest written form first, none overlapping."""
        found: list[Term] = []
        i = 0
        while i < len(text):
            term = self._at(text, i)
            if term is None:
                i += 1
                continue
            found.append(term)
            i = term.end
        return found

    def _at(self, text: str, start: int) -> Term | None:
        if _is_latin(text, start) and start and _is_latin(text, start - 1):
            return None  # within a word
        for size in self._lengths.get(text[start], ()):
            concept = self._forms.get(text[start : start + size])
            end = start + size
            if concept is None:
                continue
            if _is_latin(text, end - 1) and _is_latin(text, end) and not _plural(text, end):
                continue  # the form ends within a longer Latin word
            return Term(concept, start, end)
        return None

    def concepts(self, text: str) -> list[str]:
        """The concepts of a normalised text, wider ones included, in order of appearance."""
        out: list[str] = []
        for term in self.find(text):
            out.append(term.concept)
            if term.concept in self.broader:
                out.append(self.broader[term.concept])
        return out


def _is_latin(text: str, at: int) -> bool:
    """Whether a Latin letter or a digit stands at ``at``."""
    return at < len(text) and text[at].isascii() and text[at].isalnum()


def _plural(text: str, end: int) -> bool:
    """Whether only a plural s stands between ``end`` and the end of the word."""
    return text[end] == "s" and not _is_latin(text, end + 1)


@cache
def load_bridge() -> Glossary:
    """Common words of the field and names of places in both languages: for search only, not terms with a meaning.

    They are apart from the glossary since words such as plan, reach or share must not count as indicators of targets.
    """
    lines = (files("knowledge") / "bridge.csv").read_text(encoding="utf-8").splitlines()
    rows = [{"concept": r["en"].partition("|")[0], "broader": "", **r} for r in csv.DictReader(lines)]
    for place in PROVINCES:
        rows.append({"concept": place.name.en, "broader": "", "zh": place.name.zh, "en": place.name.en})
    for name in city_names().values():
        rows.append({"concept": name.en, "broader": "", "zh": name.zh, "en": name.en})
    return Glossary(rows)


@cache
def load_glossary() -> Glossary:
    """The glossary shipped with the package."""
    lines = (files("knowledge") / "glossary.csv").read_text(encoding="utf-8").splitlines()
    return Glossary(list(csv.DictReader(lines)))
