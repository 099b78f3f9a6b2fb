"""What ``about`` says of the interprovincial table where the dataset holds imported ones beside or instead of the estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.mrio import table_years
from data.text import Text

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Said = tuple[str, str]


@dataclass(frozen=True)
class Tables:
    """Years of the interprovincial tables that were imported, and of those that are our estimate."""

    published: tuple[int, ...]
    estimated: tuple[int, ...]

    @property
    def which(self) -> Text:
        """Which years are what."""
        years = _years(self.published)
        zh, en = f"{years.zh}年为所导入的发布表", f"published and imported for {years.en}"
        if self.estimated:
            zh += f"，{_years(self.estimated).zh}年为本库估算"
            en += f", our own estimate for {_years(self.estimated).en}"
        return Text(zh, en)


def tables_of(warehouse: Warehouse) -> Tables:
    """The interprovincial tables of the dataset in use."""
    published = {y for found in warehouse.dataset.imports if found.classification in ("A", "B") for y in found.years}
    return Tables(tuple(sorted(published)), tuple(y for y in table_years(warehouse) if y not in published))


def _years(years: tuple[int, ...]) -> Text:
    """At least one year in words."""
    first = ", ".join(map(str, years[:-1]))
    return Text("、".join(map(str, years)), f"{first} and {years[-1]}" if first else str(years[-1]))


def with_tables(topic: str, sentences: tuple[Said, ...], tables: Tables) -> tuple[Said, ...]:
    """The sentences of a topic; where tables were imported those on the table say so."""
    if not tables.published or topic not in _PLACES:
        return sentences
    where = _PLACES[topic]
    return tuple(_SAY[topic](tables) if k == where else said for k, said in enumerate(sentences))


def _sources(t: Tables) -> Said:
    return (
        f"全国投入产出表来自国家统计局；省际表{t.which.zh}；政策条款和目标出自所引的公开文件，路线图是情景。",
        f"National input-output tables come from NBS; interprovincial tables are {t.which.en}; clauses and targets come from the"
        " public documents cited, roadmaps are scenarios.",
    )


def _commercial(t: Tables) -> Said:
    return (
        f"省际表{t.which.zh}：导入的表按其发布者的条款使用，估算表须写明“估算”；软件按Apache许可证，但它不及于数据。这不是法律意见。",
        f"Interprovincial tables are {t.which.en}: those imported are under their publisher's terms, an estimate must be called"
        " one; the software is under the Apache licence, which does not extend to the data. This is no legal advice.",
    )


def _estimated(t: Tables) -> Said:
    years, zh, en = _years(t.published), "", ""
    if t.estimated:
        left = _years(t.estimated)
        zh, en = (
            f"各省{left.zh}年投入产出表及由它得出的结果；",
            f"the interprovincial table of {left.en} and what rests on it; ",
        )
    return (
        f"估算的有：{zh}服务业各细行业和42部门中清单未单列行业的排放；路线图的全部未来数值。"
        f"{years.zh}年省际表是所导入的发布表，由它得出的足迹、贸易隐含碳、产业关联等是推算，不是估算。",
        f"Estimated are: {en}emissions of single services and other sectors that the inventory does not list; every future value of"
        f" a roadmap. Interprovincial tables of {years.en} are published ones as imported: footprints, embodied trade and linkages"
        " from them are derived, not estimated.",
    )


def _intensity(t: Tables) -> Said:
    return (
        f"GDP从2005年起；行业的强度另用总产出作分母，分省总产出取自省际表（{t.which.zh}）。",
        f"GDP begins in 2005; for sectors gross output is the denominator, by province from interprovincial tables ({t.which.en}).",
    )


def _method(t: Tables) -> Said:
    return (
        f"产业关联、足迹与贸易隐含碳用省际投入产出表（{t.which.zh}），进口品在国外的排放不计；路线图是情景，不是预测。",
        f"Linkages, footprints and embodied trade use interprovincial tables ({t.which.en}), carbon of foreign imports left out;"
        " roadmaps are scenarios, not forecasts.",
    )


def _limits(t: Tables) -> Said:
    zh, en = f"省际表{t.which.zh}", f"interprovincial tables are {t.which.en}"
    if t.estimated:
        zh, en = zh + "，估算表的跨省结果只宜作参考", en + "; across provinces the estimate is indicative"
    return (
        f"{zh}；路线图不是预测，也不是省级目标。",
        f"{en[:1].upper()}{en[1:]}; a roadmap is neither a forecast nor a provincial target.",
    )


def accuracy(t: Tables) -> Said:
    """How accurate imported tables are, as far as Tanlu can tell."""
    years = _years(t.published)
    return (
        f"现用数据集的{years.zh}年省际表是所导入的发布表，按原样使用；它的准确程度由其出版物说明，碳路只核对了行列平衡、合计与异常值，"
        "结果见 tanlu data info。",
        f"Interprovincial tables of {years.en} in use are published ones as imported; how accurate they are their publication"
        " tells. Tanlu checked balances, totals and outliers only, see tanlu data info.",
    )


def terms_of(t: Tables) -> Said:
    """The terms of the interprovincial tables, as parts of a sentence."""
    zh, en = (
        ("本库估算表须写明“估算”；", "our estimated table must be called an estimate; ") if t.estimated else ("", "")
    )
    if t.published:
        zh += "导入的省际表按其发布者的条款使用；"
        en += "an imported table is under its publisher's terms; "
    return zh, en


_SAY = {
    "sources": _sources, "commercial": _commercial, "estimated": _estimated, "intensity": _intensity, "method": _method,
    "limits": _limits,
}  # fmt: skip
# Which sentence of a topic is on the table.
_PLACES = {"sources": 1, "commercial": 2, "estimated": 0, "intensity": 2, "method": 3, "limits": 2}

__all__ = ["Tables", "accuracy", "tables_of", "terms_of", "with_tables"]
