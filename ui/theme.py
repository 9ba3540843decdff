"""The colours and types of the page, in Gradio's words; page.css does the rest.

Only fonts that the reader's own machine has are named, so none is fetched.
"""

from __future__ import annotations

import gradio as gr

SERIF = ["Charter", "Charis SIL", "Iowan Old Style", "Palatino Linotype", "Georgia", "serif"]
MONO = ["ui-monospace", "Consolas", "monospace"]


def paper() -> gr.themes.Base:
    """Ink on paper by day, paper on ink by night."""
    return gr.themes.Base(
        font=SERIF, font_mono=MONO, radius_size="sm", text_size="lg", spacing_size="md"
    ).set(
        body_background_fill="#fbf9f4",
        body_background_fill_dark="#191817",
        body_text_color="#1d1b18",
        body_text_color_dark="#e9e5dc",
        body_text_color_subdued="#655f55",
        body_text_color_subdued_dark="#a8a196",
        background_fill_primary="#fffefb",
        background_fill_primary_dark="#201f1d",
        background_fill_secondary="#f4f0e7",
        background_fill_secondary_dark="#262421",
        border_color_primary="#d9d3c6",
        border_color_primary_dark="#3c3934",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        input_background_fill="#fffefb",
        input_background_fill_dark="#201f1d",
        color_accent="#8c2f23",
        color_accent_soft="#f3e3dd",
        color_accent_soft_dark="#3a2621",
        button_primary_background_fill="#8c2f23",
        button_primary_background_fill_hover="#73261c",
        button_primary_background_fill_dark="#b4493a",
        button_primary_background_fill_hover_dark="#c65a4a",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        link_text_color="#8c2f23",
        link_text_color_dark="#f0a596",
        link_text_color_hover="#5f1f17",
        link_text_color_hover_dark="#f7c4ba",
    )
