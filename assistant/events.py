"""What a turn tells whoever listens, in order. Every face reads this one audited stream and nothing else."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, StepStatus
from data.text import Language
from tools.charts.specs import ChartKind


class EventBase(BaseModel):
    """Base of the events: frozen, named by ``type``."""

    model_config = ConfigDict(frozen=True)


class Started(EventBase):
    """The turn has begun; ``answer`` and ``conversation`` are the ids it will be found under."""

    type: Literal["started"] = "started"
    answer: str
    conversation: str
    language: Language
    model: str


class Step(EventBase):
    """A tool call, told twice: ``running`` when it starts, then how it ended and after how many seconds."""

    type: Literal["step"] = "step"
    id: str
    tool: str
    title: str
    arguments: dict[str, Any]
    status: StepStatus
    seconds: float | None = None


class TextPiece(EventBase):
    """The next piece of the answer's Markdown, audited; the pieces joined are the answer. Never taken back."""

    type: Literal["text"] = "text"
    text: str


class ChartReady(EventBase):
    """A chart of this answer is in the ledger: ``Assistant.chart(conversation, id)`` gives its specification."""

    type: Literal["chart"] = "chart"
    id: str
    kind: ChartKind
    title: str


class Notice(EventBase):
    """Something the asker should know about how the answer came about, e.g. a fallback taken."""

    type: Literal["notice"] = "notice"
    text: str


class Done(EventBase):
    """The whole answer, stored; always the last event of a turn that went well."""

    type: Literal["done"] = "done"
    answer: Answer


class Failure(BaseModel):
    """What went wrong, in one sentence that names the mend."""

    code: str
    kind: str
    message: str


class Failed(EventBase):
    """The turn broke off; ``answer`` is what was stored (status "error"). The last event of such a turn."""

    type: Literal["failed"] = "failed"
    error: Failure
    answer: Answer


Event = Annotated[Started | Step | TextPiece | ChartReady | Notice | Done | Failed, Field(discriminator="type")]
