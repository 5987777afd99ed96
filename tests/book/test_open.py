"""The open book: what it finds, how it sorts, what a change does to it, what undo restores."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book import verbs
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.book.port import Kept
from relcraft.book.searching import Order
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.errors import BadInput, Conflict, NotFound, NotKept
from relcraft.domain.records import Ask, AskStep, Contact, Exchange, FollowUp, Interaction, Snooze
from relcraft.domain.warmth import Warmth
from relcraft.domain.words import AskDirection, AskState, Circle, Direction, ExchangeKind, Initiator, InteractionKind
from tests.books import TODAY, a_book, a_keeper, at_noon, gave, got, met, person, promised

ADA = person("ada", "Ada Lovelace", nicknames=("Countess",), organisation="Analytical Engines", tags=("maths",))
GRACE = person("grace", "Grace Hopper", circle=Circle.CLOSE, notes="likes Ré sailing")
GRACIE = person("gracie", "Grace Slick", organisation="Airplane")


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lovelace", ["ada"]),
        ("ada lovelace", ["ada"]),
        ("countess", ["ada"]),
        ("grace", ["grace", "gracie"]),
        ("Grace H", ["grace"]),
        ("love", ["ada"]),
        ("ADÁ", ["ada"]),
        ("Alan", []),
        ("", []),
    ],
)
def test_a_name_finds_its_people(text: str, expected: list[str]) -> None:
    book = a_book(ADA, GRACE, GRACIE)
    assert sorted(contact.uid for contact in book.named(text)) == expected


def test_an_archived_contact_answers_only_where_no_other_does() -> None:
    book = a_book(GRACE, replace(GRACIE, archived=True), replace(ADA, archived=True))
    assert [one.uid for one in book.named("Grace")] == ["grace"]
    assert [one.uid for one in book.named("Ada")] == ["ada"]


def test_a_misspelt_name_is_near_and_a_known_one_is_not() -> None:
    book = a_book(ADA, GRACE)
    assert [one.uid for one in book.near("Grase")] == ["grace"]
    assert list(book.near("Grace")) == []
    assert list(book.near("Xylophone")) == []


def test_names_follow_a_change() -> None:
    book = a_book(ADA)
    assert book.named("Ada")
    verbs.edit(book, book.contact("ada"), replace(book.contact("ada"), name="Augusta King"))
    assert not book.named("Lovelace")
    assert [one.uid for one in book.named("augusta")] == ["ada"]
    book.undo()
    assert [one.uid for one in book.named("Lovelace")] == ["ada"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["ada", "grace", "gracie"]),
        ("gra", ["grace", "gracie"]),
        ("count", ["ada"]),
        ("engines", ["ada"]),
        ("#maths", ["ada"]),
        ("re sail", ["grace"]),
        ("grace air", ["gracie"]),
        ("tag:ma", ["ada"]),
        ("circle:close", ["grace"]),
        ("circle:none", ["ada", "gracie"]),
        ("org:air", ["gracie"]),
        ("lean:received", ["ada"]),
        ("lean:given", ["grace"]),
        ("due:", ["grace"]),
        ("due:cooling", ["grace"]),
        ("due:maybe", []),
        ("due:new", ["ada", "gracie"]),
        ("http://nowhere", []),
        ('org:"analytical eng"', ["ada"]),
        ('"grace h', ["grace"]),
        ('"grace hopper" circle:close', ["grace"]),
        ('"hopper grace"', []),
        ('"', ["ada", "grace", "gracie"]),
    ],
)
def test_the_filter_looks_through_names_tags_organisations_and_notes(text: str, expected: list[str]) -> None:
    book = a_book(
        ADA, GRACE, GRACIE, met("m", days_ago(61), "grace"), gave("g", TODAY, "grace"), got("r", TODAY, "ada")
    )
    assert sorted(book.search(text)) == expected


def test_who_is_due_comes_first_and_a_silence_of_years_or_a_wish_for_peace_asks_for_nothing() -> None:
    book = a_book(
        person("years", "Ann", circle=Circle.CLOSE),
        person("peace", "Ben", circle=Circle.INNER, do_not_disturb=True),
        person("due", "Cem", circle=Circle.CLOSE),
        person("cooling", "Dee", circle=Circle.CLOSE),
        person("soon", "Eva", circle=Circle.CLOSE),
        person("known", "Fay"),
        met("1", days_ago(2000), "years"),
        met("2", days_ago(90), "peace"),
        met("3", days_ago(40), "due"),
        met("4", days_ago(70), "cooling"),
        met("5", days_ago(10), "soon"),
        met("6", days_ago(10), "known"),
    )
    assert book.ordered(by=Order.DUE) == ["cooling", "due", "soon", "years", "peace", "known"]


def test_due_within_days_looks_ahead() -> None:
    book = a_book(GRACE, met("m", days_ago(25), "grace"))
    assert book.search("due:4") == []
    assert book.search("due:5") == ["grace"]


def test_typing_on_narrows_and_deleting_widens_again() -> None:
    book = a_book(ADA, GRACE, GRACIE)
    assert len(book.search("g")) == 3
    assert len(book.search("gr")) == 2
    assert len(book.search("grace h")) == 1
    assert len(book.search("g")) == 3


def test_a_new_person_is_found_by_a_filter_that_stands() -> None:
    book = a_book(ADA)
    assert book.search("lin") == []
    verbs.add_contact(book, person("", "Linus T."))
    assert len(book.search("linu")) == 1


def test_contacts_are_sorted_by_due_name_last_contact_and_frequency() -> None:
    book = a_book(
        replace(ADA, circle=Circle.INNER),
        GRACE,
        GRACIE,
        met("a", days_ago(3), "ada"),
        met("b", days_ago(40), "grace"),
        gave("x", TODAY, "gracie"),
        got("y", TODAY, "gracie"),
        got("z", TODAY, "ada"),
    )
    assert book.ordered(by=Order.DUE) == ["grace", "ada", "gracie"]
    assert book.ordered(by=Order.NAME) == ["ada", "grace", "gracie"]
    assert book.ordered(by=Order.LAST_CONTACT) == ["ada", "grace", "gracie"]
    assert book.ordered(by=Order.FREQUENCY) == ["gracie", "ada", "grace"]
    verbs.in_touch_today(book, ["grace"])
    assert book.ordered(by=Order.DUE) == ["ada", "grace", "gracie"]
    assert book.ordered(["gracie", "grace"], by=Order.LAST_CONTACT) == ["grace", "gracie"]


def test_the_timeline_is_newest_first_and_holds_all_kinds() -> None:
    book = a_book(
        ADA,
        met("old", days_ago(9), "ada"),
        got("exchange", days_ago(9), "ada"),
        met("new", days_ago(1), "ada"),
        promised("soon", days_ago(-4), "ada"),
    )
    assert [entry.uid for entry in book.timeline("ada")] == ["soon", "new", "old", "exchange"]
    assert [one.uid for one in book.interactions_with("ada")] == ["new", "old"]
    assert [one.uid for one in book.follow_ups_with("ada")] == ["soon"]


def test_of_one_day_what_was_noted_later_is_the_newer_one() -> None:
    noon = at_noon()()
    asks = [
        Ask(
            uid=uid,
            created=noon + timedelta(seconds=seconds),
            direction=AskDirection.OUTGOING,
            contact="ada",
            kind=ExchangeKind.ADVICE,
            steps=(AskStep(AskState.ASKED, TODAY),),
        )
        for uid, seconds in (("b", 0), ("c", 2), ("a", 4))
    ]
    book = a_book(person("ada", "Ada"), *asks)
    assert [ask.uid for ask in book.with_contact(Ask, "ada")] == ["a", "c", "b"]


def test_a_change_of_people_moves_an_interaction_between_timelines() -> None:
    book = a_book(ADA, GRACE, met("m", days_ago(1), "ada"))
    assert book.warmth("ada").state is Warmth.KNOWN
    old = book.interaction("m")
    verbs.edit(book, old, replace(old, contacts=("grace",)))
    assert book.interactions_with("ada") == []
    assert book.warmth("ada").state is Warmth.NEW
    assert [one.uid for one in book.interactions_with("grace")] == ["m"]
    assert book.warmth("grace").days == 1


def test_the_bulk_reading_of_last_contacts_says_what_the_rule_says() -> None:
    interactions = [
        Interaction(uid=f"{kind}{who}{day}", date=days_ago(day), kind=kind, initiator=who, contacts=people)
        for kind in InteractionKind
        for who in Initiator
        for day, people in ((5, ("ada",)), (2, ("ada", "grace")), (-3, ("gracie",)), (1, ("ada", "a", "b", "c")))
    ]
    for interaction in interactions:
        book = a_book(ADA, GRACE, GRACIE, interaction, met("base", days_ago(4), "grace", kind=InteractionKind.LETTER))
        for uid in ("ada", "grace", "gracie"):
            in_bulk = book.warmth(uid)
            book.readings._last.pop(uid, None)
            book.readings.forget([uid])
            assert book.warmth(uid) == in_bulk


@given(
    st.lists(
        st.builds(
            Interaction,
            uid=st.just(""),
            date=st.integers(-5, 40).map(days_ago),
            kind=st.sampled_from(list(InteractionKind)),
            initiator=st.sampled_from(list(Initiator)),
            contacts=st.sampled_from([("ada",), ("ada", "grace"), ("ada", "grace", "gracie", "ada2")]),
        ),
        max_size=8,
    )
)
def test_each_new_interaction_leaves_the_warmth_that_a_fresh_look_finds(interactions: list[Interaction]) -> None:
    book = a_book(ADA, GRACE, GRACIE, person("ada2", "Ada B."))
    for interaction in interactions:
        verbs.log_interaction(book, interaction)
        followed = [book.warmth(uid) for uid in ("ada", "grace", "gracie")]
        fresh = Book(book._keeper, at_noon())
        assert followed == [fresh.warmth(uid) for uid in ("ada", "grace", "gracie")]


def test_a_plan_has_no_effect_until_its_day_and_then_it_has() -> None:
    now = [datetime(2026, 11, 23, 23, 59, tzinfo=UTC)]
    book = Book(a_keeper(GRACE, met("plan", TODAY + timedelta(days=1), "grace")), lambda: now[0])
    assert book.warmth("grace").state is Warmth.NEW
    now[0] += timedelta(minutes=2)
    assert book.turn_day()
    assert book.warmth("grace").state is Warmth.FRESH
    assert not book.turn_day()


def test_undo_and_redo_restore_the_records_exactly() -> None:
    keeper = a_keeper(ADA, GRACE, met("m", days_ago(1), "ada"), gave("g", TODAY, "grace"), promised("p", TODAY, "ada"))
    book = Book(keeper, lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
    states = [dict(keeper.load())]
    steps = (
        lambda: verbs.set_circle(book, ["ada", "grace"], Circle.WIDER),
        lambda: verbs.add_tag(book, ["ada"], "#choir"),
        lambda: verbs.finish(book, "p", TODAY),
        lambda: verbs.archive(book, ["ada"]),
        lambda: verbs.delete_for_good(book, "ada"),
        lambda: verbs.delete(book, ["g"]),
        lambda: verbs.in_touch_today(book, ["grace"]),
        lambda: verbs.snooze(book, ["grace"], TODAY + timedelta(days=9)),
    )
    for step in steps:
        step()
        states.append(dict(keeper.load()))
    tables = [{name: table for name, table in state.items() if table} for state in states]

    def now_kept() -> dict[str, object]:
        return {name: table for name, table in keeper.load().items() if table}

    for state in reversed(tables[:-1]):
        book.undo()
        assert now_kept() == state
    with pytest.raises(NotFound):
        book.undo()
    for state in tables[1:]:
        book.redo()
        assert now_kept() == state
    with pytest.raises(NotFound):
        book.redo()


def test_a_new_change_ends_what_could_be_redone() -> None:
    book = a_book(ADA)
    verbs.add_tag(book, ["ada"], "one")
    book.undo()
    verbs.add_tag(book, ["ada"], "two")
    with pytest.raises(NotFound):
        book.redo()


class SharedKeeper(MemoryKeeper):
    """A keeper to which another program writes as well."""

    def __init__(self) -> None:
        super().__init__({"contacts": {"ada": {"uid": "ada", "name": "Ada"}}})
        self.waiting: list[Op] = []

    def others_write(self, op: Op) -> None:
        super().keep(Change(title="", ops=(op,), at=datetime(2026, 11, 23, tzinfo=UTC)))
        self.waiting.append(op)

    def edited_outside(self, op: Op) -> None:
        """Change a record as an editor does: no history tells of it."""
        self.tables[op.table][op.uid] = op.after or {}
        self.waiting.append(op)

    def news(self) -> tuple[Op, ...]:
        news, self.waiting = tuple(self.waiting), []
        return news

    def keep(self, change: Change) -> Kept:
        kept = super().keep(change)
        return Kept(kept.ops, self.news())


def test_news_of_another_program_are_taken_in_and_told() -> None:
    keeper = SharedKeeper()
    book = Book(keeper, lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
    heard: list[str] = []
    unsubscribe = book.subscribe(lambda ops: heard.extend(op.uid for op in ops))
    keeper.others_write(put(None, person("bob", "Bob")))
    assert book.look_for_news()
    assert not book.look_for_news()
    assert [one.uid for one in book.named("Bob")] == ["bob"]
    unsubscribe()
    keeper.others_write(put(None, person("cleo", "Cleo")))
    book.look_for_news()
    assert heard == ["bob"]


def test_undo_refuses_by_name_what_somebody_changed_since() -> None:
    keeper = SharedKeeper()
    book = Book(keeper, lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
    verbs.add_tag(book, ["ada"], "work")
    mine = dict(keeper.tables["contacts"]["ada"])
    keeper.edited_outside(Op("contacts", "ada", mine, {**mine, "city": "Paris"}))
    with pytest.raises(Conflict, match="Ada"):
        book.undo()
    assert book.contact("ada").city == "Paris"
    assert book.contact("ada").tags == ("work",)


def test_an_edit_begun_before_another_programs_edit_is_merged_by_field() -> None:
    keeper = SharedKeeper()
    book = Book(keeper, lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
    opened = book.contact("ada")
    raw = dict(keeper.tables["contacts"]["ada"])
    keeper.others_write(Op("contacts", "ada", raw, {**raw, "city": "Paris"}))
    book.look_for_news()
    verbs.edit(book, opened, replace(opened, role="engineer"))
    assert (book.contact("ada").city, book.contact("ada").role) == ("Paris", "engineer")
    with pytest.raises(Conflict):
        verbs.edit(book, opened, replace(opened, city="Rome"))
    assert book.contact("ada").city == "Paris"


class FullDisk(MemoryKeeper):
    """A keeper that can keep nothing."""

    def keep(self, change: Change) -> Kept:
        raise NotKept("The disk is full.")


def test_what_was_not_kept_is_not_shown() -> None:
    book = Book(
        FullDisk({"contacts": {"ada": {"uid": "ada", "name": "Ada"}}}), lambda: datetime(2026, 1, 1, tzinfo=UTC)
    )
    heard: list[object] = []
    book.subscribe(heard.append)
    with pytest.raises(NotKept):
        verbs.add_tag(book, ["ada"], "x")
    assert book.contact("ada").tags == ()
    assert heard == []
    with pytest.raises(NotFound):
        book.undo()


def test_records_damaged_by_an_editor_open_and_keep_their_words() -> None:
    keeper = MemoryKeeper(
        {
            "contacts": {"a": {"uid": "a", "name": "Ann", "circle": "best", "future": [1]}},
            "interactions": {
                "i": {"uid": "i", "date": "2026-99-99", "kind": "seance", "contacts": "a"},
                "j": {"uid": "j", "date": 7, "kind": None, "contacts": ["a", 3]},
                "k": {"uid": "k", "date": "2026-11-20", "kind": "call", "contacts": ["a"], "initiator": "nobody"},
            },
            "exchanges": {"e": {"uid": "e", "contact": 5}},
        }
    )
    book = Book(keeper, lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert book.warmth("a").days == 3
    assert {entry.uid for entry in book.timeline("a")} == {"j", "k"}
    verbs.add_tag(book, ["a"], "x")
    assert keeper.tables["contacts"]["a"]["circle"] == "best"
    assert keeper.tables["contacts"]["a"]["future"] == [1]


def test_deleting_for_good_keeps_what_others_share() -> None:
    book = a_book(
        replace(ADA, archived=True),
        replace(GRACE, introduced_by="ada"),
        met("both", TODAY, "ada", "grace"),
        met("alone", TODAY, "ada"),
        Exchange(uid="e", date=TODAY, direction=Direction.GIVEN, kind=ExchangeKind.HELP, contact="ada"),
        FollowUp(uid="f", date=TODAY, contact="ada"),
        Snooze(uid="s", of="ada", until=TODAY + timedelta(days=3)),
    )
    verbs.delete_for_good(book, "ada")
    assert book.interaction("both").contacts == ("grace",)
    assert book.contact("grace").introduced_by is None
    for table, uid in (("contacts", "ada"), ("interactions", "alone"), ("exchanges", "e"), ("follow_ups", "f")):
        assert book.get(table, uid) is None
    assert book.snooze_of("ada") is None


def test_a_contact_that_is_not_archived_cannot_be_deleted() -> None:
    book = a_book(ADA)
    with pytest.raises(BadInput, match="archive"):
        verbs.delete_for_good(book, "ada")
    with pytest.raises(BadInput, match="archive"):
        verbs.delete(book, ["ada"])


def test_deleting_an_interaction_keeps_its_exchange_without_the_link() -> None:
    exchange = replace(gave("e", TODAY, "ada"), interaction="m")
    book = a_book(ADA, met("m", TODAY, "ada"), exchange)
    verbs.delete(book, ["m"])
    assert book.exchange("e").interaction is None
    book.undo()
    assert book.exchange("e") == exchange


def test_deleting_an_interaction_leaves_no_link_to_it_with_anybody() -> None:
    hers = replace(gave("e", TODAY, "grace"), interaction="m")
    nobody = FollowUp(uid="f", date=TODAY, interaction="m")
    other = FollowUp(uid="g", date=TODAY, interaction="n")
    book = a_book(ADA, GRACE, met("m", TODAY, "ada"), met("n", TODAY, "ada"), hers, nobody, other)
    verbs.delete(book, ["m"])
    assert book.exchange("e").interaction is None
    assert book.follow_up("f").interaction is None
    assert book.follow_up("g") == other
    book.undo()
    assert (book.exchange("e"), book.follow_up("f")) == (hers, nobody)
    verbs.archive(book, ["ada"])
    verbs.delete_for_good(book, "ada")
    assert book.exchange("e").interaction is None
    assert book.follow_up("g").interaction is None


def test_snoozing_moves_the_due_date_and_a_past_day_ends_it() -> None:
    book = a_book(GRACE, met("m", days_ago(40), "grace"))
    assert book.warmth("grace").is_due
    verbs.snooze(book, ["grace"], TODAY + timedelta(days=10))
    assert not book.warmth("grace").is_due
    assert book.warmth("grace").days == 40
    verbs.snooze(book, ["grace"], TODAY)
    assert book.warmth("grace").is_due
    with pytest.raises(BadInput):
        verbs.snooze(book, ["grace"], TODAY)


def test_two_snoozes_of_two_programs_are_one_from_the_next_change_on_and_end_together() -> None:
    longer, shorter = (Snooze(uid=f"in {days}", of="grace", until=TODAY + timedelta(days=days)) for days in (20, 10))
    book = a_book(GRACE, met("m", days_ago(40), "grace"), longer, shorter)
    assert book.warmth("grace").snoozed_until == longer.until
    verbs.snooze(book, ["grace"], TODAY + timedelta(days=5))
    assert [snooze.until for snooze in book.all(Snooze)] == [TODAY + timedelta(days=5)]
    book.undo()
    assert book.snoozes_of("grace") == [longer, shorter]
    verbs.snooze(book, ["grace"], TODAY)
    assert not list(book.all(Snooze))
    assert book.warmth("grace").is_due


@pytest.mark.parametrize(
    "record",
    [
        Contact(uid="", name="  "),
        Contact(uid="", name="X", cadence_days=-1),
        Interaction(uid="", date=TODAY, kind=InteractionKind.CALL, contacts=("nobody",)),
        Exchange(uid="", date=TODAY, direction=Direction.GIVEN, kind=ExchangeKind.GIFT, contact="nobody"),
        Exchange(
            uid="", date=TODAY, direction=Direction.GIVEN, kind=ExchangeKind.GIFT, contact="ada", thanked_on=days_ago(1)
        ),
        FollowUp(uid="", date=TODAY, contact="nobody"),
    ],
)
def test_a_record_that_cannot_be_is_refused(record: Contact | Interaction | Exchange | FollowUp) -> None:
    book = a_book(ADA)
    with pytest.raises(BadInput):
        verbs._add(book, record)
    assert book.count(type(record)) == (1 if isinstance(record, Contact) else 0)


def test_a_step_that_changes_nothing_says_so() -> None:
    book = a_book(ADA)
    with pytest.raises(BadInput, match="Nothing changes"):
        verbs.add_tag(book, ["ada"], "maths")
