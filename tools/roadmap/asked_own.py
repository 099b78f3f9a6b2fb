"""Whether a question stands on the asker's own figures or scenario file, and what is said where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from data.errors import BadRequest, NotAvailable, TanluError
from data.text import Text
from tools.roadmap.overrides import Override
from tools.roadmap.scope import Scope, scope_of

if TYPE_CHECKING:
    from data.classification import Place
    from data.own.store import OwnFigures
    from tools.declare import Context

OwnAsked = Annotated[
    bool | None,
    Field(
        description="The asker's own figures (emissions, GDP growth, power, energy uploaded for a province): by default they are used "
        "where there are any; true: they were asked for, and it is said where there are none; false: the standard answer without them."
    ),
]
OwnScenario = Annotated[
    str | None,
    Field(
        description="Name of the asker's own scenario file whose changes apply; an empty text stands for the latest one."
    ),
]

_HOW = Text(
    "在“知识库”页的“自有数据”处下载模板、填写并上传，或运行 tanlu figures template > 数据.csv，填好后运行 tanlu figures add 数据.csv",
    "On the Knowledge page, under 'Own figures', download the template, fill it in and upload it; or run tanlu figures template > "
    "figures.csv and, once filled in, tanlu figures add figures.csv",
)


def asked_scope(context: Context, place: Place, own: bool | None) -> Scope:
    """The place's scope, on the asker's own figures unless they are declined.

    Raises NotAvailable where they were asked for and there are none, BadRequest where the place is no single province.
    """
    if own is False or context.own is None:
        if own:
            raise _none(place)
        return scope_of(context.warehouse, place)
    if own and place.kind != "province":
        raise _single(place) if context.own.holdings() else _none(place)
    found = scope_of(context.warehouse, place, context.own)
    if own and found.own is None:
        raise _none(place)
    return found


def own_changes(context: Context, name: str | None) -> tuple[Override, ...]:
    """The changes of the asker's scenario file; none where none was asked for. Raises NotAvailable where it is not there."""
    return scenario_changes(context.own, name)


def scenario_changes(own: OwnFigures | None, name: str | None) -> tuple[Override, ...]:
    """The same from what an owner has given."""
    if name is None:
        return ()
    found = own.scenario(name) if own is not None else None
    if found is None:
        raise _no_scenario(name, tuple(s.name for s in own.scenarios()) if own is not None else ())
    return tuple(Override.model_validate(change) for change in found.changes)


def scenario_used(own: OwnFigures, name: str) -> Text:
    """Which scenario file the changes were taken from."""
    found = own.scenario(name)
    called = found.name if found is not None else name
    return Text(f"所设假设取自您的情景文件“{called}”。", f"The changes come from your scenario file '{called}'.")


def _none(place: Place) -> TanluError:
    where = place.name if place.kind == "province" else Text("任何省份", "any province")
    return NotAvailable(
        "no_own_figures",
        Text(f"还没有您为{where.zh}提供的数据，无法据此回答。{_HOW.zh}；要看不用自有数据的标准结果，请说“不用我的数据”。",
             f"There are no figures of yours for {where.en}, so the question cannot be answered on them. {_HOW.en}. For the standard "
             "answer say 'without my figures'."),
    )  # fmt: skip


def _single(place: Place) -> TanluError:
    where = place.name
    return BadRequest(
        "own_single",
        Text(f"自有数据只用于单个省份；{where.zh}的结果仍按公开数据计算。请指定您提供了数据的省份。",
             f"Own figures serve a single province; {where.en} stays on published data. Name the province you gave figures for."),
    )  # fmt: skip


def _no_scenario(name: str, known: tuple[str, ...]) -> TanluError:
    listed = Text("；已有：" + "、".join(known), "; there are: " + ", ".join(known)) if known else Text("。", ".")
    called = Text(f"名为“{name}”的", f" named '{name}'") if name else Text("您的", " of yours")
    return NotAvailable(
        "no_own_scenario",
        Text(f"没有{called.zh}情景文件{listed.zh.rstrip('。')}。可运行 tanlu figures template --scenario > 情景.csv，填好后 "
             "tanlu figures add 情景.csv，"
             "或在“知识库”页上传。",
             f"There is no scenario file{called.en}{listed.en.rstrip('.')}. Run tanlu figures template --scenario > scenario.csv and, once "
             "filled in, tanlu figures add scenario.csv, or upload it on the Knowledge page."),
        known,
    )  # fmt: skip
