"""The tables of the archive that hold nobody whom the user knows: recognised, and said to be so."""

from dataclasses import dataclass

from relcraft.domain.incoming import Skipped


@dataclass(frozen=True, slots=True)
class NoPeople:
    """A table without people."""

    columns: frozenset[str]
    what: str
    """What it holds instead: "the companies that you follow"."""
    is_whole: bool
    """Whether it has these columns and no others."""
    is_numbered: bool = False
    """Whether a list of people with their numbers would have the same columns."""

    def is_it(self, columns: frozenset[str]) -> bool:
        """Whether a table with `columns` is this one."""
        return columns == self.columns if self.is_whole else columns >= self.columns

    def skipped(self, file_name: str) -> Skipped:
        """Return what is said of the file."""
        return Skipped(file_name, f"holds no people, only {self.what}")


def _only(columns: str, what: str, *, is_numbered: bool = False) -> NoPeople:
    return NoPeople(frozenset(columns.split()), what, is_whole=True, is_numbered=is_numbered)


def _with(columns: str, what: str) -> NoPeople:
    return NoPeople(frozenset(columns.split()), what, is_whole=False)


WITHOUT_PEOPLE = (
    _only("organization followedon", "the companies that you follow"),
    _only("date status fullname", "names of those whom you follow, which is no acquaintance"),
    _only("hashtag createdtime", "the topics that you follow"),
    _only("name", "names of skills, as in a LinkedIn archive: a list of people needs a second column"),
    _only("name number", "a list of courses", is_numbered=True),
    _only("name proficiency", "the languages that you speak"),
    _only("supportedcause", "the causes that you care about"),
    _only("profilesummary", "the summary of your profile"),
    _only("question answer", "your answers to questions about jobs"),
    _only("date link", "what you passed on"),
    _only("date link message", "your comments"),
    _only("date type link", "your reactions"),
    _only("date link optiontext", "your votes"),
    _only("date sharelink", "your posts"),
    _only("time searchquery", "what you searched for"),
    _only("saveditem createdtime", "what you saved"),
    _only("datetime mediadescription medialink", "pictures and files of yours"),
    _only("adclickeddate adtitleid", "the advertisements that you opened"),
    _only("title description issuedon", "your honours"),
    _only("name description datetaken score", "your test scores"),
    _only("noconversationsfound", "an empty list of conversations"),
    _with("companyname title startedon finishedon", "your positions"),
    _with("companyname role startedon finishedon", "your work as a volunteer"),
    _with("schoolname startdate enddate degreename", "your education"),
    _with("name authority startedon finishedon", "your certificates"),
    _with("title description url startedon finishedon", "your projects"),
    _with("name publishedon publisher", "your publications"),
    _with("title filingdate", "your patents"),
    _with("title patentnumber", "your patents"),
    _with("organization position startedon finishedon", "your memberships"),
    _with("name position startedon finishedon", "your memberships"),
    _with("registeredat registrationip", "your registration"),
    _with("logindate ipaddress", "your logins"),
    _with("challengedate ipaddress", "your logins"),
    _with("date sharelink sharecommentary", "your posts"),
    _with("memberage buyergroups", "what advertisers are told of you"),
    _with("action date adtitleid", "the advertisements that you saw"),
    _with("category typeofinference inference", "what LinkedIn infers about you"),
    _with("contenttitle contenttype contentsaved", "your courses"),
    _with("eventname eventtime externalurl", "your events, without their guests"),
    _with("alertparameters querycontext", "your job alerts"),
    _with("saveddate joburl jobtitle", "the jobs that you saved"),
    _with("applicationdate joburl jobtitle", "your applications"),
    _with("jobtitles opentorecruiters dreamcompanies", "what you look for in a job"),
    _with("billingcountry transactionmadeat invoicenumber", "your receipts"),
    _with("verificationtype verifieddate", "proofs of who you are"),
    _with("privateidentityassetname", "papers of yours"),
)
"""By the columns, in small letters without spaces. Longer ones may have grown: they are known by what tells them."""
