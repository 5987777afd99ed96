"""Contacts of every kind for tests, as a user may type them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from relcraft.domain.records import Birthday, Contact
from relcraft.domain.text import clean_line
from relcraft.domain.words import Circle

_SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))
lines = (
    st.text(st.one_of(_SIGNS, st.sampled_from(",;\\\"'=:éöß漢🎉")), min_size=1, max_size=30)
    .map(clean_line)
    .filter(lambda text: bool(text) and text == clean_line(text))
)
"""Any text of one line."""
words = st.text(st.sampled_from("abcdefgxyzÄé漢0123,;\\"), min_size=1, max_size=8)
emails = st.builds(lambda one, two: f"{one}@{two}.example", st.from_regex(r"[a-z]{1,8}", fullmatch=True), words)
phones = st.from_regex(r"\+?[0-9 ()-]{0,6}[0-9]{3}( ext\. [0-9]{2})?", fullmatch=True).map(clean_line)
urls = st.from_regex(r"https://[a-z]{1,9}\.example/[a-zA-Z0-9,;=?&%\\-]{0,12}", fullmatch=True)
birthdays = st.builds(
    lambda day, known: Birthday(day.month, day.day, day.year if known else None),
    st.dates(min_value=date(1700, 1, 1), max_value=date(2100, 1, 1)),
    st.booleans(),
)
notes = st.lists(st.one_of(lines, st.just("")), max_size=4).map(lambda found: "\n".join(found).strip())


def several(items: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """Return some of these, each once."""
    return st.lists(items, max_size=most, unique=True).map(tuple)


def _named(fields: dict[str, Any]) -> Contact:
    nicknames = tuple(each for each in fields.pop("nicknames") if each != fields["name"])
    return Contact(uid="c0ffee", nicknames=nicknames, **fields)


contacts = st.fixed_dictionaries(
    {
        "name": lines,
        "nicknames": several(lines),
        "sort_name": st.one_of(st.just(""), lines),
        "organisation": st.one_of(st.just(""), lines),
        "role": st.one_of(st.just(""), lines),
        "emails": several(emails),
        "phones": several(phones),
        "urls": several(urls),
        "city": st.one_of(st.just(""), lines),
        "time_zone": st.sampled_from(["", "Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC"]),
        "birthday": st.one_of(st.none(), birthdays),
        "tags": several(words.map(lambda word: word.strip("#"))),
        "notes": notes,
        "circle": st.one_of(st.none(), st.sampled_from(Circle)),
        "cadence_days": st.one_of(st.none(), st.integers(0, 36_500)),
        "met_how": st.one_of(st.just(""), lines),
        "met_on": st.one_of(st.none(), st.dates()),
        "introduced_by": st.one_of(st.none(), st.just("0123456789abcdef")),
        "can_offer": several(lines),
        "looking_for": several(lines),
        "archived": st.booleans(),
        "do_not_disturb": st.booleans(),
    }
).map(_named)
"""Whole contacts, without sources and original lines."""
