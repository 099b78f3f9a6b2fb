"""Names as they are written: width, case and blanks folded away, Traditional characters as Simplified."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache


def folded(name: str) -> str:
    """A name without what writing varies: width, case, blanks, hyphens, dots, underscores, apostrophes."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", "and")
    return re.sub(r"[\s\-‐-―_.,'’`、·()]+", "", text)


def has_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return any("一" <= c <= "鿿" for c in text)


def simplified(text: str) -> str:
    """Traditional characters as Simplified; text without Chinese comes back as it is."""
    if not has_chinese(text):
        return text
    return _converter()(text)


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
