from __future__ import annotations

from pathlib import Path

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from knowledge.ingest.shelf import LOCAL, Shelf


def _tools(question: str) -> list[str]:
    return [c.tool for c in plan(question, Before()).calls]


@pytest.mark.parametrize(
    "question",
    [
        "根据我上传的文件，电炉钢比例要达到多少？",
        "我刚上传的PDF里对余热利用有什么要求？",
        "我的文件里怎么规定绿证交易？",
        "在我加入的文档中，钢铁行业2027年的目标是多少？",
        "依据我上传的那份报告，园区2025年碳排放是多少",
        "上传的文件里有没有提到碳捕集？",
        "我上传的文件讲了什么？",
        "请问我们提供的资料里谁负责监督检查？",
        "按我上传的方案，广东水泥要减多少？",
        "附上的先不管，我的附件里第十二条怎么说？",
        "According to the file I uploaded, what share of electric furnace steel is required?",
        "What does my document say about green certificates?",
        "In my uploaded PDF, which enterprises must report monthly?",
        "based on the report I uploaded, what is the 2030 target for Guangdong?",
        "What is in the documents I added?",
        "does the uploaded file mention carbon capture?",
        "Per the attached document, who supervises the plan?",
        "Tell me what i uploaded",
    ],
)
def test_questions_about_ones_own_files_go_to_them(question: str) -> None:
    assert _tools(question) == ["own_documents"]


def test_the_words_that_say_where_to_look_are_no_words_to_look_for() -> None:
    asked = plan("根据我上传的文件，电炉钢比例要达到多少？", Before()).calls[0].args["question"]
    assert "上传" not in asked and "电炉钢比例" in asked
    asked = plan("According to the file I uploaded, what is the steel target?", Before()).calls[0].args["question"]
    assert "uploaded" not in asked and asked.startswith("what is the steel target")


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("2017年广东碳排放多少？", "figures"),
        ("碳达峰行动方案对钢铁有什么要求？", "targets"),
        ("国家文件里2025年非化石能源占比目标是多少？", "targets"),
        ("What does the action plan say on steel?", "policy_search"),
        ("广东的碳足迹", "footprint"),
    ],
)
def test_other_questions_stay_where_they_were(question: str, tool: str) -> None:
    assert _tools(question) == [tool]


def test_a_file_named_by_its_title_is_asked_and_only_its_owners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    path = tmp_path / "a.md"
    path.write_text("# 滨江园区节能降碳细则\n\n第一条 企业应当每月报送用电量。\n", encoding="utf-8")
    question = "滨江园区节能降碳细则对用电量报送怎么规定？"
    assert _tools(question) != ["own_documents"]
    Shelf(LOCAL).add(path)
    (call,) = plan(question, Before()).calls
    assert (call.tool, call.args["document"]) == ("own_documents", "滨江园区节能降碳细则")
    (tmp_path / "b.md").write_text("# 他人私有的园区文件细则\n\n第一条 内容。\n", encoding="utf-8")
    Shelf("another").add(tmp_path / "b.md")
    assert _tools("他人私有的园区文件细则怎么规定？") != ["own_documents"]
