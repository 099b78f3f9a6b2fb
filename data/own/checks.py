"""What a bureau's figures say of each other: parts within their whole, totals that close, growth told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from data.classification import sector
from data.own.figures import Figure

HOUSEHOLDS = 42  # the position after the 42 sectors
EVERYTHING = frozenset(range(HOUSEHOLDS + 1))
_CLOSE = 0.005  # rounding of published figures
_POWER_CLOSE = 0.10  # losses and statistical difference of a power balance
_GROWTH_CLOSE = 0.1  # percentage points
Found = Iterator[tuple[Figure, str, str]]


def positions(key: str) -> frozenset[int] | None:
    """The model's sectors (0 to 41, 42 households) that a sector covers wholly; None where it is only part of one."""
    if not key:
        return EVERYTHING
    found = sector(key)
    if found.kind == "households":
        return frozenset({HOUSEHOLDS}) if len(found.inventory) > 1 else None
    return frozenset(number - 1 for number in found.mrio) or None


def parent(key: str) -> frozenset[int] | None:
    """The model's sector that a narrower one lies in; None where it is no such part."""
    found = sector(key)
    if found.kind == "households":
        return frozenset({HOUSEHOLDS})
    return None if found.part_of is None else frozenset({found.part_of - 1})


def contradictions(figures: list[Figure]) -> Found:
    """Figures that contradict others, each with the reason in both languages."""
    emissions: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    power: dict[tuple[str, int], dict[tuple[str, str], Figure]] = defaultdict(dict)
    for f in figures:
        if f.item == "emissions":
            emissions[f.province, f.year].append(f)
        elif f.unit == "TWh":
            power[f.province, f.year][f.item, f.sector] = f
    for found in emissions.values():
        yield from _parts(found)
    for balance in power.values():
        yield from _generation(balance)
        yield from _balance(balance)
    yield from _growth(figures)


def _parts(found: list[Figure]) -> Found:
    """Emissions of one province and year: sectors nested or apart, none above what holds it, all of them closing."""
    sets = [(f, s) for f in found if (s := positions(f.sector)) is not None]
    for (a, one), (b, other) in combinations(sets, 2):
        if one & other and not one <= other and not other <= one:
            yield b, f"与第{a.line}行的行业部分重叠，无法区分", f"Its sector overlaps that of line {a.line} in part"
        if one == other:
            yield b, f"与第{a.line}行是同一行业", f"Its sector is that of line {a.line}"
    for whole, held in sets:
        inside = [(f, s) for f, s in sets if s < held]
        outer = [(f, s) for f, s in inside if not any(s < other for _, other in inside)]
        total = sum(f.value for f, _ in outer)
        covered = frozenset().union(*(s for _, s in outer)) if outer else frozenset()
        lines = "、".join(str(f.line) for f, _ in outer[:6])
        en_lines = lines.replace("、", ", ")
        if total > whole.value * (1 + _CLOSE):
            yield (
                whole, f"分行业合计{total:.6g} {whole.unit}（第{lines}行）超过总量{whole.value:.6g}",
                f"Its sectors add up to {total:.6g} {whole.unit} (lines {en_lines}), above the total of {whole.value:.6g}",
            )  # fmt: skip
        elif covered == held and abs(total - whole.value) > _CLOSE * whole.value:
            yield (
                whole, f"分行业（第{lines}行）已覆盖全部，合计{total:.6g} {whole.unit}，与总量{whole.value:.6g}不符",
                f"Its sectors (lines {en_lines}) cover all of it but add up to {total:.6g} {whole.unit}, not {whole.value:.6g}",
            )  # fmt: skip
    for f in found:
        if positions(f.sector) is None and (lies := parent(f.sector)) is not None:
            held_by = next((w for w, s in sets if s == lies), None)
            if held_by is not None and f.value > held_by.value * (1 + _CLOSE):
                yield (
                    f,
                    f"超过所属行业（第{held_by.line}行）",
                    f"It exceeds the sector it lies in (line {held_by.line})",
                )


def _generation(balance: dict[tuple[str, str], Figure]) -> Found:
    by_source = {s: f for (item, s), f in balance.items() if item == "generation"}
    total = by_source.pop("", None)
    thermal = by_source.get("thermal")
    inside = [by_source[s] for s in ("coal", "gas", "biomass") if s in by_source]
    if thermal is not None:
        if sum(f.value for f in inside) > thermal.value * (1 + _CLOSE):
            yield (
                thermal,
                "煤、气、生物质发电合计超过火电",
                "Coal, gas and biomass add up to more than thermal generation",
            )
        inside = [thermal]
    others = [f for s, f in by_source.items() if s not in ("thermal", "coal", "gas", "biomass")]
    parts = sum(f.value for f in (*inside, *others))
    if total is not None and parts > total.value * (1 + _CLOSE):
        yield (
            total, f"各电源合计{parts:.6g} TWh，超过总发电量{total.value:.6g}",
            f"The sources add up to {parts:.6g} TWh, above total generation of {total.value:.6g}",
        )  # fmt: skip


def _balance(balance: dict[tuple[str, str], Figure]) -> Found:
    use, made, net = (balance.get((item, "")) for item in ("electricity_use", "generation", "net_power_import"))
    if use is None or made is None or net is None:
        return
    supplied = made.value + net.value
    if abs(supplied - use.value) > _POWER_CLOSE * use.value:
        yield (
            use, f"用电量与发电量加净调入（{supplied:.6g} TWh）相差超过10%",
            f"Use and generation plus net import ({supplied:.6g} TWh) differ by more than 10 %",
        )  # fmt: skip


def growth_rates(figures: list[Figure]) -> dict[int, tuple[float, Figure]]:
    """Real growth by year, in %, from rates and from indices; a fixed-base index needs the year before it (or its base)."""
    indices = {(f.detail, f.year): f for f in figures if f.item == "gdp_real_index"}
    out: dict[int, tuple[float, Figure]] = {}
    for (base, year), f in indices.items():
        if base == "0":
            out[year] = (f.value - 100, f)
            continue
        before = indices.get((base, year - 1))
        level = before.value if before is not None else 100.0 if year - 1 == int(base) else None
        if level:
            out[year] = ((f.value / level - 1) * 100, f)
    for f in figures:
        if f.item == "gdp_growth_real":
            out[f.year] = (f.value, f)
    return out


def _growth(figures: list[Figure]) -> Found:
    by_province: dict[str, list[Figure]] = defaultdict(list)
    for f in figures:
        if f.item in ("gdp_growth_real", "gdp_real_index"):
            by_province[f.province].append(f)
    for found in by_province.values():
        index = growth_rates([f for f in found if f.item == "gdp_real_index"])
        for f in found:
            if f.item == "gdp_real_index" and f.value <= 0:
                yield f, "指数须大于0", "An index is above 0"
            if f.item == "gdp_growth_real" and f.year in index and abs(index[f.year][0] - f.value) > _GROWTH_CLOSE:
                yield (
                    f, f"与第{index[f.year][1].line}行的指数（{index[f.year][0]:.3g}%）矛盾",
                    f"It contradicts the index of line {index[f.year][1].line} ({index[f.year][0]:.3g} %)",
                )  # fmt: skip
        for year, (rate, f) in index.items():
            if not -20 <= rate <= 25:
                yield (
                    f,
                    f"{year}年由指数得出的增速{rate:.4g}%超出−20至25",
                    f"Its growth of {rate:.4g} % in {year} is outside -20 to 25",
                )


__all__ = ["EVERYTHING", "HOUSEHOLDS", "contradictions", "growth_rates", "parent", "positions"]
