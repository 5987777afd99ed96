"""What tells that two records mean one person: names, addresses, phones and profile links in comparable form."""

import re
from urllib.parse import unquote

from relcraft.domain.records import Contact
from relcraft.domain.text import fold

_WORD = re.compile(r"[^\W_]+")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:/*")
_PHONE_DIGITS = 9
_PHONE_DIGITS_NEEDED = 7


def own_key(uid: str) -> str:
    """Return the import key of a contact in Relcraft's own files: a book finds its contact again by it."""
    return f"relcraft:{uid}"


def name_key(name: str) -> str:
    """Return `name` for comparing: case, accents, punctuation and "Lovelace, Ada" for "Ada Lovelace" do not count.

    Empty for a name without letters or digits.
    """
    family, comma, given = name.partition(",")
    if comma and "," not in given and " " not in family.strip() and given.strip():
        name = f"{given} {family}"
    return " ".join(_WORD.findall(fold(name)))


def email_key(email: str) -> str:
    """Return an address for comparing."""
    return fold(email).strip()


def phone_key(phone: str) -> str:
    """Return the last nine digits, which no country code or leading zero touches; empty where fewer than seven."""
    digits = "".join(char for char in phone.partition(" ext")[0] if char.isdecimal())
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_DIGITS_NEEDED else ""


def link_key(url: str) -> str:
    """Return a link for comparing: without scheme, www., query, fragment, and slash at the end."""
    bare = _SCHEME.sub("", fold(url).strip()).removeprefix("www.")
    return unquote(re.split(r"[?#]", bare, maxsplit=1)[0]).rstrip("/")


def profile_key(url: str) -> str:
    """Return `link_key` of a link to one page; empty for a whole site, which is nobody's own profile."""
    key = link_key(url)
    return key if "/" in key else ""


def address_keys(contact: Contact) -> dict[str, str]:
    """Return everything that can be shared with another record, as words to tell it by: key → "the phone 555 0100"."""
    found: dict[str, str] = {}
    for label, values, key_of in (
        ("address", contact.emails, email_key),
        ("phone", contact.phones, phone_key),
        ("link", contact.urls, profile_key),
    ):
        for value in values:
            key = key_of(value)
            if key:
                found.setdefault(f"{label}:{key}", f"the {label} {value}")
    return found
