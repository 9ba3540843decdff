"""The web chat: answers at the left, their sources beside them.

`python -m ui` brings the library up to date and serves the page.

    page        components and wiring
    chat        Gradio messages <-> Turns; streaming; errors -> sentences
    rendering   Answer -> HTML of a message
    source      Article and quotes -> HTML of the panel beside
    welcome, examples   what an unused page says
    markup      escaping, days, markers: what the three above share
    api         the endpoint for scripts
    headers, theme, page.css, page.js   how it looks, and what the browser may do
"""
