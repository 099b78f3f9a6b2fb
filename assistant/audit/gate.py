"""The gate every answer's text goes through: a block is released only after its audit, and never taken back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from assistant.answer import Audit, Unsupported
from assistant.audit.blocks import PLACE, Block, Splitter
from assistant.audit.check import PROBLEMS, Finding, Grounds, Problem, audit_text
from assistant.audit.figures import read_marks
from assistant.audit.tables import audit_table
from data.text import Text

WITHHELD = Text("〔数字未通过核对，已略去〕", "[figure withheld: not borne out]")
_BOLD_LINE = re.compile(r"\s*\*\*[^*\n]+\*\*[:：]?\s*")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\(?\d{1,3}[.)、）])\s")
_QUOTED = re.compile(r"“([^”\n]{10,})”|「([^」\n]{10,})」|\"([^\"\n]{20,})\"")
Repair = Callable[[str, list[Finding]], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A table or chart placed in the text: its Markdown, how many of its figures are facts, and those that are not."""

    text: str
    facts: int = 0
    loose: tuple[str, ...] = ()


@dataclass(slots=True)
class Gate:
    """Feed it text as it comes; it gives back the pieces to show.

    ``grounds`` is asked afresh for each block, since facts come with the tool calls. ``place`` gives the Markdown of a
    table or chart by id, or None. ``repair`` asks the model once for a failing sentence (None: the planner is not asked).
    """

    grounds: Callable[[], Grounds]
    place: Callable[[str], Placed | None]
    repair: Repair | None = None
    audit: Audit = field(default_factory=Audit)
    cited: set[str] = field(default_factory=set)
    text: str = ""
    _splitter: Splitter = field(default_factory=Splitter)
    _heading: str = ""
    _lead_in: str = ""

    async def feed(self, text: str) -> list[str]:
        """Text from the model; the pieces that may be shown now."""
        return [piece for block in self._splitter.feed(text) if (piece := await self._pass(block))]

    async def end(self) -> list[str]:
        """The end of a message; the pieces still held."""
        return [piece for block in self._splitter.end() if (piece := await self._pass(block))]

    def drop(self) -> None:
        """Forget what is held back: the model broke off in mid-sentence."""
        self._splitter = Splitter()

    async def _pass(self, block: Block) -> str:
        if block.kind == "blank":
            shown = block.text if self.text else ""
        elif block.kind == "place":
            shown = self._placed(block.text)
        elif block.kind == "table":
            shown = self._table(block.text)
        else:
            shown = await self._sentence(block)
        self.text += shown
        self.cited.update(name for mark in read_marks(shown) for name in mark.ids)
        return shown

    def _placed(self, line: str) -> str:
        found = PLACE.match(line)
        name = found.group(1) if found else ""
        placed = self.place(name)
        if placed is None:
            self._withhold(f"[[{name}]]", "", "unknown_id")
            return ""
        lead = "" if not self.text or self.text.endswith("\n\n") else "\n"
        self.audit.figures += placed.facts + len(placed.loose)
        self.audit.supported += placed.facts
        for figure in placed.loose:
            self._withhold(figure, f"[{name}]", "no_id", counted=True)
        return lead + placed.text + line[len(line.rstrip("\n")) :]

    def _table(self, text: str) -> str:
        clean, findings = audit_table(text, self.grounds(), self._over())
        for finding in findings:
            self._count(finding, clean)
        return clean

    async def _sentence(self, block: Block) -> str:
        text = _unquoted(re.sub(r"\[(\[[BC]\d+\])\]", r"\1", block.text))
        findings = audit_text(text, self.grounds(), self._over())
        failing = [f for f in findings if f.problem]
        if failing and self.repair is not None:
            again = await self.repair(text.strip(), failing)
            if again is not None:
                again = _in_place_of(text, again)
                found = audit_text(again, self.grounds(), self._over())
                if not any(f.problem for f in found):
                    text, findings, failing = again, found, []
        if failing:
            text = self._without(text, findings)
        for finding in findings:
            self._count(finding, text)
        self._note_heading(block, text)
        return text

    def _without(self, text: str, findings: list[Finding]) -> str:
        """The sentence without the figures that fail; where that leaves another one alone, without the sentence."""
        grounds = self.grounds()
        note = WITHHELD.to(grounds.language)
        clean = text
        for start, end in reversed(_spans(findings)):
            clean = clean[:start] + note + clean[end:]
        if any(f.problem for f in audit_text(clean, grounds, self._over())):
            return note + text[len(text.rstrip()) :]
        return clean

    def _count(self, finding: Finding, sentence: str) -> None:
        self.audit.figures += 1
        if finding.problem is None:
            self.audit.supported += 1
        else:
            self._withhold(finding.figure, sentence.strip(), finding.problem, counted=True)

    def _withhold(self, figure: str, sentence: str, problem: Problem, counted: bool = False) -> None:
        self.audit.figures += 0 if counted else 1
        said = PROBLEMS[problem].to(self.grounds().language)
        self.audit.unsupported.append(Unsupported(figure=figure, sentence=sentence, problem=said))

    def _over(self) -> str:
        return f"{self._heading} {self._lead_in}"

    def _note_heading(self, block: Block, text: str) -> None:
        """What stands over the following sentences: a heading, and a line that ends in a colon over its list."""
        line = text.strip()
        if block.kind == "heading" or _BOLD_LINE.fullmatch(text):
            self._heading, self._lead_in = line, ""
        elif line.endswith(("：", ":")) and text.endswith("\n"):
            self._lead_in = line
        elif not _LIST_ITEM.match(text) and (not self.text or self.text.endswith("\n")):
            self._lead_in = ""  # another paragraph begins


def _spans(findings: list[Finding]) -> list[tuple[int, int]]:
    """What to cut: each failing figure with its mark, and any figure that shares that mark."""
    spans: list[tuple[int, int]] = []
    for finding in (f for f in findings if f.problem):
        start, end = finding.start, finding.end
        for other in findings:
            if other.start < end and start < other.end:
                start, end = min(start, other.start), max(end, other.end)
        spans.append((start, end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _unquoted(text: str) -> str:
    """A digest is in our words: a long quotation that cites a clause loses its quotation marks."""
    if "[P" not in text:
        return text
    return _QUOTED.sub(lambda m: next(g for g in m.groups() if g is not None), text)


def _in_place_of(text: str, again: str) -> str:
    """The repaired sentence with the list sign and the blanks of the one it replaces."""
    head = _LIST_ITEM.match(text)
    lead = head.group(0) if head and not _LIST_ITEM.match(again) else text[: len(text) - len(text.lstrip())]
    return lead + " ".join(again.split()) + text[len(text.rstrip()) :]
