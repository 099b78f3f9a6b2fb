"""Progress on targets: 广东做到了吗, is Guangdong on course for its 2030 wind and solar target."""

from __future__ import annotations

from assistant.planner.lanes import Lane
from assistant.planner.plan import Call
from assistant.planner.reader import Reading


def _vote(reading: Reading) -> float:
    if not reading.has("track_judged"):
        return 0.0
    aimed = reading.has("target_words", "policy_words") or reading.documents or reading.years.plan is not None
    if aimed:
        return 16.0
    # 广东做到了吗 after targets; by itself it asks for the place's targets
    named = reading.measures or reading.sectors or reading.fuels
    return 3.0 if not named and not reading.gaps and len(reading.text) <= _SHORT else 0.0


_MOST = 3  # provinces told one after the other
_SHORT = 40  # characters of a question that only asks whether it was done


def _compile(reading: Reading) -> list[Call]:
    """One call, or one for each province where several are named."""
    places = [p.name.en for p in reading.places if p.kind == "province"]
    if len(places) > 1:
        return [Call("track", {"topic": reading.text, "place": name}) for name in places[:_MOST]]
    return [Call("track", {"topic": reading.text})]


LANE = Lane("track", _vote, _compile, whole=True)
