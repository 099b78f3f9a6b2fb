"""The own evals as a gate: at least 95 in 100 pass, and no answer at all shows a figure the ledger does not bear out."""

from __future__ import annotations

from assistant.engine import Assistant
from assistant.settings import Settings
from tests.evals.cases import cases
from tests.evals.score import faults

SEED = 41  # another draw of places and years than `make eval`


async def test_questions_are_answered_with_the_datasets_own_figures() -> None:
    failed: dict[str, list[str]] = {}
    unsupported: dict[str, list[str]] = {}
    asked = cases(SEED)
    async with Assistant(Settings()) as assistant:
        for case in asked:
            conversation = None
            for turn in case.turns:
                answer = await assistant.answer(turn, conversation=conversation)
                conversation = answer.conversation
                if answer.audit.unsupported:
                    unsupported[turn] = [found.figure for found in answer.audit.unsupported]
            if wrong := faults(case, answer.model_dump(mode="json")):
                failed[" | ".join(case.turns)] = wrong
    assert unsupported == {}
    assert len(failed) <= 0.05 * len(asked), failed
