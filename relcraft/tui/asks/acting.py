"""What the keys do with the ask or the introduction under the cursor."""

from textual import on

from relcraft.book import asks, courage, verbs
from relcraft.book.naming import introduction_told, names_of
from relcraft.domain import asking, introducing
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, Introduction
from relcraft.domain.words import AskDirection, AskState, IntroductionState
from relcraft.tui.adding import AwayTab
from relcraft.tui.asks import answering
from relcraft.tui.asks.mirror import mirror_sentences
from relcraft.tui.rows import RowList
from relcraft.tui.telling import errors_told, tell

_ON = {
    AskState.DRAFT: AskState.ASKED,
    AskState.ASKED: AskState.AGREED,
    AskState.RECEIVED: AskState.AGREED,
    AskState.AGREED: AskState.HELPED,
}
_DONE = {AskState.DRAFT: AskState.ASKED}
_WORDS = {
    AskState.DRAFT: "ask",
    AskState.ASKED: "nudge",
    AskState.AGREED: "nudge",
    AskState.HELPED: "thanks",
    AskState.THANKED: "tell",
}
"""The template that is copied for an ask of the user's, by where that stands."""
_NO_WORDS = "ask"
_OF_SOMETHING = frozenset(
    {"ask-done", "ask-rest", "ask-later", "ask-edit", "open", "open-contact", "log-today", "gave", "got"}
)
"""The keys of the footer that are about what is selected."""


class Acting(AwayTab):
    """Brings what is under the cursor on, or back; every step is one change."""

    _follow = ""
    """The uid of a card that the user moves: the cursor goes with it."""

    @property
    def current(self) -> Ask | Introduction | None:
        """The record under the cursor."""
        raise NotImplementedError

    def _record(self) -> Ask | Introduction:
        record = self.current
        if record is None:
            raise BadInput(
                "Nothing is selected here. {ask} drafts an ask, {asked-of-me} notes what somebody asks of you."
            )
        return record

    def _ask(self, otherwise: str) -> Ask:
        """Return the ask under the cursor. Raises `BadInput`, with a sentence on what to do with an introduction."""
        record = self._record()
        if isinstance(record, Introduction):
            raise BadInput(otherwise)
        return record

    # On and back

    def action_ask_done(self) -> None:
        """Do what comes next: asked, helped, thanked; an introduction goes one step on."""
        record = self._record()
        self.need_writing()
        if isinstance(record, Introduction):
            answering.move_introduction(self, record, answering.next_of_introduction(record))
            return
        state = asks.state(self.book, record)
        done = _DONE.get(state, AskState.THANKED if self._thanks(record, state) else AskState.HELPED)
        answering.step(self, record, self._next(record, state, done), log=done is AskState.HELPED)

    def action_ask_on(self) -> None:
        """Move the card one state on, without further questions."""
        record = self._record()
        self.need_writing()
        self._follow = record.uid
        if isinstance(record, Introduction):
            answering.move_introduction(self, record, answering.next_of_introduction(record))
            return
        state = asks.state(self.book, record)
        if state in {AskState.DECLINED, AskState.RESTED}:
            raise BadInput("It is closed. enter asks again, or notes a late yes.")
        on = _ON.get(state, AskState.THANKED)
        answering.step(self, record, self._next(record, state, on), log=False)

    def _thanks(self, ask: Ask, state: AskState) -> bool:
        return ask.direction is AskDirection.OUTGOING and state is AskState.HELPED

    def _next(self, ask: Ask, state: AskState, wanted: AskState) -> AskState:
        """Return the state that is wanted. Raises `BadInput` where the ask came to its end."""
        if not asking.following(ask, state):
            raise BadInput("That came to its end: nothing more is to be done. {ask-back} takes the last step back.")
        return wanted

    def action_ask_back(self) -> None:
        """Take the last step back."""
        ask = self._ask("An introduction goes on, or rests. {undo} takes the last change back.")
        self._follow = ask.uid
        tell(self, f"Taken back: {asks.take_back(self.book, ask.uid).title}")

    def action_ask_rest(self) -> None:
        """Close it in peace."""
        record = self._record()
        self.need_writing()
        if isinstance(record, Introduction):
            if IntroductionState.RESTED not in introducing.TABLE[introducing.state_of(record)]:
                raise BadInput("That came about: it needs no rest. enter says how it went, {ask-delete} deletes it.")
            answering.move_introduction(self, record, IntroductionState.RESTED)
            return
        if asks.state(self.book, record) is AskState.DRAFT:
            raise BadInput("A draft waits for nobody: it is kept until you send it. {ask-delete} deletes it.")
        answering.step(self, record, AskState.RESTED, log=False)

    def action_ask_later(self) -> None:
        """Note the day that was named."""
        ask = self._ask("An introduction waits for no day. {follow-up} promises a follow-up, {ask-rest} lets it rest.")
        self.need_writing()
        answering.later(self, ask)

    def action_ask_nudge(self) -> None:
        """Note that the user asked once more."""
        answering.nudge(
            self, self._ask("An introduction is not nudged. {follow-up} promises a follow-up, {ask-rest} lets it rest.")
        )

    @on(RowList.Selected)
    def _choose(self) -> None:
        with errors_told(self):
            answering.open_answer(self, self._record())

    # The record itself

    def action_ask_edit(self) -> None:
        """Edit what is selected: an ask of the user's in the composer, the others in their forms."""
        record = self._record()
        self.need_writing()
        if isinstance(record, Introduction):
            from relcraft.tui.forms import IntroductionForm  # noqa: PLC0415  # forms are built when one is opened

            self._open_form(IntroductionForm(self.book, record))
        elif record.direction is AskDirection.OUTGOING:
            self.open_composer(self.book.one(Ask, record.uid))
        else:
            from relcraft.tui.asks.incoming import IncomingAskForm  # noqa: PLC0415  # as above

            self._open_form(IncomingAskForm(self.book, self.book.one(Ask, record.uid)))

    def action_ask_delete(self) -> None:
        """Delete what is selected."""
        tell(self, f"{verbs.delete(self.book, [self._record().uid]).title}. {{undo}} brings it back")

    def action_calibration(self) -> None:
        """Show what was expected of asks beside what came of them."""
        from relcraft.tui.explanation import Explanation  # noqa: PLC0415  # needed by this key alone

        sentences = mirror_sentences(courage.calibration(self.book))
        self.app.push_screen(Explanation("What you expected, and what came of it", sentences))

    # Words to copy

    def action_copy_here(self) -> None:
        """Copy the message that fits where it stands; of what was asked of the user, the one that they choose."""
        record = self._record()
        if isinstance(record, Introduction):
            self._copy(*self._words_of_introduction(record))
        elif record.direction is AskDirection.OUTGOING:
            name = _WORDS.get(asks.state(self.book, record), _NO_WORDS)
            self._copy_message(record, name)
        else:
            from relcraft.tui.choosing import ChoicePicker  # noqa: PLC0415  # needed by this key alone

            answers = [("yes", "yes, gladly"), ("later", "not now, but later"), ("no", "a kind no")]
            picker = ChoicePicker("Words to copy", answers, ["Nothing is sent, and nothing is noted."])
            self.ask(picker, lambda name: self._copy_message(record, name))

    def _copy_message(self, ask: Ask, name: str) -> None:
        words = courage.message_for(self.book, self.relcraft.templates, ask, name)
        self._copy(words, f"words to {names_of(self.book, (ask.contact,))}")

    def _words_of_introduction(self, introduction: Introduction) -> tuple[str, str]:
        """Return the message that is next, and what it is; where no message is, the line as it stands."""
        one, other = introduction.first, introduction.second
        state = introducing.state_of(introduction)
        if introduction.broker is not None or one is None or state in introducing.DONE | {IntroductionState.RESTED}:
            return introduction_told(self.book, introduction), "the line"
        if state is IntroductionState.FIRST_AGREED:
            one, other = other, one
        name = "introduce" if state is IntroductionState.BOTH_AGREED else "introduction"
        words = courage.between(self.book, self.relcraft.templates, name, one, other, what=introduction.text)
        return words, f"words to {names_of(self.book, [one, other] if name == 'introduce' else [one])}"

    def _copy(self, words: str, what: str) -> None:
        self.app.copy_to_clipboard(words)
        tell(self, f"Copied: {what}")

    # Whose turn it is

    def people(self) -> list[str]:
        """Return who is asked, or asks; of an introduction, who is to speak next."""
        record = self.current
        if record is None:
            return []
        uid = record.contact if isinstance(record, Ask) else _whose_turn(record)
        return [uid] if self.book.get("contacts", uid) is not None else []

    @property
    def senseless(self) -> frozenset[str]:
        """The keys that would do nothing with what is selected."""
        record = self.current
        if record is None:
            return _OF_SOMETHING
        if isinstance(record, Introduction):
            following = introducing.TABLE[introducing.state_of(record)]
            rests, goes_on, waits = IntroductionState.RESTED in following, bool(following), False
        else:
            state = asks.state(self.book, record)
            next_states = asking.following(record, state)
            rests, goes_on, waits = AskState.RESTED in next_states, bool(next_states), state in next_states
        known = (("ask-rest", rests), ("ask-done", goes_on), ("open", goes_on), ("ask-later", waits))
        return frozenset(name for name, makes_sense in known if not makes_sense)


def _whose_turn(introduction: Introduction) -> str:
    """Return the uid of whom the next word goes to."""
    if introduction.broker is not None:
        meets = introducing.state_of(introduction) is IntroductionState.MADE
        return introduction.second if meets else introduction.broker
    asked = introducing.state_of(introduction) is IntroductionState.FIRST_AGREED
    return introduction.second if asked or introduction.first is None else introduction.first
