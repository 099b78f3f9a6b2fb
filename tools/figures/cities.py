"""Cities of the city inventory: as parts of a measure, the province each lies in, the names each is asked by."""

from __future__ import annotations

from functools import cache

from data.characters import folded
from data.classification import PROVINCES, Place, city_aliases, city_names
from data.text import Text
from tools.measures import Part


def own_province(key: str) -> Place | None:
    """The province a city's name in the source begins with: 广东深圳 lies in 广东, 上海 is its own."""
    return next((p for p in PROVINCES if key.startswith(p.name.zh)), None)


def city(key: str) -> Part:
    """A city as a part of the city inventory, with the names it is asked by."""
    province = own_province(key)
    names = city_names()
    if key in names:
        name = names[key]
        bare = name.en.partition(" (")[0]
        # "Yulin (Shaanxi)" keeps its bracket only where another city has the same name in English.
        if sum(n.en.partition(" (")[0] == bare for n in names.values()) == 1:
            name = Text(name.zh, bare)
    else:
        name = province.name if province else Text(key, key)
    if province is not None and name.zh == province.name.zh != key:
        name = Text(f"{name.zh}市", f"{province.name.en} City")  # 吉林市 lies in 吉林
    own = f"{province.name.zh}省{key[len(province.name.zh) :]}" if province else key
    aliases = [*_aliases().get(key, ()), own, f"{own}市", f"{name.en} City", name.en]
    return Part(key=key, name=name, aliases=tuple(dict.fromkeys(aliases)))


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for name, key in city_aliases().items():
        out.setdefault(key, []).append(name)
    return {key: tuple(names) for key, names in out.items()}


@cache
def _keys() -> dict[str, str]:
    return {folded(name): key for name, key in city_aliases().items()}


def known_city(name: str) -> str | None:
    """The key of a city from its name in Chinese or English (深圳, Shenzhen, 深圳市); None for anything else."""
    return _keys().get(folded(name))
