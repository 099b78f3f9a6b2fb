"""A question for the list of what was given is told from one about what stands in it."""

from __future__ import annotations

import pytest

from tools.policy.own_list import asks_what_there_is


@pytest.mark.parametrize(
    "question",
    [
        "我上传了哪些数据？", "我上传了哪些文件", "我上传过什么", "我一共上传了几份文件？", "我加入了哪些情景文件", "列出我上传的文件",
        "我的文件有哪些",
        "列出", "What have I uploaded?", "Which files did I upload?", "what data have I given so far", "List my documents",
        "show me all my uploaded files",
    ],
)  # fmt: skip
def test_asks_for_the_list(question: str) -> None:
    assert asks_what_there_is(question)


@pytest.mark.parametrize(
    "question",
    ["我上传的文件讲了什么？", "我的文件怎么说充电桩", "电炉钢比例要达到多少", "what does my document say on green power", "第二条写了什么",
     "我上传的文件里有哪些目标"],
)  # fmt: skip
def test_asks_for_what_stands_in_it(question: str) -> None:
    assert not asks_what_there_is(question)
