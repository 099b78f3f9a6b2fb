"""The publications behind the tables: full citation, own terms, official address. And the ``sources`` table."""

from __future__ import annotations

from collections.abc import Sequence

from data.build.protocol import Built, Field, Source, from_rows
from data.text import Text, same

CEADS_TERMS = Text(
    "CEADs 向公众和科学界免费提供，须注明引用并写明 CEADs；在其网站下载需注册登录。该数据没有采用任何标准许可证。"
    "此处仅为重新制表，数值未改。",
    "Made freely available to the public and the scientific community by CEADs on condition of proper citation; "
    "download at its site needs a login. No standard licence applies. Re-tabulated here, values unchanged.",
)
CEADS_MAPPED = Text(
    "CEADs 向公众和科学界免费提供，须注明引用并写明 CEADs；没有采用任何标准许可证。此处按对照表映射到42部门，"
    "服务业的分摊为本项目的估算。",
    "Made freely available to the public and the scientific community by CEADs on condition of proper citation; no "
    "standard licence applies. Mapped here to 42 sectors; the split among services is this project's estimate.",
)
OFFICIAL_TERMS = Text(
    "官方统计数据（事实），使用时注明发布机构；未附标准许可证。",
    "Official statistics (facts); name the issuing body when using them. No standard licence is attached.",
)
CC_BY = Text("知识共享 署名 4.0（CC BY 4.0），须署名", "Creative Commons Attribution 4.0 (CC BY 4.0), credit required")
OWN_WORK = Text(
    "本项目自编；其中的名称与代码为公共事实", "Compiled by this project; the names and codes are public facts"
)
CITED_FIGURES = Text(
    "逐条引用的公开结论，版权归各出版方；使用时引用原文献。",
    "Single published findings, quoted with their source; rights stay with the publishers. Cite the publications.",
)

SOURCES: tuple[Source, ...] = (
    Source(
        "tanlu",
        Text("碳路项目自编的名录与对照表", "Lists and concordances compiled by the Tanlu project"),
        OWN_WORK,
        "docs/dataset.md",
    ),
    Source(
        "ceads-2018",
        same(
            "CEADs; Shan, Y., Guan, D., Zheng, H., Ou, J., Li, Y., Meng, J., Mi, Z., Liu, Z. & Zhang, Q. (2018). "
            "China CO2 emission accounts 1997–2015. Scientific Data 5, 170201. doi:10.1038/sdata.2017.201"
        ),
        CEADS_TERMS,
        "https://doi.org/10.1038/sdata.2017.201",
    ),
    Source(
        "ceads-2020",
        same(
            "CEADs; Shan, Y., Huang, Q., Guan, D. & Hubacek, K. (2020). China CO2 emission accounts 2016–2017. "
            "Scientific Data 7, 54. doi:10.1038/s41597-020-0393-y"
        ),
        CEADS_TERMS,
        "https://doi.org/10.1038/s41597-020-0393-y",
    ),
    Source(
        "ceads-2021",
        same(
            "CEADs; Guan, Y., Shan, Y., Huang, Q., Chen, H., Wang, D. & Hubacek, K. (2021). Assessment to China's "
            "Recent Emission Pattern Shifts. Earth's Future 9(11), e2021EF002241. doi:10.1029/2021EF002241"
        ),
        CEADS_TERMS,
        "https://doi.org/10.1029/2021EF002241",
    ),
    Source(
        "ceads-2016",
        same(
            "CEADs; Shan, Y., Liu, J., Liu, Z., Xu, X., Shao, S., Wang, P. & Guan, D. (2016). New provincial CO2 "
            "emission inventories in China based on apparent energy consumption data and updated emission factors. "
            "Applied Energy 184, 742–750. doi:10.1016/j.apenergy.2016.03.073"
        ),
        CEADS_TERMS,
        "https://doi.org/10.1016/j.apenergy.2016.03.073",
    ),
    Source(
        "ceads-inventories",
        Text(
            "中国碳核算数据库（CEADs）：中国及各省二氧化碳排放清单（1997–2019年，分部门核算）",
            "Carbon Emission Accounts and Datasets (CEADs): CO2 emission inventories of China and its provinces, "
            "1997–2019, IPCC sectoral approach",
        ),
        CEADS_TERMS,
        "https://www.ceads.net/data/province/",
    ),
    Source(
        "ceads-city-2022",
        same(
            "CEADs; Shan, Y. et al. (2022). City-level emission peak and drivers in China. Science Bulletin 67(18), "
            "1910–1920. doi:10.1016/j.scib.2022.08.024"
        ),
        CEADS_TERMS,
        "https://doi.org/10.1016/j.scib.2022.08.024",
    ),
    Source(
        "ceads-city",
        Text(
            "中国碳核算数据库（CEADs）：中国290个城市二氧化碳排放清单（1997–2019年）",
            "Carbon Emission Accounts and Datasets (CEADs): emission inventories for 290 Chinese cities, 1997–2019",
        ),
        CEADS_TERMS,
        "https://www.ceads.net/data/city/",
    ),
    Source(
        "nbs-region",
        Text(
            "国家统计局：国家数据，分省年度数据（地区生产总值、年末常住人口）",
            "National Bureau of Statistics of China (NBS): National Data, annual data by province "
            "(gross regional product, year-end resident population)",
        ),
        OFFICIAL_TERMS,
        "https://data.stats.gov.cn/",
    ),
    Source(
        "customs",
        Text(
            "国家统计局、海关总署：分省货物进出口总额（境内目的地和货源地；经营单位所在地）",
            "NBS and General Administration of Customs: goods trade by province (by domestic destination and origin; "
            "by seat of the operator)",
        ),
        OFFICIAL_TERMS,
        "https://data.stats.gov.cn/",
    ),
    Source(
        "nbs-io",
        Text(
            "国家统计局：2017、2018、2020年全国投入产出表（42部门，当年生产者价格）",
            "NBS: Input-output tables of China 2017, 2018 and 2020 (42 sectors, current producers' prices)",
        ),
        OFFICIAL_TERMS,
        "https://www.stats.gov.cn/",
    ),
    Source(
        "nbs-io-carrier",
        same(
            "Xiao, S., Yan, J. & Zhang, P. (2022). Incorporating auxiliary information in betweenness measure for "
            "input–output networks. Physica A 607, 128200 (carries the NBS tables in machine-readable form)"
        ),
        OFFICIAL_TERMS,
        "https://doi.org/10.1016/j.physa.2022.128200",
    ),
    Source(
        "nbs-power",
        Text(
            "国家统计局：分省发电量月度统计（规模以上，12月累计）",
            "NBS: monthly statistics of power generation by province (plants above the designated size, December "
            "year-to-date)",
        ),
        OFFICIAL_TERMS,
        "https://data.stats.gov.cn/",
    ),
    Source(
        "cec",
        Text(
            "中国电力企业联合会：《电力工业统计资料汇编》《中国电力统计年鉴》及年度快报",
            "China Electricity Council (CEC): Annual Compilation of Statistics for the Power Industry, China Electric "
            "Power Statistical Yearbook and annual bulletins",
        ),
        OFFICIAL_TERMS,
        "https://www.cec.org.cn/",
    ),
    Source(
        "nea",
        Text(
            "国家能源局：全社会用电量、发电装机容量等年度统计",
            "National Energy Administration (NEA): annual statistics of electricity consumption and installed capacity",
        ),
        OFFICIAL_TERMS,
        "https://www.nea.gov.cn/",
    ),
    Source(
        "gcam-china",
        Text(
            "GCAM-China（马里兰大学全球可持续中心、太平洋西北国家实验室）整理的分省电力与封存数据",
            "GCAM-China (Center for Global Sustainability, University of Maryland; Pacific Northwest National "
            "Laboratory): provincial power and storage data as compiled for the model",
        ),
        Text("教育社区许可证 2.0（ECL-2.0）", "Educational Community License 2.0 (ECL-2.0)"),
        "https://gcims.pnnl.gov/",
    ),
    Source(
        "gem-coal",
        same("Global Energy Monitor, Global Coal Plant Tracker, July 2023 release"),
        CC_BY,
        "https://globalenergymonitor.org/projects/global-coal-plant-tracker/",
    ),
    Source(
        "mee-grid",
        Text(
            "生态环境部、国家统计局：关于发布2021年、2022年及2023年电力二氧化碳排放因子的公告",
            "Ministry of Ecology and Environment (MEE) and NBS: announcements of the CO2 emission factors of "
            "electricity for 2021, 2022 and 2023",
        ),
        OFFICIAL_TERMS,
        "https://www.mee.gov.cn/",
    ),
    Source(
        "nbs-energy",
        Text(
            "国家统计局能源统计司：《中国能源统计年鉴》，分省能源消费总量（等价值）",
            "NBS, Department of Energy Statistics: China Energy Statistical Yearbook, total energy consumption by "
            "province (coal-equivalent calculation)",
        ),
        OFFICIAL_TERMS,
        "https://www.stats.gov.cn/",
    ),
    Source(
        "heliyon-2023",
        same(
            "Heliyon 9(11), e21241 (2023), table 2: carbon emission factors of fossil fuels. doi:10.1016/j.heliyon.2023.e21241"
        ),
        CITED_FIGURES,
        "https://doi.org/10.1016/j.heliyon.2023.e21241",
    ),
    Source(
        "pnnl-storage",
        same(
            "Dahowski, R. T., Li, X., Davidson, C. L., Wei, N. & Dooley, J. J. (2009). Regional Opportunities for Carbon "
            "Dioxide Capture and Storage in China. PNNL-19091, Pacific Northwest National Laboratory. "
            "doi:10.2172/990594; and the later work of the same group as compiled for GCAM-China"
        ),
        Text(
            "随 GCAM-China 以 ECL-2.0 发布，须注明出处",
            "Released with GCAM-China under ECL-2.0; credit the authors",
        ),
        "https://doi.org/10.2172/990594",
    ),
    Source(
        "gcb-2022",
        same(
            "Friedlingstein, P. et al. (2022). Global Carbon Budget 2022. Earth System Science Data 14, 4811–4900. "
            "doi:10.5194/essd-14-4811-2022; Andrew, R. M. & Peters, G. P., The Global Carbon Project's fossil CO2 "
            "emissions dataset, version 27, Zenodo"
        ),
        CC_BY,
        "https://doi.org/10.5194/essd-14-4811-2022",
    ),
    Source(
        "owid",
        same("Our World in Data: CO2 and Greenhouse Gas Emissions dataset"),
        CC_BY,
        "https://ourworldindata.org/co2-and-greenhouse-gas-emissions",
    ),
    Source(
        "climate-trace",
        same("Climate TRACE: emissions inventory, release of December 2022"),
        CC_BY,
        "https://climatetrace.org/",
    ),
    Source(
        "ipcc-ar6-syr",
        same("IPCC (2023). Climate Change 2023: Synthesis Report, Summary for Policymakers, Table SPM.1"),
        CITED_FIGURES,
        "https://www.ipcc.ch/report/ar6/syr/",
    ),
    Source(
        "iea-nze-2021",
        same("IEA (2021). Net Zero by 2050: A Roadmap for the Global Energy Sector"),
        CITED_FIGURES,
        "https://www.iea.org/reports/net-zero-by-2050",
    ),
    Source(
        "iea-china-2021",
        same("IEA (2021). An Energy Sector Roadmap to Carbon Neutrality in China"),
        CITED_FIGURES,
        "https://www.iea.org/reports/an-energy-sector-roadmap-to-carbon-neutrality-in-china",
    ),
    Source(
        "caep-2021",
        Text(
            "蔡博峰、曹丽斌、雷宇等（2021）：中国碳中和目标下的二氧化碳排放路径，《中国人口·资源与环境》31(1)",
            "Cai, B., Cao, L., Lei, Y. et al. (2021). China's carbon emission pathway under the carbon neutrality "
            "target. China Population, Resources and Environment 31(1)",
        ),
        CITED_FIGURES,
        "http://www.caep.org.cn/",
    ),
    Source(
        "c3iam-2021",
        same(
            "Center for Energy and Environmental Policy Research, Beijing Institute of Technology (2021). C3IAM/NET "
            "pathway study. Journal of Beijing Institute of Technology (Social Sciences Edition). "
            "doi:10.15918/j.jbitss1009-3370.2021.7380"
        ),
        CITED_FIGURES,
        "https://doi.org/10.15918/j.jbitss1009-3370.2021.7380",
    ),
    Source(
        "mee-carbon-market-2025",
        Text(
            "生态环境部：《全国碳市场发展报告（2025）》，据《解放日报》2025年9月25日报道",
            "MEE: National Carbon Market Development Report 2025, as reported by Jiefang Daily, 25 September 2025",
        ),
        CITED_FIGURES,
        "https://www.mee.gov.cn/",
    ),
    Source(
        "yang-2022",
        same(
            "Yang, L., Wei, N., Lv, H. & Zhang, X. (2022). Optimal deployment for carbon capture enables more than half of "
            "China's coal-fired power plant to achieve low-carbon transformation. iScience 25(12), 105664. "
            "doi:10.1016/j.isci.2022.105664"
        ),
        CITED_FIGURES,
        "https://doi.org/10.1016/j.isci.2022.105664",
    ),
    Source(
        "yi-2025",
        same(
            "Yi, C., Xu, L. & Tian, Y. (2025). International Journal of Greenhouse Gas Control 146, 104431. "
            "doi:10.1016/j.ijggc.2025.104431"
        ),
        CITED_FIGURES,
        "https://doi.org/10.1016/j.ijggc.2025.104431",
    ),
)

_FIELDS = (
    Field("id", "string", Text("来源代码", "Key of the source")),
    Field("citation", "string", Text("完整引文（英文或原文）", "Full citation (English or original language)")),
    Field("citation_zh", "string", Text("完整引文（中文或原文）", "Full citation (Chinese or original language)")),
    Field("licence", "string", Text("条款（英文）", "Terms, in English")),
    Field("licence_zh", "string", Text("条款（中文）", "Terms, in Chinese")),
    Field("url", "string", Text("官方网址", "Official address")),
)


def sources_table(used: Sequence[Source]) -> Built:
    """The ``sources`` table: every publication that a table of the dataset cites."""
    rows = [(s.id, s.citation.en, s.citation.zh, s.licence.en, s.licence.zh, s.url) for s in used]
    return Built(
        name="sources",
        table=from_rows(_FIELDS, rows, ("id",)),
        title=Text("来源与引用", "Sources and citations"),
        description=Text(
            "各表所引出版物、条款与官方网址。", "Publications the tables cite, their terms and addresses."
        ),
        fields=_FIELDS,
        primary_key=("id",),
        sources=("tanlu",),
        licence=OWN_WORK,
    )
