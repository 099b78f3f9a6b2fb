"""What must be refused before any tool is asked: an unknown thing or place, for which no default may stand in."""

from __future__ import annotations

from assistant.planner.cues import CONTEXT, own_spans
from assistant.planner.followup import continues
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.lanes import lanes
from assistant.planner.memory import Before
from assistant.planner.mentions import nearest_provinces
from assistant.planner.missing import unread_thing
from assistant.planner.plan import Plan
from assistant.planner.reader import Reading
from assistant.planner.smalltalk import OUTSIDE, not_covered, not_held, unheld
from assistant.planner.strangers import abroad
from data.text import Text

WORDS = frozenset({"targets", "policy_search", "about"})  # tools that read the question's own words
# Tools whose defaults fill what is not said.
_FROM_DATA = frozenset({"figures", "roadmap", "footprint", "power_account"})


def strange(reading: Reading) -> Plan:
    """Words of another subject: a place abroad, or a thing beside a place or a year, is quoted; else none of it is ours."""
    land = abroad(reading.masked)
    if land and not reading.places:
        return not_covered(land)
    missing = reading.cue("not_held")
    if missing:
        return not_held(missing)
    placed = reading.places or reading.years.named or reading.has("which_place", "by_place")
    thing = unread_thing(reading) if placed else None
    return unheld(thing) if thing else OUTSIDE


def veto(reading: Reading, before: Before, order: list[tuple[str, float]]) -> Plan | None:
    """A refusal where the thing or the place asked for is none of ours: no default may stand in for it."""
    if not _concerned(reading, order):
        return None
    doubtful = _doubtful(reading)
    if doubtful is not None:
        return doubtful
    land = abroad(reading.masked)
    if land and not reading.places:
        return not_covered(land)
    best, score = order[0] if order else ("figures", 0.0)
    if best == "roadmap":
        return None
    missing = reading.cue("not_held")
    if missing:
        return not_held(missing)
    follows = continues(reading, before)
    said = reading.places or reading.years.named or _firm(reading) - {"leans"} or own_spans(before.tool, reading.text)
    if said and follows:
        return None
    own = own_spans(best, reading.text) if order else []
    sure = not follows and best != "figures" and score >= _SURE
    thing = unread_thing(reading, [*own, *((a.start, a.end) for a in reading.percents)], best if sure else None)
    return unheld(thing) if thing else None


def _doubtful(reading: Reading) -> Plan | None:
    """The question back where a word beside a province may be a slip of several: it is not dropped, nor one of them taken."""
    for gap in reading.gaps if reading.places else ():
        near = nearest_provinces(gap.word)
        if len(near) > 1:
            names = [p.name for p in near]
            said = Text("、".join(n.zh for n in names), ", ".join(n.en for n in names))
            return Plan(
                reply=Text(
                    f"“{gap.word}”可能是{said.zh}，请写明是哪一个，再问一次。",
                    f"'{gap.word}' may be one of {said.en}: say which, and ask again.",
                )
            )
    return None


_SURE = 9.0  # a score from which a question is for a tool whatever words of it were not read


def _firm(reading: Reading) -> frozenset[str]:
    """The cues that say something whichever tool is asked."""
    return frozenset(name for name in reading.cues if not name.endswith(CONTEXT))


def _concerned(reading: Reading, order: list[tuple[str, float]]) -> bool:
    """Whether a figure is asked for: of the tools with defaults, or of years past in words that sound like policy."""
    best = order[0][0] if order else "figures"
    if best in WORDS and not reading.has("target_words", "policy_words", "about") and not reading.documents:
        return _past(reading)
    return best in _FROM_DATA or any(lane.tool == best and lane.from_data for lane in lanes())


def _past(reading: Reading) -> bool:
    """Whether every year named is over: a figure is asked for, no aim."""
    return bool(reading.years.all) and max(reading.years.all) < FIRST_PROJECTED
