"""Owns the sample book: about sixty invented people over three years of an imagined life.

The user of the sample, Camille Ferrand, is a data analyst in a chain of shops who wants to work on climate, changes
field, is hired by a laboratory and, three years on, leads a group there. Nobody in it is a real person, no organisation
a real one.

Their asks, sent with small hopes and mostly answered well, their introductions and their four goals (two reached, two
open) go with the stories: help that was asked for is the help that the timelines tell of anyway.

Ten arcs, as the timelines tell them:

- **Marit Solvang**, the mentor: a question after her lecture, years of opened doors; later the user reads the rain
  notebooks of her attic into tables, and speaks at her farewell.
- **Tadeusz Wrona**, the dormant friend: four years after the farewell drinks one photo of a shared desk brings him
  back, with a hidden error found, a lead for a junior, and a dinner to come.
- **Dominic Ashgrove**, who takes and never gives: charming, always one more favour, "Sure!" and nothing; the user
  finds the measure that is right, half an hour now and then, and still likes him.
- **Noémi Barta**, a silence that ends well: she said sure, then a year of nothing, which was let rest; her child had
  been ill. Then came the model, a month in Budapest, and a paper.
- **Yaw Darko**, from a queue at a conference to the desk behind: figures and code, a lead and a referral, and now each
  stands behind the other.
- **Henrike Vossberg**, the former boss: the user feared to tell her; she gave time, and the letter that counted, and
  one day asks herself how one changes fields.
- **Leila Moradian**, the introduction chain: she introduced Søren Østerby, he became the first paid work, he was told
  and so was she; later the introductions go the other way.
- **Ifeoma Balogun**, the junior who pays it forward: an hour a week, a first post, and now she teaches Arjun just so.
- **Maeve O'Driscoll**, the neighbour of no professional use: coal carried up, scones carried down, and, from her
  choir, the lead to the post that changed everything.
- **Rafael Quintanilha**, the rival turned ally: he won the fellowship; congratulating him led to his winning text, a
  shared proposal, and a grant won together.
"""

from relcraft.domain.records import Date, Record
from relcraft.sample.script import read_scripts
from relcraft.sample.stories import (
    corvane,
    doors,
    family_and_friends,
    fenmark,
    loose_ends,
    side_by_side,
    silences,
    the_course,
    the_field,
    the_user,
)

_SCRIPTS = (
    doors.SCRIPT,
    silences.SCRIPT,
    side_by_side.SCRIPT,
    family_and_friends.SCRIPT,
    fenmark.SCRIPT,
    corvane.SCRIPT,
    the_field.SCRIPT,
    the_course.SCRIPT,
    loose_ends.SCRIPT,
    the_user.SCRIPT,
)


def sample_records(today: Date) -> tuple[Record, ...]:
    """Return the records of the sample book, contacts first: the same for the same day, all dates counted from `today`.

    Plans and promises ahead aside, no date is later than `today`. `today` is any day from 2000 on.
    """
    return read_scripts(_SCRIPTS, today)
