"""A province in the 3B frame: Guangdong profile, 内蒙古碳排放画像报告; the baseline of one of its sectors: 河北钢铁行业基线."""

from __future__ import annotations

from assistant.planner.lanes import Lane
from assistant.planner.plan import Call
from assistant.planner.reader import Reading

_MOST = 3
_FRAME = "oxon8-3b"
_DEFINED = r"是什么|什么是|什么意思|含义|定义|what (?:is|does|are) (?:a |the )?(?:3B|baseline)"


def _vote(reading: Reading) -> float:
    """Only where provinces are asked about as a whole, or one sector's baseline; a measure or a document named means that."""
    if _of_sector(reading):
        return 16.0
    named = set(reading.documents) - {_FRAME}  # 3B is the name of a document too
    if not reading.has("portrait") or named or reading.sectors or reading.fuels or reading.cities:
        return 0.0
    if reading.years.single:  # a profile stands in the latest year; one of another year is put together from figures
        return 0.0
    if reading.has("target_words", "roadmap", "trend", "rank", "share") or any(
        a.measure != "co2" for a in reading.measures
    ):
        return 0.0
    if not any(p.kind == "province" for p in reading.places) and not reading.stranger:
        return 0.0
    return 0.0 if reading.find(_DEFINED) and not reading.places else 6.75


def _of_sector(reading: Reading) -> bool:
    """Whether the baseline of a sector in a province is asked for."""
    return (
        reading.has("sector_baseline")
        and any(s.kind != "total" for s in reading.sectors)
        and any(p.kind == "province" for p in reading.places)
        and not reading.documents
    )


def _compile(reading: Reading) -> list[Call]:
    if _of_sector(reading):
        places = [p.name.en for p in reading.places if p.kind == "province"]
        sectors = [s for s in reading.sectors if s.kind != "total"]
        return [Call("profile", {"place": p, "sector": reading.called(s)}) for p in places for s in sectors][:_MOST]
    own = [p.name.en for p in reading.places if p.kind == "province"][:_MOST]
    return [Call("profile", {"place": name}) for name in own or [reading.stranger or ""]]


LANE = Lane("profile", _vote, _compile, from_data=True)
