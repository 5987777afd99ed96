"""Who takes part in the conversations of an archive, and which of them the user is."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache

from relcraft.domain import identity
from relcraft.domain.incoming import Myself
from relcraft.formats.linkedin.people import is_hidden

_FEWEST = 2
"""Conversations from which on somebody who is in all of them, alone, is the user."""
_MANY = 10
"""Conversations from which on nine of ten are enough, if nobody else is in more than half."""
_PROFILE = "linkedin.com/in/"

link_key = lru_cache(maxsize=10_000)(identity.link_key)
name_key = lru_cache(maxsize=10_000)(identity.name_key)
"""Few people write many messages."""

Named = tuple[str, str]
"""Somebody's name, and the link of their profile or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, as the file has it."""

    where: str
    conversation: str
    """LinkedIn's own name of it; empty in old archives."""
    topic: str
    """The title of the conversation, or the subject."""
    sender: Named
    to: str
    to_links: tuple[str, ...]
    day: date
    time: time | None
    zone: str
    words: str
    """The first of its text."""
    direction: str
    """OUTGOING or INCOMING, in old archives."""
    recipients: tuple[Named, ...] = ()

    def with_recipients(self, recipients: Iterable[Named]) -> "Message":
        """Return the message with those whom it went to told apart."""
        return replace(self, recipients=tuple(recipients))


@dataclass(frozen=True, slots=True)
class Mine:
    """What tells the user from the others in a file."""

    names: frozenset[str]
    links: frozenset[str]

    def is_me(self, somebody: Named) -> bool:
        """Whether this is the user: by the link where both are known, else by name."""
        name, link = somebody
        key = link_key(link)
        if key and self.links:
            return key in self.links
        return name_key(name) in self.names

    def sent(self, message: Message) -> bool:
        """Whether the user wrote it."""
        return message.direction == "OUTGOING" or self.is_me(message.sender)

    def others(self, message: Message) -> list[Named]:
        """Return the others in a message whom LinkedIn names, each once; of one that I am not in, who wrote it."""
        sent = self.sent(message)
        everybody = message.recipients if sent else (message.sender, *message.recipients)
        others = [each for each in everybody if not self.is_me(each)]
        if not sent and len(others) == len(everybody):
            others = [message.sender]
        return list(dict.fromkeys(each for each in others if not is_hidden(each[0])))


def known_names(messages: Iterable[Message]) -> dict[str, str]:
    """Return the names of those who wrote, by the key of their link and by that of their name."""
    known: dict[str, str] = {}
    for message in messages:
        name, link = message.sender
        for key in (link_key(link), name_key(name)):
            if key and not is_hidden(name):
                known.setdefault(key, name)
    return known


def with_links(messages: Sequence[Message]) -> list[Message]:
    """Return the messages with the links of recipients filled in, where that name has one in the same conversation.

    Old archives have no links of recipients.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for message in messages:
        for name, link in _all(message):
            if link:
                found.setdefault((message.conversation, name), set()).add(link)
    only = {key: next(iter(each)) for key, each in found.items() if key[0] and len(each) == 1}
    return [message if all(map(_has_link, message.recipients)) else _filled(message, only) for message in messages]


def _has_link(somebody: Named) -> bool:
    return bool(somebody[1])


def _filled(message: Message, links: Mapping[tuple[str, str], str]) -> Message:
    return message.with_recipients(
        (name, link or links.get((message.conversation, name), "")) for name, link in message.recipients
    )


def who_i_am(messages: Sequence[Message], me: Myself) -> Mine | None:
    """Return how to tell the user in these messages: as they are known, else who is in every conversation.

    None where that is not certain.
    """
    said = Mine(
        frozenset(filter(None, map(name_key, me.names))),
        frozenset(key for key in map(link_key, me.urls) if _PROFILE in key),
    )
    if any(said.is_me(each) for message in messages for each in (message.sender, *message.recipients)):
        return _with_own_links(said, messages)
    found = _by_direction(messages) or _in_all(messages)
    return None if found is None else _with_own_links(found, messages)


def _with_own_links(mine: Mine, messages: Sequence[Message]) -> Mine:
    """Return the same with the link under which that name writes, if it is one: a namesake's is another."""
    if mine.links:
        own = {name_key(name) for message in messages for name, link in _all(message) if link_key(link) in mine.links}
        return Mine(mine.names | frozenset(filter(None, own)), mine.links)
    found = {
        link_key(link)
        for message in messages
        for name, link in (message.sender,)
        if link and name_key(name) in mine.names
    }
    return Mine(mine.names, frozenset(found)) if len(found) == 1 else mine


def _by_direction(messages: Sequence[Message]) -> Mine | None:
    names = Counter(name_key(message.sender[0]) for message in messages if message.direction == "OUTGOING")
    return Mine(frozenset(names), frozenset()) if len(names) == 1 else None


def _in_all(messages: Sequence[Message]) -> Mine | None:
    """Return who takes part in every conversation, by link or by name."""
    link = _most_common(messages, lambda each: link_key(each[1]))
    name = _most_common(messages, lambda each: "" if is_hidden(each[0]) else name_key(each[0]))
    if link:
        names = {name_key(each[0]) for message in messages for each in _all(message) if link_key(each[1]) == link}
        return Mine(frozenset(filter(None, names)), frozenset((link,)))
    return Mine(frozenset((name,)), frozenset()) if name else None


def _most_common(messages: Sequence[Message], key_of: Callable[[Named], str]) -> str:
    """Return the key of the one who is certainly in every conversation; empty where nobody is."""
    inside: dict[str, set[str]] = {}
    for message in messages:
        keys = inside.setdefault(message.conversation or message.where, set())
        keys.update(filter(None, map(key_of, _all(message))))
    talks = [keys for keys in inside.values() if len(keys) > 1]
    first, second = (*Counter(key for keys in talks for key in keys).most_common(2), ("", 0), ("", 0))[:2]
    if len(talks) >= _FEWEST and first[1] == len(talks) and second[1] < len(talks):
        return first[0]
    is_most = first[1] * 10 >= len(talks) * 9 and second[1] * 2 <= len(talks)
    return first[0] if len(talks) >= _MANY and is_most else ""


def _all(message: Message) -> Iterator[Named]:
    yield message.sender
    yield from message.recipients
