"""Errors of form from outside: each kind has a sentence in each language, wholly in it, and names where."""

from __future__ import annotations

import json
import re
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.unfit import told

_HAN = re.compile(r"[\u3400-\u9fff]")


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    amount: float


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    whole: int = Field(1, ge=1, le=60)
    share: float = Field(1.0, gt=0, lt=100, allow_inf_nan=False)
    words: str = Field("a", min_length=1, max_length=10)
    choice: Literal["up", "down"] = "up"
    several: tuple[_Inner, ...] = ()
    yes: bool = True
    either: float | dict[str, float] | None = None


def _told(**values: Any) -> tuple[str, str, str]:
    with pytest.raises(ValidationError) as caught:
        _Asked(**values)
    where, why = told(caught.value, tuple(_Asked.model_fields))
    return where, why.zh, why.en


@pytest.mark.parametrize(
    ("values", "where", "zh", "en"),
    [
        ({"whole": "x"}, "whole", "整数", "whole number"), ({"whole": 1.5}, "whole", "整数", "whole number"),
        ({"whole": 0}, "whole", "不小于1", "at least 1"), ({"whole": 10**40}, "whole", "不大于60", "at most 60"),
        ({"share": "much"}, "share", "数字", "number"), ({"share": float("nan")}, "share", "有限", "finite"),
        ({"share": 0}, "share", "大于0", "above 0"), ({"share": 100}, "share", "小于100", "below 100"),
        ({"words": ""}, "words", "不能为空", "empty"), ({"words": "a" * 11}, "words", "至多10", "at most 10"),
        ({"words": 3}, "words", "文字", "text"), ({"choice": "left"}, "choice", "up、down", "up, down"),
        ({"several": "x"}, "several", "列表", "list"), ({"several": [{}]}, "several.0.amount", "缺少", "missing"),
        ({"several": [{"amount": 1}, 3]}, "several.1", "对象", "object"), ({"yes": "perhaps"}, "yes", "true", "true"),
        ({"either": {"a": "b"}}, "either.a", "数字", "number"), ({"wrong": 1}, "wrong", "可用：whole、share", "there are: whole"),
    ],
)  # fmt: skip
def test_each_kind_of_error_names_its_place_and_the_mend(values: dict[str, Any], where: str, zh: str, en: str) -> None:
    place, chinese, english = _told(**values)
    assert place == where
    assert zh in chinese and en in english
    assert not _HAN.search(english)
    left = re.sub(r"true|false|JSON|UTF|up|down", "", chinese)
    assert "wrong" in values or not re.search(r"[A-Za-z]{2}", left), chinese


def test_what_has_no_sentence_of_its_own_is_told_as_a_wrong_form() -> None:
    class _Dated(BaseModel):
        words: str = Field(pattern="^a$")

    with pytest.raises(ValidationError) as caught:
        _Dated(words="b")
    where, why = told(caught.value)
    assert where == "words" and why.zh == "格式不符" and "pattern" not in json.dumps(why.en)
