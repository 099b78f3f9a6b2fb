"""Names of places, sectors and fuels: complete lists, rich aliases, honest misses."""

from __future__ import annotations

import pytest

from data import classification as c
from data.errors import UnknownName


def test_lists_are_complete() -> None:
    assert [p.code for p in c.PROVINCES][:3] == ["BJ", "TJ", "HE"]
    assert len(c.PROVINCES) == 31 and c.PROVINCES[18].name.zh == "广东"
    assert len(c.MRIO_SECTORS) == 42 and c.mrio_sector(24).key == "power_heat"
    assert len(c.INVENTORY_SECTORS) == 47 and c.inventory_sector(39).key == "power_heat"
    assert len({column for f in c.FUELS for column in f.columns}) == 18


def test_mrio_sectors_cover_every_inventory_production_sector_but_others_once() -> None:
    covered = [n for s in c.MRIO_SECTORS for n in s.inventory]
    assert sorted(covered) == [n for n in range(1, 46) if n != 45]


def test_parts_lie_inside_the_list_b_sector_they_name() -> None:
    parts = [s for s in c.SECTORS if s.part_of is not None]
    assert len(parts) >= 20
    for s in parts:
        assert s.mrio == () and set(s.inventory) < set(c.mrio_sector(s.part_of or 0).inventory)


def test_groups_hold_provinces_only() -> None:
    codes = {p.code for p in c.PROVINCES}
    for g in c.GROUPS:
        assert g.members and set(g.members) <= codes, g.code
    contract = {
        "Yangtze River Delta", "Beijing-Tianjin-Hebei", "Northeast", "Northwest", "Southwest", "Central", "East",
        "South", "North", "Greater Bay Area (Guangdong part)", "30 provinces",
    }  # fmt: skip
    assert contract <= {g.name.en for g in c.GROUPS}
    assert "XZ" not in c.find_place("30 provinces").members and len(c.find_place("30省").members) == 30


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("广东", "GD"), ("廣東省", "GD"), ("ＧＤ", "GD"), ("粤", "GD"), ("guang dong", "GD"), ("Shanxi", "SX"),
        ("Shaanxi", "SN"), ("陝西", "SN"), ("Neimenggu", "NM"), ("Inner-Mongolia", "NM"), ("Xizang", "XZ"),
        ("Tibet Autonomous Region", "XZ"), ("宁夏回族自治区", "NX"), ("guangdong province", "GD"), ("东三省", "NE3"),
        ("Jing-Jin-Ji", "BTH"), ("长江三角洲", "YRD"), ("大湾区", "GBA"), ("全国", "CN"), ("national", "CN"),
        ("华中", "CC3"), ("中部六省", "MID6"), ("川渝", "CYEC"),
    ],
)  # fmt: skip
def test_place_names(text: str, code: str) -> None:
    assert c.find_place(text).code == code


@pytest.mark.parametrize(
    ("text", "key", "inventory"),
    [
        ("钢铁", "ferrous", (28,)), ("鋼鐵行業", "ferrous", (28,)), ("metal smelting", "metal_smelting", (28, 29)),
        ("钢铁和有色", "metal_smelting", (28, 29)), ("cement", "nonmetallic_minerals", (27,)),
        ("建材行业", "nonmetallic_minerals", (27,)), ("火电", "power_heat", (39,)), ("Power & Heat", "power_heat", (39,)),
        ("households", "households", (46, 47)), ("城镇居民", "urban_households", (46,)), ("rural", "rural_households", (47,)),
        ("煤炭采选业", "coal_mining", (2,)), ("交通", "transport", (43,)), ("工业", "industry", tuple(n for n in range(2, 42) if n != 8)),
        ("Smelting and Pressing of Nonferrous Metals", "nonferrous", (29,)), ("total", "total", tuple(range(1, 48))),
    ],
)  # fmt: skip
def test_sector_names(text: str, key: str, inventory: tuple[int, ...]) -> None:
    found = c.find_sector(text)
    assert (found.key, found.inventory) == (key, inventory)


def test_a_name_wider_or_narrower_than_the_data_carries_a_note() -> None:
    cement = c.find_sector("水泥").note
    steel = c.find_sector("steel").note
    assert cement is not None and "一部分" in cement.zh
    assert steel is not None and "non-ferrous" in steel.en
    assert c.find_sector("黑色金属冶炼和压延加工业").note is None
    assert c.find_sector("水泥") == c.find_sector("非金属矿物制品业")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("原煤", ("Raw Coal",)), ("natural gas", ("Natural Gas",)), ("gas", ("Natural Gas",)), ("过程", ("Process",)),
        ("Diesel Oil", ("Diesel Oil",)), ("柴油", ("Diesel Oil",)),
    ],
)  # fmt: skip
def test_fuel_names(text: str, columns: tuple[str, ...]) -> None:
    assert c.find_fuel(text).columns == columns


def test_fuel_groups_part_the_columns() -> None:
    parts = [c.fuel(k).columns for k in ("coal", "oil", "natural_gas", "process")]
    assert [len(p) for p in parts] == [8, 8, 1, 1]
    assert len({x for p in parts for x in p}) == 18
    assert set(c.fuel("fossil").columns) == {x for p in parts[:3] for x in p}


@pytest.mark.parametrize(("text", "near"), [("Guandong", "Guangdong"), ("广冬", "广东"), ("Zhejang", "Zhejiang")])
def test_a_miss_offers_the_nearest(text: str, near: str) -> None:
    with pytest.raises(UnknownName) as caught:
        c.find_place(text)
    assert near in caught.value.nearest
    assert near in caught.value.message.zh + caught.value.message.en


def test_places_outside_the_data_are_named_as_such() -> None:
    with pytest.raises(UnknownName) as caught:
        c.find_place("台湾")
    assert caught.value.code == "outside_coverage"


def test_no_name_stands_for_two_things() -> None:
    for table in (c._places(), c._sectors(), c._fuels()):
        seen: dict[str, str] = {}
        for key, (_, names) in table.items():
            for name in names:
                assert seen.setdefault(c.folded(name), key) == key, name


def test_city_names_lead_to_their_key() -> None:
    names = c.city_aliases()
    assert names["深圳"] == names["Shenzhen"] == names["深圳市"] == "广东深圳"
    assert "吉林" not in names and names["吉林市"] == "吉林吉林"
    assert not set(names) & {n for n in c.place_aliases() if len(n) > 1}


def test_every_short_name_is_read_back_as_its_sector() -> None:
    for sector in c.SECTORS:
        for name in (sector.short.zh, sector.short.en):
            assert c.find_sector(name).key == sector.key
        assert "、" not in sector.short.zh, "a name in a list must not hold the list's separator"
