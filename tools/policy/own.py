"""The tool ``own_documents``: what the user's own files say, cited by page and clause. Their words, never our figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pydantic import Field

from data.errors import BadRequest, NotAvailable
from data.text import Text, same
from knowledge.ingest.chunks import Passage
from knowledge.ingest.clauses import find_start
from knowledge.ingest.shelf import OwnHit, Shelf
from knowledge.ingest.store import OwnDocument
from knowledge.segment import tokens
from tools.declare import Arguments, Context, tool
from tools.policy.own_list import asks_what_there_is, what_there_is
from tools.result import Citation, Draft, Result, Sentence, sentence

_SENTENCES = 2  # of one passage that are told
_LONGEST = 260  # characters of a sentence that are told
_TOLD = 2  # passages told in sentences; further ones are named
_CLOSE = 0.9  # score relative to the best at which a second passage is told as well,
_AS_MUCH = 0.8  # if it also shares nearly as many of the question's words
_SHARED = 0.25  # of the question's words that a passage must share to be on its subject
_OPENED = 5  # documents told of where the question names nothing to look for
_END = re.compile(r"(?<=[。！？!?])|(?<=[.])(?=\s)|\n")
_PART = re.compile(r"([；;])")
_SAFE = str.maketrans(
    {"[": "［", "]": "］", "{": "｛", "}": "｝", "|": "｜", "<": "＜", ">": "＞", "`": "'", "#": "＃", "*": "＊"}
)
CAVEAT = Text(
    "引自您的文件的内容只是该文件的说法，未经本系统计算或核实。",
    "What is quoted from your document is what it says; Tanlu has neither computed nor checked it.",
)


class OwnDocumentsArguments(Arguments):
    """A question in words, at most one document to look in, and how many passages to give."""

    question: str = Field(
        min_length=1, max_length=4000, description="What to look for in the user's own files, in the user's words."
    )
    document: str | None = Field(
        default=None, max_length=200, description="Only this document of the user's: id, title or file name."
    )
    limit: int = Field(default=4, ge=1, le=8, description="At most how many passages.")


@tool(
    title=Text("您的文件", "Your documents"),
    summary=Text(
        "查用户自己上传的文件（PDF、DOCX、网页、文本）怎么说，按页码和条款引用；只是该文件的说法，不是本系统算出的数字。",
        "What the files the user uploaded (PDF, DOCX, web pages, text) say, cited by page and clause; the words of that file, "
        "never figures of ours.",
    ),
    examples=(
        Text("根据我上传的文件，电炉钢比例要达到多少？", "According to the file I uploaded, what electric-furnace share is asked for?"),
        Text("我的文件里怎么规定绿证？", "What does my document say on green certificates?"),
        Text("我上传的文件讲了什么？", "What is in the documents I uploaded?"),
    ),
)  # fmt: skip
def own_documents(arguments: OwnDocumentsArguments, context: Context) -> Result:
    """The passages of the user's files nearest to a question, the best told first, each cited.

    Raises NotAvailable where there are no documents or none speaks of it, UnknownName for an unknown document.
    """
    shelf = context.shelf
    documents = shelf.documents() if shelf is not None else ()
    if not arguments.document and asks_what_there_is(arguments.question):
        return what_there_is(documents, context.own)
    if shelf is None or not documents:
        raise NotAvailable(
            "no_documents",
            Text("您还没有加入文件；可在“知识库”页面上传，或运行 tanlu knowledge add 文件名。",
                 "You have added no documents yet; upload one on the page Knowledge, or run tanlu knowledge add FILE."),
        )  # fmt: skip
    if not arguments.question.strip():
        raise BadRequest(
            "empty_question", Text("问题是空的；请写明要查什么。", "The question is empty; say what to look for.")
        )
    wanted = shelf.document(arguments.document) if arguments.document else None
    asked = _bare(arguments.question, documents)
    draft = Draft(Text("您的文件中的相关内容", "What your documents say"))
    if not _subject(asked):
        _openings(draft, shelf, [wanted] if wanted else list(documents))
        return draft.result()
    found = shelf.find(asked, arguments.limit, wanted.id if wanted else None)
    named = _clauses_named(shelf, [wanted] if wanted else list(documents), asked)[: arguments.limit]
    if named:
        _tell(draft, named, "")
        draft.caveats.append(CAVEAT)
        return draft.result()
    hits = [h for h in found.hits if _shares(asked, h)]
    if not hits:
        raise NotAvailable(
            "not_in_documents",
            Text("您的文件中没有与此相关的内容；可换个说法，或不提文件直接提问。",
                 "Your documents say nothing on this; try other words, or ask without naming your documents."),
        )  # fmt: skip
    _tell(draft, hits, asked)
    draft.caveats += [CAVEAT, *found.notices]
    return draft.result()


_CLAUSE = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,6}[章节条款]|\b(?:article|section|clause|chapter)\s+\d{1,3}(?:\.\d{1,3})*",
    re.IGNORECASE,
)


def _clauses_named(shelf: Shelf, documents: Sequence[OwnDocument], asked: str) -> list[OwnHit]:
    """The passages of the clauses that a question names by number (第二条); none where it names none or also asks for more."""
    marks = [re.sub(r"\s+", " ", m.group()).lower() for m in _CLAUSE.finditer(asked)]
    if not marks or _subject(_CLAUSE.sub(" ", asked)):
        return []
    return [
        OwnHit(document, passage, 1.0)
        for document in documents
        for passage in shelf.opening(document, None)
        if any(re.match(rf"{re.escape(mark)}(?![\d.])", passage.clause.lower()) for mark in marks)
    ]


def _bare(question: str, documents: Sequence[OwnDocument]) -> str:
    """The question without the titles of documents, which are no words to look for."""
    for d in documents:
        for name in (d.title, d.name):
            if len(name) >= 4:  # a short one is also part of words
                for form in (name, unicodedata.normalize("NFKC", name)):  # a question comes with its width folded
                    question = question.replace(f"《{form}》", " ").replace(form, " ")
    return question


# Words of asking, which say nothing of what is asked about.
_ASKING = re.compile(
    r"(?:都|主要|大致|大概|具体)?(?:讲|说|写|规定|提到|提出|要求|包含|介绍|谈)(?:了|到|过)?(?:些)?(?:什么|哪些|多少|啥|吗)?|怎么|如何|什么|哪些|哪个|"
    r"多少|有没有|是否|内容|主要|总结|概括|概述|一下|请|告诉我|关于|对|里|中|的|吗|呢|是|有|"
    r"\b(?:what|which|who|how|when|does|do|did|is|are|it|in|the|a|an|of|on|about|say|says|said|tell|me|please|summari[sz]e|summary|"
    r"mention|content|contents|main|there|any|anything|must|should|be|to|for|and|or|i|uploaded|according)\b",
    re.IGNORECASE,
)


def _subject(question: str) -> str:
    """What is left of a question without words of asking; blank where it only asks what a file is about."""
    left = _ASKING.sub(" ", question)
    return left if len(re.findall(r"[\w\u3400-\u9fff]", left)) > 1 else ""


def _shares(question: str, hit: OwnHit) -> bool:
    """Whether a passage shares a term, or enough words, with what the question is about."""
    shared = _shared(question, hit)
    # stems and bridges to the other language repeat words that stand beside them
    wanted = [t for t in set(tokens(_subject(question))) if not t.endswith("~") and not t.startswith("=")]
    return any(t.startswith("#") for t in shared) or len(shared) > _SHARED * len(wanted)


def _shared(question: str, hit: OwnHit) -> set[str]:
    held = set(tokens(f"{hit.passage.heading} {hit.passage.clause} {hit.passage.text}"))
    return {t for t in held & set(tokens(_subject(question))) if not t.endswith("~")}


def _tell(draft: Draft, hits: Sequence[OwnHit], asked: str) -> None:
    enough = _AS_MUCH * len(_shared(asked, hits[0]))
    near = [h for h in hits[1:] if h.score >= _CLOSE * hits[0].score and len(_shared(asked, h)) >= enough]
    told = [hits[0], *near][:_TOLD]
    for hit in told:
        for said in _sentences(hit.document, hit.passage, _best(hit.passage, asked), draft):
            draft.lead(said.text.zh, said.text.en, citations=said.citations)
    rest = [h for h in hits if h not in told]
    if rest:
        pointers = [_pointer(h, draft) for h in rest]
        draft.section(Text("您的文件中的其他相关处", "Elsewhere in your documents"), pointers, folded=True)


def _openings(draft: Draft, shelf: Shelf, documents: Sequence[OwnDocument]) -> None:
    """How each document begins, where nothing in particular is asked for."""
    for document in documents[:_OPENED]:
        first = next((p for p in shelf.opening(document) if not p.table and p.text.strip() != document.title), None)
        if first is not None:
            for said in _sentences(document, first, _best(first, "")[:1], draft):
                draft.lead(said.text.zh, said.text.en, citations=said.citations)
    draft.caveats.append(CAVEAT)


def _best(passage: Passage, asked: str) -> list[str]:
    """The sentences of a passage that share most with the question, in their order; of a tie the first ones."""
    text = passage.text
    start = find_start(text)
    parts = [p.strip() for p in _END.split(text[start.end :] if start else text) if p and p.strip(" 、.．:：")]
    wanted = set(tokens(asked))
    held = [wanted & set(tokens(part)) for part in parts]
    if passage.table:  # rows repeat their head: what all of them share tells none from the others
        common = set.intersection(*held) if held else set()
        held = [h - common for h in held]
    order = sorted(range(len(parts)), key=lambda i: (-len(held[i]), i))
    chosen = sorted(order[: 4 if passage.table else _SENTENCES])
    if wanted and len(chosen) > 1:
        least = min(1, len(held[order[0]])) if passage.table else len(held[order[0]]) / 2
        chosen = [i for i in chosen if len(held[i]) >= least]
    return [parts[i] for i in chosen]


def _sentences(document: OwnDocument, passage: Passage, parts: Sequence[str], draft: Draft) -> list[Sentence]:
    """The parts as sentences that name whose words they are; figures are followed by the citation's mark."""
    kept = [tame(p)[:_LONGEST] for p in parts]
    place = _place(passage)
    citation = draft.cite(_citation(document, passage, " ".join(kept)))
    out = []
    for at, part in enumerate(kept):
        words = _marked(part.rstrip("。.!！?？ "))
        if at == 0:
            zh = f"您的文件《{tame(document.title)}》（{place.zh}）写道：{words}。"
            en = f"Your document {tame(document.title)} ({place.en}) says: {words}."
        else:
            zh, en = f"这份文件还写道：{words}。", f"This document also says: {words}."
        out.append(sentence(zh, en, citations=(citation,)))
    return out


def _marked(text: str) -> str:
    """The citation's mark at the end of each part between semicolons that states a figure, and at the end."""
    parts = _PART.split(text)
    out = []
    for at, part in enumerate(parts):
        last = at == len(parts) - 1
        mark = at % 2 == 0 and (last or re.search(r"\d", part) is not None)
        out.append(f"{part.rstrip()} {{c0}}" if mark else part)
    return "".join(out)


def _citation(document: OwnDocument, passage: Passage, digest: str) -> Citation:
    title = tame(document.title)
    return Citation(
        document=document.id,
        title=Text(f"用户文件：{title}", f"User document: {title}"),
        clause=_place(passage),
        url=None,
        digest=same(digest or title),
        verified=False,
    )


def _place(passage: Passage) -> Text:
    """Where a passage stands; its marks are a stranger's words as much as its text."""
    return Text(tame(passage.place.zh), tame(passage.place.en))


def _pointer(hit: OwnHit, draft: Draft) -> Sentence:
    """One line that names a passage without telling it."""
    citation = draft.cite(_citation(hit.document, hit.passage, tame(_best(hit.passage, "")[0])[:_LONGEST]))
    title, place = tame(hit.document.title), _place(hit.passage)
    return sentence(
        f"您的文件《{title}》（{place.zh}） {{c0}}。",
        f"Your document {title} ({place.en}) {{c0}}.",
        citations=(citation,),
    )


def tame(text: str) -> str:
    """A stranger's words as plain text on one line: no marks, holes, Markdown, HTML or invisible characters."""
    seen = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(seen.translate(_SAFE).split())
