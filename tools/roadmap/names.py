"""Fixed lists of the model: years, fuels, moving products, sector groups, levers and scenarios, with their names."""

from __future__ import annotations

from data.text import Text

FIRST, BASE, COMMON, LAST = 2017, 2019, 2025, 2060
YEARS: tuple[int, ...] = tuple(range(FIRST, LAST + 1))
SECTORS = 42  # list B (NBS 2017)
FUELS: tuple[str, ...] = ("coal", "oil", "gas", "process")
COAL, OIL, GAS, PROCESS = range(4)

# Rows of A that levers move, 1-based numbers of list B; all other rows keep their 2017 coefficients.
PRODUCTS: tuple[int, ...] = (2, 3, 11, 24, 25, 4, 5, 13, 14)
ROW_COAL, ROW_CRUDE, ROW_REFINED, ROW_POWER, ROW_GAS = range(5)
MATERIAL_ROWS: tuple[int, ...] = (5, 6, 7, 8)  # of PRODUCTS: ores, minerals, metals
POWER_SECTOR = 24

GROUPS: dict[str, Text] = {
    "PWR": Text("电力热力", "power and heat"),
    "MET": Text("金属冶炼", "metals"),
    "MIN": Text("非金属矿物制品", "non-metallic minerals"),
    "CHE": Text("化学工业", "chemicals"),
    "REF": Text("炼油炼焦与燃气", "refining, coking and gas supply"),
    "MNG": Text("采矿业", "mining"),
    "LIT": Text("其他制造业", "other manufacturing"),
    "TRN": Text("交通运输", "transport"),
    "SRV": Text("服务业", "services"),
    "AGC": Text("农业与建筑业", "agriculture and construction"),
    "HH": Text("居民直接用能", "households"),
}
GROUP_KEYS: tuple[str, ...] = tuple(GROUPS)
HOUSEHOLDS = len(GROUP_KEYS) - 1
_MEMBERS: dict[str, tuple[int, ...]] = {
    "PWR": (24,), "MET": (14,), "MIN": (13,), "CHE": (12,), "REF": (11, 25), "MNG": (2, 3, 4, 5), "TRN": (29,),
    "SRV": (28, *range(30, 43)), "AGC": (1, 27),
}  # fmt: skip


def _group_of() -> tuple[int, ...]:
    found = {n: key for key, numbers in _MEMBERS.items() for n in numbers}
    return tuple(GROUP_KEYS.index(found.get(n, "LIT")) for n in range(1, SECTORS + 1))


GROUP_OF: tuple[int, ...] = _group_of()  # group index of each of the 42 sectors

LEVERS: dict[str, Text] = {
    "STRUCT": Text("需求与产业结构", "demand and industrial structure"),
    "MATEFF": Text("材料节约与产品升级", "material efficiency and product quality"),
    "EFF": Text("能效提升", "energy efficiency"),
    "PROC": Text("工艺流程改造", "process change"),
    "ELEC": Text("终端电气化", "electrification"),
    "H2": Text("氢能替代", "hydrogen"),
    "FUEL": Text("燃料替代（燃气与生物质）", "fuel switching (gas and biomass)"),
    "RENEW": Text("非化石电力", "non-fossil power"),
    "CCUS": Text("碳捕集利用与封存", "carbon capture (CCUS)"),
}
LEVER_KEYS: tuple[str, ...] = tuple(LEVERS)
STRUCT, MATEFF, EFF, PROC, ELEC, H2, FUEL, RENEW, CCUS = range(9)

SCENARIOS: dict[str, Text] = {
    "current_policies": Text("现行政策", "current policies"),
    "dual_carbon": Text("双碳", "dual carbon"),
    "accelerated": Text("加速", "accelerated"),
}
SCENARIO_CODES: dict[str, str] = {"current_policies": "CP", "dual_carbon": "DC", "accelerated": "15"}


VARIED = "+what_if"


def scenario_name(key: str) -> Text:
    """A scenario's name for people; ``neutral_2055`` is the backcast to net zero in that year.

    ``…+what_if`` is a scenario with the asker's changes.
    """
    if key.endswith(VARIED):
        base = scenario_name(key.removesuffix(VARIED))
        return Text(f"{base.zh}（另设假设）", f"{base.en}, other assumptions")
    if key.startswith("neutral_"):
        year = key.removeprefix("neutral_")
        return Text(f"{year}年中和反演", f"net-zero-{year} backcast")
    if key.startswith("goal_"):
        _, kind, account, year = key.split("_")
        return _GOALS[kind, account].fill(year=year)
    return SCENARIOS[key]


_GOALS: dict[tuple[str, str], Text] = {
    ("cap", "net"): Text("{year}年净排放上限反演", "backcast to a cap on net emissions in {year}"),
    ("cap", "gross"): Text("{year}年总排放上限反演", "backcast to a cap on gross emissions in {year}"),
    ("peak", "net"): Text("{year}年前达峰反演", "backcast to a peak before {year}"),
    ("budget", "net"): Text("累计碳预算反演", "backcast to a carbon budget"),
}


def at(year: int) -> int:
    """Index of a year. Raises ValueError outside 2017-2060."""
    return YEARS.index(year)
