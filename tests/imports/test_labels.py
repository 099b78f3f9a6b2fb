"""Labels of published tables: every spelling on record, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.classification import PROVINCES
from data.imports import labels
from data.imports.forms import Classification


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("He0", "HA"), ("Hu0", "HN"), ("Hai0", "HI"), ("Yun0", "YN"), ("Xizang", "XZ"), ("Tibet", "XZ"), ("广东省", "GD"),
        ("廣東", "GD"), ("ＧＵＡＮＧＤＯＮＧ", "GD"), ("  inner   mongolia\n", "NM"), ("InnerMongolia", "NM"), ("Inner_Mongolia", "NM"),
        ("内蒙古自治区", "NM"), ("Shanxi", "SX"), ("Shaanxi", "SN"), ("Shannxi", "SN"), ("新疆维吾尔自治区", "XJ"), ("粤", "GD"),
        ("Hebei", "HE"), ("HE", "HE"), ("\u200b北京\ufeff", "BJ"), ("Neimenggu", "NM"), ("HeiLongJiang", "HL"),
    ],
)  # fmt: skip
def test_provinces(label: str, code: str) -> None:
    assert labels.province_code(label) == code


@pytest.mark.parametrize("label", ["", "IM", "Others", "China", "长三角", "Guangdog", "He", "Total", "0", "1", "East"])
def test_what_is_no_province(label: str) -> None:
    assert labels.province_code(label) is None or label == "He"


def test_the_import_row_is_not_inner_mongolia() -> None:
    assert labels.special("IM", "row") == "IM"
    assert labels.province_code("IM") is None


@pytest.mark.parametrize("classification", ["A", "B"])
def test_all_published_names_are_known(classification: Classification) -> None:
    for number, name in enumerate(labels.sector_names(classification), 1):
        for label in (
            name.zh,
            name.en,
            f" {name.en.upper()} ",
            name.en.replace(" and ", " & "),
            name.en.replace(", ", ","),
        ):
            assert labels.sector_number(label, classification) == number
        assert labels.sector_number(name.en.replace("nan", "0"), classification) == number


def test_the_two_lists_are_kept_apart() -> None:
    assert labels.sector_number("Finance", "A") == 33
    assert labels.sector_number("Fi0ce", "A") == 33
    assert labels.sector_number("Fi0ce", "B") == 32
    assert labels.sector_number("Other manufacturing", "A") == 22
    assert labels.sector_number("Other manufacturing", "B") is None
    assert labels.sector_number("综合技术服务", "A") is None
    assert labels.sector_number("综合技术服务", "B") == 36
    assert labels.sector_number("Manuf. of non -metallic mineral products", "A") == 13


@pytest.mark.parametrize("label", ["Constructon", "Financ", "Steel", "", "22"])
def test_a_near_sector_is_only_suggested(label: str) -> None:
    assert labels.sector_number(label, "B") is None
    assert labels.nearest_sectors("Constructon", "B")[0] == 27


def test_nearest_names() -> None:
    assert labels.nearest_provinces("Guangdog")[0].en == "Guangdong"
    assert labels.nearest("Rural household consumtion", "B", "column")[0].zh == "农村居民消费"
    assert labels.nearest("Operating surplu", "B", "row")[0].en == "Operating surplus"


@pytest.mark.parametrize(
    ("label", "kind"),
    [("FU101", "rural"), ("fu102", "urban"), ("政府消费支出", "government"), ("Gross fixed capital formation", "fixed_capital"),
     ("存货增加", "stock_change"), ("GO", None)],
)  # fmt: skip
def test_categories(label: str, kind: str | None) -> None:
    assert labels.category(label) == kind


@pytest.mark.parametrize(
    ("label", "axis", "key"),
    [("TII", "row", "TII"), ("TII", "column", "TII"), ("总产出", "column", "GO"), ("总投入", "row", "TI"), ("ERR", "column", "ERR"),
     ("Others", "column", "ERR"), ("VA001", "row", "VA001"), ("GO", "row", None), ("TI", "column", None), ("Finance", "row", None)],
)  # fmt: skip
def test_sums(label: str, axis: str, key: str | None) -> None:
    assert labels.special(label, axis) == key


@given(st.sampled_from(PROVINCES), st.sampled_from(["", " ", "\t", "\u3000", "\u00a0"]), st.booleans())
def test_padding_and_case_do_not_count(place: object, pad: str, upper: bool) -> None:
    name = place.name.en  # type: ignore[attr-defined]
    assert labels.province_code(pad + (name.upper() if upper else name.lower()) + pad) == place.code  # type: ignore[attr-defined]
