"""What a change does to the dates: the verdict on a net-zero year under it, the peak and the first year of net zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text, joined
from tools.result import Account, Basis
from tools.roadmap.changed import changed, combines
from tools.roadmap.lead import Said
from tools.roadmap.names import COMMON, LAST, LEVERS, VARIED, at, scenario_name
from tools.roadmap.overrides import described
from tools.roadmap.story import NEAR_ZERO

if TYPE_CHECKING:
    from tools.roadmap.backcast import Backcast
    from tools.roadmap.book import Book
    from tools.roadmap.model import Path
    from tools.roadmap.overrides import Override
    from tools.roadmap.story import Story
    from tools.roadmap.vary import Varied


def goal_lead(book: Book, story: Story, varied: Varied, overrides: tuple[Override, ...]) -> Path | None:
    """Whether net zero in the year asked for can be reached under the changes; the backcast's path, where one was made."""
    year, where = story.target_year, book.scope.name
    said, name = joined([described(o) for o in overrides]), scenario_name(varied.path.scenario.removesuffix(VARIED))
    net = book.emission(Account.NET, varied.path, year)
    plain = _plain(book, story, year)
    if float(varied.path.net[at(year), story.scope.index]) <= NEAR_ZERO:
        book.draft.lead(
            f"结论：可以。若{said.zh}，{where.zh}{year}年{name.zh}情景净排放为{{0}}，中心情形已达净零；{plain.zh.replace('{0}', '{1}')}。",
            f"Verdict: yes. With {said.en}, {where.en}'s net emissions in {year} are {{0}} in the {name.en} scenario: net zero is met in "
            f"the central run; {plain.en.replace('{0}', '{1}')}.",
            net, *plain.facts,
        )  # fmt: skip
        return None
    if not combines(overrides):
        book.draft.lead(
            f"“{said.zh}”与“{year}年净零”没有合并计算：反演自行安排各项措施的进度，无法同时把它们整体推迟或打折。分别看：若{said.zh}，{where.zh}"
            f"{year}年{name.zh}情景净排放为{{0}}，未达净零；{plain.zh.replace('{0}', '{1}')}。",
            f"'{said.en}' and net zero in {year} were not combined: a backcast sets the pace of all measures itself, so they cannot be "
            f"moved or cut together as well. Apart: with {said.en}, {where.en}'s net emissions in {year} are {{0}} in the {name.en} "
            f"scenario, not net zero; {plain.en.replace('{0}', '{1}')}.",
            net, *plain.facts,
        )  # fmt: skip
        return None
    found = changed(story.engine, story.scope.index, overrides).backcast(year, story.scope.index)
    _backcast_lead(book, varied, said, name, found, net, plain)
    return found.path


def _plain(book: Book, story: Story, year: int) -> Said:
    """The same year without the changes; hole 0."""
    if story.backcast is None:
        fact = book.emission(Account.NET, story.lead, year)
        return Said(
            "不作此改变时该情景净排放为{0}，也已达净零",
            "without the change that scenario has {0}, net zero as well",
            (fact,),
        )
    fact = book.emission(Account.NET, story.backcast.path, year)
    if story.backcast.gap:
        return Said(
            "不作此改变时反演也达不到，仍余{0}",
            "without the change the backcast does not reach it either, {0} is left",
            (fact,),
        )
    fact = book.emission(Account.NET, story.dual, year)
    return Said(
        "不作此改变时双碳情景净排放为{0}，反演可达净零",
        "without the change the dual-carbon scenario has {0} and the backcast reaches net zero", (fact,),
    )  # fmt: skip


def _backcast_lead(book: Book, varied: Varied, said: Text, name: Text, found: Backcast, net: int, plain: Said) -> None:
    year, where = found.year, book.scope.name
    gross, removed = (book.emission(a, found.path, year) for a in (Account.GROSS, Account.REMOVALS))
    if found.gap:
        left = book.emission(Account.NET, found.path, year)
        book.draft.lead(
            f"结论：不能。若{said.zh}，按所设措施上限的反演，{where.zh}{year}年仍有净排放{{0}}（总排放{{1}}减去移除{{2}}），达不到净零；"
            f"{name.zh}情景为{{3}}；{plain.zh.replace('{0}', '{4}')}。",
            f"Verdict: no. With {said.en}, the backcast at the assumed limits of the measures leaves {where.en} net emissions of {{0}} in "
            f"{year} (gross {{1}} less removals of {{2}}), not net zero; the {name.en} scenario has {{3}}; {plain.en.replace('{0}', '{4}')}.",
            left, gross, removed, net, *plain.facts,
        )  # fmt: skip
        return
    keys = _more(found, varied.path)
    words = joined([LEVERS[k] for k in keys]) if keys else Text("工程移除", "engineered removals")
    book.draft.lead(
        f"结论：可以，但须超出{name.zh}情景。若{said.zh}，该情景下{where.zh}{year}年净排放尚有{{0}}；反演可达净零：总排放{{1}}、移除{{2}}，"
        f"主要靠{words.zh}提前加深；{plain.zh.replace('{0}', '{3}')}。",
        f"Verdict: yes, but only beyond the {name.en} scenario. With {said.en}, that scenario leaves {where.en} net emissions of {{0}} in "
        f"{year}; the backcast reaches net zero with gross emissions of {{1}} and removals of {{2}}, mainly by earlier and deeper "
        f"{words.en}; {plain.en.replace('{0}', '{3}')}.",
        net, gross, removed, *plain.facts,
    )  # fmt: skip


def _more(found: Backcast, scenario: Path) -> list[str]:
    """The measures that the backcast deploys most beyond the changed scenario in its year, two at most."""
    r, t = found.region, at(found.year)
    more = found.path.deployment[:, r, t] - scenario.deployment[:, r, t]
    keys = list(LEVERS)
    return [keys[k] for k in more.argsort()[::-1][:2] if more[k] > 0.01]


def dates_lead(book: Book, story: Story, base: Path, varied: Varied, *, window: bool = False) -> None:
    """The central run's peak year and the first year of net zero, with and without the changes; ``window``: a peak that stays is
    told with its window, which takes the scenario's ensemble."""
    zh, en = [], []
    facts: list[int] = []
    if story.peak(base) == story.peak(varied.path):  # one year alone would say too much: the peak is a window
        zh.append("达峰年份不变")
        en.append("the peak year stays")
        if window:
            center = story.peak(base)
            first, last = story.engine.band(base.scenario).window(story.scope.indices)
            ends = (
                (min(first, center), "窗口首年", "window, first"),
                (max(last, center), "窗口末年", "window, last"),
                (center, "年份", "year"),
            )
            facts = [_year(book, base, y, f"达峰{zh_}", f"peak {en_}") for y, zh_, en_ in ends]
            zh[-1] += "（窗口{0}年至{1}年，中心{2}年）"
            en[-1] += " (window {0} to {1}, central {2})"
    else:
        facts = [_year(book, p, story.peak(p), "达峰年份", "peak year") for p in (base, varied.path)]
        zh.append("达峰年份由{0}年变为{1}年")
        en.append("the peak is in {1} instead of {0}")
    name, zeros = scenario_name(base.scenario), [story.zero_year(p) for p in (base, varied.path)]
    whose = (Text("不改变时", "without the change"), Text("改变后", "with it"))
    for zero, path, word in zip(zeros, (base, varied.path), whose, strict=True) if any(zeros) else ():
        if zero is None:
            zh.append(f"{word.zh}到{LAST}年未达净零")
            en.append(f"{word.en} net zero is not met by {LAST}")
            continue
        facts.append(_year(book, path, zero, "首个净零年份", "first year of net zero"))
        zh.append(f"{word.zh}{{{len(facts) - 1}}}年起净零")
        en.append(f"{word.en} net zero is met from {{{len(facts) - 1}}}")
    if not any(zeros):
        zh.append(f"改变前后到{LAST}年都未达净零")
        en.append(f"net zero is not met by {LAST} with or without the change")
    book.draft.lead(
        f"{name.zh}情景的中心情形：{'，'.join(zh)}（取决于假设）。",
        f"Central run of the {name.en} scenario: {', '.join(en)} (hangs on assumptions).", *facts,
    )  # fmt: skip


def _year(book: Book, path: Path, year: int, zh: str, en: str) -> int:
    """A year as a figure: the central run's, of this path."""
    name = scenario_name(path.scenario)
    basis = Basis.PROJECTED if year > COMMON else Basis.ESTIMATED
    return book.figure(f"{zh}（{name.zh}，中心情形）", f"{en} ({name.en}, central run)", float(year), "year", year=year, path=path,
                       account=Account.GROSS, basis=basis)  # fmt: skip


__all__ = ["dates_lead", "goal_lead"]
