"""How a structural path analysis is told: the largest paths, coverage and remainder, tiers, an icicle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import Sector
from data.text import Text
from tools.charts.specs import Chart, Tree
from tools.mrio import words
from tools.mrio.bounds import Bound
from tools.mrio.telling import Ref, Teller, add_ranked, note_of, table
from tools.paths.naming import chain_name, node_name, tier
from tools.paths.sure import at, bounds_of, leads, say_unranged, verdict
from tools.paths.targets import LAYERS, Found
from tools.result import Account, Basis, Cell, Draft

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.paths.tool import PathsArguments

_NAMED = 3
_CANDIDATES = 5  # times the paths listed: among these it is judged how often a path stays in front
_DRAWN = 12  # paths whose nodes the icicle holds
_DEEP = 4  # tiers the icicle holds
_TOLD = 3  # tiers in the sentence
CONSUMPTION = Account.CONSUMPTION_DOMESTIC


def subject(found: Found, listed: Sector | None) -> Text:
    """What is taken apart, as a noun phrase."""
    zh, en = found.scope.place.name.zh, words.article(found.scope.place)
    if found.target.direction == "downstream":
        name = Text("各生产部门", "producing sectors") if listed is None else words.in_sentence(listed.short)
        return Text(f"{zh}{name.zh}的直接排放", f"direct emissions of {name.en} in {en}")
    if listed is None:
        return Text(
            f"{zh}最终使用（不含进口与居民直接燃烧）的隐含碳",
            f"CO2 embodied in the final use of {en} (imports and household fuel apart)",
        )
    name = words.in_sentence(listed.short)
    return Text(
        f"{zh}{name.zh}最终产品（国内使用与出口）的隐含碳",
        f"CO2 embodied in final products of {name.en} in {en} (used at home or exported)",
    )


def tell_paths(found: Found, listed: Sector | None, arguments: PathsArguments, warehouse: Warehouse) -> Draft:
    """The whole answer but for its caveats on the table."""
    scope, target, what = found.scope, found.target, subject(found, listed)
    down = target.direction == "downstream"
    draft = Draft(Text(f"{what.zh}：{scope.system.mrio.year}年结构路径分析",
                       f"Structural path analysis, {scope.system.mrio.year}: {what.en}"))  # fmt: skip
    tell = Teller(draft, scope)
    name = None if listed is None else listed.name
    account = Account.SCOPE1 if down else CONSUMPTION
    layers = bounds_of(warehouse, scope, target.layers)
    nodes = found.paths.largest(arguments.top * _CANDIDATES)
    chains = [found.paths.chain(i) for i in nodes]
    bounds = bounds_of(warehouse, scope, lambda system: target.values(system, chains), top=arguments.top)
    # A sector's own emissions rest on no estimate of trade.
    total = tell.fact(
        Text(f"{what.zh}总量", f"{what.en}, total"), found.paths.total, account=account, sector=name,
        bound=None if down else at(layers, 0), source="co2_42" if down else None, basis=Basis.DERIVED if down else None,
    )  # fmt: skip
    shown = _paths(tell, found, name, nodes[: arguments.top], bounds, total, what)
    _coverage(tell, found, name, arguments)
    tiers = _tiers(tell, found, name, layers, what)
    draft.section(Text("主要路径", "Main paths"), tables=(shown,), folded=True)
    draft.section(Text("各层级", "By tier"), tables=(tiers,), folded=True)
    draft.chart(_icicle(found, what))
    say_unranged(draft, scope, bounds)
    if bounds is not None:
        draft.caveats.append(words.ROBUST)
    draft.method.append(
        Text(
            f"结构路径分析：路径值为 f_k·A_kj·…·A_ji·y_i；按子树总量（完全强度×所需产出）剪枝，搜索至多{arguments.order}层；余量为未展开子树之和，"
            "路径之和加余量等于总量。",
            f"Structural path analysis: a path carries f_k A_kj ... A_ji y_i; branches are cut by what hangs above them (total intensity "
            f"times output required), at most {arguments.order} tiers deep; the remainder is the sum of the branches cut: paths and "
            "remainder make the total.",
        )
    )
    tell.use("mrio_use", "co2_42")
    _suggest(found, listed, draft)
    return draft


def _paths(
    tell: Teller, found: Found, sector: Text | None, nodes: list[int], bounds: list[Bound] | None, total: int, what: Text
) -> int:  # fmt: skip
    """The largest paths: a sentence on the robust ones, the table."""
    system, whole = found.scope.system, found.paths.total
    account = tell.draft[total].account
    rows: list[list[Cell]] = []
    named: list[tuple[Text, int]] = []
    for k, node in enumerate(nodes):
        name, value = (
            chain_name(system, found.chain(node), found.target.direction == "downstream"),
            float(found.paths.value[node]),
        )
        label = Text(f"路径“{name.zh}”的排放", f"CO2 along the path {name.en}")
        fact = tell.fact(label, value, account=account, bound=at(bounds, k), sector=sector)
        share = tell.fact(
            Text(f"路径“{name.zh}”占比", f"share of the path {name.en}"),
            100 * value / whole,
            "%",
            account=account,
            sector=sector,
        )
        row: list[Cell] = [name, tier(int(found.paths.order[node])), Ref(fact=fact), Ref(fact=share)]
        rows.append([*row, verdict(at(bounds, k))] if bounds is not None else row)
        if leads(at(bounds, k)):
            named.append((name, fact))
    some = named[:_NAMED]
    year, guess = tell.year, ("", "") if found.target.direction == "downstream" else tell.guess
    add_ranked(tell.draft, f"{what.zh}{year}年为{{0:range}}{guess[0]}，最大的产业链路径是<list>。",
               f"{what.en[:1].upper()}{what.en[1:]} came to {{0:range}} in {year}{guess[1]}; the largest supply-chain paths: <list>.",
               [n for n, _ in some], [f for _, f in some], (total,))  # fmt: skip
    if not some:
        tell.draft.lead(f"{what.zh}{year}年为{{0:range}}{guess[0]}；没有一条路径在变体检验中稳居前列。",
                        f"{what.en[:1].upper()}{what.en[1:]} came to {{0:range}} in {year}{guess[1]}; no single path stays in front over the "
                        "variants of the estimate.", total)  # fmt: skip
    head: list[tuple[Text, str | None]] = [
        (Text("路径（排放部门→最终产品）", "Path (emitter → final product)"), None), (Text("层级", "Tier"), None),
        (Text("排放", "CO2"), "Mt CO2"), (Text("占总量", "Share of total"), "%"),
    ]  # fmt: skip
    if bounds is not None:
        head.append((Text("变体检验", "Over variants"), None))
    return tell.draft.table(
        table(Text(f"{what.zh}：主要路径", f"Main paths: {what.en}"), head, rows, total=found.count)
    )


def _coverage(tell: Teller, found: Found, sector: Text | None, arguments: PathsArguments) -> None:
    """How much the paths explain, and the remainder."""
    whole, account = found.paths.total, tell.draft[0].account
    basis = Basis.USER if "cut" in arguments.model_fields_set else Basis.ASSUMPTION

    def share(zh: str, en: str, value: float) -> int:
        return tell.fact(Text(zh, en), 100 * value / whole, "%", account=account, sector=sector)

    def amount(zh: str, en: str, value: float) -> int:
        return tell.fact(Text(zh, en), value, account=account, sector=sector)

    cut = tell.fact(
        Text("路径搜索的截止值（占总量）", "cut-off of the search, share of the total"), arguments.cut, "%", basis=basis
    )
    count = tell.fact(Text("搜索到的路径数", "number of paths found"), found.count, "count")
    tell.draft.lead(
        "按截止值（占总量）{0}搜索，共得{1}条路径，合计{2}，占总量{3}；其余{4}（{5}）散布在更小的路径中，未逐条列出。",
        "With branches followed down to {0} of the total, {1} paths were found that carry {2}, {3} of it; the remainder of {4} ({5}) is "
        "spread over smaller paths and not listed.",
        cut, count, amount("各路径合计排放", "CO2 of all paths found", found.covered),
        share("各路径合计占比", "share of all paths found", found.covered),
        amount("路径未覆盖的余量", "remainder outside the paths", found.paths.remainder),
        share("余量占比", "share of the remainder", found.paths.remainder),
    )  # fmt: skip


def _tiers(tell: Teller, found: Found, sector: Text | None, bounds: list[Bound] | None, what: Text) -> int:
    """The production layers, exact: a sentence and a table."""
    values, account = found.target.layers(found.scope.system), tell.draft[0].account
    down = found.target.direction == "downstream"
    names = [tier(k) for k in range(LAYERS)] + [Text("更远层级", "beyond")]
    if down:
        names[0] = Text("本部门最终产品", "own final products")
    rows: list[list[Cell]] = []
    shares: list[int] = []
    for k, name in enumerate(names):
        label = Text(f"{name.zh}的排放", f"CO2 of the layer: {name.en}")
        fact = tell.fact(label, float(values[k + 1]), account=account, sector=sector, bound=at(bounds, k + 1))
        shares.append(tell.fact(Text(f"{name.zh}占比", f"share of the layer: {name.en}"), 100 * float(values[k + 1]) / float(values[0]), "%",
                                account=account, sector=sector))  # fmt: skip
        rows.append([name, Ref(fact=fact), Ref(fact=shares[-1])])
    way = Text("下游", "downstream") if down else Text("上游", "upstream")
    told = list(range(1, _TOLD + 1))
    zh = "、".join(f"{way.zh}{names[k].zh}占{{{k}}}" for k in told)
    en = ", ".join(f"{names[k].en} {way.en} {{{k}}}" for k in told)
    tell.draft.lead(f"按层级，{names[0].zh}{'排放' if not down else ''}占{{0}}，{zh}。", f"By tier: {names[0].en} {{0}}, {en}.",
                    *(shares[k] for k in [0, *told]))  # fmt: skip
    head = [(Text("层级", "Tier"), None), (Text("排放", "CO2"), "Mt CO2"), (Text("占总量", "Share of total"), "%")]
    return tell.draft.table(table(Text(f"{what.zh}：各层级", f"By tier: {what.en}"), head, rows))


def _icicle(found: Found, what: Text) -> Chart:
    """The tree of the largest paths: width is all that hangs above a node; what is not shown stands as the rest."""
    paths, system = found.paths, found.scope.system
    kept: set[int] = set()
    for node in paths.largest(_DRAWN):
        walk = node
        while walk >= 0:
            if int(paths.order[walk]) <= _DEEP:
                kept.add(walk)
            walk = int(paths.parent[walk])
    roots = [i for i in sorted(kept) if paths.parent[i] < 0]
    labels: list[Text] = []
    parents: list[int | None] = []
    values: list[float] = []

    def add(label: Text, parent: int | None, value: float) -> int:
        labels.append(label)
        parents.append(parent)
        values.append(max(value, 0.0))
        return len(labels) - 1

    def grow(node: int, parent: int | None) -> None:
        here = add(node_name(system, int(paths.sector[node])), parent, float(paths.subtree[node]))
        children = [i for i in sorted(kept) if paths.parent[i] == node]
        if not children:
            return
        own = float(paths.value[node])
        rest = float(paths.subtree[node]) - own - float(paths.subtree[children].sum())
        if own > 0:
            add(Text("直接", "direct"), here, own)
        for child in children:
            grow(child, here)
        add(Text("其余", "rest"), here, rest)

    if len(roots) == 1 and abs(paths.subtree[roots[0]] - paths.total) <= 1e-9 * paths.total:
        grow(roots[0], None)
    else:
        add(Text("总量", "Total"), None, paths.total)
        for root in roots:
            grow(root, 0)
        add(Text("其余", "rest"), 0, paths.total - float(paths.subtree[roots].sum()))
    return Chart(
        kind="icicle", title=Text(f"{what.zh}：主要路径", f"{what.en[:1].upper()}{what.en[1:]}: main paths"),
        spec=Tree(labels=tuple(labels), parents=tuple(parents), values=tuple(values), unit="Mt CO2"),
        note=note_of(found.scope.system),
    )  # fmt: skip


def _suggest(found: Found, listed: Sector | None, draft: Draft) -> None:
    where = found.scope.place.name
    if listed is None:
        draft.suggestions.append(
            Text(f"{where.zh}建筑业的产业链路径有哪些？", f"Supply-chain paths of construction in {where.en}?")
        )
        return
    name = words.in_sentence(listed.short)
    other = Text("上游", "upstream") if found.target.direction == "downstream" else Text("下游", "downstream")
    draft.suggestions += [
        Text(f"{where.zh}{name.zh}的{other.zh}产业链路径", f"{other.en.capitalize()} carbon paths of {name.en} in {where.en}"),
        Text(f"若{where.zh}{name.zh}产出减少10%会怎样？", f"What if output of {name.en} in {where.en} fell by 10 %?"),
    ]  # fmt: skip
