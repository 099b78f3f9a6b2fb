"""What the condition of a question may change, by name: measures and drivers of the model, and what people take for one.

The latter come with what is nearest to them. ``condition_operators.py`` has what is done to them and by how much,
``conditions.py`` puts the three together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from data.text import Text
from tools.roadmap.condition_operators import pattern

_EARLIER = Text("可改为各项措施一并提前若干年", "take all measures together some years earlier")
_POWER = Text("可改设非化石电力占用电量比重，或非化石电力这一措施推迟、提前、打折扣",
              "set the non-fossil share of the power used, or take non-fossil power later, earlier or in part")  # fmt: skip
_IMPORTS = Text("可改设非化石电力占用电量比重，或询问计入净调入电力的排放",
                "set the non-fossil share of the power used, or ask for emissions with net imported power included")  # fmt: skip
_SHOCK = Text("可用2017年投入产出表问“若某行业产出减少10%”的静态影响，或改设材料节约、工艺流程改造的力度",
              "ask the input-output table of 2017 for the static effect of 'output 10 % lower', or change material efficiency or "
              "process change")  # fmt: skip


@dataclass(frozen=True)
class Unmodelled:
    """Something that is no lever of the model, with what comes nearest."""

    name: Text
    nearest: Text
    operator: bool = False  # whether the words that name it also change it (coal retired early)


# Levers and drivers of the model. Keys beside those of the nine measures: growth, share, measures (all together), removals.
LEVERS: tuple[tuple[str, str], ...] = (
    (
        "growth",
        r"(?:经济)?零增长|zero[- ]growth|(?:economic|gdp|the)\s+growth(?:\s*rates?)?"
        r"|(?:gdp|生产总值|国民经济|宏观经济|经济)(?:的)?(?:年均|年|平均)?(?:增速|增长率?|增幅)|增速"
        r"|(?<!单位)(?<!人均)(?<!万元)(?<!每)(?:gdp|生产总值)(?!\s*(?:强度|排放|能耗|per|growth))(?:每年)?"
        r"|经济(?=(?:每年)?(?:增长|放缓|下行|减速|加快))|growth(?:\s*rates?)?"
        r"|(?:the\s+)?econom(?:y|ies)(?=\s+(?:grow|slow|expand|stagnat))|\bgrow(?:s|ing)?\b",
    ),
    (
        "share",
        r"非化石(?:能源)?(?:消费)?(?:的)?(?:占比|比重|比例|份额)?|清洁(?:能源|电力?|发电)|绿(?:色)?电(?:力)?|可再生(?:能源)?|新能源(?!(?:汽?车"
        r"|乘用车))|低碳电(?:力|源)"
        r"|non-?\s?fossil(?:[- ]?fuels?)?|renewables?|(?:clean|green|low-carbon|zero-carbon) (?:energy"
        r"|power|electricity)",
    ),
    (
        "measures",
        r"(?:各项|所有|全部|一切|各类)?(?:减排|减碳|降碳|政策)?(?:措施|行动)|减排进度|政策(?=推迟|延迟"
        r"|延后|晚|滞后|提前)|转型|部署|政策落实|落实(?:率|程度|力度)"
        r"|(?:policy )?delivery|(?:all |the )?(?:measures?|actions?|levers?|deployment)|transition",
    ),
    ("removals", r"(?:工程|碳)?移除|(?:人工)?负排放(?:技术)?|直接空气(?:碳)?捕集|\bcdr\b|\bdaccs?\b"
        r"|\bbeccs\b|(?:engineered |carbon |cdr )?removals?\b"
     r"|negative[- ]emissions?(?: technolog(?:y|ies))?|(?:direct )?air capture"),
    ("CCUS", r"ccus|(?<!da)(?<!be)ccs|二氧化碳捕集|碳捕(?:集|获|捉)(?:利用)?(?:(?:与|和)?封存)?|捕碳"
        r"|carbon[- ]captur\w*(?: and storage)?"
     r"|(?<!air )captur(?:e|ing)\b(?! rate)|碳封存"),
    ("H2", r"(?:绿|灰|蓝)?氢(?:能|气|冶金)?(?:替代)?|(?:green )?hydrogen"),
    ("ELEC", r"(?:终端)?(?:用能)?电气化|电能替代|electrif(?:ication|ying|ies|y|ied)"),
    ("EFF", r"能效(?:提升)?|节能(?:改造|提效)?|能源效率|energy[- ]efficiency(?: gains?)?"
        r"|efficiency (?:gains?|improvements?|measures?)"),
    ("MATEFF", r"材料(?:节约|效率|替代)|循环利用|废钢(?:回收|利用)|material[- ]efficiency|recycling"),
    ("PROC", r"工艺(?:流程)?(?:改造|替代|升级)|流程(?:改造|再造)|process changes?"),
    ("FUEL", r"燃料(?:替代|转换)|替代燃料|煤改气|(?<!废)生物质(?:能)?(?!发电|电)|alternative fuels?|fuel[- ]switch\w*|\bbiomass\b(?! power)"),
    ("STRUCT", r"(?:产业|经济|需求)结构(?:调整|升级|转型)?|结构(?:调整|优化)|structural change"
        r"|industrial (?:restructuring|structure)"),
)  # fmt: skip

# A result of the model, which people ask to move like a measure.
GOALS = Unmodelled(
    Text("达峰或中和年份（它们是结果，不是措施）", "the peak or net-zero year (results, no measures)"),
    Text(
        "可问“某年碳中和”或“某年前达峰可行吗”，或改为各项措施推迟若干年",
        "ask for net zero in a year, or whether a peak before a year is feasible, or take all measures some years later",
    ),
)
# Coal plants kept on, the other way round from their early end; with GOALS, what is asked as if it were given.
COAL_LONGER = Unmodelled(
    Text("煤电机组多运行若干年或推迟退役", "coal plants kept running longer"),
    Text(
        "可改为非化石电力或各项措施推迟若干年（例如“各项措施推迟10年”），或改设非化石电力占用电量比重",
        "take non-fossil power or all measures some years later (e.g. 'all measures 10 years later'), or set the non-fossil share of the "
        "power used",
    ),
    operator=True,
)
ROAD_VEHICLES = Unmodelled(
    Text("单项的电动车或燃油车比例、禁令", "the share of electric or combustion cars by itself, or a ban on them"),
    Text("可改终端电气化的力度或快慢", "change the extent or the pace of electrification"),
)
ELECTRIC_STEEL = Unmodelled(
    Text("电炉炼钢、短流程钢的比例", "the share of electric-arc-furnace steel"),
    Text("最接近的是“工艺流程改造”这一措施（金属冶炼、非金属矿物、化工）：可改它的力度或快慢，或看它在情景中的部署进度",
         "process change (metals, minerals, chemicals): change its extent or pace, or see how far it is deployed in the scenario"),
)  # fmt: skip
# What people name as a lever and the model has not.
UNMODELLED: tuple[tuple[Unmodelled, str], ...] = (
    (
        Unmodelled(Text("外来电的数量或比例", "the amount or share of imported power"), _IMPORTS),
        r"外来电|外购电|外调电|调入电(?:量|力)?|净调入|受入电|西电东送|送电量|外送电|(?:imported|outside"
        r"|incoming) (?:power|electricity)|"
        r"(?:power|electricity) imports?|imports? of (?:power|electricity)",
    ),
    (
        Unmodelled(Text("煤电或煤炭提前退出", "an early end of coal"), Text(
            "可改设非化石电力占用电量比重，或各项措施提前若干年",
            "set the non-fossil share of the power used, or take all measures some years earlier"), operator=True),
        r"煤(?:电|炭|矿)?(?:机组)?[^，。,.；;?？]{0,6}(?:退役|关停|退出|淘汰|清零|关闭)|"
        r"(?:退役|关停|淘汰|关闭)[^，。,.；;?？]{0,6}煤|"
        r"(?:retir|phas|shut|clos|exit)\w*\s+(?:out\s+|down\s+)?(?:of\s+)?(?:all\s+)?coal|"
        r"coal\b[^，。,.；;?？]{0,24}(?:retire|phase|shut|clos|exit)\w*(?:\s+(?:early|down|out))?",
    ),
    (
        COAL_LONGER,
        r"(?:燃煤|煤)(?:电|炭)?(?:电?厂|机组)*[^，。,.；;?？]{0,6}(?:(?:再|多|继续)[^，。,.；;?？]{0,4}(?:运行|运营|留|保留|用|开|服役|烧)|延寿|延役"
        r"|延长(?:寿命|运行|服役)?|(?:推迟|延迟|延后|晚|暂缓|不)(?:\d+年|[一二两三四五六七八九十]+年)?(?:再)?(?:退|关|淘汰))|"
        r"(?:保留|留着?|延长|推迟|延迟|不(?:关|退|淘汰))[^，。,.；;?？]{0,8}(?:煤电|燃煤|煤炭)(?:电?厂|机组)?(?:的)?(?:寿命|运行|退役|关停)?|"
        r"(?:keep|kept|leav|retain|prolong|extend)\w*\b[^,.;?]{0,24}\bcoal\b[^,.;?]{0,24}|"
        r"coal\b[^,.;?]{0,24}\b(?:stays?|remains?|runs?|ran|running|kept|keeps?|operat\w+|last\w*|liv\w+)\b[^,.;?]{0,20}"
        r"\b(?:longer|until|till|beyond|past|extra|more years|additional)|"
        r"(?:delay|postpon|later|slow)\w*\b[^,.;?]{0,16}\bcoal\b[^,.;?]{0,8}(?:retire|phase|exit|clos|shut)\w*|"
        r"coal\b[^,.;?]{0,8}(?:retire|phase|exit|clos|shut)\w*[^,.;?]{0,16}(?:delay|postpon|later)\w*",
    ),
    (
        Unmodelled(Text("单一电源的装机或发电量", "capacity or output of a single source of power"), _POWER),
        r"煤电|火电|核电|核能|风光|风电|光伏|水电|气电|储能|抽水蓄能|(?:新增)?装机"
        r"|coal[- ](?:fired )?power|nuclear(?: (?:power|build|growth))?|\bwind\b(?: power)?|"
        r"\bsolar\b(?: power)?|\bhydro(?:power|electric\w*)?\b|(?:power )?storage|capacity",
    ),
    (
        Unmodelled(Text("碳价或碳税", "a carbon price or tax"), _EARLIER),
        r"碳价|碳税|碳市场|碳交易|carbon (?:price|tax)|emissions? trading|\bETS\b",
    ),
    (
        ROAD_VEHICLES,
        r"电动(?:汽)?车|新能源(?:汽|乘用)?车|\bEVs?\b|electric (?:vehicles?|cars?)|燃油(?:汽)?车|汽油车|柴油车"
        r"|(?:petrol|gasoline|diesel|combustion(?:[- ]engine)?) (?:vehicles?|cars?|trucks?)",
    ),
    (
        Unmodelled(Text("碳汇的变动", "a changed land sink"), Text("可改设工程移除的数量", "change the amount of engineered removals")),
        r"森林(?:碳汇)?|造林|碳汇|forests?|afforestation|(?:land |carbon )?sinks?",
    ),
    (
        Unmodelled(Text("人口的变动", "a changed population"), Text("可改设经济增速", "change GDP growth")),
        r"人口|population",
    ),
    (
        ELECTRIC_STEEL,
        r"电炉(?:炼钢|钢|短流程)?|电弧炉|短流程(?:钢|炼钢)?|electric[- ]arc|\bEAF\b|(?:scrap|secondary)[- ]steel",
    ),
    (
        Unmodelled(Text("能耗或能源总量、单位能耗", "total energy use or energy intensity"), Text(
            "可改能效提升的力度或经济增速", "change the extent of energy efficiency, or GDP growth")),
        r"能耗(?:强度)?|能源消费(?:总量)?|用能总量|煤(?:炭)?消费(?:量|总量|占比|比重)?|用电量|用电需求"
        r"|energy (?:use|demand|intensity|consumption)|coal (?:use|consumption)"
        r"|(?:power|electricity) (?:use|demand)",
    ),
    (
        Unmodelled(Text("单个行业或产品的需求、产量及其增速", "demand, output or growth of a single sector or product"), _SHOCK),
        r"(?:粗钢|钢铁|钢材|水泥|铝|化工|汽车|工业|建筑|房地产|出口|投资|消费|制造业|基建|第[二三]产业"
        r"|服务业)(?:的)?(?:需求|产量|产出|产能|增速|增长|出口|投资|占比|比重)(?:量)?"
        r"|(?:steel|cement|aluminium|chemicals?|industrial|export|investment|consumption|construction"
        r"|manufacturing|services?)\s+"
        r"(?:demand|output|production|capacity|growth|share)|demand for (?:steel|cement|\w+)",
    ),
    (
        Unmodelled(Text("补贴、电价或其他政策手段", "subsidies, power prices or other policy instruments"), _EARLIER),
        r"补贴|电价|价格|利率|税收|配额|subsid(?:y|ies)|(?:power|electricity|gas|coal|oil) prices?"
        r"|interest rates?|tax(?:es)?\b",
    ),
    (GOALS, r"碳?达峰|碳?中和|净零|\bpeak(?:ing|s)?\b|neutral(?:ity)?|net[- ]zero"),
)  # fmt: skip


@cache
def patterns() -> tuple[tuple[str, Unmodelled | None, re.Pattern[str]], ...]:
    """Key, what the model has not (None for its own levers), and the pattern that names it."""
    own = tuple((key, None, pattern(words)) for key, words in LEVERS)
    return (*own, *(("none", thing, pattern(words)) for thing, words in UNMODELLED))
