"""The answer object of a turn, from what the ledger holds and what the gate released."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.answer import (
    Answer,
    AnswerCall,
    AnswerChart,
    AnswerCitation,
    AnswerFact,
    AnswerSource,
    AnswerTable,
    Audit,
    DatasetName,
    Status,
    ToolAnswer,
)
from assistant.audit.gate import Placed
from assistant.brief import brief
from assistant.ledger import Call, Found
from assistant.plain_table import plain_table
from assistant.render import table_markdown
from assistant.turn import Turn
from data.errors import UnknownName
from data.text import Language, Text
from tools.result import Ref, Result, Table

if TYPE_CHECKING:
    from data.dataset import Dataset

SUGGESTIONS = 4


def answer_of(
    turn: Turn, dataset: Dataset, *, created: str, text: str, status: Status, reason: str | None, audit: Audit, cited: set[str],
    suggested: tuple[str, ...] = (),
) -> Answer:  # fmt: skip
    """The whole answer object. Facts and clauses of earlier turns that the text shows again are repeated in it."""
    language = turn.language
    results = [(call, call.result) for call in turn.calls if call.result is not None]
    earlier = _earlier(turn, cited)
    parts = _Parts(turn.language, dataset)
    for call, _ in results:
        for kind in (call.ids.facts, call.ids.citations, call.ids.tables, call.ids.charts):
            for at, name in enumerate(kind):
                parts.add(name, call, at)
    for found in earlier:
        parts.add(found.id, found.call, found.position)
    own_words = [r for _, r in results] or [f.call.result for f in earlier if f.call.result is not None]
    return Answer(
        id=turn.answer,
        conversation=turn.conversation,
        question=turn.question,
        created=created,
        answer=text,
        language=language,
        status=status,
        reason=reason,
        model=turn.model,
        dataset=DatasetName(id=dataset.id, version=dataset.version),
        model_version=next((r.model_version for _, r in results if r.model_version), None),
        facts=parts.facts,
        citations=parts.citations,
        tables=parts.tables,
        charts=parts.charts,
        tool_calls=[calls_of(call) for call in turn.calls],
        sources=sources_of(parts.tables_cited, parts.citations, dataset, language),
        method=_distinct((t for r in own_words for t in r.method), language),
        caveats=_distinct((t for r in own_words for t in r.caveats), language),
        notices=_distinct(turn.notices, language),
        audit=audit,
        suggestions=list(suggested) or _distinct((t for r in own_words for t in r.suggestions), language)[:SUGGESTIONS],
    )


def tool_answer_of(call: Call, dataset: Dataset, language: Language) -> ToolAnswer:
    """What a numbered call outside any conversation found. Raises ValueError for a call without a Result."""
    if call.result is None:
        raise ValueError(f"call {call.id} found nothing")
    result, parts, told = call.result, _Parts(language, dataset), brief(call, language)
    for kind in (call.ids.facts, call.ids.citations, call.ids.tables, call.ids.charts):
        for at, name in enumerate(kind):
            parts.add(name, call, at)
    return ToolAnswer(
        tool=call.tool,
        arguments=call.arguments,
        seconds=call.seconds,
        status=result.status,
        language=language,
        title=told["title"],
        lead=told["lead"],
        sections=told["sections"],
        dataset=DatasetName(id=dataset.id, version=dataset.version),
        model_version=result.model_version,
        facts=parts.facts,
        citations=parts.citations,
        tables=parts.tables,
        charts=parts.charts,
        sources=sources_of(parts.tables_cited, parts.citations, dataset, language),
        method=told["method"],
        caveats=told["caveats"],
        suggestions=told["suggestions"],
    )


def calls_of(call: Call) -> AnswerCall:
    """A tool call as the answer lists it."""
    return AnswerCall(id=call.id, tool=call.tool, arguments=call.arguments, seconds=call.seconds, status=call.status)


def place_of(turn: Turn, name: str) -> Placed | None:
    """A table or chart that the text places: a table as Markdown, a chart by its mark; None for an unknown id."""
    try:
        found = turn.ledger.find(turn.conversation, name)
    except UnknownName:
        return None
    if name.startswith("C"):
        return Placed(f"[[{name}]]")
    table, call = turn.ledger.table(turn.conversation, found.id)
    facts = sum(isinstance(cell, Ref) for row in table.rows for cell in row)
    return Placed(table_markdown(name, table, call, turn.language), facts, _loose(table))


def _loose(table: Table) -> tuple[str, ...]:
    """Figures of a table that are no facts: numbers in a column with a unit."""
    return tuple(
        str(cell)
        for row in table.rows
        for cell, column in zip(row, table.columns, strict=True)
        if isinstance(cell, int | float) and column.unit not in (None, "year", "rank", "count", "1")
    )


class _Parts:
    """The parts of an answer in the order they are added, none twice."""

    def __init__(self, language: Language, dataset: Dataset) -> None:
        self._language = language
        self._dataset = dataset
        self._seen: set[str] = set()
        self.facts: list[AnswerFact] = []
        self.citations: list[AnswerCitation] = []
        self.tables: list[AnswerTable] = []
        self.charts: list[AnswerChart] = []
        self.tables_cited: list[str] = []  # tables of the dataset and documents, as results name them

    def add(self, name: str, call: Call, at: int) -> None:
        """Add the part of an id, which stands at a position of its call's Result."""
        if name in self._seen or call.result is None:
            return
        self._seen.add(name)
        self.tables_cited += [s for s in call.result.sources if s not in self.tables_cited]
        {"F": self._fact, "P": self._citation, "B": self._table, "C": self._chart}[name[0]](name, call.result, call, at)

    def _fact(self, name: str, result: Result, call: Call, at: int) -> None:
        fact = result.facts[at]
        if fact.source not in self.tables_cited:
            self.tables_cited.append(fact.source)
        source = f"{self._dataset.id}/{fact.source}" if self._dataset.has(fact.source) else fact.source
        self.facts.append(
            AnswerFact(
                id=name,
                label=fact.label.to(self._language),
                value=fact.value,
                unit=fact.unit,
                region=fact.region,
                sector=fact.sector,
                year=fact.year,
                account=fact.account,
                scenario=fact.scenario,
                basis=fact.basis,
                source=source,
                tool_call=call.id,
            )
        )

    def _citation(self, name: str, result: Result, call: Call, at: int) -> None:
        clause = result.citations[at]
        self.citations.append(
            AnswerCitation(
                id=name,
                document=clause.document,
                title=clause.title.to(self._language),
                clause=clause.clause_in(self._language),
                url=clause.url,
                digest=clause.digest.to(self._language),
                verified=clause.verified,
            )
        )

    def _table(self, name: str, result: Result, call: Call, at: int) -> None:
        table = result.tables[at]
        total = table.total_rows if table.total_rows is not None else len(table.rows)
        columns, rows = plain_table(table, call, self._language)
        self.tables.append(
            AnswerTable(
                id=name,
                title=table.title.to(self._language),
                columns=columns,
                rows=rows,
                total_rows=total,
                truncated=total > len(table.rows),
            )
        )

    def _chart(self, name: str, result: Result, call: Call, at: int) -> None:
        from tools.charts.render import render

        chart = result.charts[at]
        figure = render(chart, self._language)
        self.charts.append(AnswerChart(id=name, kind=chart.kind, title=chart.title.to(self._language), figure=figure))


def sources_of(
    tables: Iterable[str], clauses: Iterable[AnswerCitation], dataset: Dataset, language: Language
) -> list[AnswerSource]:
    """The publications behind an answer: of each table it rests on, and the documents it cites."""
    out: dict[str, AnswerSource] = {}
    for table in tables:
        for source in dataset.cite(table) if dataset.has(table) else ():
            out[source.id] = AnswerSource(
                id=source.id, citation=source.citation.to(language), licence=source.licence.to(language), url=source.url
            )
    for clause in clauses:
        out.setdefault(clause.document, AnswerSource(id=clause.document, citation=clause.title, url=clause.url))
    return list(out.values())


def _earlier(turn: Turn, cited: set[str]) -> list[Found]:
    """What the text shows of earlier turns, by kind and number."""
    own = {
        name for c in turn.calls for kind in (c.ids.facts, c.ids.citations, c.ids.tables, c.ids.charts) for name in kind
    }
    found = []
    for name in sorted(cited - own, key=lambda n: (n[0], int(n[1:]))):
        if name[0] == "T":
            continue
        try:
            found.append(turn.ledger.find(turn.conversation, name))
        except UnknownName:
            continue  # the gate has withheld it already
    return found


def _distinct(texts: Iterable[Text], language: Language) -> list[str]:
    return list(dict.fromkeys(text.to(language) for text in texts))
