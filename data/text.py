"""A human string in both languages. Faces choose one; nothing below a face does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One string said twice: ``zh`` in Simplified Chinese, ``en`` in English. Neither may be blank."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"a Text needs both languages, got zh={self.zh!r}, en={self.en!r}")

    def to(self, language: Language) -> str:
        """The string in one language."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """Both strings with ``{name}`` filled in; a value that is a Text gives each language its own."""

        def one(template: str, language: Language) -> str:
            spoken = {k: v.to(language) if isinstance(v, Text) else v for k, v in values.items()}
            return template.format(**spoken)

        return Text(one(self.zh, "zh"), one(self.en, "en"))


def same(word: str) -> Text:
    """A word that is the same in both languages (a code, a symbol, a number)."""
    return Text(word, word)


def joined(parts: list[Text] | tuple[Text, ...]) -> Text:
    """A list of names: 「、」 between in Chinese, commas in English. Raises ValueError on no parts."""
    return Text("、".join(p.zh for p in parts), ", ".join(p.en for p in parts))
