"""Documents by their names in a text: id, title, number and other names, the longest first."""

from __future__ import annotations

from data.errors import UnknownName
from data.text import Text
from knowledge.corpus import Corpus
from knowledge.glossary import normalise


class Names:
    """The names of a corpus' documents."""

    def __init__(self, corpus: Corpus) -> None:
        pairs = {
            (normalise(name), d.id): None
            for d in corpus.documents.values()
            for name in (d.id, d.title.zh, d.title.en, *([d.number] if d.number else []), *d.aliases)
        }
        self._pairs = sorted(pairs, key=lambda p: -len(p[0]))  # (normalised name, document id)

    def one(self, name: str) -> str:
        """The id of the document that a name stands for. Raises UnknownName with the nearest ids."""
        wanted = normalise(name)
        named = [i for n, i in self._pairs if n == wanted] or self.split(name)[0]
        if named:
            return named[0]
        raise UnknownName(
            "unknown_document",
            Text(
                f"知识库中没有文件“{name}”；可用 `tanlu knowledge list` 查看收录的文件。",
                f"There is no document '{name}' in the knowledge base; `tanlu knowledge list` shows what there is.",
            ),
            self._nearest(wanted),
        )

    def _nearest(self, wanted: str) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process

        found = process.extract(wanted, [n for n, _ in self._pairs], scorer=fuzz.WRatio, limit=8, score_cutoff=45)
        ids = dict.fromkeys(self._pairs[i][1] for _, _, i in found)
        return tuple(ids)[:3]

    def split(self, text: str) -> tuple[list[str], str]:
        """Ids of the documents a text names, and the normalised text with those names blanked out.

        The longest names go first; a name within a longer one does not count.
        """
        rest = normalise(text)
        out: list[str] = []
        last = ""
        for name, document in self._pairs:
            at = _position(rest, name)
            if at is None and name != last:
                continue
            if at is not None:
                rest = rest[:at] + " " * len(name) + rest[at + len(name) :]
                last = name  # a name that several documents bear names them all
            if document not in out:
                out.append(document)
        return out, rest


def _position(text: str, name: str) -> int | None:
    """Where ``name`` stands in ``text``, not within a longer Latin word; None where it does not."""
    start = text.find(name)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(name) : start + len(name) + 1]
        inside = (before.isascii() and before.isalnum() and name[0].isascii() and name[0].isalnum()) or (
            after.isascii() and after.isalnum() and name[-1].isascii() and name[-1].isalnum()
        )
        if not inside:
            return start
        start = text.find(name, start + 1)
    return None
