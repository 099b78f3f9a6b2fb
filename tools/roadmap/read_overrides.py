"""What-ifs as an asker or a bot gives them: a sentence, a list of sentences, or objects, checked one by one and together."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError

from data.errors import TanluError
from tools.declare import Carried
from tools.roadmap.condition_problems import unknown
from tools.roadmap.conditions import conditions
from tools.roadmap.overrides import Override, check_together


def read_overrides(text: str) -> tuple[Override, ...]:
    """The changes a sentence names, e.g. "without CCUS", "增速低1个百分点", "2035年非化石占比45%"; may be none.

    Raises BadRequest for a value out of range, for a lever the model has not and for a condition that was not read: half of
    what was asked is no answer.
    """
    found = conditions(text)
    if found.problems:
        raise found.problems[0]
    if not found.changes and found.weak:
        raise found.weak[0]
    return tuple(checked(f) for f in found.changes)


def checked(fields: dict[str, Any]) -> Override:
    """One change. Raises the BadRequest that its validator carries."""
    try:
        return Override.model_validate(fields)
    except ValidationError as error:
        carried = [e for e in error.errors() if isinstance(e.get("ctx", {}).get("error"), Carried)]
        if not carried:
            raise
        raise carried[0]["ctx"]["error"].error from error


def read_several(value: object) -> tuple[Override, ...]:
    """Overrides as objects, or as text (one sentence or several) that names them, checked against one another.

    Raises Carried (of BadRequest) for what cannot be read, is out of range or contradicts itself.
    """
    found = tuple(o if isinstance(o, Override) else Override.model_validate(o) for o in _several(value))
    try:
        check_together(found)
    except TanluError as error:
        raise Carried(error) from error
    return found


def _several(value: object) -> tuple[object, ...]:
    """What ``read_several`` reads, sentences as overrides, objects as they came."""
    if value is None:
        return ()
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    out: list[object] = []
    for item in items:
        if not isinstance(item, str):
            out.append(item)
            continue
        try:
            read = read_overrides(item)
        except TanluError as error:
            raise Carried(error) from error
        if not read:
            raise Carried(unknown(item))
        out += read
    return tuple(out)


Overrides = Annotated[tuple[Override, ...], BeforeValidator(read_several)]
