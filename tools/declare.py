"""How a tool is declared: once. LangChain tool, REST route, CLI and reference page all come from the declaration.

@tool(title=Text("排放数据", "Figures"), summary=Text("…", "…"), examples=(Text("…", "…"),))
def figures(arguments: FiguresArguments, context: Context) -> Result: ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.errors import BadRequest, TanluError
from data.text import Text
from data.unfit import told
from tools.result import Fact, Result

if TYPE_CHECKING:
    from data.own.store import OwnFigures
    from data.warehouse import Warehouse
    from knowledge.ingest.shelf import Shelf
    from knowledge.search import Library


class Arguments(BaseModel):
    """Base of every tool's arguments: closed, frozen; each field has a description and, where sensible, a default."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


A = TypeVar("A", bound=Arguments)
LATEST_TABLE = 0  # a ``year`` that stands for the latest input-output table of the dataset


def latest_table(description: str = "Year of the input-output table; by default the latest.") -> Any:
    """The field ``year`` of a tool over input-output tables: left open, ``Tool.call`` puts the dataset's latest in its place."""
    return Field(default_factory=lambda: LATEST_TABLE, description=description)


@dataclass(frozen=True, slots=True)
class Context:
    """What a tool may reach. ``recall`` finds a fact shown earlier in the conversation by its id.

    ``shelf`` are the asker's own documents, ``own`` the figures and scenario files of theirs; None where nobody in particular
    asks. Raises UnknownName from ``recall`` for an id that was never given.
    """

    warehouse: Warehouse
    library: Library
    recall: Callable[[str], Fact]
    shelf: Shelf | None = None
    own: OwnFigures | None = None


@dataclass(frozen=True, slots=True)
class Tool(Generic[A]):
    """One declared tool."""

    name: str
    title: Text
    summary: Text
    examples: tuple[Text, ...]
    arguments: type[A]
    function: Callable[[A, Context], Result]

    def read(self, arguments: dict[str, Any]) -> A:
        """Arguments from outside (a model, a bot, a person) as the typed model.

        Raises UnknownName where a name is not known, BadRequest where the form is wrong.
        """
        try:
            return self.arguments.model_validate(arguments)
        except ValidationError as error:
            plain = _plain(self.name, error, tuple(self.arguments.model_fields))
        # not raised "from" it: Pydantic's report holds our error in turn, a ring that Python cannot collect
        raise plain

    def call(self, arguments: dict[str, Any], context: Context) -> Result:
        """Read the arguments and run the function; a year left open is that of the dataset's latest table."""
        read = self.read(arguments)
        if getattr(read, "year", None) == LATEST_TABLE:
            from data.mrio import default_year

            read = read.model_copy(update={"year": default_year(context.warehouse)})
        return self.function(read, context)


def tool(
    *, title: Text, summary: Text, examples: tuple[Text, ...]
) -> Callable[[Callable[[A, Context], Result]], Tool[A]]:
    """Declare a function ``(arguments, context) -> Result`` as the tool of the function's name."""

    def declare(function: Callable[[A, Context], Result]) -> Tool[A]:
        name = function.__name__
        hints = get_type_hints(function, include_extras=True)
        return Tool(name, title, summary, examples, hints["arguments"], function)

    return declare


def _plain(name: str, error: ValidationError, known: Sequence[str]) -> TanluError:
    """One sentence for people from Pydantic's report; an error of our own inside a validator comes through whole."""
    for item in error.errors():
        inner = item.get("ctx", {}).get("error")
        if isinstance(inner, Carried):
            return inner.error
    where, why = told(error, known)
    return BadRequest(
        "bad_arguments",
        Text(
            "工具 {name} 的参数 {where} 不可用（{why}）；可用 `tanlu tools` 查看参数。",
            "Argument {where} of {name} cannot be used ({why}); see `tanlu tools` for the arguments.",
        ).fill(name=name, where=where or Text("（整体）", "(all of them)"), why=why),
    )


class Carried(ValueError):
    """Carries a TanluError out of a Pydantic validator, which only lets ValueErrors through."""

    def __init__(self, error: TanluError) -> None:
        super().__init__(error.message.en)
        self.error = error
