"""Provinces, sectors, fuels and the concordance from the 47 inventory sectors to the 42 input-output sectors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.protocol import Built, Field, bad_source, from_rows, read_csv
from data.build.sources import OWN_WORK
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

# Regional grids as the announcements group them; Inner Mongolia's west stands with North China, its east (with the
# Northeast grid) is not told apart. Tibet has no published factor.
GRIDS: dict[str, tuple[str, ...]] = {
    "North": ("BJ", "TJ", "HE", "SX", "NM", "SD"),
    "Northeast": ("LN", "JL", "HL"),
    "East": ("SH", "JS", "ZJ", "AH", "FJ"),
    "Central": ("JX", "HA", "HB", "HN"),
    "Northwest": ("SN", "GS", "QH", "NX", "XJ"),
    "South": ("GD", "GX", "HI", "GZ", "YN"),
    "Southwest": ("CQ", "SC"),
}
_GRID_OF = {code: grid for grid, codes in GRIDS.items() for code in codes}

# The inventory's 47 sectors in Chinese, in order.
INVENTORY_ZH: tuple[str, ...] = (
    "农林牧渔和水利业", "煤炭采选业", "石油和天然气开采业", "黑色金属矿采选业", "有色金属矿采选业", "非金属矿采选业",
    "其他矿采选业", "木材及竹材采运业", "食品加工业", "食品制造业", "饮料制造业", "烟草加工业", "纺织业",
    "服装及其他纤维制品制造业", "皮革、毛皮、羽绒及其制品业", "木材加工及竹藤棕草制品业", "家具制造业",
    "造纸及纸制品业", "印刷业和记录媒介复制业", "文教体育用品制造业", "石油加工及炼焦业",
    "化学原料及化学制品制造业", "医药制造业", "化学纤维制造业", "橡胶制品业", "塑料制品业", "非金属矿物制品业",
    "黑色金属冶炼及压延加工业", "有色金属冶炼及压延加工业", "金属制品业", "通用机械制造业", "专用设备制造业",
    "交通运输设备制造业", "电气机械及器材制造业", "电子及通信设备制造业", "仪器仪表及文化办公用机械制造业",
    "其他制造业", "废品废料", "电力、蒸汽、热水的生产和供应业", "燃气生产和供应业", "自来水生产和供应业", "建筑业",
    "交通运输、仓储、邮政和电信业", "批发、零售和餐饮业", "其他行业", "城镇居民", "农村居民",
)  # fmt: skip

# Fuel columns of the inventory: name as in the workbooks, Chinese name, group.
FUELS: tuple[tuple[str, str, str], ...] = (
    ("Raw Coal", "原煤", "coal"), ("Cleaned Coal", "洗精煤", "coal"), ("Other Washed Coal", "其他洗煤", "coal"),
    ("Briquettes", "型煤", "coal"), ("Coke", "焦炭", "coal"), ("Coke Oven Gas", "焦炉煤气", "coal"),
    ("Other Gas", "其他煤气", "coal"), ("Other Coking Products", "其他焦化产品", "coal"),
    ("Crude Oil", "原油", "oil"), ("Gasoline", "汽油", "oil"), ("Kerosene", "煤油", "oil"),
    ("Diesel Oil", "柴油", "oil"), ("Fuel Oil", "燃料油", "oil"), ("LPG", "液化石油气", "oil"),
    ("Refinery Gas", "炼厂干气", "oil"), ("Other Petroleum Products", "其他石油制品", "oil"),
    ("Natural Gas", "天然气", "gas"), ("Process", "水泥生产过程", "process"),
)  # fmt: skip
OTHERS = 45  # the inventory's "Others": every service but transport, trade and catering


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables provinces, sectors_42, inventory_sectors, fuels and concordance."""
    return [_provinces(sources), _sectors(sources), _inventory_sectors(sources), _fuels(), _concordance(sources)]


def _described(name: str, rows: list[tuple[object, ...]], fields: tuple[Field, ...], key: str, title: Text,
               description: Text, sources: tuple[str, ...]) -> Built:  # fmt: skip
    keys = tuple(key.split())
    return Built(name, from_rows(fields, rows, keys), title, description, fields, keys, sources, OWN_WORK)


def _provinces(sources: Path) -> Built:
    rows: list[tuple[object, ...]] = [
        (r["code"], int(r["order"]), r["en"], r["zh"], r["iso3166_2"], _GRID_OF.get(r["code"]))
        for r in read_csv(sources, "reference", "provinces.csv")
    ]
    fields = (
        Field("code", "string", Text("两字母代码", "Two-letter code")),
        Field("ord", "integer", Text("标准顺序", "Standard order")),
        Field("en", "string", Text("英文名", "Name in English")),
        Field("zh", "string", Text("中文名", "Name in Chinese")),
        Field("iso", "string", Text("ISO 3166-2 代码", "ISO 3166-2 code")),
        Field(
            "grid",
            "string",
            Text(
                "所在区域电网（内蒙古记为华北，其东部属东北电网；西藏无公布因子）",
                "Regional grid (Inner Mongolia is put with North, though its east belongs to Northeast; none for "
                "Tibet, which has no published factor)",
            ),
            required=False,
        ),
    )
    return _described(
        "provinces", rows, fields, "code", Text("省级行政区", "Provinces"),
        Text("31个省、自治区、直辖市（不含港澳台）。", "The 31 provinces, autonomous regions and municipalities."),
        ("tanlu",),
    )  # fmt: skip


def _sectors(sources: Path) -> Built:
    columns = ("no", "B_2017new_en", "B_2017new_zh (NBS 2017/2018/2020)",
               "A_consistent_en (CEADs 2018/2020 English sheet)", "A_consistent_zh (NBS 2015)")  # fmt: skip
    rows: list[tuple[object, ...]] = []
    for row in read_csv(sources, "reference", "sectors_42.csv"):
        no, *names = (row[c] for c in columns)
        rows.append((int(no), *names))
    fields = (
        Field("no", "integer", Text("编号（1–42）", "Number, 1–42")),
        Field("en", "string", Text("英文名（2017年新分类，列表B）", "Name in English (2017 classification, list B)")),
        Field("zh", "string", Text("中文名（列表B）", "Name in Chinese (list B)")),
        Field("list_a_en", "string", Text("列表A同编号部门的英文名", "English name of the sector with this number in list A")),
        Field("list_a_zh", "string", Text("列表A同编号部门的中文名", "Chinese name of the sector with this number in list A")),
    )  # fmt: skip
    return _described(
        "sectors_42", rows, fields, "no", Text("投入产出42部门", "The 42 input-output sectors"),
        Text(
            "列表B为国家统计局2017年及以后的分类，本数据集通用；列表A为2012、2015年分类，同一编号在22–36之间并非同一部门。",
            "List B is the NBS classification from 2017 on, used throughout this dataset. List A is that of 2012 and "
            "2015; from number 22 to 36 the same number is not the same sector.",
        ),
        ("nbs-io",),
    )  # fmt: skip


def _inventory_sectors(sources: Path) -> Built:
    english: dict[int, str] = {}
    for row in read_csv(sources, "reference", "concordance_ceads47_to_mrio42_PROPOSED.csv"):
        english[int(row["ceads47_no"])] = row["ceads47_name"]
    if sorted(english) != list(range(1, 48)):
        path = sources / "reference" / "concordance_ceads47_to_mrio42_PROPOSED.csv"
        raise bad_source(path, "部门应为1–47", "the sectors should run from 1 to 47")
    rows: list[tuple[object, ...]] = [(no, english[no], INVENTORY_ZH[no - 1]) for no in sorted(english)]
    fields = (
        Field(
            "no", "integer", Text("编号（1–45为生产部门，46、47为居民）", "Number: 1–45 production, 46–47 households")
        ),
        Field("en", "string", Text("英文名（清单原文）", "Name in English, as in the inventory")),
        Field("zh", "string", Text("中文名", "Name in Chinese")),
    )
    return _described(
        "inventory_sectors", rows, fields, "no", Text("清单47部门", "The 47 inventory sectors"),
        Text("CEADs 清单的部门。", "Sectors of the CEADs inventories."), ("ceads-inventories",),
    )  # fmt: skip


def _fuels() -> Built:
    fields = (
        Field("fuel", "string", Text("燃料（清单列名）", "Fuel, the inventory's column")),
        Field("zh", "string", Text("中文名", "Name in Chinese")),
        Field("grp", "string", Text("类别：coal 煤、oil 油、gas 天然气、process 水泥过程",
                                    "Group: coal, oil, gas, process (cement)")),
        Field("ord", "integer", Text("清单中的顺序", "Order in the inventory")),
    )  # fmt: skip
    rows: list[tuple[object, ...]] = [(*fuel, i) for i, fuel in enumerate(FUELS, 1)]
    return _described(
        "fuels", rows, fields, "fuel", Text("燃料与过程", "Fuels and process"),
        Text("清单的17种燃料与水泥生产过程。", "The inventory's 17 fuels and the process emissions of cement."),
        ("ceads-inventories",),
    )  # fmt: skip


def _concordance(sources: Path) -> Built:
    rows: list[tuple[object, ...]] = []
    for row in read_csv(sources, "reference", "concordance_ceads47_to_mrio42_PROPOSED.csv"):
        if row["mrio42_no_2017new"] != "FD":
            whole = row["share"] != ""
            rows.append((int(row["ceads47_no"]), int(row["mrio42_no_2017new"]), "whole" if whole else "split"))
    fields = (
        Field("inventory_no", "integer", Text("清单部门编号", "Number of the inventory sector")),
        Field("sector_no", "integer", Text("42部门编号（列表B）", "Number of the 42-list sector (list B)")),
        Field("rule", "string", Text("whole 全部划入；split 按键分摊", "whole: all of it; split: by a key")),
    )
    return _described(
        "concordance", rows, fields, "inventory_no sector_no",
        Text("清单部门与42部门对照", "Concordance of the inventory and the 42 sectors"),
        Text(
            "清单1–44部门各自整体划入一个部门；45“其他行业”按能源购买额分摊到13个服务部门（估算）；居民不划入。",
            "Inventory sectors 1–44 each go whole into one sector; 45 (Others) is split over 13 service sectors by "
            "energy purchases (an estimate); households are left out.",
        ),
        ("tanlu",),
    )  # fmt: skip
