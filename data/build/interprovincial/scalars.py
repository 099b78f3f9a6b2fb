"""Every free scalar of the estimate, with its range and its reason.

The scalars are fixed here from literature or written reasoning and never tuned to published provincial tables: a later
change of a value names a reason other than such a comparison. ``low`` and ``high`` bound the variants that give the
ranges (``variants.py``). Product numbers are those of the 42-product list of 2017 (list B).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from data.text import Text


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value with the range its reason leaves open; ``low == high`` where it is not varied."""

    value: float
    low: float
    high: float
    reason: Text


def _scalar(value: float, low: float, high: float, zh: str, en: str) -> Scalar:
    return Scalar(value, low, high, Text(zh, en))


SCALARS: dict[str, Scalar] = {
    "distance_decay": _scalar(
        1.0, 0.6, 1.5,
        "引力模型的距离弹性β，我们的假设，取1。Disdier与Head（2008）汇集103篇论文的1467个估计值，距离的作用强而持久；"
        "常见估计在0.6（Leamer与Levinsohn 1995）到1以上。国内贸易没有关境，但产品重、运距短。省际流量没有可核对的数据，"
        "β无法由其他数据识别，故区间取宽。",
        "Distance elasticity β of the gravity model, our assumption, 1. Disdier and Head (2008) gather 1,467 estimates of 103 "
        "papers and find the effect strong and lasting; estimates commonly run from 0.6 (Leamer and Levinsohn 1995) to "
        "above 1. Trade inside a country meets no customs border but is heavier and shorter. No data identify β between "
        "provinces, hence the wide range.",
    ),
    "flq_delta": _scalar(
        0.3, 0.2, 0.4,
        "FLQ区位商的δ，我们的假设，取0.3：该公式（Flegg与Webber 1997；Flegg与Tohmo 2013，芬兰二十个地区）常用的量级。",
        "δ of the FLQ location quotient, our assumption, 0.3: the order commonly used with the formula (Flegg and Webber "
        "1997; Flegg and Tohmo 2013, twenty Finnish regions).",
    ),
    "flq_weight": _scalar(
        0.10, 0.0, 0.25,
        "本省自给流量中FLQ所占的权重，其余为产品的自给率先验。FLQ是为小地区设计的，对规模如一国的省会低估其自给："
        "单独使用时省际贸易占产出四分之一以上，而文献所示为14%至21%，故只取十分之一。",
        "Weight of the FLQ in the flow that stays at home, the rest being the product's prior. The FLQ was made for small "
        "regions; for provinces the size of countries it understates what stays: alone it puts interprovincial trade "
        "above a quarter of output, against 14 to 21 % in the literature, hence a tenth.",
    ),
    "home_shift": _scalar(
        0.0, -0.5, 0.5,
        "产品自给率先验的整体偏移（对数几率），只用于生成变体：±0.5使0.90的先验变为0.85至0.94。",
        "Common shift of the product priors of own supply (log odds), used in the variants only: ±0.5 turns a prior of "
        "0.90 into 0.85 to 0.94.",
    ),
    "household_income": _scalar(
        0.7, 0.5, 0.9,
        "居民消费对人均GDP的弹性：消费低于收入同比例变动（富裕省份储蓄率、税收与企业留存更高），又明显高于零；"
        "我们的假设，取0.7。",
        "Elasticity of household consumption to GDP per head: less than proportional (saving, taxes and retained earnings "
        "are higher in rich provinces), clearly above zero; our assumption, 0.7.",
    ),
    "urban_slope": _scalar(
        1.5, 1.0, 2.0,
        "城镇化率的对数几率对人均GDP对数的斜率。2016年公布值（上海87.6%、北京86.5%、福建63.6%、浙江67.0%、全国57.35%）"
        "给出约0.8至2.1，取中间值1.5；只用于把居民消费分为城镇与农村。",
        "Slope of the log odds of the urban share on log GDP per head. Published values of 2016 (Shanghai 87.6 %, Beijing "
        "86.5 %, Fujian 63.6 %, Zhejiang 67.0 %, nation 57.35 %) imply about 0.8 to 2.1; the middle, 1.5. Used only to "
        "split household consumption into urban and rural.",
    ),
    "urban_nation": _scalar(
        0.5852, 0.5852, 0.5852,
        "2017年全国常住人口城镇化率58.52%（国家统计局《2017年国民经济和社会发展统计公报》）。",
        "Urban share of the nation's population in 2017, 58.52 % (NBS, Statistical Communiqué of 2017).",
    ),
    "urban_spending": _scalar(
        2.2, 1.8, 2.6,
        "城镇与农村居民人均消费之比：住户调查口径约为二，我们取2.2；全国城乡总量由国家表固定，"
        "此值只影响省际分布。",
        "Spending per head of urban over rural residents: of the order of two in household surveys; our assumption, 2.2. "
        "National totals come from the national table, so this only shapes the spread over provinces.",
    ),
    "government_gdp": _scalar(
        0.5, 0.25, 0.75,
        "政府消费的分配：GDP与人口各半。财政能力随GDP，公共服务与转移支付随人口；我们的假设。",
        "Government consumption by half GDP, half population: means follow GDP, services and transfers follow people; "
        "our assumption.",
    ),
    "capital_gdp": _scalar(
        0.5, 0.25, 0.75,
        "固定资本形成（建筑以外）的分配：GDP与建筑业产出各半，后者反映投资发生地；我们的假设。",
        "Fixed capital formation other than construction by half GDP, half construction output, which shows where "
        "investment happens; our assumption.",
    ),
    "trade_goods": _scalar(
        1.0, 0.7, 1.2,
        "货物进出口倾向对货物贸易额与GDP之比（按境内目的地和货源地）的弹性：同比例，取1。",
        "Elasticity of the odds of exporting and importing goods to goods trade over GDP (by origin and destination): "
        "proportional, 1.",
    ),
    "trade_services": _scalar(
        0.5, 0.25, 1.0,
        "服务进出口倾向对同一比值的弹性：服务贸易随货物贸易而集中，但程度较弱；我们的假设，取0.5。",
        "The same elasticity for services: service trade clusters where goods trade does, but less; our assumption, 0.5.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One full set of scalar values: the central estimate or a variant. Field names are the keys of SCALARS."""

    distance_decay: float
    flq_delta: float
    flq_weight: float
    home_shift: float
    household_income: float
    urban_slope: float
    urban_nation: float
    urban_spending: float
    government_gdp: float
    capital_gdp: float
    trade_goods: float
    trade_services: float

    def having(self, **values: float) -> Choice:
        """This choice with some values replaced."""
        return replace(self, **values)


CENTRAL = Choice(**{name: scalar.value for name, scalar in SCALARS.items()})
VARIED: tuple[str, ...] = tuple(f.name for f in fields(Choice) if SCALARS[f.name].low < SCALARS[f.name].high)

# Prior of the share a province buys at home of what it could: of the smaller of its supply and its use of a product, the
# part that stays; the rest is sold out and bought in at once (cross-hauling). By how far the product travels: our
# reasoning, not an observation. Level: trade that supply and use alone force is 11.5 % of output here, and the
# literature on provincial tables finds interprovincial trade twice the foreign trade in value and three times in
# dependence ("Evolution Trend, Characteristics and Outlook of the Inter-provincial Trade in China: From 1987 to 2007"),
# which for 2017 means 14 to 21 % of output; so about a tenth of what could stay at home is cross-hauled. The variants
# shift all priors together (``home_shift``).
HOME_SHARE: dict[int, float] = {
    # Served on the spot: buildings, water, schools, hospitals, offices, personal services.
    **dict.fromkeys((26, 27, 33, 37, 38, 39, 40, 42), 0.98),
    # Delivered on the spot, with travellers or repairs from beyond the border.
    **dict.fromkeys((23, 25, 30, 41), 0.95),
    # Services of hubs: banks, carriers, traders, software, law and technical offices sell across borders.
    **dict.fromkeys((28, 29, 31, 32, 34, 35, 36), 0.92),
    # Heavy and cheap per tonne: cement, stone, sand.
    **dict.fromkeys((5, 13), 0.95),
    # Fresh or bulky, processed near the place of use; mined or pumped to a plant near by.
    **dict.fromkeys((1, 2, 3, 4, 6, 11, 22), 0.90),
    # Everyday manufactures and intermediate goods.
    **dict.fromkeys((7, 9, 10, 12, 14, 15), 0.87),
    # Specialised goods made in few places and sold everywhere.
    **dict.fromkeys((8, 16, 17, 18, 19, 20, 21), 0.80),
    # Electricity is not set by a prior: its flows are measured (see electricity.py).
    24: 1.0,
}  # fmt: skip

# Products whose final demand in a province follows what its own producers have left to sell there.
LOCAL_SERVICES: frozenset[int] = frozenset({23, 26, 27, 30, 33, 37, 38, 39, 40, 41, 42})
# From here on products are services; what stands before is goods, utilities and construction (trade in goods).
FIRST_SERVICE = 28
ELECTRICITY = 24
CONSTRUCTION = 27
PRODUCTS = 42

# Provincial capitals, degrees north and east to the nearest tenth: public geography, for distances only.
CAPITALS: dict[str, tuple[float, float]] = {
    "BJ": (39.9, 116.4), "TJ": (39.1, 117.2), "HE": (38.0, 114.5), "SX": (37.9, 112.5), "NM": (40.8, 111.7),
    "LN": (41.8, 123.4), "JL": (43.9, 125.3), "HL": (45.8, 126.6), "SH": (31.2, 121.5), "JS": (32.1, 118.8),
    "ZJ": (30.3, 120.2), "AH": (31.8, 117.3), "FJ": (26.1, 119.3), "JX": (28.7, 115.9), "SD": (36.7, 117.0),
    "HA": (34.8, 113.7), "HB": (30.6, 114.3), "HN": (28.2, 113.0), "GD": (23.1, 113.3), "GX": (22.8, 108.4),
    "HI": (20.0, 110.3), "CQ": (29.6, 106.6), "SC": (30.7, 104.1), "GZ": (26.6, 106.7), "YN": (25.0, 102.7),
    "XZ": (29.6, 91.1), "SN": (34.3, 108.9), "GS": (36.1, 103.8), "QH": (36.6, 101.8), "NX": (38.5, 106.3),
    "XJ": (43.8, 87.6),
}  # fmt: skip
