"""What the intent model sees of a question: its words with the names blotted out, and what the reader found in it.

Names say which place or sector is asked, not which tool: a province is one unit whatever its name, a year one of three
(of the data, since, to come), a number one. What is left are words and characters, one by one and in pairs.
"""

from __future__ import annotations

import re

from assistant.planner.lexicon import Token, tokens
from assistant.planner.reader import Reading

_LAST_OBSERVED = 2019  # of the inventory
_FIRST_PROJECTED = 2026  # of the roadmaps
_STANDARD = re.compile(r"\b[LX]\.?\s?(?=\d{4}\b)", re.IGNORECASE)
_FACT = re.compile(r"(?<![A-Za-z0-9])F\d+(?![A-Za-z0-9])", re.IGNORECASE)
_RUN = 2  # units in a row
_PIECE = 4  # letters of the pieces of English words, so that a slip costs one piece and not the word


def _named(reading: Reading) -> list[tuple[int, int, str]]:
    """The spans of names with the unit that stands for each."""
    out: list[tuple[int, int, str]] = [(m.start(), m.end(), "<id>") for m in _FACT.finditer(reading.text)]
    for m in reading.mentions:
        if not m.text:
            continue
        what = m.meaning
        if what.document is not None:
            out.append((m.start, m.end, "<document>"))
        elif what.place is not None:
            out.append((m.start, m.end, f"<{what.place.kind}>"))
        elif what.city is not None:
            out.append((m.start, m.end, "<city>"))
        elif what.sector is not None and what.sector.kind not in ("total", "households"):
            out.append((m.start, m.end, "<sector>"))
        elif what.fuel is not None:
            out.append((m.start, m.end, "<fuel>"))
    return sorted(out)


def _number(word: Token, text: str) -> str:
    value = word.text
    if _STANDARD.search(text[max(0, word.start - 3) : word.end]):
        return f"l.{value}"
    if re.fullmatch(r"(?:19|20)\d{2}", value):
        year = int(value)
        if year <= _LAST_OBSERVED:
            return "<year>"
        return "<year since>" if year < _FIRST_PROJECTED else "<year to come>"
    return "<percent>" if re.match(r"\s*(?:%|percent)", text[word.end :]) else "<number>"


def units(reading: Reading) -> list[str]:
    """The words and Chinese characters of a question in order, each name and number as the unit that stands for it."""
    named, at, done = _named(reading), 0, 0
    out: list[str] = []
    for word in tokens(reading.text):
        if word.start < done:
            continue
        while at < len(named) and named[at][0] < word.start:
            at += 1
        if at < len(named) and named[at][0] == word.start:
            done = max(end for start, end, _ in named if start == word.start)
            if not out or out[-1] != named[at][2]:
                out.append(named[at][2])
        elif word.text[0].isdigit():
            out.append(_number(word, reading.text))
        elif word.text[0].isalpha():
            out.append(word.stem)
        elif word.text in "?;":
            out.append(word.text)
    return out


def words_seen(reading: Reading) -> set[str]:
    """The runs of units and the pieces of English words."""
    row = ["^", *units(reading), "$"]
    out = {" ".join(row[i : i + n]) for n in range(1, _RUN + 1) for i in range(len(row) - n + 1)}
    for unit in row:
        if unit.isascii() and unit.isalpha() and len(unit) > _PIECE:
            padded = f"_{unit}_"
            out |= {f"~{padded[i : i + _PIECE]}" for i in range(len(padded) - _PIECE + 1)}
    return out - {"^", "$"}


def structure_seen(reading: Reading) -> set[str]:
    """What the reader found: cues, how many names of each kind, which times, how the question is written."""
    years = reading.years
    provinces = sum(p.kind == "province" for p in reading.places)
    found = {
        f"provinces {min(provinces, 3)}": True,
        "group": any(p.kind == "group" for p in reading.places),
        "nation": any(p.kind == "nation" for p in reading.places),
        f"sectors {min(len(reading.sectors), 2)}": True,
        "fuels": bool(reading.fuels),
        "city": bool(reading.cities),
        "document": bool(reading.documents),
        "concept": bool(reading.concepts),
        "per": reading.per is not None or any(a.per != "none" for a in reading.measures),
        "year": bool(years.all) and max(years.all) <= _LAST_OBSERVED,
        "year to come": any(y >= _FIRST_PROJECTED for y in years.all),
        "years": len(years.all) > 1 or years.span is not None,
        "plan": years.plan is not None,
        "percent": bool(reading.percents),
        "amount": bool(reading.quantities),
        "limit": reading.limit is not None,
        "stranger": reading.stranger is not None,
        "nothing": not (reading.mentions or years.named),
        "chinese": reading.language == "zh",
    }
    for asked in reading.measures:
        found[f"measure {asked.measure}"] = True
    return {f"has:{k}" for k, there in found.items() if there} | {f"cue:{name}" for name in reading.cues}
