"""Places by their written names, so that a plan of one place gives way where a question names another or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from data.classification import PROVINCES, city_aliases, city_names, place_aliases
from data.text import Text
from knowledge.glossary import normalise

_SHORT = frozenset("粤沪渝琼皖闽赣")  # one-letter names that hardly stand within other words
GENERAL = frozenset({"China", "global", "companies"})  # documents that speak of no one place in particular
_GENERAL_NAMES = {
    "China": ("china", "national", "全国", "国家", "中国"),
    "global": ("global", "world", "全球", "世界"),
    "companies": ("companies", "company", "企业", "公司"),
}


@cache
def _written() -> dict[str, tuple[str, ...]]:
    """English name of a province, group or city of the data -> the ways it is written, normalised."""
    out: dict[str, set[str]] = defaultdict(set)
    for alias, place in place_aliases().items():
        out[place.name.en].add(normalise(alias))
    names = city_names()
    for alias, key in city_aliases().items():
        out[names[key].en].add(normalise(alias))
    return {name: tuple(sorted(w for w in found if _usable(w))) for name, found in out.items()}


def _usable(name: str) -> bool:
    return (len(name) > 3 if name.isascii() else len(name) > 1) or name in _SHORT


@cache
def _names() -> dict[str, Text]:
    """English name of a province or city of the data -> its name in both languages."""
    return {name.en: name for name in (*city_names().values(), *(p.name for p in PROVINCES))}


def shown(place: str) -> Text:
    """A document's place as it is called in each language."""
    if place in GENERAL:
        return Text({"China": "全国", "global": "全球", "companies": "企业"}[place], place)
    return _names().get(place, Text(place, place))


def written_names(place: str) -> tuple[str, ...]:
    """How a document's place is written, normalised; a place the data do not know is written as its own name."""
    return _GENERAL_NAMES.get(place) or _written().get(place) or (normalise(place),)


@cache
def _province_of_city() -> dict[str, str]:
    """A written name of a city of the data, normalised -> the English name of its province."""
    provinces = {p.name.zh: p.name.en for p in PROVINCES}
    out: dict[str, str] = {}
    for alias, key in city_aliases().items():
        province = next((en for zh, en in provinces.items() if key.startswith(zh)), None)
        if province and _usable(normalise(alias)):
            out[normalise(alias)] = province
    return out


def places_named(text: str, places: Iterable[str]) -> frozenset[str]:
    """Those of ``places`` that a normalised text names; the general ones are never named in this sense.

    Where it names none of them but a city of a province among them, that province.
    """
    local = [p for p in places if p not in GENERAL]
    named = frozenset(p for p in local if any(_stands(text, w) for w in written_names(p)))
    if named:
        return named
    return frozenset(en for city, en in _province_of_city().items() if en in local and _stands(text, city))


def _stands(text: str, name: str) -> bool:
    at = text.find(name)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(name) : at + len(name) + 1]
        if not name.isascii() or not any(c.isascii() and c.isalnum() for c in around):
            return True
        at = text.find(name, at + 1)
    return False
