"""Checks that corpus, documents and targets fit together; what `tanlu knowledge verify` runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.text import LANGUAGES, Text
from knowledge.corpus import Clause, Corpus
from knowledge.figures import read_figures, same

if TYPE_CHECKING:
    from data.warehouse import Warehouse

_FREE = {"year"}  # years of a digest are no target figures unless a row says so


def verify(corpus: Corpus, warehouse: Warehouse) -> list[Text]:
    """Everything that does not fit, one sentence each; empty where all is well.

    Checked: each document of the corpus is in the table ``documents`` with the same title, issuer, number, date and
    address, and the other way round; each target's clause is in the corpus; each target's figure stands in both
    digests of its clause, and a clause with targets states no other figure.
    """
    problems = _documents(corpus, warehouse.records("SELECT * FROM documents ORDER BY id"))
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in warehouse.records("SELECT * FROM targets ORDER BY ord"):
        rows.setdefault((row["document"], row["clause"]), []).append(row)
    known = {(c.document, c.id): c for c in corpus.clauses}
    for key, targets in rows.items():
        if key not in known:
            problems.append(_told(f"目标表中的条款{key[0]} {key[1]}不在知识库中",
                                  f"clause {key[0]} {key[1]} of the table targets is not in the corpus"))  # fmt: skip
        else:
            problems += _figures(known[key], targets)
    return problems


def _told(zh: str, en: str) -> Text:
    return Text(f"{zh}。", f"{en[0].upper()}{en[1:]}.")


def _documents(corpus: Corpus, records: list[dict[str, Any]]) -> list[Text]:
    problems: list[Text] = []
    table = {r["id"]: r for r in records}
    for name in sorted(set(table) ^ set(corpus.documents)):
        problems.append(_told(f"文件{name}只在知识库与documents表之一中",
                              f"document {name} is in only one of corpus and table documents"))  # fmt: skip
    for name in sorted(set(table) & set(corpus.documents)):
        d, r = corpus.documents[name], table[name]
        ours = (d.title.zh, d.title.en, d.issuer.zh, d.issuer.en, d.number, d.date, d.url, d.kind)
        theirs = tuple(
            r[k] for k in ("title_zh", "title_en", "issuer_zh", "issuer_en", "number", "date", "url", "kind")
        )
        if ours != theirs:
            problems.append(_told(f"文件{name}的头部与documents表不一致",
                                  f"the front matter of {name} differs from the table documents"))  # fmt: skip
    return problems


def _figures(clause: Clause, targets: list[dict[str, Any]]) -> list[Text]:
    problems: list[Text] = []
    figured = [t for t in targets if t["value"] is not None]
    topics = [f for t in targets for lang in LANGUAGES for f in read_figures(t[f"topic_{lang}"], lang)]
    named = {(f.value, f.dimension) for f in topics}  # the 1.5°C of a topic's name
    for language in LANGUAGES:
        found = read_figures(clause.digest.to(language), language)
        for target in figured:
            if not any(same(f, target["value"], target["unit"]) for f in found):
                problems.append(_told(
                    f"{clause.document} {clause.id}的{language}摘要缺少{target['topic_zh']} {target['value']:g}",
                    f"the {language} digest of {clause.document} {clause.id} lacks {target['topic_en']} "
                    f"{target['value']:g}"))  # fmt: skip
        for figure in found:
            stated = any(same(figure, t["value"], t["unit"]) for t in figured)
            if not (stated or figure.dimension in _FREE or (figure.value, figure.dimension) in named):
                problems.append(_told(
                    f"{clause.document} {clause.id}的{language}摘要中的{figure.value:g} {figure.dimension}不在目标表中",
                    f"{figure.value:g} {figure.dimension} in the {language} digest of {clause.document} {clause.id} "
                    f"is not in the table targets"))  # fmt: skip
    unread = any(t["status"] == "unverified" for t in targets)
    if unread == clause.verified:
        problems.append(_told(f"{clause.document} {clause.id}的核实状态与目标表不一致",
                              f"whether {clause.document} {clause.id} is verified differs from the table targets"))  # fmt: skip
    return problems
