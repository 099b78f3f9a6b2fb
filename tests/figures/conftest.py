"""One warehouse of the starter dataset, and short ways to ask and to read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from data.errors import UnknownName
from data.text import Language, Text
from data.warehouse import Warehouse, open_warehouse
from knowledge.search import open_library
from tools.declare import Context
from tools.result import Fact, Result
from tools.units import show


@pytest.fixture(scope="session")
def warehouse() -> Warehouse:
    return open_warehouse()


def nothing_recalled(name: str) -> Fact:
    raise UnknownName("unknown_fact", Text(f"没有 {name}。", f"There is no {name}."))


@pytest.fixture(scope="session")
def context(warehouse: Warehouse) -> Context:
    return Context(warehouse, open_library(), nothing_recalled)


@pytest.fixture(scope="session")
def ask(context: Context) -> Callable[..., Result]:
    """ask(places=…, years=…) runs the figures tool."""
    from tools.figures.tool import figures

    return lambda **arguments: figures.call(arguments, context)


def said(result: Result, language: Language) -> str:
    """The lead as a reader sees it, each figure with its id."""
    return " ".join(sentences(result, language))


def sentences(result: Result, language: Language) -> list[str]:
    """The sentences of the lead."""
    return [_filled(result, s, language) for s in result.lead]


def _filled(result: Result, sentence: Any, language: Language) -> str:
    def hole(match: re.Match[str]) -> str:
        fact = result.facts[sentence.facts[int(match[1])]]
        value = abs(fact.value) if match[2] == ":abs" else fact.value
        return f"{show(value, fact.unit, language, fact.reader_unit)} [F{sentence.facts[int(match[1])] + 1}]"

    return re.sub(r"\{(\d+)(:\w+)?\}", hole, sentence.text.to(language))


def fact_of(result: Result, **properties: Any) -> Fact:
    """The one fact with these properties."""
    found = [f for f in result.facts if all(getattr(f, k) == v for k, v in properties.items())]
    assert len(found) == 1, [f.label.en for f in found]
    return found[0]
