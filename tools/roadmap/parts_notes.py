"""Parts 7 to 10: uncertainty, costs, accounts and references; and what every roadmap owes its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.bands import Band
from tools.roadmap.checks import hindcast
from tools.roadmap.names import BASE, scenario_name
from tools.roadmap.parts_checks import PUBLISHED, published, rules

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

_BAND_YEARS = (2030, 2035, 2060)
# Tables every path rests on, whether or not one of their figures is told.
_BEHIND_EVERY_PATH = (
    "co2", "co2_42", "mrio_sector", "gdp", "population", "power_consumption", "grid_factors", "energy_consumption",
    "global_co2", "roadmap_defaults",
)  # fmt: skip
_FIRST_CITED = ("co2", "mrio_sector")
_NOT_CITED = ("tanlu",)  # our own lists of names are no publication
_INDEX_SOURCE = "owid"  # of the sources of ``global_co2`` only this one gives the national index


def uncertainty(book: Book, story: Story, warehouse: Warehouse) -> None:
    """Part 7: both ensembles, and a hindcast beside "no change"."""
    table = _band_table(
        book, story, [story.engine.band(story.dual.scenario), story.engine.band(story.dual.scenario, "parameters")]
    )
    found = hindcast(story.engine, story.scope.indices)
    facts = [
        book.figure(f"由2017年推算{BASE}年排放的误差（{zh}）", f"error of {BASE} foretold from 2017 ({en})", value, "%",
                    year=BASE, account=Account.SCOPE1, basis=Basis.DERIVED)
        for zh, en, value in (
            ("模型，2017年强度不变", "model, intensities of 2017", found.model), ("零变化", "no change", found.unchanged)
        )
    ]  # fmt: skip
    words = [
        sentence(
            "表中并列双碳情景的两种集合：落实风险（多为部署不足、推迟、见效打折）与参数（以中心情形为中）；都是假设的范围，不是概率，也不含投入产出表"
            "本身、清单误差与结构突变。",
            "The table sets both ensembles of the dual-carbon scenario side by side: delivery risk (mostly shortfalls, delays, "
            "weaker effects) and parameters (centred); both are ranges of assumptions, no probabilities, and leave out errors of "
            "the table and the inventories and structural breaks.",
        ),
        sentence(
            "达峰年份、峰值与2060年剩余排放是所设曲线的结果：措施起步早晚几年，达峰年份就移动同样多甚至更多。",
            "Peak year, peak level and what is left in 2060 follow from the assumed curves: a few years' delay moves the peak as "
            "much or more.",
        ),
        sentence(
            f"回测：以2017年强度与已知增速推算{BASE}年，误差{{0}}；假定毫无变化则为{{1}}；引擎自身只能检验这一个时段，表中另列简单规则自2000年起的误差。",
            f"Hindcast: {BASE} from 2017 intensities and known growth errs by {{0}}, no change at all by {{1}}; the "
            "engine itself can be held against this one period only; the table adds simple rules since 2000.",
            *facts,
        ),
    ]
    told, errors = rules(book, story, warehouse)
    words += told
    tables = [table, errors]
    if (beside := published(book, story, warehouse)) is not None:
        tables.append(beside)
        words.append(
            sentence(
                "已发表路径并列于表中：默认参数在部分年份是照相近量级设定的，接近并不构成验证。",
                "Published pathways stand beside ours: some defaults were set to land near such figures, so closeness validates "
                "nothing.",
            )
        )
    book.draft.section(Text("7 不确定性", "7 Uncertainty"), words, tables=tuple(tables), folded=True)


def _band_table(book: Book, story: Story, bands: list[Band]) -> int:
    rows: list[tuple[Cell, ...]] = []
    path, name = story.dual, scenario_name(story.dual.scenario)
    for band in bands:
        design = Text("落实风险", "delivery risk") if band.design == "delivery" else Text("参数", "parameters")
        for position, word in ((0, Text("下沿", "lower end")), (2, Text("上沿", "upper end"))):
            cells = [
                Ref(fact=book.figure(
                    f"{y}年总排放{design.zh}区间{word.zh}（{name.zh}）", f"gross emissions {y}, {design.en}, {word.en} ({name.en})",
                    band.range(y, story.scope.indices)[position], "Mt CO2", year=y, path=path, account=Account.GROSS,
                ))
                for y in _BAND_YEARS
            ]  # fmt: skip
            rows.append((design, word, *cells))
    columns = (
        Column(name=Text("集合", "Ensemble")), Column(name=Text("位置", "Position")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in _BAND_YEARS),
    )  # fmt: skip
    title = Text(f"{book.scope.name.zh}总排放的两种区间（{name.zh}情景）",
                 f"{book.scope.name.en}: two ranges of gross emissions ({name.en} scenario)")  # fmt: skip
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def closing(book: Book, story: Story, warehouse: Warehouse) -> None:
    """Parts 9 and 10."""
    book.draft.section(Text("9 口径说明", "9 Accounts"), _accounts(story), folded=True)
    cited = [sentence(t.zh, t.en) for t in references(book, warehouse)]
    book.draft.section(Text("10 参考文献", "10 References"), cited, folded=True)


def _accounts(story: Story) -> list[Sentence]:
    own = story.scope.own is not None and bool(story.scope.own.states)
    own_zh, own_en = ("，给定年份为用户数据", ", in the years given the user's figures") if own else ("", "")
    out = [
        sentence(
            "排放范围：能源燃烧与水泥生产过程的二氧化碳；不含其他温室气体、土地利用变化与水泥以外的工业过程。",
            "Scope: CO2 from energy and from cement production; other gases, land-use change and process CO2 outside cement are "
            "not in it.",
        ),
        sentence(
            f"时间：2017—2019年为清单，2020—2025年为现时估算（总量随全国指数，电力随火电发电量{own_zh}），2026年起为情景；货币为2017年不变价。",
            "Time: inventory for 2017-2019, a nowcast for 2020-2025 (the total by the national index, power by thermal "
            f"generation{own_en}), scenario from 2026; money at constant 2017 prices.",
        ),
        sentence(
            "需求由外部给定，措施不反馈到GDP，也无反弹效应；碳汇与工程移除为绝对量假设，不在清单之内。",
            "Demand is given from outside, levers do not feed back on GDP and there is no rebound; sinks and engineered removals "
            "are absolute assumptions outside the inventory.",
        ),
        sentence(
            "全国口径不等于各省之和；西藏没有清单，按无数据处理，不是零。",
            "China is not the sum of the provinces; Tibet has no inventory: no data, not zero.",
        ),
        sentence(
            f"模型与参数版本：{story.engine.version}；改动任何一个参数都会改变这一版本号。",
            f"Version of model and defaults: {story.engine.version}; changing any default changes it.",
        ),
    ]
    moved = [m for m in story.engine.model.inventory.moved if m[0] == story.scope.place.code]
    if moved:
        out.append(
            sentence(
                "清单中记在无产出行业的少量排放已移到同组最大的行业。",
                "A little CO2 that the inventory books to a sector without output was moved to the largest of its group.",
            )
        )
    return out


def references(book: Book, warehouse: Warehouse) -> list[Text]:
    """The publications this answer rests on and the documents it cites, numbered, once each."""
    used = [t for t in dict.fromkeys((*_BEHIND_EVERY_PATH, *book.draft.sources)) if warehouse.has(t)]
    seen: dict[str, Text] = {}
    shown = book.draft.scenarios_of(PUBLISHED)
    for table in sorted(used, key=lambda t: t not in _FIRST_CITED):
        for source in warehouse.dataset.cite(table):
            if source.id not in _NOT_CITED and _used(table, source.id, shown):
                seen.setdefault(source.id, _with_address(source.citation, source.url))
    for cited in book.draft.citations:
        seen.setdefault(cited.document, _with_address(cited.title, cited.url or ""))
    return [Text(f"{n}. {said.zh}", f"{n}. {said.en}") for n, said in enumerate(seen.values(), 1)]


def _used(table: str, source: str, shown: frozenset[str]) -> bool:
    """Whether a source of a table is used: of two tables with many publications only some are."""
    if table == PUBLISHED:
        return source in shown
    return table != "global_co2" or source == _INDEX_SOURCE


def _with_address(citation: Text, url: str) -> Text:
    """A citation with its address, where it is one of the web and not the DOI that stands in it already."""
    zh, en = citation.zh.rstrip("。."), citation.en.rstrip("。.")
    if not url.startswith("http") or "doi" in zh.lower():
        return Text(f"{zh}.", f"{en}.")
    return Text(f"{zh}. {url}", f"{en}. {url}")
