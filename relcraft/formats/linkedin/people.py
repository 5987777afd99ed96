"""People as LinkedIn names them: by profile where there is a link, else by name alone."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from relcraft.domain.identity import link_key, name_key
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line, fold

_HIDDEN = frozenset({"", "linkedin member", "linkedin user"})
"""Whom LinkedIn does not name: accounts that were closed or hidden."""
_LINK = re.compile(r"[^\s,;]+")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9®™()/&-]*")

_DEGREES = frozenset(
    [
        "phd",
        "dphil",
        "mphil",
        "edd",
        "psyd",
        "pharmd",
        "scd",
        "msc",
        "bsc",
        "mres",
        "meng",
        "beng",
        "mmath",
        "msci",
        "bcom",
        "mcom",
        "llm",
        "llb",
        "jr",
        "sr",
        "esq",
        "inc",
    ]
)
"""Of which not all are capitals."""


def person_key(name: str, company: str, emails: tuple[str, ...], url: str) -> str:
    """Return the key that a second import finds this person by: the profile, else what else is known."""
    if url:
        return f"linkedin:{link_key(url)}"
    if emails:
        return f"linkedin:{fold(emails[0])}:{fold(name)}"
    return f"linkedin:{sha256(fold(f'{name}|{company}').encode()).hexdigest()[:24]}"


def full_name(first: str, last: str) -> str:
    """Return both as one name; empty for somebody whom LinkedIn does not name."""
    name = clean_line(f"{first} {last}")
    return "" if is_hidden(name) else name


def is_hidden(name: str) -> bool:
    """Whether this stands for somebody whom LinkedIn does not name."""
    return fold(name) in _HIDDEN


def person(name: str, url: str = "", organisation: str = "", role: str = "") -> Contact:
    """Return somebody whom a record is about. Without a link there is no key: a name alone is not one person's."""
    link = whole_link(url)
    return Contact(
        uid="",
        name=name,
        organisation=organisation,
        role=role,
        urls=(link,) if link else (),
        sources=(person_key(name, organisation, (), link),) if link else (),
    )


def whole_link(url: str) -> str:
    """Return a link with its scheme: endorsements leave it out."""
    return url if not url or "://" in url else f"https://{url}"


def links(text: str) -> tuple[str, ...]:
    """Return the links of a cell, which commas tell apart."""
    return tuple(whole_link(found) for found in _LINK.findall(text))


def paired(names: str, urls: Sequence[str], known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the name and link of each whom a cell of names and a cell of links list.

    Names hold commas ("Jane Doe, Ph.D."), so that there may be more parts than links: then `known` says the name of a
    link, by its key; who is left without one is left out.
    """
    if not urls:
        return [(name, "") for name in split_names(names, known)]
    parts = split_names(names, known)
    if len(urls) == 1 or len(parts) != len(urls):
        parts = [names] if len(urls) == 1 else [known.get(link_key(url), "") for url in urls]
    return [(name, url) for name, url in zip(parts, urls, strict=True) if name]


def split_names(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the names in a list by commas; degrees stay with their name, and so does who is known by the whole."""
    if "," not in text or name_key(text) in known:
        return [text] if text else []
    names: list[list[str]] = []
    for part in filter(None, map(str.strip, text.split(","))):
        if names and _is_degree(part):
            names[-1].append(part)
        else:
            names.append([part])
    return [", ".join(parts) for parts in names]


def _is_degree(part: str) -> bool:
    """Whether this stands behind a comma in somebody's name and is nobody: "Ph.D.", "MBA", "PMP®", "PhD"."""
    return all("." in word or _CAPITALS.fullmatch(word) or word.casefold() in _DEGREES for word in part.split())


def somebody_in(name: str) -> str:
    """Return a name as a part of a key."""
    return name_key(name) or sha256(name.encode()).hexdigest()[:12]
