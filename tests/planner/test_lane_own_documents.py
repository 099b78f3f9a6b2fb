from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember
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


@pytest.mark.parametrize(
    ("question", "measured"),
    [
        ("我的文件说广东2017年碳排放是6亿吨，真实数据是多少？", ("Guangdong", 2017)),
        ("我上传的报告写2019年山西排放了5亿吨，你们的数据是多少？", ("Shanxi", 2019)),
        ("我的文件里说广东2018年碳排放6亿吨，对吗？", ("Guangdong", 2018)),
        ("核对一下我上传的文件：广东2018年的碳排放量是多少", ("Guangdong", 2018)),
        ("我的PDF称江苏2018年钢铁碳排放1.2亿吨，和CEADs数据比对一下", ("Jiangsu", 2018)),
        ("根据我上传的文件广东2017年排放多少？实际是多少？", ("Guangdong", 2017)),
        ("我的文件和碳路的数据相比，广东2017年碳排放各是多少？", ("Guangdong", 2017)),
        ("附件说浙江2017年人均碳排放9吨，准确吗？", ("Zhejiang", 2017)),
        ("我的材料里2016年山东碳排放的数字可靠吗？", ("Shandong", 2016)),
        ("我的文件说广东2017年排放6亿吨，实际排放是多少？", ("Guangdong", 2017)),
        ("My file says Guangdong emitted 600 Mt in 2017; what is the real figure?", ("Guangdong", 2017)),
        ("According to my document Guangdong's 2017 emissions were 600 Mt. What do your own data say?", ("Guangdong", 2017)),
        ("My PDF claims Shanxi emitted 500 Mt CO2 in 2019, is that right?", ("Shanxi", 2019)),
        ("Check my uploaded report against your data: Guangdong's emissions in 2017", ("Guangdong", 2017)),
        ("The file I uploaded gives Zhejiang's per capita emissions in 2017 as 9 t; how does that compare with the official data?",
         ("Zhejiang", 2017)),
        ("Is the figure for Guangdong's 2017 emissions in my file correct?", ("Guangdong", 2017)),
        ("How far is my document's number for Jiangsu's 2018 steel emissions from the actual one?", ("Jiangsu", 2018)),
    ],
)  # fmt: skip
def test_our_own_figure_stands_beside_the_files_where_it_is_asked(question: str, measured: tuple[str, int]) -> None:
    own, figure = plan(question, Before()).calls
    assert (own.tool, figure.tool) == ("own_documents", "figures")
    assert (figure.args["places"], figure.args["years"]) == ([measured[0]], [measured[1]])
    asked = own.args["question"]
    assert not any(w in asked for w in ("真实", "你们", "对吗", "核对", "real figure", "right", "your"))


@pytest.mark.parametrize(
    "question",
    [
        "我的文件里钢铁和水泥的目标各是多少？",
        "我的文件里谁负责核查？",
        "我上传的文件里对不同行业有什么要求？",
        "在我的文件里，2027年电炉钢比例达标了吗？",
        "Who must verify the reports in my document?",
    ],
)
def test_what_only_sounds_like_a_check_asks_the_file_alone(question: str) -> None:
    assert _tools(question) == ["own_documents"]


@pytest.mark.parametrize(
    ("question", "place", "year"),
    [
        ("真实数据是多少？", "Guangdong", 2017), ("那2015年的真实数据呢？", "Guangdong", 2015), ("准确吗？", "Guangdong", 2017),
        ("What is the real figure?", "Guangdong", 2017), ("And the real figure for Shanxi?", "Shanxi", 2017),
    ],
)  # fmt: skip
def test_the_real_figure_is_asked_after_the_file(question: str, place: str, year: int) -> None:
    first = "根据我上传的文件，广东2017年碳排放是多少？"
    (call,) = plan(first, Before()).calls
    before = replace(remember(call.tool, call.args, first), calls=((call.tool, call.args),))
    (figure,) = plan(question, before).calls
    assert (figure.tool, figure.args["places"], figure.args["years"]) == ("figures", [place], [year])
    (again,) = plan("那余热利用率呢？", before).calls
    assert again.tool == "own_documents"


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("2017年广东碳排放前五的行业，画图并列表", "figures"),
        ("Top five emitting sectors of Guangdong in 2017 as a table and chart", "figures"),
        ("广东的碳足迹有多少来自外省？", "footprint"),
        ("Show the roadmap of Zhejiang to 2060", "roadmap"),
        ("那水泥呢？", "own_documents"),
        ("那广东呢？", "own_documents"),
    ],
)
def test_a_whole_question_after_one_to_a_file_is_asked_of_the_data(question: str, tool: str) -> None:
    first = "According to the file I uploaded, who must report monthly electricity use?"
    (call,) = plan(first, Before()).calls
    before = replace(remember(call.tool, call.args, first), calls=((call.tool, call.args),))
    assert [c.tool for c in plan(question, before).calls] == [tool]
