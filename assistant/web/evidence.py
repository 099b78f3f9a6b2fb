"""What stands behind an answer, for people: the notes of its marks, the sources drawer, the Markdown file."""

from __future__ import annotations

from html import escape
from typing import Any

from assistant.answer import Answer, AnswerCitation, AnswerFact
from assistant.web import strings as say
from data.classification import find_place, find_sector
from data.errors import UnknownName
from data.text import Language, Text
from knowledge.ingest.store import is_own
from tools.units import show


def notes(answer: Answer, language: Language) -> dict[str, dict[str, Any]]:
    """By mark: title, rows of (name, value), badge and links, as the page shows them beside ``[F1]`` and ``[P1]``."""
    found = {fact.id: _fact_note(answer, fact, language) for fact in answer.facts}
    return found | {clause.id: _clause_note(clause, language) for clause in answer.citations}


def _fact_note(answer: Answer, fact: AnswerFact, language: Language) -> dict[str, Any]:
    rows = [
        (say.REGION, _place(fact.region, language)),
        (say.SECTOR, _sector(fact.sector, language)),
        (say.YEAR, None if fact.year is None else str(fact.year)),
        (say.ACCOUNT, _account(fact, language)),
        (say.SCENARIO, fact.scenario),
        (say.SOURCE, fact.source),
    ]
    return {
        "title": fact.label,
        "value": show(fact.value, fact.unit, language),
        "rows": [[name.to(language), value] for name, value in rows if value],
        "badge": say.BASES[fact.basis].to(language),
        "kind": str(fact.basis),
        "href": f"/api/answers/{answer.id}/facts/{fact.id}",
    }


def _clause_note(clause: AnswerCitation, language: Language) -> dict[str, Any]:
    return {
        "title": f"{clause.title} {clause.clause or ''}".strip(),
        "text": clause.digest,
        "rows": [],
        "badge": _state(clause)[1].to(language),
        "kind": _state(clause)[0],
        "href": clause.url if (clause.url or "").startswith(("https://", "http://")) else None,
    }


def _state(clause: AnswerCitation) -> tuple[str, Text]:
    """How far a clause can be relied on: a user's file says what it says, ours were read in a document or not."""
    if is_own(clause.document):
        return "unverified", say.USER_FILE
    return ("verified", say.VERIFIED) if clause.verified else ("unverified", say.UNVERIFIED)


def _place(name: str | None, language: Language) -> str | None:
    try:
        return None if name is None else find_place(name).name.to(language)
    except UnknownName:
        return name


def _sector(name: str | None, language: Language) -> str | None:
    try:
        return None if name is None else find_sector(name).name.to(language)
    except UnknownName:
        return name


def _account(fact: AnswerFact, language: Language) -> str | None:
    return None if fact.account is None else say.ACCOUNTS[fact.account].to(language)


def drawer(answer: Answer, language: Language) -> str:
    """The sources drawer of an answer as HTML."""
    audit = _audit(answer, language)
    parts = [
        (say.FACTS, _facts(answer, language), len(answer.facts)),
        (say.CLAUSES, _clauses(answer, language), len(answer.citations)),
        (say.SOURCES, _sources(answer, language), len(answer.sources)),
        (say.METHOD, _lines(answer.method), len(answer.method)),
        (say.CAVEATS, _lines([*answer.caveats, *answer.notices]), len(answer.caveats) + len(answer.notices)),
    ]
    shown = "".join(
        f"<section><h3>{escape(title.to(language))}<small>{count}</small></h3>{inner}</section>"
        for title, inner, count in parts
        if count
    )
    return f'<div class="audit">{audit}</div>{shown}'


def _audit(answer: Answer, language: Language) -> str:
    audit = answer.audit
    missing = audit.figures - audit.supported
    if not audit.figures:
        return f"<p>{escape(say.AUDIT_NONE.to(language))}</p>"
    counted = say.AUDIT_CLEAN if missing <= 0 else say.AUDIT_FLAWED
    text = escape(counted.fill(figures=audit.figures, missing=missing).to(language))
    withheld = "".join(f"<li>{escape(u.figure)}: {escape(u.problem)}</li>" for u in audit.unsupported)
    state = "clean" if missing <= 0 else "flawed"
    return f'<p class="{state}">{text}</p>' + (f"<ul>{withheld}</ul>" if withheld else "")


def _badge(kind: str, text: str) -> str:
    return f'<span class="badge {escape(kind)}">{escape(text)}</span>'


def _facts(answer: Answer, language: Language) -> str:
    head = [Text("编号", "No."), say.LABEL, say.VALUE, say.ACCOUNT, say.BASIS]
    rows = []
    for fact in answer.facts:
        where = " · ".join(
            p for p in (_place(fact.region, language), _sector(fact.sector, language), str(fact.year or "")) if p
        )
        rows.append(
            f'<tr id="{fact.id}"><td><a href="/api/answers/{escape(answer.id)}/facts/{fact.id}" target="_blank">'
            f"{fact.id}</a></td><td>{escape(fact.label)}<small>{escape(where)}</small></td>"
            f'<td class="number">{escape(show(fact.value, fact.unit, language))}</td>'
            f"<td>{escape(_account(fact, language) or '—')}</td>"
            f"<td>{_badge(fact.basis, say.BASES[fact.basis].to(language))}</td></tr>"
        )
    cells = "".join(f"<th>{escape(h.to(language))}</th>" for h in head)
    body = f"<thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="table"><div class="scroll"><table>{body}</table></div></div>'


def _clauses(answer: Answer, language: Language) -> str:
    items = []
    for clause in answer.citations:
        kind, state = _state(clause)
        title = escape(f"{clause.title} {clause.clause or ''}".strip())
        link = _link(clause.url, say.ORIGINAL.to(language))
        items.append(
            f'<li id="{clause.id}"><b>{clause.id}</b> {title} '
            f"{_badge(kind, state.to(language))}"
            f"<p>{escape(clause.digest)}</p>{link}</li>"
        )
    notes = {say.USER_NOTE if is_own(clause.document) else say.DIGEST_NOTE: None for clause in answer.citations}
    note = "".join(f'<p class="aside">{escape(said.to(language))}</p>' for said in notes)
    return f'{note}<ul class="cards">{"".join(items)}</ul>'


def _sources(answer: Answer, language: Language) -> str:
    items = []
    for source in answer.sources:
        licence = f"{say.LICENCE.to(language)}: {source.licence}" if source.licence else ""
        items.append(
            f"<li>{escape(source.citation)}<small>{escape(source.id)}"
            f"{' · ' + escape(licence) if licence else ''}</small>{_link(source.url, source.url or '')}</li>"
        )
    return f'<ul class="cards">{"".join(items)}</ul>'


def _link(url: str | None, text: str) -> str:
    if not (url or "").startswith(("https://", "http://")):
        return ""
    return f'<a href="{escape(url or "")}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def _lines(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def markdown_file(answer: Answer) -> str:
    """The answer as one Markdown document: question, text, then what its marks stand for."""
    language = answer.language
    lines = [f"# {answer.question}", "", answer.answer.strip(), ""]
    if answer.facts:
        lines += [f"## {say.FACTS.to(language)}", ""]
        lines += [
            f"- [{f.id}] {f.label}: {show(f.value, f.unit, language)} ({say.BASES[f.basis].to(language)}; {f.source})"
            for f in answer.facts
        ]
    if answer.citations:
        lines += ["", f"## {say.CLAUSES.to(language)}", ""]
        lines += [
            f"- [{c.id}] {c.title} {c.clause or ''} ({_state(c)[1].to(language)}): {c.digest} {c.url or ''}".rstrip()
            for c in answer.citations
        ]
    for title, entries in (
        (say.SOURCES, [s.citation for s in answer.sources]),
        (say.METHOD, answer.method),
        (say.CAVEATS, answer.caveats),
    ):
        if entries:
            lines += ["", f"## {title.to(language)}", "", *(f"- {entry}" for entry in entries)]
    return "\n".join(lines) + "\n"
