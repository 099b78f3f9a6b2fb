"""Names of single sectors of the table and of chains of them."""

from __future__ import annotations

from collections.abc import Sequence

from data.classification import place
from data.text import Text
from tools.mrio import words
from tools.mrio.system import System

TIERS = (
    Text("直接", "direct"), Text("第一层", "first tier"), Text("第二层", "second tier"), Text("第三层", "third tier"),
    Text("第四层", "fourth tier"), Text("第五层", "fifth tier"), Text("第六层", "sixth tier"), Text("第七层", "seventh tier"),
    Text("第八层", "eighth tier"), Text("第九层", "ninth tier"), Text("第十层", "tenth tier"),
)  # fmt: skip


def tier(order: int) -> Text:
    """The name of a production layer: 0 direct, 1 first tier."""
    return TIERS[order] if order < len(TIERS) else Text("第十层以上", "beyond the tenth tier")


def node_name(system: System, index: int) -> Text:
    """A sector of the table: 河北金属冶炼 / Hebei metal smelting; without a place in the nation's table."""
    region, k = divmod(index, len(system.mrio.sectors))
    if len(system.mrio.regions) == 1:
        return words.short(k + 1)
    return words.of_place(place(system.mrio.regions[region]).name, words.short(k + 1))


def chain_name(system: System, chain: Sequence[int], down: bool = False) -> Text:
    """A chain from the emitter to the final product, with arrows; a chain of one is a sector that emits for its own
    final products, followed upstream or ``down``."""
    names = [node_name(system, i) for i in chain]
    if len(names) == 1 and down:
        return Text(f"{names[0].zh}（直接供最终使用）", f"{names[0].en} (straight to final use)")
    if len(names) == 1:
        return Text(f"{names[0].zh}（直接排放）", f"{names[0].en} (own direct emissions)")
    return Text("→".join(n.zh for n in names), " → ".join(n.en for n in names))
