"""Puts targets into a Draft: facts and citations once each, sentences, and the table of targets."""

from __future__ import annotations

from collections.abc import Sequence

from data.text import Text
from knowledge.search import Library
from tools.policy.rows import Target
from tools.policy.wording import body, comparison, is_range, label, note, range_body, source_of, subject
from tools.result import Basis, Cell, Citation, Column, Draft, Ref, Sentence, Table, sentence

_BASES = {"outcome": Basis.OBSERVED, "level": Basis.PROJECTED}
_COLUMNS = tuple(
    Column(name=name)
    for name in (
        Text("指标", "Indicator"), Text("目标年", "Year"), Text("比较", "Comparator"), Text("数值", "Value"),
        Text("基年", "Base year"), Text("文件与条款", "Document and clause"), Text("核实", "Status"),
    )
)  # fmt: skip
_NONE = "—"
NUMBERING = Text(
    "部分条款编号按文件结构标注，未与原文核对。",
    "Some clause numbers follow the document's structure and were not checked in its text.",
)
UNVERIFIED = Text("标注“未核对”的数字没有在文件或页面上读到，引用前请先核实。",
                  "Figures marked unverified were not read in a document or page; check them before quoting.")  # fmt: skip


class Teller:
    """A draft and what of the targets already stands in it."""

    def __init__(self, draft: Draft, library: Library) -> None:
        self.draft = draft
        self._library = library
        self._facts: dict[int, int] = {}
        self._told: list[Target] = []
        self._said: Text | None = None

    def fact(self, target: Target) -> int | None:
        """Index of the target's fact, added once; None for a target in words."""
        if target.value is None or target.unit is None:
            return None
        if target.ord not in self._facts:
            self._facts[target.ord] = self.draft.fact(
                label(target),
                target.value,
                target.unit,
                region=target.scope,
                year=None if target.from_year is not None else target.target_year,
                basis=_BASES.get(target.kind, Basis.TARGET),
                source=target.document,
            )
        return self._facts[target.ord]

    def cite(self, target: Target) -> int:
        """Index of the citation of the target's clause; verified as the figure is."""
        self._told.append(target)
        document = self._library.corpus.documents[target.document]
        clause = self._library.corpus.clause(target.document, target.clause)
        return self.draft.cite(
            Citation(
                document=document.id,
                title=document.title,
                clause=clause.id,
                url=document.url,
                digest=clause.digest,
                verified=target.verified,
            )
        )

    def sentences(self, targets: Sequence[Target]) -> list[Sentence]:
        """One sentence per target; the two ends of a range share one."""
        out: list[Sentence] = []
        rest = list(targets)
        while rest:
            target = rest.pop(0)
            other = next((t for t in rest if is_range(target, t) or is_range(t, target)), None)
            if other is None:
                out.append(self._one(body(target), (target,)))
                continue
            rest.remove(other)
            low, high = (target, other) if target.comparator == "ge" else (other, target)
            out.append(self._one(range_body(low), (low, high)))
        return out

    def _one(self, text: Text, targets: tuple[Target, ...]) -> Sentence:
        """A sentence with its source in brackets; a clause named in the sentence before is not named again."""
        first = targets[0]
        facts = tuple(f for t in targets if (f := self.fact(t)) is not None)
        source = source_of(first, self._library)
        doubt = ("", "") if all(t.verified for t in targets) else ("（未核对）", " (unverified)")
        seen = ("", "") if source == self._said else (f"，见{source.zh}", f", see {source.en}")
        self._said = source
        zh = f"{text.zh}{seen[0]}{doubt[0]}{{c0}}。"
        en = f"{text.en}{seen[1]}{doubt[1]} {{c0}}."
        return sentence(zh, en, *facts, citations=(self.cite(first),))

    def also(self, targets: Sequence[Target]) -> Sentence:
        """Names the documents that have the same figure."""
        titles = [self._library.corpus.documents[t.document].title for t in targets]
        marks = "".join(f"{{c{i}}}" for i in range(len(targets)))
        zh = "、".join(f"《{t.zh}》" for t in titles)
        en = " and ".join(t.en for t in titles)
        return sentence(
            f"同一数字亦见于{zh}{marks}。",
            f"The same figure also stands in {en} {marks}.",
            citations=tuple(self.cite(t) for t in targets),
        )

    def table(self, targets: Sequence[Target], title: Text) -> int:
        """A table of targets, figures as facts, each with where it stands and whether it was read there."""
        return self.draft.table(Table(title=title, columns=_COLUMNS, rows=tuple(self._row(t) for t in targets)))

    def _row(self, target: Target) -> tuple[Cell, ...]:
        fact = self.fact(target)
        self.cite(target)
        document = self._library.corpus.documents[target.document]
        clause = self._library.corpus.clause(target.document, target.clause)
        words = Text(target.note_zh or _NONE, target.note_en or _NONE)
        return (
            subject(target),
            f"{target.from_year}–{target.target_year}" if target.from_year else target.target_year or _NONE,
            comparison(target),
            Ref(fact=fact) if fact is not None else words,
            target.base_year or _NONE,
            Text(
                f"{document.number or document.title.zh}，{clause.label.zh}",
                f"{document.number or document.title.en}, {clause.label.en}",
            ),
            Text("已核对", "verified") if target.verified else Text("未核对", "unverified"),
        )

    def close(self, lead: Sequence[Target]) -> None:
        """Caveats that what was told owes: notes of the leading targets, unverified figures, unread clause numbers."""
        for target in lead[:2]:
            said = note(target)
            if said is not None and said not in self.draft.caveats:
                self.draft.caveats.append(said)
        if any(not t.verified for t in self._told):
            self.draft.caveats.append(UNVERIFIED)
        corpus = self._library.corpus
        if any(not corpus.clause(t.document, t.clause).numbered for t in self._told):
            self.draft.caveats.append(NUMBERING)
