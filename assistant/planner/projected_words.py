"""What the compilers of scenario years share: spans, words of other subjects, the tools that a question may resemble."""

from __future__ import annotations

from assistant.planner.reader import Reading

AIMS = ("target_words", "policy_words")
CHAINS = ("chain", "footprint", "linkages", "embodied_trade", "benchmark", "contraction")
OTHER = (*CHAINS, "ours")
FROM = frozenset(
    {"figures", "roadmap", "contraction", "power_account", "targets", "milestones", "track", "sensitivity"}
)
FIRST, LAST = 2026, 2060
PLAN_YEARS = 5
PLACES, YEARS, SECTORS = 3, 6, 3


def named_when(reading: Reading) -> bool:
    """Whether the year in which something happens is asked for: that is the milestones'."""
    return bool(reading.find(r"何时|什么时候|哪(?:一)?年|几几年|\bwhen\b|(?:which|what) year"))


def elsewhere(reading: Reading) -> bool:
    """Whether words of another subject stand by: chains, footprints, a rate or a ratio that is another tool's."""
    return bool(
        reading.has(*OTHER) or reading.percents or reading.per or any(a.per != "none" for a in reading.measures)
    )
