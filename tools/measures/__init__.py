"""Measures: what the tables hold, declared. ``MEASURES`` is the list; names and phrases find their way to it here."""

from __future__ import annotations

from tools.measures.declare import Dimension, Measure, Note, Part, Per, Ratio, Variant
from tools.measures.register import (
    DENOMINATORS,
    MEASURES,
    PER_WORDS,
    Asked,
    Register,
    find_measure,
    find_part,
    find_variant,
    phrases,
)

__all__ = [
    "DENOMINATORS", "MEASURES", "PER_WORDS", "Asked", "Dimension", "Measure", "Note", "Part", "Per", "Ratio",
    "Register", "Variant", "find_measure", "find_part", "find_variant", "phrases",
]  # fmt: skip
