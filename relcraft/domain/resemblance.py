"""How far two contacts resemble each other: what says that they are one person, and what says that they are two."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from relcraft.domain.identity import email_key, name_key, own_key, phone_key, profile_key
from relcraft.domain.names_alike import WEIGHT, Alike, Called, called, names_agree, names_differ
from relcraft.domain.records import Birthday, Contact
from relcraft.domain.telling import tell_month
from relcraft.domain.text import clean_line, fold
from relcraft.domain.value import Value

_OWN = own_key("")
_COMPANY_FORMS = frozenset(
    {
        "ag",
        "co",
        "corp",
        "gmbh",
        "inc",
        "kg",
        "llc",
        "llp",
        "ltd",
        "limited",
        "nv",
        "plc",
        "sa",
        "sarl",
        "spa",
        "srl",
        "the",
    }
)
_FREE_MAIL = frozenset(
    {
        "gmail",
        "googlemail",
        "outlook",
        "hotmail",
        "live",
        "yahoo",
        "icloud",
        "gmx",
        "web",
        "proton",
        "protonmail",
        "aol",
        "mail",
        "fastmail",
        "posteo",
        "mailbox",
    }
)
_SHORTEST_ORGANISATION = 2


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Evidence(Value):
    """What two contacts have in common, and what speaks against their being one person, each in words."""

    name: Alike
    agrees: tuple[str, ...]
    against: tuple[str, ...]
    weight: int
    """How much what agrees weighs together."""
    address: bool
    """Whether an address, a phone or a profile link agrees."""
    own_address: bool
    """Whether that is more than a phone, which a household shares."""
    beside_name: bool
    """Whether anything but name and city agrees."""
    united_before: bool = False
    """Whether one was united with the other before, and came back."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Features(Value):
    """What of a contact is compared, in comparable form."""

    contact: Contact
    called: Called
    emails: dict[str, str] = field(hash=False)
    phones: dict[str, str] = field(hash=False)
    links: dict[str, str] = field(hash=False)
    organisation: str
    domains: dict[str, str] = field(hash=False)
    """The organisations that addresses speak of, each with the address."""
    city: str
    own_keys: frozenset[str]
    """The contacts that this one is, or was united with."""


def features_of(contact: Contact) -> Features:
    """Return what of a contact is compared."""
    return Features(
        contact=contact,
        called=called(contact.name, contact.nicknames),
        emails=_by_key(contact.emails, email_key),
        phones=_by_key(contact.phones, phone_key),
        links=_by_key(contact.urls, _profile),
        organisation=_organisation(contact.organisation),
        domains=_domains(contact.emails),
        city=fold(clean_line(contact.city)),
        own_keys=frozenset((own_key(contact.uid), *(each for each in contact.sources if each.startswith(_OWN)))),
    )


def _by_key(values: Iterable[str], key_of: Callable[[str], str]) -> dict[str, str]:
    return {key: value for value in reversed(tuple(values)) if (key := key_of(value))}


def _profile(url: str) -> str:
    """Return a link to one page for comparing; the pages of one country's LinkedIn are those of all."""
    return _COUNTRY.sub("", profile_key(url))


def _organisation(name: str) -> str:
    words = [word for word in name_key(name.replace(",", " ")).split() if word not in _COMPANY_FORMS]
    return "".join(words)


def _domains(emails: Iterable[str]) -> dict[str, str]:
    """Return what the addresses say of where somebody works: the name in the domain, unless anybody may have one."""
    found: dict[str, str] = {}
    for email in emails:
        parts = fold(email).strip().rpartition("@")[2].split(".")
        name = re.sub(r"[\W_]", "", parts[-2]) if len(parts) > 1 else ""
        if len(name) > _SHORTEST_ORGANISATION and name not in _FREE_MAIL:
            found.setdefault(name, clean_line(email))
    return found


# Comparing


def compare(one: Features, other: Features) -> Evidence:
    """Return what speaks for these two being one person, and what against."""
    name, name_told = names_agree(one.called, other.called)
    agrees = [name_told] if name > Alike.UNKNOWN else []
    weight = WEIGHT[name]
    own_address = False
    for thing, ours, theirs, weighs in (
        ("address", one.emails, other.emails, 4),
        ("link", one.links, other.links, 4),
        ("phone", one.phones, other.phones, 2),
    ):
        common = [value for key, value in ours.items() if key in theirs]
        if common:
            agrees.append(f"the {thing} {clean_line(common[0])}")
            weight += weighs
            own_address = own_address or thing != "phone"
    address = own_address or any(key in other.phones for key in one.phones)
    for told, weighs in (*_work(one, other), *_birthdays(one, other)):
        agrees.append(told)
        weight += weighs
    beside_name = len(agrees) > int(name > Alike.UNKNOWN)
    if one.city and one.city == other.city:
        agrees.append(f"both in {clean_line(one.contact.city)}")
        weight += 1
    united_before = not one.own_keys.isdisjoint(other.own_keys)
    if united_before:
        agrees.append("the two were one person here before")
    against = [] if name > Alike.NOT or united_before else [name_told]
    against += _two_people(one, other)
    return Evidence(name, tuple(agrees), tuple(against), weight, address, own_address, beside_name, united_before)


def _work(one: Features, other: Features) -> list[tuple[str, int]]:
    """Return what they have in common in where they work, and what each weighs."""
    if one.organisation and one.organisation == other.organisation:
        return [(f"both at {clean_line(one.contact.organisation)}", 2)]
    for this, that in ((one, other), (other, one)):
        if that.organisation and that.organisation in this.domains:
            told = f"the address {this.domains[that.organisation]} fits {clean_line(that.contact.organisation)}"
            return [(told, 2)]
    return []


def _birthdays(one: Features, other: Features) -> list[tuple[str, int]]:
    ours, theirs = one.contact.birthday, other.contact.birthday
    if ours is None or theirs is None or (ours.month, ours.day) != (theirs.month, theirs.day):
        return []
    if ours.year is None or theirs.year is None:
        return [(f"the same birthday, {told_birthday(ours)}", 2)]
    return [(f"the same birthday, {told_birthday(ours)}", 4)] if ours.year == theirs.year else []


def told_birthday(birthday: Birthday) -> str:
    """Return a birthday as a sentence says it: "9 Dec 1906"."""
    month = tell_month(0, birthday.month).partition(" ")[0]
    return f"{birthday.day} {month}" + (f" {birthday.year}" if birthday.year else "")


def _two_people(one: Features, other: Features) -> list[str]:
    """Return what says that these are two people, besides their names."""
    found = []
    ours, theirs = one.contact.birthday, other.contact.birthday
    if ours is not None and theirs is not None and _are_other_days(ours, theirs):
        found.append(f"other birthdays: {told_birthday(ours)} and {told_birthday(theirs)}")
    found += [f"other profiles on {site}: {mine} and {their}" for site, mine, their in _other_profiles(one, other)]
    found += names_differ(one.called, other.called)
    return found


def are_two(one: Contact, other: Contact) -> bool:
    """Whether something says that these are two people, whatever they share: birthdays, profiles, father and son."""
    return bool(_two_people(features_of(one), features_of(other)))


def _are_other_days(ours: Birthday, theirs: Birthday) -> bool:
    years = ours.year is not None and theirs.year is not None and ours.year != theirs.year
    return years or (ours.month, ours.day) != (theirs.month, theirs.day)


def _other_profiles(one: Features, other: Features) -> list[tuple[str, str, str]]:
    """Return the sites on which each has a profile, and none that both have."""
    ours, theirs = _by_site(one.links), _by_site(other.links)
    return [
        (site, min(mine), min(theirs[site]))
        for site, mine in ours.items()
        if site in theirs and mine.isdisjoint(theirs[site]) and site in _ONE_PROFILE_EACH
    ]


_ONE_PROFILE_EACH = frozenset(
    {
        "linkedin.com",
        "xing.com",
        "facebook.com",
        "instagram.com",
        "github.com",
        "gitlab.com",
        "twitter.com",
        "x.com",
        "orcid.org",
    }
)
"""Sites on which a person has one page, and another page is another person."""
_COUNTRY = re.compile(r"^[a-z]{2}\.(?=linkedin\.com/)")


def _by_site(links: dict[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key in links:
        site, _, page = key.partition("/")
        found.setdefault(site, set()).add(page)
    return found
