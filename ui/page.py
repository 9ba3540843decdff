"""The page: its components, and which function each event calls; nothing else.

The chat stands at the left and the open source beside it. A marker in an answer carries a
key, not a source: page.js sends the key, the session's own turns say which citation that is,
and the server renders that one article. So a page never holds articles that nobody opened,
and what is shown is what the library holds at that moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio import events

from bot.records import Turn
from ui import source, welcome
from ui.api import answer_endpoint
from ui.chat import Chat, Message, messages, turns_from
from ui.examples import example_questions
from ui.headers import SAME_ORIGIN
from ui.theme import paper

AT_ONCE = 8  # questions answered at the same time; each costs a thread
ANY_SOURCE = ("Any source", "")
_HERE = Path(__file__).parent
_PRIVATE: dict[str, Any] = {"api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read and write."""

    masthead: gr.HTML
    talk: gr.Chatbot
    box: gr.Textbox
    again: gr.Button
    panel: gr.HTML
    form: list[Any]  # as of, since, until, source
    turns: gr.State


def build(chat: Chat, articles: Path) -> gr.Blocks:
    """The page of one chat, ready for `launch(**look())`; `articles` is named where it is empty."""
    page = gr.Blocks(title=welcome.TITLE, analytics_enabled=False, fill_width=True)
    with page:
        parts = _lay_out()
        _wire_questions(chat, parts)
        _wire_sources(chat, parts)
        page.load(
            lambda: _welcome(chat, articles),
            outputs=[parts.masthead, parts.talk, parts.form[-1]],
            **_PRIVATE,
        )
        events.api(answer_endpoint(chat), api_name="answer")
    page.queue(default_concurrency_limit=AT_ONCE)
    return page


def look() -> dict[str, Any]:
    """What `launch` needs for the page to look as it should and to stay with itself."""
    return {
        "theme": paper(),
        # In `head`, since Gradio rewrites the selectors of what it is given as `css`.
        "head": f"<style>{(_HERE / 'page.css').read_text('utf-8')}</style>",
        "footer_links": ["api"],  # hidden; the masthead opens it
        "app_kwargs": {"middleware": [SAME_ORIGIN]},
        "ssr_mode": False,
    }


def _lay_out() -> _Parts:
    turns = gr.State([])
    masthead = gr.HTML(welcome.masthead(None), elem_id="masthead", js_on_load=None)
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk", scale=3, min_width=280):
            talk = _conversation()
            box = _question_box()
            with gr.Row(elem_id="below"):
                form = _filters()
                again = gr.Button("New conversation", elem_id="again", size="sm", scale=0)
        with gr.Column(elem_id="beside", scale=2, min_width=280):
            panel = gr.HTML(
                source.empty_panel(),
                elem_id="panel",
                js_on_load=(_HERE / "page.js").read_text("utf-8"),
            )
    return _Parts(masthead, talk, box, again, panel, form, turns)


def _conversation() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="conversation",
        label="Conversation",
        show_label=False,
        container=False,
        layout="panel",
        height=None,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        sanitize_html=True,
        allow_tags=False,
        group_consecutive_messages=False,
        autoscroll=False,  # page.js scrolls to the question instead
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label="Your question",
        show_label=False,
        container=False,
        placeholder="Ask the articles…",
        max_lines=6,
        max_length=2000,
        autofocus=True,
        submit_btn="Ask",
    )


def _filters() -> list[Any]:
    days = ("As of", "Published since", "Published until")
    with gr.Accordion("Narrow it down", open=False, elem_id="filters"), gr.Row():
        fields: list[Any] = [  # page.js makes them the browser's own date fields
            gr.Textbox(label=day, placeholder="2024-02-28", elem_classes="day", max_lines=1)
            for day in days
        ]
        fields.append(gr.Dropdown([ANY_SOURCE], value="", label="Source"))
    return fields


def _wire_questions(chat: Chat, parts: _Parts) -> None:
    """Enter, the Ask button and an example ask; Stop and New conversation break off."""

    def reply(question: str, held: list[Turn], seen: list[Message], *form: Any) -> Iterator[Any]:
        box: Any = gr.Textbox("", submit_btn=False, stop_btn="Stop")
        for talk, turns in chat.reply_to_form(question, held or turns_from(seen), form):
            yield talk, turns, box
            box = gr.skip()  # what is typed meanwhile stays
        yield gr.skip(), gr.skip(), _idle_box()

    def reply_to_example(event: gr.SelectData, *rest: Any) -> Iterator[Any]:
        yield from reply(str(event.value["text"]), *rest)

    # Each is one event, which Gradio does not start again before it has ended: so a second
    # question stays in its box until the first is answered.
    asking: dict[str, Any] = {
        "outputs": [parts.talk, parts.turns, parts.box],
        "show_progress": "hidden",
        **_PRIVATE,
    }
    inputs = [parts.turns, parts.talk, *parts.form]
    answering = [
        parts.box.submit(reply, [parts.box, *inputs], **asking),
        parts.talk.example_select(reply_to_example, inputs, **asking),
    ]
    ending: dict[str, Any] = {"cancels": answering, "queue": False, **_PRIVATE}
    parts.box.stop(
        lambda held: (messages(held), _idle_box()),
        parts.turns,
        [parts.talk, parts.box],
        **ending,
    )
    parts.again.click(
        lambda: ([], [], source.empty_panel(), _idle_box()),
        None,
        [parts.talk, parts.turns, parts.panel, parts.box],
        **ending,
    )


def _wire_sources(chat: Chat, parts: _Parts) -> None:
    def open_source(held: list[Turn], event: gr.EventData) -> str:
        key = str(event._data.get("key", "")) if isinstance(event._data, dict) else ""
        return chat.source(key, held) if key else source.empty_panel()

    parts.panel.select(
        open_source, parts.turns, parts.panel, show_progress="hidden", queue=False, **_PRIVATE
    )


def _idle_box() -> gr.Textbox:
    return gr.Textbox(submit_btn="Ask", stop_btn=False)


def _welcome(chat: Chat, articles: Path) -> tuple[str, gr.Chatbot, gr.Dropdown]:
    """What the page says when it is opened, from what the library holds at that moment."""
    summary, titles, trouble = chat.holdings()
    examples: list[Any] = [{"text": question} for question in example_questions(titles)]
    invitation = "" if trouble else welcome.invitation(summary, articles)
    sources = [ANY_SOURCE, *((name, name) for name in (summary.sources if summary else ()))]
    return (
        welcome.masthead(summary, trouble),
        gr.Chatbot(placeholder=invitation, examples=examples),
        gr.Dropdown(sources),
    )
