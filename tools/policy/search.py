"""The tool ``policy_search``: what policy documents and standards say, clause by clause, in our own digests."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import Field

from data.errors import BadRequest, NotAvailable
from data.text import LANGUAGES, Text
from knowledge.corpus import Clause, Document
from knowledge.figures import read_figures, same
from knowledge.filters import Filters
from knowledge.search import Found, Hit, Library
from knowledge.segment import tokens, words
from knowledge.terms import GLOSSARY
from tools.declare import Arguments, Context, tool
from tools.policy.match import find_targets
from tools.policy.question import read_question
from tools.policy.rows import Target, all_targets
from tools.policy.summary import Summary, summary
from tools.policy.targets import answer
from tools.policy.telling import NUMBERING, Teller
from tools.policy.wording import clause_name
from tools.result import Citation, Draft, Result, Sentence, sentence

_ASKS_FIGURE = re.compile(
    r"多少|几成|多大|多高|比例是|占比是|目标值|何时|什么时候|哪一年|数字|"
    r"\bhow (?:much|many|far|high|large)\b|\bwhat (?:share|percent\w*|proportion|level|capacity|figure|cut|reduction)\b|"
    r"\bby when\b|\bwhich year\b|\bwhen\b|\bpercent",
    re.IGNORECASE,
)
# Fines and prices are no targets, whatever figure they ask for.
_SANCTION = re.compile(
    r"罚|处分|违法|价格|多少钱|\b(?:fine[ds]?|penalt\w+|sanction\w*|punish\w*|price[ds]?)\b", re.IGNORECASE
)
_CLOSE = 0.93  # score relative to the best at which a second clause is said as well
_RELATED = 0.6  # score relative to the best below which a clause is not worth naming
_SENTENCES = 2  # clauses said in sentences; further ones are listed
_TERMS = 4  # terms explained in one answer
_NAMED_ONLY = 2  # words a question must share with the corpus to be taken as asked of it


class PolicySearchArguments(Arguments):
    """A question in words, what to narrow the search to, and how many clauses to give."""

    question: str = Field(
        min_length=1, max_length=4000, description="The question in Chinese or English, as the user put it."
    )
    document: str | None = Field(
        default=None,
        max_length=200,
        description="Only this document: id, title, number or usual name, e.g. itu-l1480, 碳达峰行动方案, ISC platform standard.",
    )
    year: int | None = Field(
        default=None, ge=1990, le=2100, description="Only clauses that speak of this year, or documents dated in it."
    )
    region: str | None = Field(
        default=None,
        max_length=80,
        description="Only documents of this place: a province or city, China (national documents), global or companies.",
    )
    sector: str | None = Field(
        default=None, max_length=80, description="Only clauses that name this field of action, e.g. steel, 交通运输."
    )
    limit: int = Field(default=3, ge=1, le=8, description="At most how many clauses.")


@tool(
    title=Text("政策与标准检索", "Policy and standards search"),
    summary=Text(
        "查政策文件、标准和报告怎么说：按条款给出我们的摘要、文号、网址和核实状态；问到数字时给出对应的量化目标。",
        "What policy documents, standards and reports say: our digest per clause with document, number, address and "
        "whether it was verified; where a figure is asked for, the target behind it.",
    ),
    examples=(
        Text("双碳平台标准第4章分哪几层？", "What are the layers in clause 4 of the ISC platform standard?"),
        Text("互联网协会的平台标准把模型放在哪一层？", "What does clause 4 of the ISC platform standard call its model layer?"),
        Text("L.1480评估分哪几个层级？哪一级不能对外宣传？", "What tiers does L.1480 have, and which may not be used in public?"),
        Text("L.1480里的二阶效应指什么", "What is a second order effect in L.1480?"),
        Text("按L.1480评估一个远程会议平台的净减排，需要哪些数据？", "What data does an L.1480 assessment of a video-meeting platform need?"),
        Text("碳排放双控分哪几个阶段？", "What are the stages of carbon dual control?"),
        Text("能耗双控和碳排放双控是什么关系", "How does energy dual control turn into carbon dual control?"),
        Text("节能降碳行动方案由谁负责考核？", "Who is responsible for the energy and carbon action plan?"),
        Text("行动方案对钢铁行业怎么要求", "What does the action plan ask of the steel industry?"),
        Text("广东碳达峰实施方案讲了什么", "What is in Guangdong's carbon peaking plan?"),
        Text("广东有没有2060年碳中和的目标", "Does Guangdong have a goal of neutrality by 2060?"),
        Text("“1+N”政策体系中的“1”是哪份文件", "Which document heads the 1+N policy set?"),
        Text("2035年国家自主贡献覆盖哪些气体", "Which gases does the 2035 NDC cover?"),
        Text("SBTi的目标适用于省份吗", "Do SBTi targets apply to provinces?"),
        Text("SBTi行业脱碳法的公式", "What is the formula of SBTi's sectoral approach?"),
        Text("SBTi企业净零标准第2版有什么变化", "What changes in version 2 of the SBTi net-zero standard?"),
        Text("L.1470包含哪些子行业", "Which sub-sectors does L.1470 have?"),
        Text("3B框架是什么意思", "What is the 3B framework?"),
        Text("碳预算写在哪份文件里", "Which document speaks of carbon budgets?"),
        Text("绿证有什么要求", "What is asked of green certificates?"),
    ),
)  # fmt: skip
def policy_search(arguments: PolicySearchArguments, context: Context) -> Result:
    """The clauses that answer a question, the best said first, each cited.

    Raises BadRequest for a question without words, UnknownName for an unknown document, region or field of action,
    NotAvailable where the knowledge base has nothing on it.
    """
    library = context.library
    if not tokens(arguments.question):
        raise BadRequest(
            "empty_question", Text("问题是空的；请写明要查什么。", "The question is empty; say what to look for.")
        )
    filters = library.filters(arguments.document, arguments.year, arguments.region, arguments.sector)
    meaning = library.terms.asked(arguments.question)
    if meaning is not None and meaning.known and filters == Filters(document=filters.document):
        return _defined(meaning.known, arguments.question, context)
    if filters == Filters(document=filters.document):
        figure = _figure_answer(arguments.question, filters.document, context)
        if figure is not None:
            return figure
    whole = summary(arguments.question, all_targets(context.warehouse), library) if not filters else None
    if whole is not None:
        return _summarised(whole, context)
    silent = _silent(arguments.question, library) if not filters else ()
    if silent:  # the same question of all other documents
        bare = library.without_names(arguments.question)
        found = library.find(bare, arguments.limit, filters=filters)
        if found.hits and _on_topic(bare, found.hits[0], library):
            return _told_elsewhere(silent, found, context)
    found = library.find(arguments.question, arguments.limit, filters=filters)
    if not found.hits or not _on_topic(arguments.question, found.hits[0], library):
        raise NotAvailable(
            "no_clause",
            Text("知识库中没有与此相关的条款；可问节能降碳行动方案、碳达峰方案、国家自主贡献、SBTi、L.1470、L.1480等文件。",
                 "The knowledge base has no clause on this; ask about the action plan 2024–2025, the peaking plan, "
                 "the NDC, SBTi, L.1470 or L.1480."),
        )  # fmt: skip
    draft = Draft(Text(f"条款检索：{found.hits[0].title.zh}", f"Clauses: {found.hits[0].title.en}"))
    _say(draft, found.hits, context)
    draft.caveats += list(found.notices)
    return draft.result()


def _defined(terms: Sequence[Clause], question: str, context: Context) -> Result:
    """What terms mean, by the glossary; the clauses of documents that speak of them follow."""
    draft = Draft(
        Text(f"术语：{'、'.join(t.title.zh for t in terms)}", f"Terms: {', '.join(t.title.en for t in terms)}")
    )
    document = context.library.corpus.documents[GLOSSARY]
    for term in terms[:_TERMS]:
        cited = draft.cite(_citation_of(term, document))
        draft.lead(f"{term.title.zh}，本项目的解释：{_marked(term.digest.zh)}",
                   f"{term.title.en}, as we explain it: {_marked(term.digest.en)}", citations=(cited,))  # fmt: skip
    found = context.library.find(question, _TERMS + 1).hits
    rest = [h for h in found if h.document != GLOSSARY and h.score >= _RELATED * found[0].score]
    if rest:
        draft.section(Text("相关条款", "Related clauses"), [_pointer(h, draft) for h in rest], folded=True)
    if document.note is not None:
        draft.caveats.append(document.note)
    return draft.result()


def _citation_of(clause: Clause, document: Document) -> Citation:
    return Citation(document=document.id, title=document.title, clause=clause.id, url=document.url, digest=clause.digest,
                    verified=clause.verified)  # fmt: skip


def _figure_answer(question: str, document: str | None, context: Context) -> Result | None:
    """The target asked for, where the question asks for a figure and one indicator answers it on its own terms."""
    if not _ASKS_FIGURE.search(question) or _SANCTION.search(question):
        return None
    asked = read_question(question, context.library)
    if document is not None:
        asked = asked.within(document)
    match = find_targets(all_targets(context.warehouse), asked)
    if not match.rows or match.listed or match.other_year or match.other_document:
        return None
    return answer(asked, match, context)


def _silent(question: str, library: Library) -> tuple[Document, ...]:
    """The documents named, where none of their clauses speaks of the thing asked about while others do; empty otherwise.

    The thing asked about are the terms of the field in the question (数据中心), else nothing: common words prove nothing.
    """
    named = library.documents_named(question)
    bare = library.without_names(question)
    wanted = {t for t in tokens(bare) if t.startswith("#")}
    corpus = library.corpus
    if not named or not wanted:
        return ()

    def speaks(clause: Clause) -> bool:
        digest = f"{clause.title.zh} {clause.title.en} {clause.digest.zh} {clause.digest.en} {clause.words} {' '.join(clause.asks)}"
        return not wanted.isdisjoint(tokens(digest))

    here = [c for name in named for c in corpus.documents[name].clauses]
    if any(speaks(c) for c in here) or not any(speaks(c) for c in corpus.clauses):
        return ()
    return tuple(corpus.documents[name] for name in named)


def _summarised(whole: Summary, context: Context) -> Result:
    """The headline clauses of a document, told in full."""
    hits = [context.library.hit(c, 1.0) for c in whole.clauses]
    draft = Draft(Text(f"概要：{hits[0].title.zh}", f"Summary: {hits[0].title.en}"))
    if whole.silent:
        draft.lead(f"本库所收《{hits[0].title.zh}》的摘要没有单独说到中国，以下是该报告的主要结论。",
                   f"Our digest of the {hits[0].title.en} says nothing of China by name; these are its main findings.")  # fmt: skip
    _say(draft, hits, context)
    return draft.result()


def _told_elsewhere(silent: Sequence[Document], found: Found, context: Context) -> Result:
    draft = Draft(Text(f"条款检索：{found.hits[0].title.zh}", f"Clauses: {found.hits[0].title.en}"))
    draft.lead(f"本库所收《{silent[0].title.zh}》的摘要没有说到这一点，以下出自其他文件。",
               f"Our digest of the {silent[0].title.en} says nothing on this; what follows is from other documents.")  # fmt: skip
    _say(draft, found.hits, context)
    draft.caveats += list(found.notices)
    return draft.result()


def _on_topic(question: str, best: Hit, library: Library) -> bool:
    """Whether the best clause shares enough with the question: a document named, or words beyond chance."""
    if library.documents_named(question):
        return True
    clause = library.corpus.clause(best.document, best.clause)
    held = set(tokens(f"{best.title.zh} {best.title.en} {clause.title.zh} {clause.title.en} {clause.digest.zh} "
                      f"{clause.digest.en} {clause.words}"))  # fmt: skip
    wanted = [t for t in tokens(question) if t.startswith("#") or t in set(words(question.lower()))]
    shared = {t for t in tokens(question) if t in held and not t.startswith("=")}  # common words prove nothing
    concepts = {t for t in shared if t.startswith("#")}
    return bool(concepts) or len(shared) >= max(_NAMED_ONLY, len(set(wanted)) // 2)


def _say(draft: Draft, hits: Sequence[Hit], context: Context) -> None:
    teller = Teller(draft, context.library)
    best = hits[0].score
    told = [h for h in hits if h.score >= _CLOSE * best][:_SENTENCES]
    for hit in told:
        draft_sentence = digest_sentence(hit, teller, context)
        draft.lead(draft_sentence.text.zh, draft_sentence.text.en, *draft_sentence.facts,
                   citations=draft_sentence.citations)  # fmt: skip
    rest = [h for h in hits if h not in told and h.score >= _RELATED * best]
    if rest:
        draft.section(Text("相关条款", "Related clauses"), [_pointer(h, draft) for h in rest], folded=True)
    corpus = context.library.corpus
    if any(not h.verified for h in told):
        draft.caveats.append(
            Text("标注“未核对”的内容没有在文件或页面上读到，引用前请先核实。",
                 "What is marked unverified was not read in a document or page; check it before quoting."))  # fmt: skip
    if any(not corpus.clause(h.document, h.clause).numbered and h.document != GLOSSARY for h in told):
        draft.caveats.append(NUMBERING)
    notes = [corpus.documents[h.document].note for h in told]
    draft.caveats += [n for n in dict.fromkeys(notes) if n is not None]


def digest_sentence(hit: Hit, teller: Teller, context: Context) -> Sentence:
    """A clause's digest as a sentence, named as ours; figures that are targets of the clause become facts."""
    rows = [t for t in all_targets(context.warehouse) if (t.document, t.clause) == (hit.document, hit.clause)]
    text, facts = bind_figures(hit.digest, rows, teller)
    citation = teller.draft.cite(_citation(hit))
    doubt = ("", "") if hit.verified else ("，未核对", ", unverified")
    zh = f"《{hit.title.zh}》{clause_name(hit.label.zh, 'zh')}（我们的摘要{doubt[0]}）：{_marked(text.zh)}"
    en = f"{hit.title.en}, {clause_name(hit.label.en, 'en')} (our digest{doubt[1]}): {_marked(text.en)}"
    return sentence(zh, en, *facts, citations=(citation,))


_ENDS = re.compile(r"([；。]|;(?= )|\.(?= |$))")


def _marked(text: str) -> str:
    """A digest with the citation's mark at its end and wherever a part of it states a figure that is no fact."""
    parts = _ENDS.split(text)  # words, end, words, end, … and a blank rest
    out: list[str] = []
    for at in range(0, len(parts) - 1, 2):
        said, end = parts[at], parts[at + 1]
        last = not "".join(parts[at + 2 :]).strip()
        figure = re.search(r"\d", re.sub(r"\{\d+\}", "", said))
        gap = "" if end in "；。" else " "
        out.append(f"{said}{gap + '{c0}' if last or figure else ''}{end}")
    return "".join(out) + parts[-1]


def _citation(hit: Hit) -> Citation:
    return Citation(
        document=hit.document,
        title=hit.title,
        clause=hit.clause,
        url=hit.url,
        digest=hit.digest,
        verified=hit.verified,
    )


def _pointer(hit: Hit, draft: Draft) -> Sentence:
    """One line that names a clause without telling it."""
    zh = f"《{hit.title.zh}》{clause_name(hit.label.zh, 'zh')}，{hit.heading.zh}{{c0}}。"
    en = f"{hit.title.en}, {clause_name(hit.label.en, 'en')}: {hit.heading.en} {{c0}}."
    return sentence(zh, en, citations=(draft.cite(_citation(hit)),))


def bind_figures(digest: Text, rows: Sequence[Target], teller: Teller) -> tuple[Text, tuple[int, ...]]:
    """A digest with holes for the figures that are targets of its clause, and their facts in the holes' order.

    A figure is bound only if it stands in both languages; years and figures without a target stay as words.
    """
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for language in LANGUAGES:
        spans[language] = _spans(digest, language, rows)
    common = [r for r in range(len(rows)) if all(any(s[2] == r for s in spans[x]) for x in LANGUAGES)]
    facts = {r: f for r in common if (f := teller.fact(rows[r])) is not None}
    order = {r: i for i, r in enumerate(facts)}
    said = {}
    for language in LANGUAGES:
        text = digest.to(language)
        for start, end, row in sorted(spans[language], reverse=True):
            if row in order:
                text = f"{text[:start]}{{{order[row]}}}{text[end:]}"
        said[language] = text
    return Text(said["zh"], said["en"]), tuple(facts.values())


def _spans(digest: Text, language: str, rows: Sequence[Target]) -> list[tuple[int, int, int]]:
    """(start, end, row) of the figures of a digest that are targets, each row once, in order."""
    out: list[tuple[int, int, int]] = []
    used: set[int] = set()
    for figure in read_figures(digest.zh if language == "zh" else digest.en, "zh" if language == "zh" else "en"):
        fitting = [
            i
            for i, t in enumerate(rows)
            if i not in used
            and t.value is not None
            and t.unit not in (None, "year")
            and same(figure, t.value, t.unit or "")
        ]
        if fitting:
            used.add(fitting[0])
            out.append((figure.start, figure.end, fitting[0]))
    return out
