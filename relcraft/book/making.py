"""What comes with an introduction that was made: the acts of help, each once, the tie, and who introduced whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from relcraft.book.one_act import untold_introduction
from relcraft.book.open import Book
from relcraft.book.ties import introduced_ops
from relcraft.book.verbs import stamped, touched
from relcraft.domain import asking
from relcraft.domain.changes import Op, put
from relcraft.domain.records import Ask, Contact, Date, Exchange, Introduction
from relcraft.domain.steps import first_name
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value
from relcraft.domain.words import AskDirection, AskState, Direction, ExchangeKind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Made(Value):
    """An introduction that is made with the next change, and what is stored beside it."""

    book: Book
    introduction: Introduction
    """As it is to be stored, made."""
    second: Contact
    """The contact of that field, who need not be stored yet."""
    on: Date
    asked: Ask | None = None
    """The ask that led to it, where the caller moves that to helped."""
    interaction: str | None = None
    """The uid of the interaction in which it was made, where that is known."""

    def ops(self) -> list[Op]:
        """Return the ops of everything but the introduction itself."""
        return [*self._help(), *self.ops_beside()]

    def ops_beside(self) -> list[Op]:
        """Return the ops of everything but the introduction itself and its exchanges."""
        return [*self._tied(), *self._introduced(), *self._asked_helped()]

    def linked(self, act: Exchange) -> Exchange:
        """Return an exchange with its links to the introduction and to what that came from."""
        ask = self._ask() if act.direction is Direction.RECEIVED else None
        return replace(
            act,
            introduction=act.introduction or self.introduction.uid,
            ask=act.ask or (ask.uid if ask is not None else None),
            interaction=act.interaction or self.interaction,
        )

    def _help(self) -> Iterator[Op]:
        """Yield the op of each act of help: the user's to each of the two, or the broker's to the user."""
        broker, first = self.introduction.broker, self.introduction.first
        if broker is None and first is not None:
            yield from self._act(Direction.GIVEN, first, self.second)
            yield from self._act(Direction.GIVEN, self.second.uid, self.book.contact(first))
        elif broker is not None and first is None:
            yield from self._act(Direction.RECEIVED, broker, self.second)

    def _act(self, direction: Direction, contact: str, to: Contact) -> Iterator[Op]:
        """Yield the op that stores one introduction of, or by, `contact`, or links the one that is there."""
        known = self._known_act(direction, contact, to)
        if known is None:
            yield put(None, stamped(self.book, self.linked(self._new_act(direction, contact, to))))
        elif (linked := self.linked(known)) != known:
            yield put(known, touched(self.book, linked))

    def _new_act(self, direction: Direction, contact: str, to: Contact) -> Exchange:
        about = clean_line(self.introduction.text)
        text = about if first_name(to) in about else ": ".join(filter(None, (to.name, about)))
        return Exchange(
            uid="", date=self.on, direction=direction, kind=ExchangeKind.INTRODUCTION, contact=contact, text=text
        )

    def _known_act(self, direction: Direction, contact: str, to: Contact) -> Exchange | None:
        """Return the exchange that is this act, noted before the introduction was: linked to it, or since it began."""
        ask = self._ask() if direction is Direction.RECEIVED else None
        acts = [each for each in self.book.exchanges_with(contact) if each.direction is direction]
        linked = (
            each
            for each in acts
            if each.introduction == self.introduction.uid or (ask is not None and each.ask == ask.uid)
        )
        asked = asking.asked_on(ask) if ask is not None else None
        since = min(filter(None, (self.introduction.steps[0].date, asked)))
        return next(linked, None) or untold_introduction(self.book, acts, to, since, asked=asked is not None)

    def _tied(self) -> list[Op]:
        first = self.introduction.first or self.introduction.broker
        return [] if first is None else introduced_ops(self.book, first, self.second.uid)

    def _introduced(self) -> Iterator[Op]:
        """Yield the op that notes on a contact whom the user met through the broker who that was."""
        broker = self.introduction.broker
        if broker is not None and self.introduction.first is None and self.second.introduced_by is None:
            stored = self.book.get("contacts", self.second.uid)
            yield put(stored, touched(self.book, replace(self.second, introduced_by=broker)))

    def _ask(self) -> Ask | None:
        """Return the user's ask to the broker that led to it; a draft did not."""
        if self.asked is not None:
            return self.asked
        ask = self.book.get("asks", self.introduction.ask or "")
        if not isinstance(ask, Ask) or ask.direction is not AskDirection.OUTGOING:
            return None
        return ask if ask.contact == self.introduction.broker and asking.asked_on(ask) is not None else None

    def _asked_helped(self) -> Iterator[Op]:
        ask = self._ask()
        if ask is None or ask is self.asked or asking.said_yes(ask):
            return
        now = asking.settled(ask, self.on, self.book.rules.patience)
        yield put(ask, touched(self.book, asking.moved(now, AskState.HELPED, self.on)))
