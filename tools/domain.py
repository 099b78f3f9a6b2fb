"""Argument types that read text: a model, a bot and the planner all come through the same reader.

``PlaceArg`` takes 广东, 粤, Guangdong, GD, 京津冀, China; a miss raises UnknownName with the nearest names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from data.classification import Fuel, Place, Sector, find_fuel, find_place, find_sector
from data.errors import BadRequest, TanluError, UnknownName
from data.text import Text
from tools.declare import Carried


def _reader(kind: type, find: Callable[[str], Any]) -> BeforeValidator:
    def read(value: object) -> object:
        if isinstance(value, kind):
            return value
        try:
            if value is None or not str(value).strip():
                raise BadRequest(
                    "no_name",
                    Text("没有给出名称；请写出来，例如“广东”。", "No name is given; write one, e.g. Guangdong."),
                )
            return find(str(value))
        except TanluError as error:
            raise Carried(error) from error

    return BeforeValidator(read)


def _named(description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description})


PlaceArg = Annotated[
    Place,
    _reader(Place, find_place),
    PlainSerializer(lambda p: p.name.en, return_type=str),
    _named("A province, a group of provinces or China, in Chinese or English, e.g. 广东, Guangdong, 京津冀, China."),
]
SectorArg = Annotated[
    Sector,
    _reader(Sector, find_sector),
    PlainSerializer(lambda s: s.key, return_type=str),
    _named("A sector in Chinese or English, e.g. 电力, power, 钢铁, cement, transport, households, total."),
]
FuelArg = Annotated[
    Fuel,
    _reader(Fuel, find_fuel),
    PlainSerializer(lambda f: f.key, return_type=str),
    _named("A fuel or source of CO2 in Chinese or English, e.g. 原煤, coal, oil, natural gas, process."),
]


def read_year(value: object) -> int:
    """A year from 2030, "2030年" or "by 2035". Raises UnknownName where there is none or it is outside 1900-2100."""
    found = re.search(r"(?<!\d)(19|20)\d{2}(?!\d)|(?<!\d)2100(?!\d)", str(value))
    if not found:
        raise UnknownName(
            "unknown_year",
            Text(
                f"无法识别年份“{value}”；请写四位年份，如 2017。",
                f"Cannot read the year '{value}'; write four digits, e.g. 2017.",
            ),
        )
    return int(found.group(0))


def _year(value: object) -> int:
    try:
        return read_year(value)
    except TanluError as error:
        raise Carried(error) from error


Year = Annotated[
    int, BeforeValidator(_year), WithJsonSchema({"type": "integer", "description": "A four-digit year, e.g. 2017."})
]
