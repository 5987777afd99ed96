"""What a round of edits on both sides has to come to, and what it came to."""

from dataclasses import dataclass, field
from random import Random

from relcraft.domain.records import OtherSide, SyncedCard
from relcraft.sync.said import as_card_says, changed
from tests.peers.server import Setup, foreign_lines

LISTS = ("emails", "phones", "tags")


@dataclass(slots=True)
class Play:
    """What the script did, and what has to be everywhere afterwards."""

    setup: Setup
    random: Random
    people: int
    wanted: dict[str, dict[tuple[str, bool], set[str]]] = field(default_factory=dict)
    """Of each card, by UID, by field and side (True: here): what somebody said last; of lists all that was added."""
    made: set[str] = field(default_factory=set)
    """The UIDs of all cards that there ever were."""
    gone: set[str] = field(default_factory=set)
    """The UIDs of those that somebody deleted, on either side."""
    off: set[tuple[str, str]] = field(default_factory=set)
    """Card and phone number, where somebody took it off."""
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        """Count one edit."""
        self.counts[what] = self.counts.get(what, 0) + 1

    def here(self, uid: str, name: str, value: str) -> None:
        """Remember what was typed in the book."""
        self._typed(uid, name, value, here=True)

    def there(self, uid: str, name: str, value: str) -> None:
        """Remember what was typed on the phone."""
        self._typed(uid, name, value, here=False)

    def _typed(self, uid: str, name: str, value: str, *, here: bool) -> None:
        values = self.wanted.setdefault(uid, {}).setdefault((name, here), set())
        if name not in LISTS:
            values.clear()
        values.add(value)

    def take_off(self, uid: str, value: str, *, here: bool) -> None:
        """Remember that somebody took a phone number off."""
        self.off.add((uid, value))
        self.wanted.get(uid, {}).get(("phones", here), set()).discard(value)

    def changed(self, uid: str) -> bool:
        """Whether somebody changed what a card says."""
        return uid in self.wanted or any(uid == whose for whose, _value in self.off)

    def clashing(self) -> frozenset[tuple[str, str]]:
        """Return card and field, where both sides changed it."""
        return frozenset(
            (uid, name)
            for uid, fields in self.wanted.items()
            for name, here in fields
            if here and name not in LISTS and fields.get((name, False), fields[name, True]) != fields[name, True]
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the round came to."""

    cards: int
    strangers: tuple[str, ...]
    """Cards, files or contacts that nobody made, or that are there twice."""
    missing: tuple[str, ...]
    """Cards or contacts that nobody deleted, and that are not on both sides."""
    same: int
    """Cards whose every property is the same on the phone and in the book."""
    foreign: int
    """Properties of others that were there before."""
    foreign_same: int
    typed: int
    lost: tuple[str, ...]
    """What somebody typed and is nowhere."""
    taken_off: int
    back: tuple[str, ...]
    """What somebody took off or deleted, and is there."""
    conflicts: frozenset[tuple[str, str]]
    """Card and field, where a conflict is told."""
    clashing: frozenset[tuple[str, str]]
    """Card and field, where both sides changed it."""
    bytes_kept: tuple[int, int]
    """Lines of others that our own syncs met, and how many they left byte for byte."""
    rounds: int
    seconds: float

    def wrong(self) -> list[str]:
        """Return what is not as it is meant."""
        return [
            problem
            for problem, is_so in {
                f"the two sides differ: {self.same} of {self.cards} are the same": self.same != self.cards,
                f"nobody made these: {self.strangers}": bool(self.strangers),
                f"missing: {self.missing}": bool(self.missing),
                f"lost: {self.lost}": bool(self.lost),
                f"deleted, and back: {self.back}": bool(self.back),
                f"foreign properties changed: {self.foreign - self.foreign_same}": self.foreign != self.foreign_same,
                f"foreign lines changed: {self.bytes_kept}": self.bytes_kept[0] != self.bytes_kept[1],
                f"conflicts where none is: {sorted(self.conflicts - self.clashing)}": bool(
                    self.conflicts - self.clashing
                ),
                f"no conflict where one is: {sorted(self.clashing - self.conflicts)}": bool(
                    self.clashing - self.conflicts
                ),
            }.items()
            if is_so
        ]


def outcome_of(play: Play, before: dict[str, list[str]], rounds: int, seconds: float) -> Outcome:
    """Compare both sides with each other, and with what was done."""
    setup = play.setup
    phone, ours = setup.cards(setup.phone), setup.cards(setup.ours)
    with setup.book() as book:
        uid_of = {row.contact: str((row.card or {})["uid"]) for row in book.all(SyncedCard)}
        living = {uid_of.get(one.uid, one.uid): one for one in book.contacts()}
        kept = dict.fromkeys(phone, "")
        for one in book.all(OtherSide):
            kept[uid_of.get(one.of, one.of)] = kept.get(uid_of.get(one.of, one.of), "") + repr(one.document)
        conflicts = frozenset((uid_of.get(one.of, one.of), name) for one in book.all(OtherSide) for name in one.fields)
    wanted = play.made - play.gone
    sides = (("phone", set(phone)), ("our folder", set(ours)), ("book", set(living)))
    files = [f"{len(list(folder.glob('*.vcf')))} files" for folder in (setup.phone, setup.ours)]
    same = [
        uid
        for uid, card in phone.items()
        if uid in living and uid in ours
        if not changed(as_card_says(living[uid]), card.said) and not changed(ours[uid].said, card.said)
    ]
    lines = [(uid, line) for uid, found in before.items() if uid in wanted for line in found]
    there = {uid: (foreign_lines(phone[uid]), foreign_lines(ours[uid])) for uid in phone if uid in ours}
    typed = [
        (uid, name, value)
        for uid, fields in play.wanted.items()
        if uid in wanted
        for (name, _here), values in fields.items()
        for value in values
    ]
    back = [f"{uid} on {side}" for side, found in sides for uid in sorted(found & play.gone)]
    back += [f"{uid}: {phone_}" for uid, phone_ in sorted(play.off) if uid in phone and phone_ in repr(phone[uid].said)]
    return Outcome(
        cards=len(phone),
        strangers=tuple(
            [f"{uid} on {side}" for side, found in sides for uid in sorted(found - play.made)]
            + [found for found in files if found != f"{len(phone)} files"]
        ),
        missing=tuple(f"{uid} on {side}" for side, found in sides for uid in sorted(wanted - found)),
        same=len(same),
        foreign=len(lines),
        foreign_same=sum(
            line in one and line in other for uid, line in lines for one, other in [there.get(uid, ([], []))]
        ),
        typed=len(typed),
        lost=tuple(
            f"{uid}: {name}: {value}"
            for uid, name, value in typed
            if uid in phone and value not in repr(phone[uid].said) and value not in kept.get(uid, "")
        ),
        taken_off=len(play.off) + len(play.gone),
        back=tuple(back),
        conflicts=conflicts,
        clashing=play.clashing(),
        bytes_kept=(setup.lines_seen, setup.lines_kept),
        rounds=rounds,
        seconds=seconds,
    )
