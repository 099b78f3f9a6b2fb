"""在第几页, which clause is that: answered from the clauses of the turn before, audited, without another search."""

from __future__ import annotations

import json

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from assistant.audit.check import Grounds, audit_text
from assistant.planner.compile import plan
from assistant.planner.memory import Before, split
from assistant.planner.where_cited import where_cited
from data.text import Text
from knowledge.corpus import load_corpus
from tools.result import Citation

STEEL = ("cn-ap-2024-2025", "二(三)2")
_LOWER = {"id": "P1", "document": STEEL[0], "clause": STEEL[1], "title": "行动方案", "verified": True}
_UPPER = {"id": "P2", "document": "cn-peak-2030", "clause": "二", "title": "碳达峰方案", "verified": False}
_OWN = {"id": "P1", "document": "file:1", "clause": "第3页，第二条", "title": "用户文件：园区方案", "verified": False,
        "origin": "user_document"}  # fmt: skip
SENTENCES = ["电炉钢达到15% [F1][P1]。", "非化石能源达到25% [F2][P2]。"]


def before(*clauses: dict[str, object], lead: tuple[str, ...], tool: str = "targets") -> Before:
    """The memory of one turn whose tool led with these sentences and cited these clauses."""
    told = {"status": "ok", "lead": list(lead), "clauses": list(clauses), "facts": []}
    messages: list[BaseMessage] = [
        HumanMessage("行动方案对钢铁有哪些目标"), AIMessage("", tool_calls=[{"name": tool, "args": {"topic": "钢铁"}, "id": "c"}]),
        ToolMessage(json.dumps(told, ensure_ascii=False), tool_call_id="c"), AIMessage("…"), HumanMessage("在第几页？"),
    ]  # fmt: skip
    return split(messages).before


BOTH = before(_LOWER, _UPPER, lead=tuple(SENTENCES))


@pytest.mark.parametrize(
    "asked",
    ["在第几页？", "这是哪一条？", "出处是哪里", "这句话出自哪份文件的第几条", "这两个数字核对过吗", "原文在哪里看", "请问具体是哪一条规定的？",
     "which page is that?", "Which clause says that?", "Where does it say that?", "on what page?", "what is the source?",
     "Has that been verified?", "can you tell me the page number?"],
)  # fmt: skip
def test_the_place_of_what_was_told_is_named_without_a_search(asked: str) -> None:
    found = plan(asked, BOTH)
    assert found.calls == () and found.status == "answered" and found.reply is not None
    for said in (found.reply.zh, found.reply.en):
        assert "二(三)2 [P1]" in said and "[P2]" in said
    assert "2030年前碳达峰行动方案" in found.reply.zh and "Carbon Dioxide Peaking" in found.reply.en


def test_digests_have_no_pages_and_the_original_has_its_address() -> None:
    page = plan("在第几页？", BOTH).reply
    clause = plan("哪一条？", BOTH).reply
    assert page is not None and clause is not None
    url = load_corpus().documents[STEEL[0]].url
    assert "没有页码" in page.zh and "no page numbers" in page.en and url is not None and url in page.zh
    assert "页码" not in clause.zh and url not in clause.zh


def test_an_id_narrows_the_answer_to_its_sentence() -> None:
    for asked, kept, gone in (("F2出自哪一条", "[P2]", "[P1]"), ("which clause is F1 from?", "[P1]", "[P2]")):
        said = plan(asked, BOTH).reply
        assert said is not None and kept in said.zh and gone not in said.zh


def test_what_was_checked_is_told_by_what_was_cited() -> None:
    mixed = before(_LOWER, {**_LOWER, "verified": False}, lead=(SENTENCES[0],))
    for memory, zh in ((before(_LOWER, lead=(SENTENCES[0],)), "条款编号"), (mixed, "有的没有"),
                       (before({**_LOWER, "verified": False}, lead=(SENTENCES[0],)), "未与原文核对")):  # fmt: skip
        said = plan("核对过吗", memory).reply
        assert said is not None and zh in said.zh


def test_a_file_of_the_users_is_named_with_its_page_or_without_one() -> None:
    said = plan("在第几页", before(_OWN, lead=("您的文件写道：40% [P1]。",), tool="own_documents")).reply
    assert said is not None and "您的文件《园区方案》第3页，第二条 [P1]" in said.zh and "没有页码" not in said.zh
    bare = before({**_OWN, "clause": "第二条"}, lead=("您的文件写道：40% [P1]。",), tool="own_documents")
    said = plan("在第几页", bare).reply
    assert said is not None and "这份文件没有页码" in said.zh


def test_figures_of_the_data_stand_on_no_page() -> None:
    said = plan("在第几页？", before(lead=("广东2019年排放5.7亿吨 [F1]。",), tool="figures")).reply
    assert said is not None and "不在某份文件的某一页" in said.zh and "[F1]" in said.en


@pytest.mark.parametrize(
    "asked",
    ["江苏排第几", "第三条产业链是什么", "广东排放的来源是什么", "十五五规划第几条提到碳强度", "2017年的来源构成", "电力来自哪里",
     "Which page of the action plan speaks of steel?", "where does Guangdong's power come from?"],
)  # fmt: skip
def test_a_question_with_a_subject_of_its_own_is_no_such_follow_up(asked: str) -> None:
    found = plan(asked, BOTH)
    assert found.reply is None or "[P1]" not in found.reply.zh


def test_nothing_was_told_nothing_is_located() -> None:
    from assistant.planner.reader import read

    assert where_cited(read("在第几页？"), Before()) is None


def test_the_audit_bears_out_every_clause_number() -> None:
    corpus = load_corpus()

    def cited(name: str) -> Citation:
        clause = corpus.clause(*(STEEL if name == "P1" else ("cn-peak-2030", "二")))
        title = corpus.documents[clause.document].title
        return Citation(
            document=clause.document, title=title, clause=clause.id, url=None, digest=clause.digest, verified=True
        )

    for asked in ("在第几页？", "where can I read the original text?"):
        reply = plan(asked, BOTH).reply
        assert isinstance(reply, Text)
        for language, said in (("zh", reply.zh), ("en", reply.en)):
            findings = audit_text(said, Grounds(lambda _: None, cited, language))  # type: ignore[arg-type]
            assert findings and all(f.problem is None for f in findings), (said, findings)


@pytest.mark.parametrize(
    ("question", "tool", "emissions"),
    [
        ("我们是移动运营商，2020年排放-100万吨，按L.1470到2030年要降到多少", "l1470", -1e6),
        ("公司2020年排放-50万吨，SBTi目标2030年是多少", "contraction", -5e5),
        ("Our company emitted minus 500 kt in 2020; SBTi target for 2030", "contraction", -5e5),
        ("公司2020年排放50万吨，SBTi目标2030年是多少", "contraction", 5e5),
        ("某公司2020-2030年按SBTi从50万吨降到多少", "contraction", 5e5),
    ],
)
def test_a_negative_amount_reaches_the_tool_as_such(question: str, tool: str, emissions: float) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == tool and call.args["emissions"] == emissions


@pytest.mark.parametrize(
    "asked",
    ["SBTi范围三每年减排2.5%还是4.2%", "Should scope 3 fall by 2.5% or 4.2% a year under SBTi?", "SBTi WB2C每年减多少"],
)
def test_sbtis_own_rates_are_looked_up_and_not_applied(asked: str) -> None:
    assert [c.tool for c in plan(asked, Before()).calls] == ["policy_search"]
