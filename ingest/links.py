"""One spelling for each link: pure functions from URL to URL, nothing is fetched here."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

import httpx

from bot.errors import ReadError

LONGEST = 2_048  # characters: what the sitemap protocol allows, and more than articles need

# Parameters that say how a reader came, never which page it is. Names that some sites use for
# the page itself (id, cid, ref, source) are left alone: a duplicate is mended by the page's
# own rel=canonical, whereas of two articles taken for one the second would be lost.
_TRACKER = re.compile(
    r"(utm|mtm|pk|piwik|matomo|hsa|vero|oly|at|guce)_\w+"
    r"|(fbc|gc|dc|yc|twc|msclk|ttc|igsh|srslt|wbra|gbra)l?id|gclsrc|igsh|mc_[ce]id|mkt_tok"
    r"|_hsenc|_hsmi|_ga|_gl|srcref|ncid|cmpid|cmp|smid|smtyp|s_cid|ito|xtor|ocid|guccounter"
    r"|ref_(src|url)|sr_share|__twitter_impression|amp_js_v|usqp|gaa_\w+",
    re.IGNORECASE,
)
_ESCAPED = r"%(2D|2E|5F|7E|3\d|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])"
_UNRESERVED = re.compile(_ESCAPED, re.IGNORECASE)  # letters, digits, - . _ ~
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_MIRRORS = re.compile(r"^(www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_LINK_TAG = re.compile(rb"<link\b[^>]{1,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])([a-z-]{1,30})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
_FEEDS = ("application/rss+xml", "application/atom+xml")
# Links of a page's head stand in its first part, whatever follows.
_HEAD = 300_000  # bytes


def is_link(path: str) -> bool:
    """Whether a path that a person gave is a link, and no file or folder."""
    return path.strip().lower().startswith(("http://", "https://"))


def parse(url: str) -> httpx.URL:
    """The link taken apart, without its fragment, or ReadError naming the rule it breaks."""
    try:
        link = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise ReadError(f"{url[:200]} is no link that can be followed: {error}.") from None
    if link.scheme not in ("http", "https"):
        raise ReadError(f"{url[:200]} starts with neither http:// nor https://, and only these do.")
    if not link.host or "%" in link.host:
        raise ReadError(f"{url[:200]} names no host; write it as https://host/path.")
    if link.userinfo:
        raise ReadError(f"The link to {link.host} carries a user name; give it without one.")
    if len(url) > LONGEST:
        raise ReadError(f"{url[:80]}… is longer than {LONGEST:,} characters; give a shorter link.")
    return link.copy_with(fragment=None)  # a server never sees it


def canonical(url: str) -> str:
    """The same link without fragment and tracking parameters, in one spelling.

    RFC 3986, section 6.2.2 and 6.2.3: lower-case scheme and host, no default port, dot
    segments resolved, a path of at least "/", escapes only where needed. The order of the
    other parameters stays. Raises ReadError for what `parse` refuses.
    """
    link = parse(url)
    parts = urlsplit(str(link))
    kept = [
        pair for pair in parts.query.split("&") if not _TRACKER.fullmatch(pair.partition("=")[0])
    ]
    return urlunsplit(
        (link.scheme, parts.netloc, _plain(parts.path) or "/", _plain("&".join(kept)), "")
    )


def _plain(part: str) -> str:
    plain = _UNRESERVED.sub(lambda m: chr(int(m[1], 16)), part)
    return _ESCAPE.sub(lambda m: m[0].upper(), plain)


def same_site(one: str, other: str) -> bool:
    """Whether two links name the same host, its www and mobile forms included.

    Not the whole registered domain: on many (blogspot.com) the hosts are strangers, and one
    could then give its page out for another's.
    """
    return _site(one) == _site(other) != ""


def _site(url: str) -> str:
    return _MIRRORS.sub("", (urlsplit(url).hostname or "").lower())


def page_address(url: str, html: bytes) -> str:
    """The canonical link of a page fetched from `url`: its own rel=canonical if credible.

    Not credible is one to another site, or to the home page (a usual mistake in templates).
    """
    for link in _head_links(html):
        if "canonical" in link.get("rel", "").lower().split():
            try:
                named = canonical(str(httpx.URL(url).join(link.get("href", "").strip())))
            except (ReadError, httpx.InvalidURL, ValueError):
                continue
            if same_site(named, url) and urlsplit(named).path not in ("", "/"):
                return named
    return canonical(url)


def feeds_of(url: str, html: bytes) -> list[str]:
    """The feeds that a page names in its head, as absolute links."""
    feeds = []
    for link in _head_links(html):
        if link.get("type", "").lower() in _FEEDS and link.get("href"):
            try:
                feeds.append(str(httpx.URL(url).join(link["href"].strip())))
            except (httpx.InvalidURL, ValueError):
                continue
    return feeds


def _head_links(html: bytes) -> list[dict[str, str]]:
    from html import unescape

    return [
        {
            name.lower(): unescape(value.strip("\"'"))
            for name, value in _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
        }
        for tag in _LINK_TAG.findall(html[:_HEAD])
    ]
