"""Where what was just told stands: 在第几页, which clause is that, 核对过吗. Answered from the clauses that the turn before cited.

Nothing is looked up anew: the answer names the clauses under the ids they were shown by. Only what a citation holds is told; a
digest of ours has no page, and the answer says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.planner.memory import Before, Cited
from assistant.planner.plan import Plan
from assistant.planner.reader import Reading
from data.text import Text

if TYPE_CHECKING:
    from knowledge.corpus import Clause

_PAGE = re.compile(r"页|\bpages?\b|\bpp?\.\s|\bpage number", re.IGNORECASE)
_ORIGINAL = re.compile(r"原文|网址|链接|\boriginal\b|\blink\b|\burl\b|\bfull text\b", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:(?:第几|哪一?|什么)个?(?:页|条款?|款|章|节|段|小节|部分|份?文件|地方|里)|(?:页码|条款号|条号|条款|文号|章节)(?:是(?:多少|什么|几)?|呢|号)?\s*[?。]?$"
    r"|出处|出自|原文|依据(?:是|在|呢)|来源|(?:哪里|哪儿|何处)(?:说|写|规定|提到|来|看|查|有)|(?:在|从)(?:哪里|哪儿|何处|哪)\s*[?。]?$|从哪(?:来|查|看)"
    r"|(?:核对|核实|查证|验证)过?(?:了)?(?:吗|没有?|么)|第几(?:页|条|款|章|节)|链接|网址)"
    r"|\b(?:which|what) (?:page|clause|section|article|paragraph|chapter|part|document)s?\b|\b(?:page|clause|section|article) (?:number|no)\b"
    r"|\bwhere (?:is|was|does|do|did|can|in)\b.{0,32}\b(?:say|says|said|stated?|written|come|from|stand|that|this|it|original|text)\b"
    r"|\bwhat(?: is|'s) (?:the|your|its) (?:source|reference|citation|page|clause|link)\b|\b(?:source|citation|reference|page|clause|link)s?\s*\?$"
    r"|\bon (?:which|what) page\b|\b(?:has|have|was|were|is|are) (?:that|this|it|they|those|these)\b.{0,12}\b(?:checked|verified)\b",
    re.IGNORECASE,
)
# What such a question may hold besides: pointing words, the ids of figures and clauses, the asking itself.
_POINTING = re.compile(
    r"\[?[FP]\d+\]?|这|那|它|该|此|那|两|几|上述|前述|刚才|上面|以上|前面|句话?|个|条|些|份|数字?|目标|要求|规定|内容|说法|结论|指标|文件|政策|方案|标准|具体|到底|"
    r"分别|都|的|是|在|中|里|见|于|请问|请|告诉我|能|可以|吗|呢|么|了|和|与|多少|说|写|看|查|有|什么|原|[?？。,，!！\s]|"
    r"\b(?:that|this|it|those|these|they|the|figures?|numbers?|targets?|please|exactly|and|of|is|are|was|were|in|on|from|does|do|did|to|for|"
    r"tell|me|me|can|i|you|find|see|read|get|document|file|pdf|text|come|say|says|said|stated?|written|a|give|show|so|ok|own|my|actually)\b",
    re.IGNORECASE,
)
_LONGEST = 60  # characters of a question that only asks where
_MOST = 4  # clauses named


def where_cited(reading: Reading, before: Before) -> Plan | None:
    """The reply to a question after the place of what was told; None where this is no such question or nothing was told."""
    text = reading.text
    if not before.tool or reading.sent is not None or len(text) > _LONGEST or not _ASKS.search(text):
        return None
    if (
        reading.places
        or reading.sectors
        or reading.fuels
        or reading.measures
        or reading.documents
        or reading.years.named
    ):
        return None
    if len(re.sub(r"[^\w]", "", _POINTING.sub("", _ASKS.sub("", text)))) > 1:
        return None  # it names something to look for
    named = tuple(dict.fromkeys(m.upper() for m in re.findall(r"(?<![A-Za-z])[FP]\d+", text, re.IGNORECASE)))
    cited = before.cited_for(named)
    if cited:
        return Plan(reply=_told(cited[:_MOST], text))
    if before.facts:
        return Plan(reply=_of_data(before.facts[0]))
    return None


def _of_data(fact: str) -> Text:
    """Figures of the dataset stand on no page."""
    return Text(
        f"刚才的数字由数据集的表查出或算得，不在某份文件的某一页；点开编号（如 [{fact}]）可看到所用的表、口径和依据，"
        "各表的出处列在那条回答末尾的来源里。",
        "Those figures were looked up in, or computed from, the tables of the dataset and stand on no page of a document. Open a "
        f"mark (such as [{fact}]) for its table, account and basis; the tables' publications are listed as sources at the end of "
        "that answer.",
    )


def _told(cited: tuple[Cited, ...], text: str) -> Text:
    own = [c for c in cited if c.own]
    ours = [c for c in cited if not c.own]
    said = [_own_place(c) for c in own] + [_our_place(c) for c in ours]
    if ours and _PAGE.search(text):
        said.append(Text("所收的是本系统按条款撰写的摘要，不是原件，因此没有页码，只有条款。",
                         "What is held are digests of ours, one per clause, not the documents themselves; so there are clauses, but "
                         "no page numbers."))  # fmt: skip
    if ours and (_PAGE.search(text) or _ORIGINAL.search(text)):
        said.append(_addresses(ours))
    return Text("".join(s.zh for s in said), " ".join(s.en for s in said))


def _own_place(cited: Cited) -> Text:
    paged = re.search(r"页|\bp\.", cited.clause) is not None
    zh, en = ("", "") if paged else ("（这份文件没有页码）", " (the file has no page numbers)")
    title = re.sub(r"^(?:用户文件：|User document: )", "", cited.title)
    return Text(
        f"在您的文件《{title}》{cited.clause} [{cited.id}]{zh}。",
        f"In your document {title}, {cited.clause} [{cited.id}]{en}.",
    )


def _our_place(cited: Cited) -> Text:
    """Document, clause and how far both were checked, from the corpus: in both languages."""
    from data.errors import UnknownName
    from knowledge.corpus import shipped_corpus
    from tools.policy.wording import clause_name

    corpus = shipped_corpus()
    try:
        clause = corpus.clause(cited.document, cited.clause)
    except UnknownName:  # a document since replaced: as it was told then
        return Text(f"《{cited.title}》{cited.clause} [{cited.id}]。", f"{cited.title}, {cited.clause} [{cited.id}].")
    document = corpus.documents[cited.document]
    doubt = _checked(cited, clause)
    numbered = re.search(r"\d", clause.title.zh + clause.title.en) is not None  # a figure would want a mark of its own
    zh, en = ("", "") if numbered else (f"{clause.title.zh}；", f"{clause.title.en}; ")
    return Text(
        f"《{document.title.zh}》{clause_name(clause.label.zh, 'zh')} [{cited.id}]（{zh}{doubt.zh}）。",
        f"{document.title.en}, {clause_name(clause.label.en, 'en')} [{cited.id}] ({en}{doubt.en}).",
    )


def _checked(cited: Cited, clause: Clause) -> Text:
    """How far what was told of a clause, and its number, were read in the document."""
    if cited.verified is None:
        return Text(
            "所引数字有的已核对、有的没有，见那条回答的表",
            "some of the figures told were checked and some were not, see the table of that answer",
        )
    if not cited.verified:
        return Text(
            "内容未与原文核对，引用前请先核实", "the content was not read in the document, check it before quoting"
        )
    if not clause.numbered:
        return Text(
            "内容已核对，条款编号按文件结构标注、未核对",
            "the content was checked, the clause number follows the document's structure and was not",
        )
    return Text("已核对", "checked")


def _addresses(cited: list[Cited]) -> Text:
    """The official addresses of the documents, as far as they are known."""
    from knowledge.corpus import shipped_corpus

    documents = shipped_corpus().documents
    known = {c.document: documents[c.document].url for c in cited if c.document in documents}
    urls = [url for url in dict.fromkeys(known.values()) if url]
    if not urls:
        return Text("没有确认到原文的官方网址，请按文件名向发布机构查找。",
                    "No official address of the text is known; look for it by its title with the issuer.")  # fmt: skip
    listed = " ".join(f"<{url}>" for url in urls)
    return Text(f"原文：{listed}", f"The text: {listed}")
