"""The policy part of a profile: targets that name the province, and clauses of its own documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import Place
from data.text import Text
from knowledge.search import Hit
from tools.policy.rows import all_targets
from tools.policy.search import digest_sentence
from tools.policy.telling import UNVERIFIED, Teller
from tools.result import Draft, sentence

if TYPE_CHECKING:
    from knowledge.corpus import Clause, Document
    from tools.declare import Context

SAID, ROWS, CLAUSES = 3, 18, 3
NO_SPLIT = Text(
    "国家或行业目标没有分解到省，不据以判断本省是否达标。",
    "National and sector targets are not split by province; they give no verdict on this one.",
)


def tell_policy(draft: Draft, context: Context, where: Place) -> None:
    """The section: the province's own targets, read ones first, then clauses of its documents that set none of them.

    Where there are neither targets nor documents that is said.
    """
    rows = [t for t in all_targets(context.warehouse) if t.scope == where.name.en and t.kind == "target"]
    documents = [d for d in context.library.corpus.documents.values() if d.place == where.name.en]
    heading = Text("政策：点名本省的目标与条款", "Policy: targets and clauses that name the province")
    teller = Teller(draft, context.library)
    said, tables = [], []
    if rows:
        ranked = sorted(
            rows, key=lambda t: (not t.verified, t.value is None, t.sector not in ("overall", "all"), t.ord)
        )
        said = teller.sentences([t for t in ranked if t.value is not None][:SAID])
        title = Text(f"点名{where.name.zh}的目标", f"Targets that name {where.name.en}")
        tables = [teller.table(sorted(ranked[:ROWS], key=lambda t: t.ord), title)]
    else:
        none = Text("所收文件中没有点名{name}的量化目标。", "No quantified target among the documents names {name}.")
        text = none.fill(name=where.name)
        said = [sentence(text.zh, text.en)]
    told = {(t.document, t.clause) for t in rows}
    chosen = _clauses(documents, told)
    said += [digest_sentence(_hit(d, c), teller, context) for d, c in chosen]
    draft.section(heading, said, tables=tuple(tables), folded=True)
    teller.close(rows[:1])
    if any(not c.verified for _, c in chosen) and UNVERIFIED not in draft.caveats:
        draft.caveats.append(UNVERIFIED)
    notes = [d.note for d, _ in chosen]
    draft.caveats += [n for n in dict.fromkeys(notes) if n is not None and n not in draft.caveats]
    draft.caveats.append(NO_SPLIT)


def _clauses(documents: list[Document], told: set[tuple[str, str]]) -> list[tuple[Document, Clause]]:
    """Clauses beside those of the targets told, verified ones first, one of each document before a second of any."""
    left = [
        (turn, d, c)
        for d in documents
        for turn, c in enumerate(
            sorted((c for c in d.clauses if (d.id, c.id) not in told), key=lambda c: not c.verified)
        )
    ]
    left.sort(key=lambda found: found[0])  # stable: documents keep their order
    return [(d, c) for _, d, c in left[:CLAUSES]]


def _hit(document: Document, clause: Clause) -> Hit:
    return Hit(
        document=document.id, title=document.title, clause=clause.id, label=clause.label, heading=clause.title,
        digest=clause.digest, url=document.url, verified=clause.verified, score=1.0,
    )  # fmt: skip
