"""Questions after the meaning of a term (什么是碳锁定, what does CCER mean): the glossary answers, or says that it has no such term."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assistant.planner.compile_rest import compile_about
from assistant.planner.intent.model import REFUSE
from assistant.planner.plan import Call, Plan
from assistant.planner.reader import Reading
from data.text import Text

if TYPE_CHECKING:
    from knowledge.terms import Terms

# Tools that would otherwise answer what they have no word for: with what the data cover, or not at all.
_AT_A_LOSS = frozenset({"about", REFUSE, ""})

_OURS = frozenset({"scope1", "intensity"})  # what "about" says of these words is how the data here count them


@cache
def _terms() -> Terms:
    from knowledge.corpus import shipped_corpus
    from knowledge.terms import Terms

    return Terms(shipped_corpus())


def defined(reading: Reading) -> Plan | None:
    """The call that explains a term of the glossary; None where no known term's meaning is asked for, and nothing else."""
    meaning = _terms().asked(reading.text) if reading.sent is None else None
    if meaning is None or not meaning.known or meaning.unknown or (meaning.named == 1 and _topic(reading) in _OURS):
        return None
    return Plan(calls=(Call("policy_search", {"question": reading.text}),))


def undefined(reading: Reading, best: str) -> Plan | None:
    """The refusal of a term that nobody here knows, with the near ones; None where some tool has an answer of its own."""
    meaning = _terms().asked(reading.text) if reading.sent is None else None
    if meaning is None or not meaning.unknown or best not in _AT_A_LOSS or _of_ours(reading):
        return None
    word = meaning.unknown[0]
    near = _terms().nearest(word)
    said = Text(
        f"术语表里没有“{word}”，我不作解释，以免与正式定义不符。",
        f"The glossary has no term '{word}', and I do not explain it, lest it differ from the proper definition.",
    )
    if not near:
        return Plan(reply=said, status="refused", reason=said)
    names = Text("、".join(c.title.zh for c in near), ", ".join(c.title.en for c in near))
    asked = Text(f"{said.zh}相近的术语有：{names.zh}。", f"{said.en} The nearest terms are: {names.en}.")
    return Plan(reply=asked, status="clarify", reason=said)


def _of_ours(reading: Reading) -> bool:
    """Whether the question names something of the data or of the documents, or asks how the data are made."""
    named = (
        reading.places or reading.sectors or reading.fuels or reading.measures or reading.documents or reading.concepts
    )
    return bool(named or reading.years.named or _topic(reading))


def _topic(reading: Reading) -> str | None:
    """What the tool ``about`` has to say on the very word (范围一, 碳强度): how our data count it; None where nothing."""
    topic = compile_about(reading)[0].args.get("topic")
    return str(topic) if topic not in (None, "coverage") else None
