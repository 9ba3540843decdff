"""A citation is cut out of its passage by offset, so no quote can differ from its article."""

from __future__ import annotations

from bot.records import Citation, Passage, Span


def cite(passage: Passage, span: Span, number: int, copies: int = 0) -> Citation:
    """The citation of the characters at `span`, offsets in the article's text.

    `span` must lie inside the passage; a ValueError says so where it does not, since a
    quote that is silently cut short would no longer be what the article says there.
    """
    start, end = span
    if not passage.start <= start < end <= passage.end:
        raise ValueError(
            f"The span {span} does not lie inside the passage {passage.start, passage.end}."
        )
    article = passage.article
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        source=article.source,
        author=article.author,
        url=article.url,
        published=article.published,
        published_from=article.published_from,
        quote=passage.cut(span),
        start=start,
        end=end,
        version=article.version,
        copies=copies,
    )
