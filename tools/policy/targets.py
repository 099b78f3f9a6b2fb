"""The tool ``targets``: quantified targets of policy documents, standards and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import Field

from data.errors import BadRequest, NotAvailable, UnknownName
from data.text import Text, joined
from tools.declare import Arguments, Context, tool
from tools.policy.match import Match, find_targets, same_indicator
from tools.policy.provinces import answer_several, asked_of_several
from tools.policy.question import Asked, find_scope, find_sector_key, read_question, read_years
from tools.policy.rows import Target, all_targets
from tools.policy.telling import Teller
from tools.policy.wording import is_range, subject
from tools.result import Draft, Result

_LEAD = 3  # targets said in sentences; the rest stands in the table
_ROWS = 40


class TargetsArguments(Arguments):
    """What target is asked for; every part may be left out, and ``topic`` may be the whole question."""

    topic: str | None = Field(
        default=None,
        max_length=2000,
        description="Indicator in Chinese or English, e.g. 电炉钢占比, pumped storage, 非化石能源占比; or the whole question.",
    )
    place: str | None = Field(
        default=None,
        max_length=100,
        description="Place the target is for: China, Guangdong, 广州, global; another province gets the national target, "
        "said to be national.",
    )
    document: str | None = Field(
        default=None,
        max_length=200,
        description="Document id, title or number, e.g. cn-ap-2024-2025, 碳达峰行动方案, 国发〔2024〕12号, L.1470, SBTi V1.",
    )
    year: str | int | None = Field(
        default=None, description="Target year or plan period, e.g. 2030, 十四五, 15th FYP, 2024-2025."
    )
    sector: str | None = Field(
        default=None,
        max_length=100,
        description="Field of action, e.g. steel, 钢铁, power, 建材, transport, buildings.",
    )


@tool(
    title=Text("政策目标", "Policy targets"),
    summary=Text(
        "查政策文件、标准和报告中的量化目标：数值、比较词、基年、目标年、适用范围、文号与条款，注明是否核对。",
        "Quantified targets of policy documents, standards and reports: value, comparator, base year, target year, "
        "scope, document number and clause, with whether it was verified.",
    ),
    examples=(
        Text("到2025年电炉钢占粗钢产量的比例力争达到多少？", "What share of crude steel should electric furnaces reach by 2025?"),
        Text("2025年再生金属供应占比目标是多少？", "Recycled metal supply share target for 2025?"),
        Text("2025年抽水蓄能装机目标", "Pumped-storage capacity target for 2025"),
        Text("“十四五”单位GDP二氧化碳排放下降目标", "Target for CO2 per unit of GDP in the 14th five-year plan"),
        Text("广东2025年天然气占一次能源消费的目标", "Gas share of primary energy that Guangdong plans for 2025"),
        Text("2030年非化石能源消费比重目标是多少", "What non-fossil share is China aiming for by 2030?"),
        Text("对钢铁行业有哪些量化目标？", "Which quantified targets are there for steel?"),
        Text("行动方案对建材行业有哪些量化目标", "What targets does the action plan set for building materials?"),
        Text("2035年风电和太阳能装机目标", "Wind and solar capacity goal for 2035"),
        Text("中国什么时候实现碳中和？", "When is China to be carbon neutral?"),
        Text("煤炭消费何时达峰", "When is coal consumption to peak?"),
        Text("2035年国家自主贡献要减排多少", "How far does the 2035 NDC cut emissions?"),
        Text("SBTi要求每年线性减排多少", "What linear annual reduction does SBTi ask of companies?"),
        Text("SBTi第1版要求目标覆盖多少范围1和范围2排放", "What share of scope 1 and 2 must an SBTi target cover?"),
        Text("信息通信行业2030年要减排多少", "How much must the ICT sector cut by 2030?"),
        Text("1.5°C路径要求2035年全球减排多少", "What global cut by 2035 does the 1.5°C path need?"),
        Text("“十四五”碳强度实际下降了多少", "What did CO2 per unit of GDP actually fall by in 2021–2025?"),
        Text("电炉钢2025年目标", "Electric-furnace steel target for 2025"),
        Text("交通运输有哪些2025年目标", "What are the 2025 targets for transport?"),
        Text("新型储能2025年目标", "New-type energy storage target by 2025"),
    ),
)  # fmt: skip
def targets(arguments: TargetsArguments, context: Context) -> Result:
    """The targets that answer the question: one for a precise question, a table for a field of action or several provinces.

    Raises BadRequest where nothing was asked, UnknownName for an unknown document, field or year, NotAvailable where
    no document of the knowledge base has such a target.
    """
    asked = read_asked(arguments, context)
    several = asked_of_several(all_targets(context.warehouse), asked)
    if several is not None:
        return answer_several(several, asked, context)
    match = find_targets(all_targets(context.warehouse), asked)
    if not match.rows or _elsewhere(asked, match, context):
        raise nothing_found(asked, match)
    return answer(asked, match, context)


_ABROAD = frozenset({"global", "global ICT sector", "companies"})


def _elsewhere(asked: Asked, match: Match, context: Context) -> bool:
    """Whether a document of China or of a place was asked and only targets of the world or of companies were found."""
    places = {context.library.corpus.documents[d].place for d in asked.documents}
    foreign = all(t.scope in _ABROAD for t in match.rows)
    return match.other_document and foreign and bool(places) and places.isdisjoint({"global", "companies"})


def answer(asked: Asked, match: Match, context: Context) -> Result:
    """The Result of a match: lead sentences, what of the question could not be met, and the table."""
    rows = list(match.rows)
    lead = spread(rows) if match.listed else [*leading(rows, asked), *match.parts]
    if asked.judging and lead[0].kind == "outcome":
        lead = [lead[0], *_aims(lead[0], all_targets(context.warehouse))]
    draft = Draft(_title(match, rows))
    teller = Teller(draft, context.library)
    _limits_first(draft, asked, match)
    for said in teller.sentences(lead):
        draft.lead(said.text.zh, said.text.en, *said.facts, citations=said.citations)
    same = _same_figure(lead, rows)
    if same and not match.listed:
        said = teller.also(same)
        draft.lead(said.text.zh, said.text.en, citations=said.citations)
    _limits_after(draft, asked, match, lead, context)
    if match.listed or (len(lead) > 1 and len(rows) > len(lead)) or match.other_year:
        title = _title(match, rows) if match.listed else Text("相关目标", "Related targets")
        draft.section(title, tables=(teller.table(_tabled(rows, lead, match.listed), title),))
    teller.close(lead)
    draft.suggestions.append(_suggestion(lead[0], match.listed))
    return draft.result()


def _tabled(rows: list[Target], lead: list[Target], listed: bool) -> list[Target]:
    """What the table shows: all that was found, or the indicator of the lead alone."""
    kept = rows if listed else [t for t in rows if same_indicator(t, lead[0])]
    return sorted({t.ord: t for t in [*kept, *lead]}.values(), key=lambda t: t.ord)[:_ROWS]


def _same_figure(lead: list[Target], rows: list[Target]) -> list[Target]:
    """Verified rows of other documents with the leading figure, where one figure leads."""
    if len(lead) != 1:
        return []
    best = lead[0]
    key = (best.value, best.unit, best.target_year, best.base_year, best.scope)
    same = [t for t in rows if (t.value, t.unit, t.target_year, t.base_year, t.scope) == key]
    return [t for t in same if t.document != best.document and t.verified and same_indicator(t, best)][:2]


def _aims(outcome: Target, rows: Sequence[Target]) -> list[Target]:
    """The target an outcome is to be held against: same indicator, place, base and year."""
    fitting = [
        t
        for t in rows
        if t.kind == "target"
        and same_indicator(t, outcome)
        and (t.scope, t.base_year, t.target_year) == (outcome.scope, outcome.base_year, outcome.target_year)
    ]
    return sorted(fitting, key=lambda t: not t.verified)[:1]


def read_asked(arguments: TargetsArguments, context: Context) -> Asked:
    """What is asked for, from the question's words and the arguments beside it.

    Raises BadRequest where nothing was asked, UnknownName for an unknown document, field, place or year.
    """
    if not any((arguments.topic, arguments.place, arguments.document, arguments.year, arguments.sector)):
        raise BadRequest(
            "nothing_asked",
            Text("请说明要查哪项目标，例如“2030年非化石能源占比”。", "Say which target, e.g. 'non-fossil share 2030'."),
        )
    asked = read_question(arguments.topic or "", context.library)
    if arguments.document:
        asked = asked.within(context.library.document(arguments.document).id)
    if arguments.place:
        scope = find_scope(arguments.place)
        if scope is None:
            raise UnknownName(
                "unknown_place",
                Text(f"无法识别地区“{arguments.place}”；可写中国、广东、广州、global等。",
                     f"Cannot read the place '{arguments.place}'; write China, Guangdong, Guangzhou, global or a province."),
                ("China", "Guangdong", "Guangzhou", "global"),
            )  # fmt: skip
        asked = replace(asked, scope=scope[0], place=scope[1])
    if arguments.year is not None:
        first, last = read_years(str(arguments.year))
        if first is None:
            raise UnknownName(
                "unknown_year",
                Text(f"无法识别年份“{arguments.year}”；请写四位年份或“十四五”等规划期。",
                     f"Cannot read the year '{arguments.year}'; write four digits or a plan period such as 14th FYP."),
            )  # fmt: skip
        asked = replace(asked, first=first, last=last)
    if arguments.sector:
        key = find_sector_key(arguments.sector)
        if key is None:
            raise UnknownName(
                "unknown_field",
                Text(f"目标库没有领域“{arguments.sector}”；可写钢铁、建材、石化、有色、电力、交通、建筑等。",
                     f"There is no field '{arguments.sector}' among the targets; write steel, building materials, "
                     "petrochemicals, non-ferrous metals, power, transport, buildings and the like."),
                ("steel", "power", "transport"),
            )  # fmt: skip
        asked = replace(asked, sector=key)
    return asked


def leading(rows: list[Target], asked: Asked) -> list[Target]:
    """The rows said in sentences for a precise question: the best, its other end, and the same indicator's others."""
    best = rows[0]
    kin = [t for t in rows if same_indicator(t, best)]
    if asked.each:
        return _once([t for year in asked.each for t in kin if t.covers(year)][: 2 * len(asked.each)])[: _LEAD + 1]
    if asked.first is not None and not asked.period:
        ends = [t for t in kin if is_range(best, t) or is_range(t, best)]
        differing = [t for t in kin if t not in ends and (t.value, t.unit) != (best.value, best.unit)]
        return _once([best, *ends, *differing])[:_LEAD]
    by_year = sorted(kin, key=lambda t: (t.target_year or 0, not t.verified, t.ord))
    return _once(by_year)[: _LEAD + 1]


def _once(rows: list[Target]) -> list[Target]:
    """Each figure of an indicator once, though several documents have it."""
    seen: dict[tuple[object, ...], Target] = {}
    for t in rows:
        seen.setdefault((t.value, t.unit, t.target_year, t.base_year, t.scope), t)
    return list(seen.values())


def spread(rows: list[Target]) -> list[Target]:
    """The rows said in sentences for a list: verified ones first, one per indicator."""
    verified = [t for t in rows if t.verified and t.value is not None] or rows
    verified = sorted(verified, key=lambda t: t.scope not in ("China", "Guangdong"))  # the whole before its parts
    seen: dict[str, Target] = {}
    for t in verified:
        seen.setdefault(t.topic_zh, t)
    chosen = list(seen.values())[:_LEAD]
    return chosen + [t for t in rows if any(is_range(t, c) or is_range(c, t) for c in chosen)]


def _title(match: Match, rows: list[Target]) -> Text:
    if match.listed and len({t.sector for t in rows}) == 1:
        return Text(f"{rows[0].sector_zh}领域的量化目标", f"Quantified targets: {rows[0].sector_en}")
    if match.listed:
        return Text("量化目标", "Quantified targets")
    said = subject(rows[0])
    return Text(f"目标：{said.zh}", f"Target: {said.en}")


def _limits_first(draft: Draft, asked: Asked, match: Match) -> None:
    """What has to be known before the figure: there is none for the year, or none in the document, asked for."""
    if match.other_topic:
        draft.lead("所收文件中没有与问题直接对应的量化目标，以下是该文件或该领域的量化目标。",
                   "No target here is on exactly this; these are the targets of that document or field.")  # fmt: skip
    if match.other_year:
        span = str(asked.last) if not asked.period else f"{asked.first}–{asked.last}"
        draft.lead(f"所收文件中没有{span}年的这项目标，以下为其他年份的目标。",
                   f"None of the documents has this target for {span}; these are for other years.")  # fmt: skip
    if match.other_document:
        draft.lead("所问文件中没有这项目标，以下出自其他文件。",
                   "The document asked for has no such target; these come from others.")  # fmt: skip


def _limits_after(draft: Draft, asked: Asked, match: Match, lead: list[Target], context: Context) -> None:
    """Whose target it is where a province was asked for, and what can be said of whether it was met."""
    place = asked.place
    if match.wider_place and place is not None:
        scopes = joined([Text(*p) for p in dict.fromkeys((t.scope_zh, t.scope_en) for t in lead)])
        if asked.judging:
            text = Text(
                f"{place.zh}是否做到无法判断：这是{scopes.zh}目标，文件没有分解到省，也没有{place.zh}的对应目标。",
                f"Whether {place.en} has met it cannot be judged: the target is for {scopes.en}, is not split by "
                f"province, and no target of {place.en}'s own was found.",
            )
        else:
            own = [d.title for d in context.library.corpus.documents.values() if d.place == place.en]
            text = Text(
                f"这是{scopes.zh}目标，不是{place.zh}的目标；"
                + (f"目标表没有{place.zh}的对应目标，《{own[0].zh}》的条款可按文件名查询。" if own
                   else f"所收文件没有{place.zh}的对应目标。"),
                f"The target is for {scopes.en}, not for {place.en}; "
                + (f"the table of targets has none of {place.en}'s own; ask by its name what the {own[0].en} says."
                   if own else f"the documents have none of {place.en}'s own."),
            )  # fmt: skip
        draft.lead(text.zh, text.en)
    elif asked.judging and lead[0].kind == "outcome":
        _verdict(draft, lead)
    elif asked.judging:
        draft.lead(
            "是否达到无法仅凭文件判断：目标库没有与之口径一致的实际值，可另查观测数据对照。",
            "Whether it was met cannot be judged from the documents: the targets come without a figure observed on "
            "the same terms; look up the observed data beside it.",
        )


def _verdict(draft: Draft, lead: list[Target]) -> None:
    """Whether a reported outcome reached its target, said only where both stand on the same terms."""
    outcome, *aims = lead
    if not aims or outcome.value is None or aims[0].value is None or aims[0].comparator == "le":
        return
    if outcome.value >= aims[0].value:
        draft.lead("按上述数字，该目标已达到。", "By these figures the target was reached.")
    else:
        draft.lead("按上述数字，该目标没有达到。", "By these figures the target was not reached.")


def nothing_found(asked: Asked, match: Match) -> NotAvailable:
    """The refusal where no target answers: with the nearest indicators, if any are near."""
    if match.nearest:
        names = [subject(t) for t in match.nearest]
        near = joined(names)
        return NotAvailable(
            "no_target",
            Text(f"所收文件中没有这项量化目标；最接近的指标是：{near.zh}。",
                 f"No document here has such a target; the nearest indicators are: {near.en}."),
            tuple(n.en for n in names),
        )  # fmt: skip
    where = "所问文件" if asked.documents else "所收文件"
    where_en = "The document asked for" if asked.documents else "The documents here"
    return NotAvailable(
        "no_target",
        Text(f"{where}没有这项量化目标；可问钢铁、电力、交通、建筑等领域有哪些目标。",
             f"{where_en} ha{'s' if asked.documents else 've'} no such target; ask which targets there are for steel, "
             "power, transport or buildings."),
    )  # fmt: skip


def _suggestion(first: Target, listed: bool) -> Text:
    if listed:
        said = subject(first)
        return Text(f"{said.zh}的目标是多少？", f"What is the target for {said.en}?")
    return Text(f"{first.sector_zh}领域有哪些量化目标？", f"Which quantified targets are there for {first.sector_en}?")
