"""Part 4: energy and capture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.names import COMMON, LAST, at, scenario_name
from tools.roadmap.overrides import Override
from tools.roadmap.parts_power import power_tables, power_words
from tools.roadmap.storage import storage_words
from tools.roadmap.vary import vary

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

_ENERGY_YEARS = (2035, 2045, LAST)


def energy(book: Book, story: Story, warehouse: Warehouse) -> None:
    """Part 4: power, the non-fossil shares, primary energy and capture; what is not computed is named."""
    missing = sentence(
        "未计算：海上与陆上风电之分、抽水蓄能与新型储能、逐时平衡与输电通道容量；对相应规划指标不能作判断。",
        "Not computed: offshore and onshore wind apart, storage, hourly balance and the capacity of lines; nothing is said of plan "
        "indicators for these.",
    )
    if not story.scope.single:
        book.draft.section(Text("4 能源与电力", "4 Energy and power"), [missing], folded=True)
        return
    words = [
        sentence(
            "用电按2024年实际用电随模型推算，非化石占用电量比重按所用电力（含净调入）计；一次能源中每度电按同一标准煤耗计，不分来源。",
            "Power follows the model from the consumption observed in 2024; the non-fossil share of power is that of the power used, net "
            "imports included; in primary energy every kWh counts the same amount of standard coal, whatever made it.",
        ),
        *_capture(book, story, warehouse),
        missing,
    ]
    words[1:1] = power_words(book, story)
    tables = (_energy_table(book, story), *power_tables(book, story))
    book.draft.section(Text("4 能源与电力", "4 Energy and power"), words, tables=tables, folded=True)


def _energy_table(book: Book, story: Story) -> int:
    path, r = story.lead, story.scope.index
    found, name = story.energy(path), scenario_name(path.scenario)
    lines = (
        (Text("全社会用电量", "electricity used"), found.power, "TWh", 1.0),
        (Text("非化石电力占用电量比重", "non-fossil share of the power used"), found.nonfossil_power, "%", 100.0),
        (Text("一次能源消费量（模型口径）", "primary energy (model's convention)"), found.primary, "Mtce", 1.0),
        (Text("非化石能源占一次能源比重（模型口径）", "non-fossil share of primary energy (model's convention)"),
         found.nonfossil_primary, "%", 100.0),
        (Text("碳捕集量", "CO2 captured"), path.captured, "Mt CO2", 1.0),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for label, values, unit, factor in lines:
        cells: list[Cell] = []
        for year in _ENERGY_YEARS:
            basis = Basis.ESTIMATED if year <= COMMON else Basis.PROJECTED
            fact = book.figure(
                f"{year}年{label.zh}（{name.zh}）", f"{label.en} {year} ({name.en})", float(factor * values[at(year), r]),
                unit, year=year, path=path, basis=basis,
            )  # fmt: skip
            cells.append(Ref(fact=fact))
        rows.append((label, *cells))
    columns = (Column(name=Text("指标", "Indicator")), *(Column(name=Text(f"{y}年", f"{y}")) for y in _ENERGY_YEARS))
    title = Text(
        f"{book.scope.name.zh}能源与电力（{name.zh}情景）", f"{book.scope.name.en}: energy and power ({name.en})"
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _capture(book: Book, story: Story, warehouse: Warehouse) -> list[Sentence]:
    """Capture and engineered removals to 2060 against onshore storage, and the scenario without either."""
    path, r = story.lead, story.scope.index
    base = "dual_carbon" if path.scenario.startswith("neutral") else path.scenario
    bare = (Override(kind="no_ccus"), Override(kind="no_removals"))
    paths = [vary(story.engine, base, r, changes).path for changes in (bare[:1], bare)]
    left = [book.emission(Account.NET, p, LAST) for p in (*paths, story.engine.path(base))]
    label = scenario_name(base)
    return [
        storage_words(book, path, warehouse),
        sentence(
            f"若不用碳捕集，{label.zh}情景2060年净排放为{{0}}，若工程移除也不用则为{{1}}，而采用时为{{2}}。",
            f"Without carbon capture net emissions in 2060 are {{0}} in the {label.en} scenario, without engineered removals as "
            "well {1}, with both {2}.",
            *left,
        ),
    ]
