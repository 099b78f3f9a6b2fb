"""What a document says as a whole: its headline clauses, for a question that names a document and no part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.corpus import Clause, Document
from knowledge.glossary import normalise
from knowledge.search import Library
from knowledge.segment import words
from tools.policy.headlines import headlines
from tools.policy.question import find_sector_key, without_sector
from tools.policy.rows import Target

# How a summary is asked for; what is left of the question beside it and the document's name is a part of the document.
_ASKING = re.compile(
    r"(?:请|帮我|给我)?用?(?:[一二两三四五几\d]+)(?:句话?|行|段话?|点|个数字)|(?:用|以)(?:几个)?数字|数字版|"
    r"报告|文件|方案|20\d\d年?|中|里|里面|概括|总结|归纳|概述|简述|简介|摘要|梳理|(?:主要|都|大概|大致|到底|究竟)?(?:讲|说|写|规定)了?(?:些|的是)?什么(?:内容)?|"
    r"(?:主要|核心|关键|重点)(?:内容|观点|结论|信息|数字|要点|精神)?|要点|大意|内容|怎么说|一下|"
    r"\b(?:summari[sz]e|summari[sz]ing|summary|sum up|recap|outline|overview|gist|digest|in a nutshell|briefly|in brief)\b|"
    r"\bin (?:a few |just |about )?(?:one|two|three|four|five|\d|a|few)? ?"
    r"(?:short )?(?:lines?|sentences?|words?|numbers?|figures?|bullets?|points?)\b|"
    r"\b(?:key|main|headline|core|central) (?:points?|numbers?|figures?|messages?|findings?|content|conclusions?)\b|"
    r"\bwhat (?:does|do|did|is|are)\b|\b(?:reports?|plans?|documents?|papers?|standards?|editions?|issues?|its?|gap|20\d\d|says?|said|state[sd]?|"
    r"tells?|about|of|on|in|the|for|give me|me|us|please|contain|content)\b"
)
_MOST = 2  # clauses that stand for a document


@dataclass(frozen=True, slots=True)
class Summary:
    """The headline clauses of a document. ``silent``: China was asked about and none of the clauses names it."""

    clauses: tuple[Clause, ...]
    silent: bool = False


def summary(question: str, targets: Sequence[Target], library: Library) -> Summary | None:
    """The headline clauses of the one document a question names; None where it names none, several, or a part of it.

    Clauses with targets of the whole economy come first, then those with most targets, then the first read ones.
    """
    named = library.documents_named(question)
    named = [_latest(named, library)] if len(named) > 1 and _same_name(named, library) else named
    if len(named) != 1:
        return None
    document = library.corpus.documents[named[0]]
    bare = re.sub(r"['’]s\b", " ", library.without_names(question))
    of_china = _CHINA.search(bare) is not None and document.place in ("global", "companies")
    rest = _ASKING.sub(" ", _CHINA.sub(" ", bare))
    field = find_sector_key(rest)
    if words(without_sector(rest, field)):
        return None
    if field is not None:
        return _of_field(document, field, targets)
    read = [c for c in document.clauses if c.verified or _weight(c, targets)[1]] or list(document.clauses)
    chosen = [c for c in read if _names_china(c)] if of_china else read
    pool = chosen or read
    weight = {c.id: _weight(c, targets) for c in pool}
    ranked = sorted(pool, key=lambda c: weight[c.id], reverse=True)  # stable: in the document's order
    heads = [c for c in ranked if weight[c.id][0]][:_MOST] or ranked[:1]
    first = [c for c in pool if c not in heads][: _MOST - len(heads)]
    return Summary((*heads, *first), silent=of_china and not chosen)


def _of_field(document: Document, field: str, targets: Sequence[Target]) -> Summary | None:
    """The clauses of a document with most targets of one field of action; None where it sets the field none."""
    count = Counter(t.clause for t in targets if t.document == document.id and t.sector == field)
    own = sorted((c for c in document.clauses if count[c.id]), key=lambda c: (not c.verified, -count[c.id]))
    return Summary(tuple(own[:_MOST])) if own else None


def _same_name(named: Sequence[str], library: Library) -> bool:
    """Whether documents are editions that share a name (排放差距报告 of two years)."""
    names = [{normalise(a) for a in library.corpus.documents[d].aliases} for d in named]
    return bool(set.intersection(*names))


def _latest(named: Sequence[str], library: Library) -> str:
    return max(named, key=lambda d: library.corpus.documents[d].date)


def _weight(clause: Clause, targets: Sequence[Target]) -> tuple[int, int]:
    """How many headline targets and how many targets at all a clause has."""
    rows = [t for t in targets if (t.document, t.clause) == (clause.document, clause.id)]
    return sum(len(headlines(rows, scope)) for scope in {t.scope for t in rows}), len(rows)


_CHINA = re.compile(r"中国|我国|\bchina\b|\bchinese\b")


def _names_china(clause: Clause) -> bool:
    return (
        _CHINA.search(normalise(f"{clause.title.zh} {clause.title.en} {clause.digest.zh} {clause.digest.en}"))
        is not None
    )
