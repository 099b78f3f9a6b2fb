"""Units as outside files write them: money to 100 million yuan, carbon dioxide to Mt."""

from __future__ import annotations

from data.characters import folded

YUAN = "100M yuan"
# Spellings (folded: case, blanks, dots and hyphens do not count) -> factor to 100 million yuan.
_MONEY: dict[str, float] = {
    folded(name): factor
    for factor, names in (
        (1e-8, "yuan|CNY|RMB|元|人民币元"),
        (1e-4, "10k yuan|10,000 yuan|10 thousand yuan|ten thousand yuan|万元|wan yuan|10k CNY|10,000 RMB"),
        (1e-5, "thousand yuan|1000 yuan|k yuan|千元"),
        (1e-2, "million yuan|M yuan|Mill yuan|百万元|million CNY|million RMB|Mill CNY|M CNY"),
        (1.0, "100M yuan|100 million yuan|亿元|100M CNY|100 million RMB|100 million CNY"),
        (10.0, "billion yuan|bn yuan|十亿元|billion CNY|billion RMB"),
        (1e4, "trillion yuan|万亿元"),
    )
    for name in names.split("|")
}
_CO2: dict[str, float] = {
    folded(name): factor
    for factor, names in (
        (1e-9, "kg CO2|kg|千克|公斤"),
        (1e-6, "t CO2|t|tonne|tonnes|ton CO2|tonnes CO2|吨|吨二氧化碳"),
        (1e-3, "kt CO2|kt|Gg|Gg CO2|1000 t CO2|千吨|thousand tonnes"),
        (1e-2, "10k t CO2|10 kt CO2|10,000 t CO2|万吨|万吨二氧化碳"),
        (1.0, "Mt CO2|Mt|million tonnes|million tons|million tonnes CO2|Tg|Tg CO2|百万吨|百万吨二氧化碳"),
        (100.0, "亿吨|亿吨二氧化碳"),
        (1e3, "Gt CO2|Gt|Pg|十亿吨"),
    )
    for name in names.split("|")
}


def to_100m_yuan(unit: str) -> float | None:
    """The factor that turns money in ``unit`` into 100 million yuan; None where the unit is not one of yuan."""
    return _MONEY.get(folded(unit))


def to_mt(unit: str) -> float | None:
    """The factor that turns carbon dioxide in ``unit`` into Mt; None for an unknown unit."""
    return _CO2.get(folded(unit))


__all__ = ["YUAN", "to_100m_yuan", "to_mt"]
