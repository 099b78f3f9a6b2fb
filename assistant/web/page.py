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
from assistant.web import strings as say
from assistant.web.components import STYLES, Composer, EvidenceView, TopBar, TurnView
from assistant.web.evidence import drawer, notes
from assistant.web.look import FIRST, STARTER, THEME
from assistant.web.told import Told
from assistant.web.turns import Engine, Turn, Turns
from data.errors import TanluError
from data.text import Language, Text

PLOTLY = "/assets/plotly.min.js"
# The theme is chosen before anything is painted, so that a dark page never flashes white.
TEMPLATE = """{% extends "base.html" %}
{% block preamble %}<script src="/assets/theme.js"></script>{{ super() }}{% endblock %}"""


class ChatPage:
    """The page's state for one visitor: language, conversation, turns, the turn being followed."""

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
        self._notice = ""
        self._build()

    # ------------------------------------------------------------ what stands on the page

    def _build(self) -> None:
        words = say.script_words(self.language)
        self._thread = pn.Column(
            *self._greeting(), sizing_mode="stretch_both", scroll="y-auto", margin=0, css_classes=["scroll"]
        )
        self._composer = Composer(words=words, sizing_mode="stretch_width", margin=0, stylesheets=STYLES)
        self._composer.on_msg(self._heard)
        self._drawer_body = EvidenceView(words=words, stylesheets=STYLES, sizing_mode="stretch_width", margin=0)
        self._drawer_body.on_msg(self._heard)
        self._drawer = pmui.Drawer(self._drawer_body, anchor="right", size=640, open=False)
        self._bar = TopBar(words=words, stylesheets=STYLES, sizing_mode="stretch_width", margin=0)
        self._bar.on_msg(self._heard)
        self._say()

    def view(self) -> Any:
        """The page as Panel serves it."""
        body = pn.Column(self._thread, self._composer, sizing_mode="stretch_both", margin=0)
        page = pmui.Page(  # type: ignore[attr-defined]
            title=say.TITLE.to(self.language),
            stylesheets=["/assets/frame.css"],
            logo="/assets/logo.svg",
            favicon="/assets/logo.svg",
            header=[self._bar],
            main=[body, self._drawer],
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
        self._drawer_body.words = words
        self._bar.words = words
        if not self._told:
            self._thread[:] = self._greeting()

    def _greeting(self) -> list[Any]:
        """What the empty page shows: what this is and where to begin, or that a conversation is being opened."""
        language = self.language
        if self.conversation is not None:
            return [
                pn.pane.HTML(f'<p class="opening">{say.LOADING.to(language)}</p>', stylesheets=["/assets/welcome.css"])
            ]
        head = pn.pane.HTML(
            f'<div class="hero">{self._notice}<img src="/assets/logo.svg" alt="" width="52" height="52"><h1>{say.TAGLINE.to(language)}'
            f"</h1><p>{say.INTRODUCTION.to(language)}</p><h2>{say.STARTERS_TITLE.to(language)}</h2></div>",
            sizing_mode="stretch_width", margin=0, stylesheets=["/assets/welcome.css"],
        )  # fmt: skip
        starters = []
        for number, text in enumerate(say.STARTERS):
            question = text.to(language)
            starter = pmui.Button(
                label=question, variant="outlined", margin=0, sizing_mode="stretch_width", sx=STARTER | (FIRST if number == 0 else {}),
            )  # fmt: skip
            starter.on_click(partial(self._ask_starter, question))
            starters.append(starter)
        grid = pn.Column(
            *starters,
            css_classes=["starters"],
            margin=0,
            sizing_mode="stretch_width",
            stylesheets=["/assets/welcome.css"],
        )
        return [head, grid]

    # ------------------------------------------------------------ what the reader does

    async def _heard(self, event: Any) -> None:
        data = event.data if isinstance(event.data, dict) else {}
        kind = data.get("type")
        if kind == "ask":
            await self._ask(str(data.get("text", "")))
        elif kind == "stop" and self._turn is not None:
            self._turn.stop()
        elif kind == "close":
            self._drawer.open = False
        elif kind == "language":
            self._switch()
        elif kind == "anew":
            self._begin_anew()

    async def _ask_starter(self, question: str, _: Any) -> None:
        await self._ask(question)

    def _switch(self) -> None:
        """The other language: words, notes, drawer and charts; no question is asked again."""
        self.language = "en" if self.language == "zh" else "zh"
        self._say()
        self._keep_address()
        words = say.script_words(self.language)
        for turn, told in self._told.items():
            found = {} if told.answer is None else {"notes": notes(told.answer, self.language)}
            turn.param.update(words=words, language=self.language, **found)
        if self._evidence is not None:
            self._drawer_body.html = drawer(self._evidence, self.language)

    def _begin_anew(self) -> None:
        self.conversation, self._turn = None, None
        self._told.clear()
        self._composer.busy = False
        self._keep_address()
        self._say()

    def _keep_address(self) -> None:
        """The conversation and the language stand in the address, so that a reload finds both."""
        if pn.state.location is not None:
            kept = {"c": self.conversation, "lang": self.language}
            pn.state.location.search = "?" + urlencode({k: v for k, v in kept.items() if v})

    # ------------------------------------------------------------ turns

    def _add(self, question: str) -> TurnView:
        view = TurnView(
            question=question, plotly=PLOTLY, language=self.language, words=say.script_words(self.language),
            stylesheets=STYLES, sizing_mode="stretch_width", margin=0,
        )  # fmt: skip
        view.on_msg(partial(self._from_turn, view))
        self._thread[:] = [*self._told, view]  # the first one takes the greeting's place
        self._told[view] = Told()
        return view

    async def _from_turn(self, view: TurnView, event: Any) -> None:
        answer = self._told[view].answer
        if event.data.get("type") == "evidence" and answer is not None:
            self._evidence = answer
            self._drawer_body.html = await asyncio.to_thread(drawer, answer, self.language)
            self._drawer.open = True
        elif event.data.get("type") == "ask":
            await self._ask(str(event.data.get("text", "")))

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
            view.param.update(**await asyncio.to_thread(told.parameters, False, self.language))
        told.stopped = turn.stopped
        if turn.problem is not None:
            told.problem = turn.problem.to(self.language)
        if turn.stopped:
            told.notices.append(say.STOPPED.to(self.language))
        view.param.update(**await asyncio.to_thread(told.parameters, True, self.language))
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
            view = self._add(answer.question)
            self._told[view] = await asyncio.to_thread(Told.of, answer)
            view.param.update(**await asyncio.to_thread(self._told[view].parameters, True, self.language))
        if running is not None:
            await self._follow(running, self._add(running.question))
        elif not answers:
            self.conversation = None
            self._notice = f'<p class="notice">{say.NOT_FOUND.to(self.language)}</p>'
            self._keep_address()
            self._say()
