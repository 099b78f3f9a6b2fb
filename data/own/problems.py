"""What is wrong with a file, cell by cell: every problem is collected and told with its line and column."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from data.errors import BadRequest
from data.text import Text

MOST_TOLD = 200
_LONGEST = 40
_MARKS = str.maketrans("|<>[]`&", "/‹›()'+")
_FORMULA = re.compile(r"[=@+\-\t]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``line`` counts from 1 with the header; None where it concerns the file as a whole."""

    text: Text
    line: int | None = None
    column: str | None = None
    value: str = ""
    nearest: tuple[str, ...] = ()

    @property
    def told(self) -> Text:
        """The problem with where it stands."""
        if self.line is None:
            return self.text
        where = Text(f"第{self.line}行", f"line {self.line}")
        if self.column is not None:
            where = Text(f"{where.zh}“{self.column}”列", f"{where.en}, column '{self.column}'")
        return Text(f"{where.zh}：{self.text.zh}", f"{where.en}: {self.text.en}")


class BadFile(BadRequest):
    """A file that is not taken; ``problems`` holds all of them. Nothing was stored."""

    kind = "bad_file"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first, more = problems[0].told, len(problems) - 1
        zh = f"文件未采用，没有保存任何内容：{first.zh}" + (f"（另有{more}处问题）" if more else "")
        en = f"The file was not taken and nothing was stored: {first.en}" + (f" (and {more} more)" if more else "")
        super().__init__("bad_own_file", Text(zh, en), problems[0].nearest)
        self.problems = problems


def harmless(cell: str, longest: int = _LONGEST) -> str:
    """A cell as it may be shown: no control characters, no marks of HTML or of an answer's tables, no live formula."""
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in unicodedata.normalize("NFKC", cell))
    plain = re.sub(r"\s+", " ", plain).strip()
    plain = plain.translate(_MARKS)
    if len(plain) > longest:
        plain = plain[: longest - 1] + "…"
    return f"'{plain}" if _FORMULA.match(plain) and not re.fullmatch(r"[+-]?[\d.,]+%?", plain) else plain
