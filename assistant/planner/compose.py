"""From the tools' compact messages to the answer's Markdown. It reads nothing but those messages.

The figures stand in the messages' sentences already, each with its mark; this module only arranges: what was asked
first, then sections, tables and charts by their marks, then one line of what the figures rest on.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import ToolMessage

from assistant.planner.plan import Form, Status
from data.text import Language, Text

_CAVEATS = 3  # shown of one result; the rest stands in the answer object
_LONG_CAVEATS = 6  # of a long answer (one with sections)
_LONG_SENTENCE: dict[Language, int] = {"zh": 80, "en": 160}  # characters, marks included
_OUTLINE = 3  # more results than this are an outline: no bare tables in the text
BASIS = Text("口径：", "Basis: ")
_NEAREST = Text("相近的有：", "Nearest: ")
_NOTHING = Text("工具没有返回可用的结果，请换一种问法。", "The tools gave no usable result; please ask in another way.")


@dataclass(frozen=True, slots=True)
class Composed:
    """The answer's pieces in order, to be streamed one by one, and how the turn ended."""

    pieces: tuple[str, ...]
    status: Status
    reason: str | None

    @property
    def text(self) -> str:
        """The whole answer."""
        return "".join(self.pieces)


def messages_of(results: tuple[ToolMessage, ...]) -> list[dict[str, Any]]:
    """The compact messages; one that is no such message (a tool that broke) becomes an error."""
    return [_parse(m) for m in results]


def _parse(message: ToolMessage) -> dict[str, Any]:
    text = message.content if isinstance(message.content, str) else json.dumps(message.content)
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, dict) and "status" in found:
        return found
    return {
        "tool": message.name or "",
        "status": "error",
        "error": {"kind": "error", "code": "unreadable", "message": ""},
    }


def compose(
    found: list[dict[str, Any]], language: Language, notes: tuple[Text, ...] = (), form: Form | None = None
) -> Composed:
    """One answer from the results of a turn, in the order of the calls; of a ``form``, only what it names."""
    found = _settled(found)
    good = [m for m in found if m["status"] == "ok"]
    bad = _distinct([m for m in found if m["status"] != "ok"], language)
    blocks = [n.to(language) for n in notes]
    several = len(good) > 1
    said: set[str] = set()
    blocks += [
        block for m in good for block in (_lead(m, language, said) if form is None else _only(m, form, language))
    ]
    reason = _trouble(bad[0], language) if bad else None
    blocks += [_trouble(m, language) for m in bad]  # before the sections, of which the last may be shown folded
    if form is None:
        blocks += [block for m in good for block in _body(m, language, several, outline=len(good) > _OUTLINE)]
    basis = _basis(good, language) if form is None else ""
    if basis:
        blocks.append(basis)
    if not good and not bad:
        reason = _NOTHING.to(language)
        blocks.append(reason)
    status: Status = "answered" if good else _status(bad)
    return Composed(tuple(_pieces(blocks)), status, None if good else reason)


def _settled(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the targets that were not found where the clauses looked up instead were."""
    clauses = any(m["status"] == "ok" and m.get("tool") == "policy_search" for m in found)
    return [m for m in found if not (clauses and m.get("tool") == "targets" and m["status"] != "ok")]


def _distinct(bad: list[dict[str, Any]], language: Language) -> list[dict[str, Any]]:
    """Two calls that fail for one reason are told of once."""
    return list({_trouble(m, language): m for m in reversed(bad)}.values())[::-1]


def _status(bad: list[dict[str, Any]]) -> Status:
    """An unknown name with near ones is a question back; all else is a refusal."""
    for m in bad:
        error = m.get("error") or {}
        if error.get("kind") == "unknown_name" and error.get("nearest"):
            return "clarify"
    return "refused"


def _lead(message: dict[str, Any], language: Language, said: set[str]) -> list[str]:
    """The lead sentences as one paragraph, none said before, then the charts that no section shows."""
    placed = {c for s in message.get("sections", []) for c in s.get("charts", [])}
    lead = [s for s in message.get("lead", []) if s not in said]
    said.update(lead)
    return _paragraphs(lead, language) + [f"[[{c['id']}]]" for c in message.get("charts", []) if c["id"] not in placed]


_FIGURES = 6  # told where the numbers alone are asked for


def _only(message: dict[str, Any], form: Form, language: Language) -> list[str]:
    """The first sentence of a result, with its tables or charts where those are asked for; or its figures alone."""
    if form == "numbers":
        told = lead_facts(message)[:_FIGURES]
        return ["\n".join(f"- {_named(f, language)}" for f in told)] if told else _joined_lead(message, language)
    first = [str(s) for s in message.get("lead", [])[:1]]
    if form == "tables":
        first += [f"[[{t['id']}]]" for t in message.get("tables", [])]
    elif form == "charts":
        first += [f"[[{c['id']}]]" for c in message.get("charts", [])]
    return first


def _joined_lead(message: dict[str, Any], language: Language) -> list[str]:
    lead = [str(s) for s in message.get("lead", [])[:1]]
    return [_joined(lead, language)] if lead else []


def lead_facts(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures of a result's first sentences, in the order told."""
    facts = {f["id"]: f for f in message.get("facts", []) if isinstance(f, dict) and "id" in f}
    marks = dict.fromkeys(mark for s in message.get("lead", []) for mark in _MARK.findall(str(s)))
    return [facts[m] for m in marks if m in facts]


_MARK = re.compile(r"\[(F\d+)\]")


def _named(fact: dict[str, Any], language: Language) -> str:
    colon = "：" if language == "zh" else ": "
    return f"{fact.get('label', '')}{colon}{fact.get('shown', '')} [{fact['id']}]"


def _paragraphs(lead: list[str], language: Language) -> list[str]:
    """Short sentences in one paragraph; a long one is a paragraph of its own, so that its first words are seen."""
    out: list[str] = []
    row: list[str] = []
    for said in lead:
        if len(said) > _LONG_SENTENCE[language]:
            out += [_joined(row, language)] * bool(row) + [_joined([said], language)]
            row = []
        else:
            row.append(said)
    return [*out, _joined(row, language)] if row else out


def _body(message: dict[str, Any], language: Language, several: bool, outline: bool) -> list[str]:
    """The sections under their headings; with several results the result's title stands above them.

    An outline (many results) leaves out sections of tables alone: they stay attached.
    """
    sections = [s for s in message.get("sections", []) if not outline or s.get("text") or s.get("charts")]
    out: list[str] = []
    mark = "###" if several and len(sections) > 1 else "##"
    if mark == "###":
        out.append(f"## {message.get('title', '')}")
    for s in sections:
        out.append(f"{mark} {s['heading']}")
        text = [t for t in s.get("text", []) if t]
        if len(text) > 3:
            out.append("\n".join(f"- {t}" for t in text))
        elif text:
            out.append(_joined(text, language))
        out += [f"[[{b}]]" for b in s.get("tables", [])]
        out += [f"[[{c}]]" for c in s.get("charts", [])]
    return out


def _trouble(message: dict[str, Any], language: Language) -> str:
    """Why a call gave nothing, in one sentence with its mend."""
    if message["status"] == "no_data":
        return _joined(message.get("lead", []), language) or str(message.get("title", ""))
    error = message.get("error") or {}
    said = str(error.get("message") or "") or _NOTHING.to(language)
    told = "相近" in said or "nearest" in said
    near = [] if told or error.get("kind") != "unknown_name" else [n for n in error.get("nearest", []) if n not in said]
    if near:
        gap = "" if language == "zh" else " "
        said += f"{gap}{_NEAREST.to(language)}{('、' if language == 'zh' else ', ').join(near)}" + (
            "。" if language == "zh" else "."
        )
    return said


def _basis(good: list[dict[str, Any]], language: Language) -> str:
    """The most important caveats on one line, none twice."""
    chosen: list[str] = []
    for m in good:
        most = _LONG_CAVEATS if m.get("sections") else _CAVEATS
        chosen += [c for c in m.get("caveats", [])[:most] if c not in chosen]
    return f"{BASIS.to(language)}{_joined(chosen, language)}" if chosen else ""


def _joined(sentences: list[str], language: Language) -> str:
    """Sentences in a row; a full stop where one lacks it, blanks between in English."""
    stop, gap = ("。", "") if language == "zh" else (".", " ")
    whole = [
        s if s.rstrip().endswith(("。", ".", "！", "!", "？", "?", "；", "：", ":", "]]")) else s + stop
        for s in sentences
        if s
    ]
    return gap.join(whole)


def _pieces(blocks: list[str]) -> list[str]:
    """The blocks cut into sentences, so that each may be released once it is checked."""
    out: list[str] = []
    for i, block in enumerate(blocks):
        cut = sentences(block) if not block.startswith(("#", "[[", "- ", "|")) else [block]
        out += cut[:-1]
        out.append(cut[-1] + ("\n\n" if i < len(blocks) - 1 else ""))
    return out


def sentences(text: str) -> list[str]:
    """A paragraph cut after each full stop; a stop within a number, a mark or an abbreviation is none."""
    out, start = [], 0
    for i, c in enumerate(text):
        after = text[i + 1 : i + 2]
        if c in "。！？\n" or (
            c in ".!?"
            and after in ("", " ")
            and not text[max(0, i - 3) : i + 1].endswith(("e.g.", "i.e.", "vs.", "No."))
        ):
            end = i + 1
            while text[end : end + 1] == " ":
                end += 1
            out.append(text[start:end])
            start = end
    if start < len(text):
        out.append(text[start:])
    return [p for p in out if p]
