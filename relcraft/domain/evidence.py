"""What studies found about asking and reaching out, and when the program may say it.

Only findings whose figures were read in their source stand here. A finding never stands alone: a statistic by itself
moves nobody (Aknin & Sandstrom 2024), so the user's own record, a small step and a smaller ask come before it.
"""

from dataclasses import dataclass

from relcraft.domain.value import Value
from relcraft.domain.words import Channel, Fear, GoalKind


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Finding(Value):
    """One thing that a study found."""

    text: str
    """A sentence without its full stop."""
    source: str
    """Who found it, and when it was published: "Zhao & Epley 2022"."""

    @property
    def told(self) -> str:
        """The finding as a sentence that carries its source."""
        return f"{self.text} ({self.source})."


ASKING_DIRECTLY = Finding(
    "People say yes to a direct request more often than askers expect: 10 asks were predicted for 3 loans of a phone, "
    "6 were needed",
    "Flynn & Lake 2008",
)
"""Of asks in person or by phone alone."""
ASKING_STRANGERS = Finding(
    "Over many studies, with more than 14,000 strangers asked, people underestimated by 48 % how often others say yes",
    "Bohns 2016",
)
"""Of asks in person or by phone alone."""
MAIL_TO_STRANGERS = Finding(
    "By e-mail, askers expected 5.5 of 10 strangers to say yes, and 0.3 did; in person they expected 5, and 7 did",
    "Roghanizad & Bohns 2017",
)
GLAD_HELPERS = Finding(
    "Those who help are happier, and less put out, than the one who asks expects",
    "Zhao & Epley 2022",
)
SECOND_TIME = Finding(
    "After a no, askers expect another; those asked are in fact likelier to agree the second time",
    "Newark, Flynn & Bohns 2014",
)
REACHING_OUT = Finding(
    "People value being reached out to more than expected, the more so when it is a surprise or the tie is weak",
    "Liu et al. 2023",
)
WARMING_UP = Finding(
    "Under a third of those who were willing wrote to an old friend; to practise on a current friend first raised it "
    "by two thirds",
    "Aknin & Sandstrom 2024",
)
DORMANT_ADVICE = Finding(
    "People one has not been in touch with for 3 years or more give advice as useful as others do, and more novel",
    "Levin, Walter & Murnighan 2011",
)
WEAK_TIES = Finding(
    "Moderately weak ties help most to change jobs, as 20 million people and 600,000 jobs show",
    "Rajkumar et al. 2022",
)
SELDOM_SEEN = Finding(
    "In a small sample, most who found work through somebody saw that one only sometimes (56 %) or rarely (28 %)",
    "Granovetter 1973/1974",
)
EXCHANGING_OFTEN = Finding("What a study of 161 engineers says: exchange often, rather than keep score", "Flynn 2003")
INSIDE = Finding(
    "Networking predicted how salaries grew over 3 years, and keeping up internal contacts did most",
    "Wolff & Moser 2009",
)
NETWORK_TAUGHT = Finding(
    "Executives who were taught how networks are built were 43–72 % likelier to be promoted",
    "Burt & Ronchi 2007",
)
REFERRED = Finding("Applicants who were referred are likelier to be hired", "Burks et al. 2015")

FINDINGS = (
    ASKING_DIRECTLY,
    ASKING_STRANGERS,
    MAIL_TO_STRANGERS,
    GLAD_HELPERS,
    SECOND_TIME,
    REACHING_OUT,
    WARMING_UP,
    DORMANT_ADVICE,
    WEAK_TIES,
    SELDOM_SEEN,
    EXCHANGING_OFTEN,
    INSIDE,
    NETWORK_TAUGHT,
    REFERRED,
)
"""All that the program may cite."""

_DIRECT = frozenset({Channel.IN_PERSON, Channel.CALL})
_OF_FEAR = {Fear.IMPOSE: GLAD_HELPERS, Fear.REFUSED_BEFORE: SECOND_TIME}
_TOWARDS_ADVICE = frozenset({GoalKind.CAREER, GoalKind.SWITCH})


def warned(channel: Channel | None, *, stranger: bool) -> Finding | None:
    """Return the honest warning where an ask is an e-mail to a stranger: encouragement would be untrue there."""
    return MAIL_TO_STRANGERS if stranger and channel is Channel.EMAIL else None


def cited(
    fear: Fear | None, *, channel: Channel | None, stranger: bool, dormant: bool, goal: GoalKind | None
) -> Finding | None:
    """Return the one line that fits the fear, the channel and the tie; None where no study that was read does.

    `stranger`: there was no interaction yet; `dormant`: none for three years. An e-mail to a stranger gets the warning,
    whatever the fear. No study that was read is about the fear of using people.
    """
    warning = warned(channel, stranger=stranger)
    if warning is not None or fear is None or fear is Fear.NOTHING:
        return warning
    if fear in _OF_FEAR:
        return _OF_FEAR[fear]
    if dormant:
        return DORMANT_ADVICE if goal in _TOWARDS_ADVICE else REACHING_OUT
    if fear is Fear.USING_PEOPLE or channel not in _DIRECT:
        return None
    return ASKING_STRANGERS if stranger else ASKING_DIRECTLY


def about_goal(goal: GoalKind, *, only_close_asked: bool = False) -> Finding | None:
    """Return what is worth knowing on the way to a goal. `only_close_asked`: nobody but close contacts was asked."""
    if goal in {GoalKind.SWITCH, GoalKind.HIRED} and only_close_asked:
        return WEAK_TIES
    return {GoalKind.HIRED: REFERRED, GoalKind.PROMOTED: INSIDE}.get(goal)
