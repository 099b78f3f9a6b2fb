"""Two small tools for tests of the conversation: one that finds Guangdong's figures, one that fails as told."""

from __future__ import annotations

import time
from typing import Literal

from data.errors import NotAvailable
from data.text import Text
from tests.conversation.conftest import guangdong
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg
from tools.result import Basis, Draft, Result


class LookArguments(Arguments):
    """A place, and how long the look takes."""

    place: PlaceArg
    seconds: float = 0.0


@tool(
    title=Text("查数", "Look up"),
    summary=Text("查广东的数", "Look up Guangdong's figures"),
    examples=(Text("广东？", "Guangdong?"),),
)
def look(arguments: LookArguments, context: Context) -> Result:
    time.sleep(arguments.seconds)
    if arguments.place.code != "GD":
        draft = Draft(Text(f"{arguments.place.name.zh}的数", f"Figures of {arguments.place.name.en}"))
        index = draft.fact(
            Text(f"{arguments.place.name.zh}2017年排放", f"CO2 of {arguments.place.name.en}, 2017"),
            100.0 + len(arguments.place.code),
            "Mt CO2",
            region=arguments.place.name.en,
            year=2017,
            basis=Basis.OBSERVED,
            source="co2",
        )
        draft.lead(
            f"2017年{arguments.place.name.zh}排放{{0}}。", f"{arguments.place.name.en} emitted {{0}} in 2017.", index
        )
        return draft.result()
    return guangdong()


class FailArguments(Arguments):
    """How to fail."""

    how: Literal["no_data", "crash"] = "no_data"


@tool(title=Text("失败", "Fail"), summary=Text("失败", "Fails"), examples=())
def fail(arguments: FailArguments, context: Context) -> Result:
    if arguments.how == "crash":
        raise ZeroDivisionError("scripted crash")
    raise NotAvailable(
        "no_year", Text("没有2035年的清单，最近为2019年。", "There is no inventory of 2035; the latest is 2019.")
    )


class TwiceArguments(Arguments):
    """A fact of this conversation."""

    fact: str


@tool(title=Text("两倍", "Twice"), summary=Text("某数的两倍", "Twice a fact"), examples=())
def twice(arguments: TwiceArguments, context: Context) -> Result:
    fact = context.recall(arguments.fact)
    draft = Draft(Text("两倍", "Twice"))
    index = draft.fact(
        Text(f"{fact.label.zh}的两倍", f"Twice: {fact.label.en}"),
        2 * fact.value,
        fact.unit,
        basis=Basis.DERIVED,
        source=fact.source,
    )
    draft.lead("两倍为{0}。", "Twice that is {0}.", index)
    return draft.result()


TOOLS = (look, fail, twice)
