"""The answer object: what every face, bot and file gets (the contract of ``POST /api/ask`` and ``tanlu ask --json``)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from data.text import Language
from tools.charts.specs import ChartKind
from tools.result import Account, Basis

Status = Literal["answered", "clarify", "refused", "error"]
StepStatus = Literal["running", "ok", "no_data", "error"]
Value = str | int | float | None


class Part(BaseModel):
    """Base of the answer's parts: closed to unknown fields."""

    model_config = ConfigDict(extra="forbid")


class DatasetName(Part):
    """Which dataset the figures are from."""

    id: str
    version: str


class AnswerFact(Part):
    """A figure at full precision in the unit named; ``source`` is "<dataset id>/<table>" or a document id."""

    id: str
    label: str
    value: float
    unit: str
    region: str | None = None
    sector: str | None = None
    year: int | None = None
    account: Account | None = None
    scenario: str | None = None
    basis: Basis
    source: str
    tool_call: str


class AnswerCitation(Part):
    """A clause of a document; ``digest`` is in our words and never shown in quotation marks."""

    id: str
    document: str
    title: str
    clause: str | None = None
    url: str | None = None
    digest: str
    verified: bool


class AnswerColumn(Part):
    """A column of a table; ``unit`` is null for names and other words."""

    name: str
    unit: str | None = None


class AnswerTable(Part):
    """A table with plain cells, figures at full precision in the column's unit."""

    id: str
    title: str
    columns: list[AnswerColumn]
    rows: list[list[Value]]
    total_rows: int
    truncated: bool


class AnswerChart(Part):
    """A chart as a Plotly figure."""

    id: str
    kind: ChartKind
    title: str
    figure: dict[str, Any]


class AnswerCall(Part):
    """One tool call of the answer."""

    id: str
    tool: str
    arguments: dict[str, Any]
    seconds: float
    status: Literal["ok", "no_data", "error"]


class AnswerSource(Part):
    """A source and how to cite it."""

    id: str
    citation: str
    licence: str | None = None
    url: str | None = None


class Unsupported(Part):
    """A figure the audit withheld: as it was written, the sentence as it was shown, and why."""

    figure: str
    sentence: str
    problem: str


class Audit(Part):
    """How many figures the answer was given, how many the ledger bears out, and those withheld."""

    figures: int = 0
    supported: int = 0
    unsupported: list[Unsupported] = Field(default_factory=list)


class Evidence(Part):
    """What figures and clauses an answer rests on: the parts it has in common with a single tool call's."""

    dataset: DatasetName
    model_version: str | None = None
    facts: list[AnswerFact] = Field(default_factory=list)
    citations: list[AnswerCitation] = Field(default_factory=list)
    tables: list[AnswerTable] = Field(default_factory=list)
    charts: list[AnswerChart] = Field(default_factory=list)


class _Asked(Part):
    id: str
    conversation: str
    question: str
    created: str
    answer: str
    language: Language
    status: Status
    reason: str | None = None
    model: str


class _Called(Part):
    tool: str
    arguments: dict[str, Any]
    seconds: float
    status: Literal["ok", "no_data"]
    language: Language
    title: str
    lead: list[str] = Field(default_factory=list)
    sections: list[dict[str, Any]] = Field(default_factory=list)


# The contract promises an order of the fields: Pydantic lists those of the last base first, a class's own last.
class Answer(Evidence, _Asked):
    """One answer with everything needed to check it."""

    tool_calls: list[AnswerCall] = Field(default_factory=list)
    sources: list[AnswerSource] = Field(default_factory=list)
    method: list[str] = Field(default_factory=list)
    caveats: list[str] = Field(default_factory=list)
    notices: list[str] = Field(default_factory=list)
    audit: Audit = Field(default_factory=Audit)
    suggestions: list[str] = Field(default_factory=list)


class ToolAnswer(Evidence, _Called):
    """What one tool call found, without any model: the parts of an answer, numbered from 1."""

    sources: list[AnswerSource] = Field(default_factory=list)
    method: list[str] = Field(default_factory=list)
    caveats: list[str] = Field(default_factory=list)
    suggestions: list[str] = Field(default_factory=list)
