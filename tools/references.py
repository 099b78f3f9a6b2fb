"""References in the manner of GB/T 7714, the Chinese standard for citations."""

from __future__ import annotations

import re

_ARTICLE = re.compile(
    r"^(?:CEADs; )?(?P<authors>.+?) \((?P<year>\d{4})\)\. (?P<title>.+?)\. (?P<journal>[A-Z][A-Za-z' ]+?) (?P<volume>\d+)"
    r"(?:\((?P<issue>\d+)\))?(?:, (?P<pages>[\w–-]+))?(?: \([^)]*\))?(?:\. doi:(?P<doi>\S+?))?\.?$"
)


def gb7714(citation: str, url: str) -> str:
    """A reference in the manner of GB/T 7714: articles as [J], everything else as an online source [DB/OL]."""
    found = _ARTICLE.match(citation)
    if found is None:
        body = citation.rstrip(". 。")
        head, colon, rest = body.partition("：") if "：" in body else body.partition(": ")
        text = f"{head}. {rest}[DB/OL]" if colon else f"{body}[DB/OL]"
        return f"{text}. {url}" if url else f"{text}."
    issue = f"({found['issue']})" if found["issue"] else ""
    pages = f": {found['pages']}" if found["pages"] else ""
    text = f"{_authors(found['authors'])}. {found['title']}[J]. {found['journal']}, {found['year']}, {found['volume']}{issue}{pages}."
    return f"{text} DOI: {found['doi']}." if found["doi"] else f"{text} {url}".rstrip()


def _authors(names: str) -> str:
    """Three authors and "et al", family name first and initials without dots."""
    people = re.split(r", (?=[A-Z][a-z]+, )| & ", names.replace(" et al.", ""))
    short = [re.sub(r"[.,]", "", p).strip() for p in people]
    return ", ".join(short[:3]) + (", et al" if len(short) > 3 or " et al." in names else "")
