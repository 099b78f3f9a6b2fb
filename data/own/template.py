"""The template of own figures as a CSV file to fill in, in either language, and that of a scenario file."""

from __future__ import annotations

from data.text import Language, Text

_HEAD = Text("省份,指标,行业,年份,数值,单位,备注", "province,item,sector,year,value,unit,note")
_LINES: tuple[Text, ...] = (
    Text("以#开头的行是说明与示例，读取时略过；请在表头之下逐行填写本单位的数字，没有的指标不写",
         "Lines that begin with # are notes and examples and are skipped; write your own figures below the header, one a row"),
    Text("指标：二氧化碳排放、用电量、发电量、净调入电量、能源消费总量、实际GDP增速、实际GDP指数、排放上限、达峰年份、碳强度降幅",
         "Items: emissions; electricity_use; generation; net_power_import; energy_use; gdp_growth_real; gdp_real_index; target_cap; "
         "target_peak_year; target_intensity_cut"),
    Text("行业留空即全省；二氧化碳只含能源与水泥过程；能源消费总量须在备注写明等价值或当量值；碳强度降幅须在备注写明基年",
         "A blank sector is the whole province; CO2 from energy and cement only; energy_use names its convention in the note; an "
         "intensity cut names its base year in the note"),
    Text("年份：现状2020至2025年，增速2020至2060年，目标2021至2060年", "Years: state 2020 to 2025; growth 2020 to 2060; targets 2021 to 2060"),
)  # fmt: skip
_ROWS: dict[Language, str] = {
    "zh": """# 广东,二氧化碳排放,,2023,60000,万吨,示例
# 广东,二氧化碳排放,电力,2023,30000,万吨,示例
# 广东,用电量,,2024,9000,亿千瓦时,示例
# 广东,发电量,核电,2024,1200,亿千瓦时,示例
# 广东,能源消费总量,,2023,37000,万吨标准煤,等价值；示例
# 广东,实际GDP增速,,2026,5,%,示例
# 广东,排放上限,,2030,62000,万吨,示例
""",
    "en": """# Guangdong,emissions,,2023,600,Mt,example
# Guangdong,emissions,power,2023,300,Mt,example
# Guangdong,electricity_use,,2024,900,TWh,example
# Guangdong,generation,nuclear,2024,120,TWh,example
# Guangdong,energy_use,,2023,370,Mtce,coal equivalent; example
# Guangdong,gdp_growth_real,,2026,5,%,example
# Guangdong,target_cap,,2030,620,Mt,example
""",
}
_SCENARIO = Text(
    "# 情景文件：一行一个改变；文件名即情景名。假设：growth 增速变动（百分点/年）、no_ccus、no_removals、nonfossil_energy、"
    "nonfossil_power（%，年份）、lag（年）\n假设,数值,年份\ngrowth,-0.5,\nnonfossil_power,60,2035\nno_ccus,,\n",
    "# A scenario file: one change a row; the file's name names it. kind: growth (points a year); no_ccus; no_removals; nonfossil_energy; "
    "nonfossil_power (%, year); lag (years)\nkind,value,year\ngrowth,-0.5,\nnonfossil_power,60,2035\nno_ccus,,\n",
)


def figures_template(language: Language) -> str:
    """The template: notes, header and one example of each kind, which the reader skips until its # is taken away."""
    notes = "".join(f"# {line.to(language)}\n" for line in _LINES)
    return f"{notes}{_HEAD.to(language)}\n{_ROWS[language]}"


def scenario_template(language: Language) -> str:
    """The template of a scenario file."""
    return _SCENARIO.to(language)


__all__ = ["figures_template", "scenario_template"]
