"""The chat page of one visitor: it asks through the engine, shows the stream, and keeps nothing the server lacks."""

# Panel's classes carry no types.
# mypy: allow-untyped-calls

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import panel as pn
import panel_material_ui as pmui

from assistant.answer import Answer
from assistant.language import detect
from assistant.web import strings as say
from assistant.web.components import STYLES, Composer, EvidenceView, TopBar, TurnView, Welcome
from assistant.web.evidence import drawer
from assistant.web.look import THEME
from assistant.web.retell import retold
from assistant.web.told import Told
from assistant.web.turns import Engine, Turn, Turns
from data.errors import TanluError
from data.text import Language, Text

PLOTLY = "/assets/plotly.min.js"
# The theme is chosen before anything is painted, so that a dark page never flashes white.
TEMPLATE = """{% extends "base.html" %}
{% block preamble %}<script src="/assets/theme.js"></script>{{ super() }}{% endblock %}"""


class ChatPage:
    """The page's state for one visitor: language, conversation, turns, the turn being followed.

    What belongs to a turn (labels, charts, suggestions, evidence) is in the turn's own language until the reader changes the
    page's; from then on, and for the page's own words always, it is the page's.
    """

    def __init__(
        self,
        engine: Callable[[], Engine],
        turns: Turns,
        language: Language,
        conversation: str | None,
        foot: Callable[[], Text],
    ) -> None:
        self._engine = engine
        self._turns = turns
        self._foot, self._find_foot = say.SCENARIO_NOTE, foot
        self.language: Language = language
        self.conversation = conversation
        self._turn: Turn | None = None
        self._told: dict[TurnView, Told] = {}
        self._evidence: Answer | None = None
        self._drawer: Any = None
        self._build()

    # ------------------------------------------------------------ what stands on the page

    def _build(self) -> None:
        words = say.script_words(self.language)
        self._welcome = Welcome(
            words=words, opening=self.conversation is not None, stylesheets=["/assets/welcome.css"],
            sizing_mode="stretch_width", margin=0,
        )  # fmt: skip
        self._welcome.on_msg(self._heard)
        self._thread = pn.Column(
            self._welcome, sizing_mode="stretch_both", scroll="y-auto", margin=0, css_classes=["scroll"]
        )
        self._composer = Composer(words=words, sizing_mode="stretch_width", margin=0, stylesheets=STYLES)
        self._composer.on_msg(self._heard)
        self._bar = TopBar(words=words, stylesheets=STYLES, sizing_mode="stretch_width", margin=0)
        self._bar.on_msg(self._heard)
        self._say()

    def view(self) -> Any:
        """The page as Panel serves it."""
        self._body = pn.Column(self._thread, self._composer, sizing_mode="stretch_both", margin=0)
        page = pmui.Page(  # type: ignore[attr-defined]
            title=say.TITLE.to(self.language),
            stylesheets=["/assets/frame.css"],
            logo="/assets/logo.svg",
            favicon="/assets/logo.svg",
            header=[self._bar],
            main=[self._body],
            theme_toggle=False,
            busy_indicator=None,
            theme_config=THEME,
            css_files=["/assets/base.css"],
            template=TEMPLATE,
        )
        # A Page watches the server's busy state, and the server would so keep page and document alive for ever.
        page.param._update_ref("busy", False)
        return page

    def _say(self) -> None:
        """Put every word of the page's own into its language."""
        language = self.language
        words = say.script_words(language)
        self._composer.param.update(words=words, foot=self._foot.to(language))
        self._bar.words = words
        self._welcome.words = words
        if self._drawer is not None:
            self._drawer[0].words = words

    # ------------------------------------------------------------ what the reader does

    async def _heard(self, event: Any) -> None:
        data = event.data if isinstance(event.data, dict) else {}
        kind = data.get("type")
        if kind == "ask":
            await self._ask(str(data.get("text", "")))
        elif kind == "stop" and self._turn is not None:
            self._turn.stop()
        elif kind == "close" and self._drawer is not None:
            self._drawer.open = False
        elif kind == "language":
            await self._switch()
        elif kind == "anew":
            self._begin_anew()

    async def _switch(self) -> None:
        """The other language, for every turn too: words, notes, drawer and charts; no question is asked again."""
        self.language = "en" if self.language == "zh" else "zh"
        self._say()
        self._keep_address()
        for turn, told in list(self._told.items()):
            told.asked_in = None
            finished = turn.status != "running"
            turn.param.update(**await asyncio.to_thread(self._shown, told, finished))
        if self._evidence is not None and self._drawer is not None:
            self._drawer[0].html = await asyncio.to_thread(self._evidence_html, self._evidence)

    def _begin_anew(self) -> None:
        self.conversation, self._turn = None, None
        self._told.clear()
        self._composer.busy = False
        self._keep_address()  # before the greeting is seen, so that a reload from then on finds no old conversation
        self._welcome.param.update(opening=False, notice="")
        self._thread[:] = [self._welcome]

    def _keep_address(self) -> None:
        """The conversation and the language stand in the address, so that a reload finds both."""
        if pn.state.location is not None:
            kept = {"c": self.conversation, "lang": self.language}
            pn.state.location.search = "?" + urlencode({k: v for k, v in kept.items() if v})

    # ------------------------------------------------------------ turns

    def _add(self, question: str, fresh: bool = True) -> TurnView:
        told = Told()
        told.asked_in = language = detect(question, self.language)
        view = TurnView(
            question=question, fresh=fresh, plotly=PLOTLY, language=language, words=say.script_words(language),
            stylesheets=STYLES, sizing_mode="stretch_width", margin=0,
        )  # fmt: skip
        view.on_msg(partial(self._from_turn, view))
        self._thread[:] = [*self._told, view]  # the first one takes the greeting's place
        self._told[view] = told
        return view

    async def _from_turn(self, view: TurnView, event: Any) -> None:
        answer = self._told[view].answer
        if event.data.get("type") == "evidence" and answer is not None:
            await self._show_evidence(answer)
        elif event.data.get("type") == "ask":
            await self._ask(str(event.data.get("text", "")))

    async def _show_evidence(self, answer: Answer) -> None:
        """Open the drawer on an answer; it is made when it is first wanted."""
        self._evidence = answer
        html = await asyncio.to_thread(self._evidence_html, answer)
        if self._drawer is None:
            words = say.script_words(self.language)
            inside = EvidenceView(html=html, words=words, stylesheets=STYLES, sizing_mode="stretch_width", margin=0)
            inside.on_msg(self._heard)
            self._drawer = pmui.Drawer(inside, anchor="right", size=640, open=True)
            self._body.append(self._drawer)
            return
        self._drawer[0].html = html
        self._drawer.open = True

    def _shown(self, told: Told, finished: bool) -> dict[str, Any]:
        known = told.conversation and told.answer_id
        calls = self._engine().ledger.calls(told.conversation or "", told.answer_id) if known else []
        language = told.language(self.language)
        return told.parameters(finished, language, calls) | {"language": language, "words": say.script_words(language)}

    def _evidence_html(self, answer: Answer) -> str:
        calls = self._engine().ledger.calls(answer.conversation, answer.id)
        of_it = next((t for t in self._told.values() if t.answer is answer), None)
        language = of_it.language(self.language) if of_it is not None else self.language
        return drawer(retold(answer, calls, language), language)

    async def _ask(self, question: str) -> None:
        """Ask and follow the answer to its end."""
        if self._composer.busy or not question.strip():
            return
        self._composer.busy = True
        view = self._add(question.strip())
        turn = self._turns.start(self._engine(), question, self.conversation)
        await self._follow(turn, view)

    async def _follow(self, turn: Turn, view: TurnView) -> None:
        self._turn, told = turn, self._told[view]
        self._composer.busy = True
        async for batch in turn.follow():
            for event in batch:
                told.hear(event)
            if self._turn is not turn:
                return  # the reader began anew; the turn ends by itself
            if told.conversation is not None and told.conversation != self.conversation:
                self.conversation = told.conversation
                self._keep_address()
            view.param.update(**await asyncio.to_thread(self._shown, told, False))
        told.stopped = turn.stopped
        if turn.problem is not None:
            told.problem = turn.problem.to(self.language)
        if turn.stopped:
            told.notices.append(say.STOPPED.to(self.language))
        view.param.update(**await asyncio.to_thread(self._shown, told, True))
        if self._turn is turn:
            self._turn = None
            self._composer.busy = False

    async def load(self) -> None:
        """Show the foot line and the conversation of the address, and follow its turn where one is still running."""
        try:
            self._foot = await asyncio.to_thread(self._find_foot)
            self._composer.foot = self._foot.to(self.language)
        except TanluError as error:  # a broken dataset or setting: the line under the box says so
            self._composer.foot = error.to(self.language)
        if self.conversation is None:
            return
        running = self._turns.of(self.conversation)
        try:
            answers = await asyncio.to_thread(self._engine().answers, self.conversation)
        except TanluError:
            answers = []
        for answer in answers:
            view = self._add(answer.question, fresh=False)
            self._told[view] = Told.of(answer)
            view.param.update(**await asyncio.to_thread(self._shown, self._told[view], True))
        if running is not None:
            await self._follow(running, self._add(running.question))
        elif not answers:
            self.conversation = None
            self._welcome.param.update(opening=False, notice=say.NOT_FOUND.to(self.language))
            self._keep_address()
