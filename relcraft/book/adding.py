"""An add line into the book: everything that it says, as one change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from relcraft.book.alone import alone
from relcraft.book.asks import asked_ops, close_ops, state
from relcraft.book.naming import interaction_told, names_told
from relcraft.book.one_act import told_before
from relcraft.book.open import Book
from relcraft.book.verbs import has_tag, stamped, touched
from relcraft.domain.addline import (
    Choices,
    Mention,
    ParsedAsk,
    ParsedExchange,
    ParsedFollowUp,
    ParsedLine,
    PersonState,
    parse,
)
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.dates import tell_cadence, tell_short
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, Contact, Exchange, FollowUp, Interaction
from relcraft.domain.steps import a_kind
from relcraft.domain.text import fold
from relcraft.domain.words import AskDirection, AskState, Direction, ExchangeKind, Size

_ANSWERABLE = (AskState.ASKED, AskState.AGREED, AskState.RESTED)
"""The states in which help closes an ask: those that wait for it come first."""


def read_line(book: Book, line: str, *, about: Sequence[str] = (), choices: Choices | None = None) -> ParsedLine:
    """Return what a line means today, to people of this book, whose help may close an ask. It never raises.

    Help that an ask or an introduction told of before is known by its exchange: it is not told twice.
    """
    parsed = parse(
        line,
        book,
        book.today,
        about=about,
        choices=choices,
        answerable=partial(_answerable, book),
        customs=book.rules.customs,
    )
    return _with_known(book, parsed) if parsed.exchanges and parsed.date <= book.today else parsed


def _with_known(book: Book, parsed: ParsedLine) -> ParsedLine:
    exchanges: list[ParsedExchange] = []
    taken: list[str] = []
    for said in parsed.exchanges:
        known = None
        if said.who is not None and said.who.uid is not None:
            act = Exchange(
                uid="",
                date=parsed.date,
                direction=said.direction,
                kind=said.kind,
                contact=said.who.uid,
                text=said.text,
            )
            closes = said.closing is not None and not said.closing.leaves_open
            known = told_before(book, act, taken, answers=closes)
        taken += [] if known is None else [known.uid]
        exchanges.append(said if known is None else replace(said, known=known.uid))
    return replace(parsed, exchanges=tuple(exchanges))


def _answerable(book: Book, contact: str, kind: ExchangeKind) -> list[Ask]:
    """Return the user's asks to a contact that help of this kind would close; the newest first, resting ones last."""
    asks = [
        ask
        for ask in book.with_contact(Ask, contact)
        if ask.direction is AskDirection.OUTGOING and ask.kind is kind and state(book, ask) in _ANSWERABLE
    ]
    return sorted(asks, key=lambda ask: state(book, ask) is AskState.RESTED)


@alone
def add_line(book: Book, parsed: ParsedLine, *, allow_new: bool) -> Change:
    """Store what a line says, as one change that one undo takes back.

    Tags go to the interaction, if the line makes one, else to the people; a cadence goes to the people. Raises
    `BadInput` with the line's questions, or with the names of new people where `allow_new` is False; `NotFound` where
    somebody named was deleted meanwhile; `NotKept` as every change does.
    """
    if parsed.questions:
        raise BadInput(" ".join(parsed.questions))
    adding = _Adding(book, _with_known(book, parsed) if parsed.exchanges and parsed.date <= book.today else parsed)
    if adding.new and not allow_new:
        raise BadInput(f"Not in the book yet: {', '.join(contact.name for contact in adding.new)}.")
    ops = [*adding.people(), *adding.what_happened()]
    if not ops:
        raise BadInput("Nothing changes by that: it is so already.")
    return book.change(adding.title(), *_each_once(ops))


def _each_once(ops: Iterable[Op]) -> Iterable[Op]:
    """Return one op for each record: what two change of one goes into one."""
    found: dict[tuple[str, str], Op] = {}
    for op in ops:
        key = op.table, op.uid
        known = found.get(key)
        if known is None or known.after is None or op.after is None:
            found[key] = op
        else:
            before = known.before or {}
            changed = {name: value for name, value in known.after.items() if before.get(name) != value}
            found[key] = replace(op, after={**op.after, **changed})
    return found.values()


def _came_meanwhile(book: Book, mention: Mention) -> Contact | None:
    """Return the contact of just this name whom another program added since the line was read, or None.

    Whom the line was read to name besides is none: the user said that it is somebody new. Raises `BadInput` where
    there are several.
    """
    offered = {candidate.uid for candidate in mention.candidates}
    came = [one for one in book.named(mention.name) if fold(one.name) == fold(mention.name) and one.uid not in offered]
    if len(came) > 1:
        raise BadInput(f"{mention.name} is in the book more than once by now: say again who it is.")
    return next(iter(came), None)


class _Adding:
    """The records that one line makes."""

    def __init__(self, book: Book, parsed: ParsedLine) -> None:
        self._book = book
        self._parsed = parsed
        self._old: dict[str, Contact] = {}
        self._new: dict[str, Contact] = {}
        for mention in parsed.everybody:
            if mention.state is PersonState.NEW:
                came = _came_meanwhile(book, mention)
                if came is None:
                    self._new[mention.who] = stamped(book, Contact(uid="", name=mention.name))
                else:
                    self._old[mention.who] = came
            elif mention.uid is not None:
                self._old[mention.who] = book.contact(mention.uid)

    @property
    def new(self) -> Iterable[Contact]:
        """Who is not in the book yet."""
        return self._new.values()

    def people(self) -> Iterable[Op]:
        """Return what becomes of the people: new ones are added, tags and cadence are set."""
        chosen = {mention.who for mention in self._parsed.people}
        for who, contact in self._new.items():
            yield put(None, self._as_said(contact) if who in chosen else contact)
        for who, contact in self._old.items():
            changed = self._as_said(contact) if who in chosen else contact
            if changed != contact:
                yield put(contact, touched(self._book, changed))

    def _as_said(self, contact: Contact) -> Contact:
        tags = () if self._parsed.interaction else self._parsed.tags
        missing = tuple(tag for tag in tags if not has_tag(contact, tag))
        cadence = self._parsed.cadence_days or contact.cadence_days
        return replace(contact, tags=(*contact.tags, *missing), cadence_days=cadence)

    def what_happened(self) -> Iterable[Op]:
        """Return the interaction, the exchanges and follow-ups that hang on it, and the asks begun or closed."""
        interaction = self._interaction()
        link = interaction.uid if interaction else None
        if interaction:
            yield put(None, interaction)
        for exchange in self._parsed.exchanges:
            yield from self._helped(exchange, link)
        for ask in self._parsed.asks:
            yield from self._asked(ask)
        for follow_up in self._parsed.follow_ups:
            yield put(None, self._follow_up(follow_up, link))

    def _interaction(self) -> Interaction | None:
        parsed = self._parsed
        if parsed.interaction is None:
            return None
        said = Interaction(
            uid="",
            date=parsed.date,
            time=parsed.time,
            kind=parsed.interaction,
            contacts=tuple(contact.uid for contact in self._contacts(parsed.people)),
            initiator=parsed.initiator,
            summary=parsed.summary,
            tags=parsed.tags,
        )
        return stamped(self._book, said)

    def _helped(self, said: ParsedExchange, interaction: str | None) -> Iterable[Op]:
        """Return the exchange, and with it the ask that it closes."""
        if said.known:
            yield from self._told_again(said, interaction)
            return
        exchange = self._exchange(said, interaction)
        ops: Sequence[Op] = ()
        if said.closing is not None and not said.closing.leaves_open:
            ask = self._book.one(Ask, said.closing.ask)
            exchange, ops = close_ops(self._book, ask, exchange, self._parsed.date)
        yield put(None, exchange)
        yield from ops

    def _told_again(self, said: ParsedExchange, interaction: str | None) -> Iterable[Op]:
        """Return what a line adds to help that is in the book, and the ask that this closes."""
        old = self._book.exchange(said.known)
        size = old.size if said.size is Size.NORMAL else said.size
        new = replace(old, interaction=interaction, size=size, text=old.text or said.text)
        ops: Sequence[Op] = ()
        if said.closing is not None and not said.closing.leaves_open:
            ask = self._book.one(Ask, said.closing.ask)
            new, ops = close_ops(self._book, ask, new, self._parsed.date)
        if new != old:
            yield put(old, touched(self._book, new))
        yield from ops

    def _asked(self, said: ParsedAsk) -> Iterable[Op]:
        """Return the ask: made on the day of the line, or a draft where that lies ahead."""
        if said.who is None:
            raise BadInput("An ask needs a person.")
        ask = Ask(
            uid="",
            direction=AskDirection.OUTGOING,
            contact=self._contact(said.who).uid,
            kind=said.kind,
            what=said.text,
            channel=self._parsed.channel,
        )
        begins = AskState.DRAFT if self._parsed.makes_drafts else AskState.ASKED
        return asked_ops(self._book, ask, self._parsed.date, begins)[1]

    def _exchange(self, said: ParsedExchange, interaction: str | None) -> Exchange:
        if said.who is None:
            raise BadInput("An exchange needs a person.")
        return stamped(
            self._book,
            Exchange(
                uid="",
                date=self._parsed.date,
                direction=said.direction,
                kind=said.kind,
                size=said.size,
                contact=self._contact(said.who).uid,
                text=said.text,
                interaction=interaction,
            ),
        )

    def _follow_up(self, said: ParsedFollowUp, interaction: str | None) -> FollowUp:
        contact = self._contact(said.who).uid if said.who else None
        return stamped(
            self._book, FollowUp(uid="", date=said.date, contact=contact, text=said.text, interaction=interaction)
        )

    def _contact(self, mention: Mention) -> Contact:
        return self._new.get(mention.who) or self._old[mention.who]

    def _contacts(self, mentions: Iterable[Mention]) -> list[Contact]:
        return [self._contact(mention) for mention in mentions]

    def title(self) -> str:
        """Return what was done, as a toast says it: the first of what the line makes."""
        parsed = self._parsed
        people = names_told(self._contacts(parsed.people))
        if parsed.interaction is not None:
            told = interaction_told(parsed.interaction, people)
            return f"plan: {told}" if parsed.is_plan else told
        if parsed.exchanges:
            return self._exchange_title(parsed.exchanges[0])
        if parsed.asks:
            return self._ask_title(parsed.asks[0])
        if parsed.follow_ups:
            promise = parsed.follow_ups[0]
            text = f' "{promise.text}"' if promise.text else ""
            return f"follow-up{text} on {tell_short(promise.date, parsed.today)}"
        if parsed.tags:
            return f"{' '.join(f'#{tag}' for tag in parsed.tags)} on {people}"
        return f"{people}: {tell_cadence(parsed.cadence_days)}" if parsed.cadence_days else people

    def _exchange_title(self, said: ParsedExchange) -> str:
        way = "to" if said.direction is Direction.GIVEN else "from"
        who = f" {way} {self._contact(said.who).name}" if said.who else ""
        return f"{said.kind} {said.direction}{who}"

    def _ask_title(self, said: ParsedAsk) -> str:
        who = f" to {self._contact(said.who).name}" if said.who else ""
        return f"{'draft of ' if self._parsed.makes_drafts else ''}ask{who} for {a_kind(said.kind)}"
