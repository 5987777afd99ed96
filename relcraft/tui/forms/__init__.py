"""The forms of contacts, interactions, exchanges and follow-ups."""

from relcraft.tui.forms.contact import ContactForm
from relcraft.tui.forms.exchange import ExchangeForm
from relcraft.tui.forms.follow_up import FollowUpForm
from relcraft.tui.forms.interaction import InteractionForm

__all__ = ["ContactForm", "ExchangeForm", "FollowUpForm", "InteractionForm"]
