"""What a turn has told so far, as the parameters of its view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer
from assistant.events import ChartReady, Done, Event, Failed, Notice, Started, Step, TextPiece
from assistant.ledger import Call
from assistant.web import strings as say
from assistant.web.evidence import markdown_file, notes
from assistant.web.markdown import blocks
from assistant.web.retell import folded_headings, retold, step_titles
from data.text import Language


class Told:
    """Hears the events of one turn; ``parameters`` is what its view shows of them."""

    def __init__(self) -> None:
        self.text = ""
        self.charts: list[str] = []
        self.steps: dict[str, dict[str, Any]] = {}
        self.notices: list[str] = []
        self.answer_id = ""
        self.conversation: str | None = None
        self.answer: Answer | None = None
        self.problem = ""
        self.stopped = False
        self.asked_in: Language | None = None  # the question's language; None once the reader chose the page's

    def language(self, page: Language) -> Language:
        """The language this turn is shown in: its own until the reader changes the page's."""
        if self.asked_in is None:
            return page
        return self.asked_in if self.answer is None else self.answer.language

    def hear(self, event: Event) -> None:
        """Take in one event."""
        if isinstance(event, Started):
            self.answer_id, self.conversation = event.answer, event.conversation
        elif isinstance(event, Step):
            self.steps[event.id] = {
                "id": event.id, "title": event.title, "status": event.status, "seconds": event.seconds
            }  # fmt: skip
        elif isinstance(event, TextPiece):
            self.text += event.text
        elif isinstance(event, ChartReady):
            self.charts.append(event.id)
        elif isinstance(event, Notice):
            self.notices.append(event.text)
        elif isinstance(event, Done):
            self.answer = event.answer
        elif isinstance(event, Failed):
            self.answer, self.problem = event.answer, event.error.message

    @classmethod
    def of(cls, answer: Answer) -> Told:
        """A stored answer, told anew."""
        told = cls()
        told.answer, told.answer_id, told.conversation = answer, answer.id, answer.conversation
        told.text, told.notices = answer.answer, answer.notices
        told.asked_in = answer.language
        told.charts = [chart.id for chart in answer.charts]
        told.steps = {
            c.id: {"id": c.id, "title": c.tool, "status": c.status, "seconds": c.seconds} for c in answer.tool_calls
        }
        if answer.status == "error":
            told.problem = answer.reason or say.BROKEN.to(answer.language)
        return told

    def parameters(self, finished: bool, language: Language, calls: Sequence[Call] = ()) -> dict[str, Any]:
        """The view's parameters in ``language``; ``calls`` is the evidence so far.

        Takes some milliseconds for a long answer: call it outside the event loop.
        """
        answer = None if self.answer is None else retold(self.answer, calls, language)
        text = answer.answer if answer is not None and answer.answer else self.text
        titles = step_titles(calls, language)
        folded = folded_headings(calls, "zh") | folded_headings(calls, "en")
        shown = blocks(text, self.answer_id, folded)
        if finished:  # a chart that no line of the text placed stands at the end
            loose = [c for c in self.charts if f"[[{c}]]" not in text]
            shown += [f'<figure class="chart" data-chart="{chart}"></figure>' for chart in loose]
        status = "running" if not finished else "stopped" if self.stopped else "error" if self.problem else "answered"
        found: dict[str, Any] = {
            "answer": self.answer_id,
            "blocks": shown,
            "steps": [step | {"title": titles.get(key, step["title"])} for key, step in self.steps.items()],
            "notices": list(self.notices),
            "problem": self.problem,
            "status": answer.status if finished and answer is not None and not self.stopped else status,
            "charts": f"/page/charts/{self.conversation}" if self.conversation else "",
        }
        if answer is not None:
            audit = {"figures": answer.audit.figures, "supported": answer.audit.supported}
            found |= {
                "notes": notes(answer, language),
                "audit": audit if answer.audit.figures else None,
                "markdown": markdown_file(self.answer or answer),
                "suggestions": list(answer.suggestions) if finished else [],
            }
        return found
