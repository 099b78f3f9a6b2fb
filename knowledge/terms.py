"""Questions after the meaning of a term: 什么是X, X和Y有什么区别, what does X mean. The terms are the clauses of the glossary document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.corpus import Clause, Corpus
from knowledge.glossary import normalise

GLOSSARY = "tanlu-glossary"
_X = r"(?P<x>.{1,60}?)"
_PAIR = r"(?P<pair>.{3,80}?)"
_END = r"\s*[?？。!！]*$"
_ASKS_ZH = r"(?:请问|请教|请|想问(?:一下)?|能否|可以|麻烦)*\s*(?:给我|帮我|为我)?\s*"
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # two terms told apart come first: they hold the words of the plain frames as well
        rf"^{_ASKS_ZH}(?:说明|解释|比较)?(?:一下)?{_PAIR}(?:之间)?(?:到底)?(?:有什么|有何|有哪些|的|是什么|有)?"
        rf"(?:区别|不同|差别|差异|分别|异同)(?:是什么|在哪里?|吗|呢)?{_END}",
        rf"^(?:what(?: is|'s) the |explain the )?difference between {_X} and (?P<y>.{{1,40}}?){_END}",
        rf"^how (?:is|are|does|do) {_X} (?:different|differs?) from (?P<y>.{{1,40}}?){_END}",
        rf"^{_X}\s+(?:vs\.?|versus)\s+(?P<y>.{{1,40}}?){_END}",
        rf"^{_ASKS_ZH}(?:什么(?:是|叫做?)|何谓|何为|啥(?:是|叫))(?:所谓的?)?{_X}(?:呢|啊|呀)?{_END}",
        rf"^{_ASKS_ZH}(?:解释|介绍|说明|说说|讲讲|谈谈)(?:一下|下)?{_X}(?:这个)?(?:的)?(?:概念|术语|一词|含义|定义|意思|是什么(?:意思)?)?{_END}",
        rf"^{_ASKS_ZH}(?:所谓)?{_X}(?:这个词|一词|到底|究竟|具体|又)*(?:是什么(?:意思|概念|东西)?|是啥(?:意思)?|是指什么|指的?是?什么|"
        rf"什么意思|啥意思|的?(?:定义|含义|概念|意思)(?:是什么|是啥|呢)?|(?:怎么|如何)(?:理解|定义)|什么(?:概念|定义|含义))(?:呢|啊|呀)?{_END}",
        rf"^(?:please )?(?:can you |could you )?(?:tell me )?what(?: is| are|'s| was)(?: meant by)? "
        rf"(?:the (?:meaning|definition) of |the term )?{_X}(?: mean)?{_END}",
        rf"^(?:please )?(?:define|explain)(?: the term| what)? {_X}(?: is| are| means?)?{_END}",
        rf"^what (?:does|do) (?:the term )?{_X} (?:mean|stand for|refer to){_END}",
        rf"^(?:the )?(?:definition|meaning) of {_X}{_END}",
    )
)
_EDGES = re.compile(r"^[\s“”\"'‘’《》「」]+|[\s“”\"'‘’《》「」]+$")
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:、|和|与|及|以及|,|\band\b)\s*")


_JOINS = re.compile(r"和|与|跟|同|及|、")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question after a meaning names: the clauses of terms that are known, and the words that are not."""

    known: tuple[Clause, ...]
    unknown: tuple[str, ...]
    named: int  # how many terms were named, known or not


class Terms:
    """The terms of a corpus' glossary by their names in both languages."""

    def __init__(self, corpus: Corpus) -> None:
        self._by_name: dict[str, Clause] = {}
        document = corpus.documents.get(GLOSSARY)
        for clause in document.clauses if document else ():
            for name in (clause.id, clause.title.zh, clause.title.en, *clause.names):
                for form in _forms(name):
                    self._by_name.setdefault(form, clause)

    def one(self, name: str) -> Clause | None:
        """The term of a name, whatever its quotes, article or plural; None where there is none."""
        return next((self._by_name[form] for form in _forms(name) if form in self._by_name), None)

    def asked(self, question: str) -> Meaning | None:
        """What a question after a meaning names; None for a question that asks no meaning."""
        text = " ".join(question.split())
        for frame in _FRAMES:
            found = frame.match(text)
            if not found:
                continue
            groups = found.groupdict()
            parts = self._joined(groups["pair"]) if "pair" in groups else [p for p in groups.values() if p]
            if len(parts) != 1 and not all(self.one(p) for p in parts[:2]):
                continue  # "A和B的区别" of other things
            whole = [p for part in parts for p in self._split(part)]
            known = list(dict.fromkeys(c for p in whole if (c := self.one(p)) is not None))
            unknown = tuple(_bare(p) for p in whole if self.one(p) is None)
            return Meaning((*self._together(known), *known), unknown, len(whole))
        return None

    def _joined(self, text: str) -> list[str]:
        """The terms that joining words stand between; the words before and after the first one where they are not known."""
        listed = self._split(text)
        if len(listed) > 1:
            return listed
        cuts = [
            (text[: m.start()], text[m.end() :]) for m in _JOINS.finditer(text) if text[: m.start()] and text[m.end() :]
        ]
        return list(next((c for c in cuts if self.one(c[0]) and self.one(c[1])), cuts[0] if cuts else ("", "")))

    def _together(self, known: list[Clause]) -> list[Clause]:
        """The term that tells two others apart (碳中和与净零), where both are asked for."""
        ids = {c.id for c in known}
        both = [c for c in self._by_name.values() if c.id not in ids and "与" in c.id and len(known) > 1]
        named = ([self.one(p) for p in c.id.split("与")] for c in both)
        return list(
            dict.fromkeys(c for c, parts in zip(both, named, strict=True) if all(p and p.id in ids for p in parts))
        )

    def _split(self, part: str) -> list[str]:
        """A part, or the terms listed in it where all of them are known."""
        listed = [p for p in _SPLIT.split(part) if p.strip()]
        return listed if self.one(part) is None and len(listed) > 1 and all(self.one(p) for p in listed) else [part]

    def nearest(self, name: str, limit: int = 3) -> list[Clause]:
        """The terms whose names are most like one that is not known; none where none is near."""
        from rapidfuzz import fuzz, process

        found = process.extract(
            normalise(_bare(name)), list(self._by_name), scorer=fuzz.ratio, limit=12, score_cutoff=_NEAR
        )
        return list(dict.fromkeys(self._by_name[form] for form, _, _ in found))[:limit]


_NEAR = 55.0


def _bare(name: str) -> str:
    return _ARTICLE.sub("", _EDGES.sub("", name))


def _forms(name: str) -> tuple[str, ...]:
    """The ways a name is looked up by: as it stands, without brackets, without quotes, in the singular."""
    plain = normalise(re.sub(r"[“”\"‘’《》]", "", _bare(name)))
    forms = [plain, normalise(re.sub(r"[(（].*?[)）]", "", plain))]
    forms += [f[:-1] for f in forms if f.isascii() and f.endswith("s") and len(f) > 4]
    return tuple(dict.fromkeys(f for f in forms if f))
