"""Limits on a user's file, promises a reader can look up (docs/knowledge.md)."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take. ``bytes`` is checked before a byte of it is read."""

    bytes: int = 50 * MB
    pages: int = 600
    characters: int = 4_000_000
    unpacked: int = 200 * MB  # of a Word file
    ratio: int = 200  # unpacked to packed, of a Word file
    parts: int = 5_000  # files inside a Word file
    memory: int = 1_500 * MB  # address space of the reading process
    seconds: int = 120  # of processor time; half as much again on the clock
    documents: int = 500  # of one owner
    passages: int = 20_000  # of all documents together


LIMITS = Limits()
