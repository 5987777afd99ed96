"""The forms of contacts, interactions, exchanges, follow-ups, introductions, ties, goals and of the user."""

from relcraft.tui.forms.contact import ContactForm
from relcraft.tui.forms.exchange import ExchangeForm
from relcraft.tui.forms.follow_up import FollowUpForm
from relcraft.tui.forms.goal import GoalForm, MeForm
from relcraft.tui.forms.interaction import InteractionForm
from relcraft.tui.forms.introduction import IntroductionForm
from relcraft.tui.forms.tie import TieForm

__all__ = [
    "ContactForm",
    "ExchangeForm",
    "FollowUpForm",
    "GoalForm",
    "InteractionForm",
    "IntroductionForm",
    "MeForm",
    "TieForm",
]
