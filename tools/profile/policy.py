"""The policy part of a profile: targets that name the province, and the clauses they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import Place
from data.text import Text, joined
from tools.policy.rows import all_targets
from tools.policy.telling import Teller
from tools.result import Draft, sentence

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from knowledge.search import Library

SAID, ROWS = 3, 14
NO_SPLIT = Text(
    "国家或行业目标没有分解到省，不据以判断本省是否达标。",
    "National and sector targets are not split by province; they give no verdict on this one.",
)


def tell_policy(draft: Draft, warehouse: Warehouse, library: Library, where: Place) -> None:
    """The section: the province's own targets, read ones first; where there are none that is said."""
    rows = [t for t in all_targets(warehouse) if t.scope == where.name.en and t.kind == "target"]
    documents = [d for d in library.corpus.documents.values() if d.place == where.name.en]
    heading = Text("政策：点名本省的目标与条款", "Policy: targets and clauses that name the province")
    if not rows:
        named = joined([d.title for d in documents]) if documents else None
        zh = f"所收文件中没有点名{where.name.zh}的量化目标。" + (f"收录的本省文件：{named.zh}。" if named else "")
        en = f"No quantified target among the documents names {where.name.en}." + (
            f" Documents of the province held: {named.en}." if named else ""
        )
        draft.section(heading, [sentence(zh, en)], folded=True)
        draft.caveats.append(NO_SPLIT)
        return
    ranked = sorted(rows, key=lambda t: (not t.verified, t.value is None, t.sector not in ("overall", "all"), t.ord))
    teller = Teller(draft, library)
    said = teller.sentences([t for t in ranked if t.value is not None][:SAID])
    title = Text(f"点名{where.name.zh}的目标", f"Targets that name {where.name.en}")
    table = teller.table(sorted(ranked[:ROWS], key=lambda t: t.ord), title)
    draft.section(heading, said, tables=(table,), folded=True)
    teller.close(ranked[:1])
    draft.caveats.append(NO_SPLIT)
