"""The tool ``isc_checklist``: a self-assessment of a platform against the layers and functions of the ISC standard."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from data.errors import BadRequest, UnknownName
from data.text import Text
from knowledge.corpus import Clause
from knowledge.search import Library
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, tool
from tools.ict.clauses import cite
from tools.ict.isc_self import say_self
from tools.result import Basis, Cell, Column, Draft, Ref, Result, Table

DOCUMENT = "isc-dcmsp-1"
Status = Literal["yes", "partly", "no"]
Side = Literal["both", "government", "enterprise"]
STATUSES: dict[str, Text] = {
    "yes": Text("已具备", "yes"), "partly": Text("部分具备", "partly"), "no": Text("不具备", "no"), "open": Text("未回答", "unanswered"),
}  # fmt: skip
GROUPS: tuple[tuple[str, Text], ...] = (
    (r"4\.[2-8]", Text("架构层（4.2—4.8）", "architecture layers (4.2–4.8)")),
    (r"5\.1\.\d", Text("政府与园区侧功能（5.1）", "functions for government and parks (5.1)")),
    (r"5\.2\.\d", Text("企业侧功能（5.2）", "functions for enterprises (5.2)")),
)
_SIDES: dict[str, tuple[int, ...]] = {"both": (0, 1, 2), "government": (0, 1), "enterprise": (0, 2)}
MOVED = Text(
    "条款号和名称取自据成文前文本所作的对照表，定稿中条款号可能有变动。",
    "Clause numbers and names follow tables drawn from the text before publication; a clause number may have moved in the final text.",
)


class ChecklistArguments(Arguments):
    """What the platform's owner answers; a clause not named stays unanswered."""

    yes: tuple[str, ...] = Field((), max_length=40, description="Clauses the platform has, e.g. 4.2, 5.1.1.")
    partly: tuple[str, ...] = Field((), max_length=40, description="Clauses it has in part.")
    no: tuple[str, ...] = Field((), max_length=40, description="Clauses it has not.")
    subject: Literal["yours", "tanlu"] = Field(
        "yours",
        description="yours: the asker's platform; tanlu: this product's own functions beside the standard, described by itself.",
    )
    side: Side = Field("both", description="government: layers and 5.1; enterprise: layers and 5.2; both.")


@tool(
    title=Text("双碳平台自评表", "ISC platform checklist"),
    summary=Text(
        "对照中国互联网协会双碳平台架构规范的七层（4.2—4.8）和两侧功能（5.1、5.2）作自评：逐条状态、按层汇总、缺项，可导出；不是认证。",
        "Self-assessment against the Internet Society of China's dual-carbon platform standard: seven layers (4.2-4.8) and functions "
        "(5.1, 5.2), status by clause, counts by layer, what is missing; exportable, never a certification.",
    ),
    examples=(
        Text("ISC双碳平台自评表", "ISC platform self-assessment checklist"),
        Text("我们的平台已具备4.2、4.4和5.1.1，还缺什么？", "Our platform has 4.2, 4.4 and 5.1.1; what is missing?"),
        Text("碳路自己符合ISC双碳平台标准吗？", "Does Tanlu itself comply with the ISC platform standard?"),
        Text("企业侧双碳平台自评：有4.5、5.2.1，部分具备5.2.4", "ISC checklist for an enterprise platform with 4.5 and 5.2.1, partly 5.2.4"),
    ),
)  # fmt: skip
def isc_checklist(arguments: ChecklistArguments, context: Context) -> Result:
    """The checklist with the owner's answers, counted by layer; nothing not answered is taken for missing or for there.

    Raises UnknownName for a clause the standard has not, BadRequest for a clause answered twice.
    """
    groups = clauses_of(context.library)
    if arguments.subject == "tanlu":
        own = Draft(Text("碳路与ISC双碳平台标准：功能自述", "Tanlu and the ISC platform standard: a self-description"))
        say_self(
            own,
            [c for g in groups for c in g],
            lambda name: cite(own, context.library, DOCUMENT, name),
            STATUSES,
            _short,
        )
        own.caveats.append(MOVED)
        own.suggestions.append(Text("ISC双碳平台自评表", "ISC platform self-assessment checklist"))
        return own.result()
    shown = _SIDES[arguments.side]
    answers = _answers(arguments, {c.id: i for i, g in enumerate(groups) for c in g}, shown)
    draft = Draft(Text("双碳管理与服务平台自评表", "Self-assessment of a dual-carbon platform"))
    counts = [_counts(draft, GROUPS[i][1], groups[i], answers) for i in shown]
    _lead(draft, context, counts, [c for i in shown for c in groups[i]], answers)
    _tables(draft, groups, shown, answers, counts)
    draft.caveats += [
        Text("自评由平台方填写，本表只作汇总，不核实，也不构成认证。",
             "The owner fills it in; the table only counts, checks nothing and certifies nothing."),
        MOVED,
    ]  # fmt: skip
    draft.suggestions.append(
        Text("双碳平台标准的算法模型层包括什么？", "What does the algorithm models layer of the ISC standard hold?")
    )
    return draft.result()


def clauses_of(library: Library) -> list[list[Clause]]:
    """The clauses of layers, of 5.1 and of 5.2, in order."""
    all_ = library.corpus.documents[DOCUMENT].clauses
    return [[c for c in all_ if re.fullmatch(pattern, c.id)] for pattern, _ in GROUPS]


def _answers(arguments: ChecklistArguments, known: dict[str, int], shown: tuple[int, ...]) -> dict[str, Status]:
    out: dict[str, Status] = {}
    given: list[tuple[Status, tuple[str, ...]]] = [
        ("yes", arguments.yes), ("partly", arguments.partly), ("no", arguments.no),
    ]  # fmt: skip
    for status, names in given:
        for name in names:
            clause = name.strip().removeprefix("§").strip()
            if clause not in known:
                raise UnknownName(
                    "unknown_clause",
                    Text(f"自评表没有条款“{name}”；可用的有4.2—4.8、5.1.1—5.1.8、5.2.1—5.2.9。",
                         f"The checklist has no clause '{name}'; there are 4.2-4.8, 5.1.1-5.1.8 and 5.2.1-5.2.9."),
                    tuple(c for c in known if c[:3] == clause[:3])[:5] or tuple(known)[:5],
                )  # fmt: skip
            if known[clause] not in shown:
                raise BadRequest(
                    "other_side",
                    Text(
                        f"条款{clause}属于另一侧，所选范围不含它；请改 side。",
                        f"Clause {clause} is of the other side; change side.",
                    ),
                )
            if out.setdefault(clause, status) != status:
                raise BadRequest(
                    "answered_twice",
                    Text(
                        f"条款{clause}给出了两种状态，请保留一种。",
                        f"Clause {clause} was given two statuses; keep one.",
                    ),
                )
    return out


Count = tuple[Text, dict[str, int]]  # a group's name, and the facts of its counts by status


def _counts(draft: Draft, name: Text, clauses: list[Clause], answers: dict[str, Status]) -> Count:
    tally = {s: sum(answers.get(c.id, "open") == s for c in clauses) for s in STATUSES}
    facts = {
        s: draft.fact(Text(f"{name.zh}：{STATUSES[s].zh}", f"{name.en}: {STATUSES[s].en}"), n, "count", basis=Basis.USER, source="user")
        for s, n in tally.items()
    }  # fmt: skip
    return name, facts


def _lead(
    draft: Draft, context: Context, counts: list[Count], clauses: list[Clause], answers: dict[str, Status]
) -> None:
    total = draft.fact(
        Text("自评条目数", "items of the checklist"), len(clauses), "count", basis=Basis.DERIVED, source=DOCUMENT
    )
    mark = cite(draft, context.library, DOCUMENT, "4")
    if not answers:
        layers, rest = counts[0], counts[1:]
        sizes = [layers[1]["open"], *(c[1]["open"] for c in rest)]
        zh = "、".join(f"{c[0].zh}{{{i + 1}}}项" for i, c in enumerate(counts))
        en = ", ".join(f"{c[0].en} {{{i + 1}}}" for i, c in enumerate(counts))
        draft.lead(
            f"自评表共{{0}}项：{zh}{{c0}}；逐条回答“已具备、部分具备、不具备”即可汇总并导出。",
            f"The checklist has {{0}} items: {en} {{c0}}; answer yes, partly or no for each to have them counted and exported.",
            total, *sizes, citations=(mark,),
        )  # fmt: skip
        return
    done = {
        s: draft.fact(Text(f"全表{STATUSES[s].zh}", f"whole checklist: {STATUSES[s].en}"), sum(answers.get(c.id, "open") == s for c in clauses),
                      "count", basis=Basis.USER, source="user")
        for s in STATUSES
    }  # fmt: skip
    draft.lead(
        "自评表{0}项中：已具备{1}项，部分具备{2}项，不具备{3}项，未回答{4}项{c0}。",
        "Of {0} items the platform has {1}, has {2} in part, has not {3}; {4} are unanswered {c0}.",
        total, done["yes"], done["partly"], done["no"], done["open"], citations=(mark,),
    )  # fmt: skip
    for status, zh, en in (
        ("no", "不具备", "Missing by the owner's answer"), ("partly", "只部分具备", "There only in part"),
        ("open", "尚未回答（不等于不具备）", "Not answered yet (which is not missing)"),
    ):  # fmt: skip
        names = [c for c in clauses if answers.get(c.id, "open") == status]
        if names:
            draft.lead(
                f"{zh}：{'、'.join(f'{c.id} {_short(c).zh}' for c in names)}。",
                f"{en}: {', '.join(f'{c.id} {_short(c).en}' for c in names)}.",
            )


def _short(clause: Clause) -> Text:
    """A clause's title without the side it is on."""
    return Text(re.sub(r"^.*：", "", clause.title.zh), re.sub(r"^.*: ", "", clause.title.en))


def _tables(
    draft: Draft, groups: list[list[Clause]], shown: tuple[int, ...], answers: dict[str, Status], counts: list[Count]
) -> None:
    columns = tuple(
        Column(name=n)
        for n in (Text("条款", "Clause"), Text("部分", "Part"), Text("名称", "Name"),
                  Text("要点（我们的摘要）", "Content (our digest)"), Text("状态", "Status"))
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (c.id, GROUPS[i][1], _short(c), c.digest, STATUSES[answers.get(c.id, "open")]) for i in shown for c in groups[i]
    ]
    listed = draft.table(Table(title=draft.title, columns=columns, rows=tuple(rows)))
    heads = (Column(name=Text("部分", "Part")), *(Column(name=t, unit="count") for t in STATUSES.values()))
    summary = draft.table(
        Table(
            title=Text("按层汇总", "Counts by part"),
            columns=heads,
            rows=tuple((name, *(Ref(fact=f) for f in facts.values())) for name, facts in counts),
        )
    )
    charts: tuple[int, ...] = ()
    if answers:
        series = tuple(
            Series(name=STATUSES[s], y=tuple(draft[facts[s]].value for _, facts in counts)) for s in STATUSES
        )
        spec = XY(
            x=tuple(n for n, _ in counts), series=series, unit="count", y_title=Text("条目数", "Items"), stacked=True
        )
        charts = (draft.chart(Chart(kind="bar", title=Text("自评结果按层汇总", "Self-assessment by part"), spec=spec)),)
    draft.section(Text("按层汇总", "Counts by part"), tables=(summary,), charts=charts)
    draft.section(Text("自评表", "Checklist"), tables=(listed,))
