"""A LinkedIn archive of our own making: all its tables, with the headers of 2026 and those of before 2021."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

ME = "https://www.linkedin.com/in/sam-self"
ZOE = "https://www.linkedin.com/in/zoe-m%C3%BCller"
BOB = "https://www.linkedin.com/in/bob-stone"
KIM = "https://www.linkedin.com/in/kim-lee-1"
OTHER_KIM = "https://www.linkedin.com/in/kim-lee-2"
EVE = "https://www.linkedin.com/in/eve-recruits"

_PREAMBLE = 'Notes:\n"When exporting your connection data, you may notice that some addresses are missing."\n\n'
_MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,"
    "ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
)
_HELLO = 'Hello Zoë,\n\nas you said: "call me, any time".\nSam'
_ADVERTISEMENT = '<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%</p>'


def table(header: str, *rows: tuple[str, ...], quoted: bool = False) -> str:
    """Return a table as LinkedIn writes it; since 2026 every cell of some is quoted."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerows((header.split(","), *rows))
    return written.getvalue()


NEW = {
    "Connections.csv": _PREAMBLE
    + table(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        ("Zoë", "Müller", ZOE, "zoe@cafe.example", "Café", "Chef", "08 Feb 2026"),
        ("Bob", "Stone", BOB, "", "Stone, Ltd", "Mason", "12 Mar 2020"),
        ("Kim", "Lee", KIM, "", "Acme", "Buyer", "12 Mar 2021"),
        ("Kim", "Lee", OTHER_KIM, "", "Globex", "Seller", "12 Mar 2022"),
        ("", "", "", "", "", "", "07 Jun 2026"),
    ),
    "messages.csv": table(
        _MESSAGES,
        (
            "c1",
            "",
            "Zoë Müller",
            ZOE,
            "Sam Self",
            ME,
            "2026-02-09 08:00:00 UTC",
            "",
            "Any time!",
            "INBOX",
            "",
            "No",
            "No",
        ),
        (
            "c1",
            "",
            "Sam Self",
            ME,
            "Zoë Müller",
            ZOE,
            "2026-02-08 20:00:00 UTC",
            "",
            "And thanks.",
            "INBOX",
            "",
            "No",
            "",
        ),
        ("c1", "", "Zoë Müller", ZOE, "Sam Self", ME, "2026-02-08 19:00:00 UTC", "", "Yes!", "INBOX", "", "No", "No"),
        ("c1", "", "Sam Self", ME, "Zoë Müller", ZOE, "2026-02-08 18:00:00 UTC", "", _HELLO, "INBOX", "", "No", "No"),
        (
            "c1",
            "",
            "Sam Self",
            ME,
            "Zoë Müller",
            ZOE,
            "2026-02-10 18:00:00 UTC",
            "",
            "Not sent",
            "INBOX",
            "",
            "Yes",
            "",
        ),
        *(
            (
                "c2",
                "Stone & sons",
                who,
                link,
                to,
                links,
                f"2026-03-01 1{hour}:00:00 UTC",
                "",
                text,
                "ARCHIVE",
                "",
                "No",
                "",
            )
            for hour, who, link, to, links, text in (
                (
                    "0",
                    "Sam Self",
                    ME,
                    "Bob Stone, Dr. Ann O'Hara, Ph.D.",
                    f"{BOB},https://www.linkedin.com/in/ann",
                    "Both!",
                ),
                (
                    "1",
                    "Dr. Ann O'Hara, Ph.D.",
                    "https://www.linkedin.com/in/ann",
                    "Sam Self, Bob Stone",
                    f"{ME},{BOB}",
                    "Hi",
                ),
            )
        ),
        (
            "c3",
            "",
            "Eve Recruits",
            EVE,
            "Sam Self",
            ME,
            "2026-03-02 10:00:00 UTC",
            "A role",
            "Dear Sam",
            "INBOX",
            "",
            "No",
            "",
        ),
        (
            "c4",
            "Sponsored Conversation",
            "Big Ads",
            "",
            "Sam Self",
            ME,
            "2026-03-03 10:00:00 UTC",
            "",
            "Buy",
            "INBOX",
            "",
            "",
            "",
        ),
        ("c5", "", "Big Ads", "", "Sam Self", ME, "2026-03-03 10:00:00 UTC", "", _ADVERTISEMENT, "INBOX", "", "", ""),
        ("c6", "", "Spam Er", EVE, "Sam Self", ME, "2026-03-03 10:00:00 UTC", "", "Win", "SPAM", "", "", ""),
        ("c7", "", "LinkedIn Member", "", "Sam Self", ME, "2026-03-04 10:00:00 UTC", "", "Bye", "INBOX", "", "", ""),
        ("c8", "", "Bob Stone", BOB, "Sam Self", ME, "soon", "", "When?", "INBOX", "", "", ""),
        quoted=True,
    ),
    "Invitations.csv": table(
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
        ("Sam Self", "Zoë Müller", "2/7/26, 2:37 PM", "We met at the market", "OUTGOING", ME, ZOE),
        ("Eve Recruits", "Sam Self", "3/1/26, 9:00 AM", "A great role", "INCOMING", EVE, ME),
        ("Bob Stone", "Sam Self", "3/12/20, 9:00 AM", "", "INCOMING", BOB, ME),
        (
            "Sam Self",
            "Ida Rau",
            "3/13/20, 9:00 AM",
            "Your talk was great",
            "OUTGOING",
            ME,
            "https://www.linkedin.com/in/ida",
        ),
    ),
    "Recommendations_Given.csv": table(
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        ("Bob", "Stone", "Stone, Ltd", "Mason", "Bob builds.\n\nWell.", "03/14/21, 03:24 PM", "VISIBLE"),
        ("Kim", "Lee", "Initech", "Buyer", "Kim buys.", "04/14/21, 03:24 PM", "VISIBLE"),
        ("Zoë", "Müller", "Café", "Chef", "Later.", "05/14/21, 03:24 PM", "PENDING"),
    ),
    "Recommendations_Received.csv": table(
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        ("Zoë", "Müller", "Café", "Chef", "Sam eats everything.", "06/01/22, 03:24 PM", "HIDDEN"),
    ),
    "Endorsement_Received_Info.csv": table(
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status",
        ("2023/06/05 15:47:58 UTC", "C++", "Bob", "Stone", BOB.removeprefix("https://"), "ACCEPTED"),
        ("2023/06/05 15:47:59 UTC", "C", "Bob", "Stone", BOB.removeprefix("https://"), "ACCEPTED"),
        ("2023/06/06 15:47:59 UTC", "C", "Kim", "Lee", OTHER_KIM.removeprefix("https://"), "ACCEPTED"),
        ("2023/06/07 15:47:59 UTC", "Ice", "Kim", "Lee", KIM.removeprefix("https://"), "HIDDEN"),
        ("2023/06/08 15:47:59 UTC", "Ice", "Zoë", "Müller", ZOE.removeprefix("https://"), "PENDING"),
    ),
    "Endorsement_Given_Info.csv": table(
        "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status",
        ("2023/07/05 15:47:58 UTC", "Cooking", "Zoë", "Müller", ZOE.removeprefix("https://"), "ACCEPTED"),
    ),
    "Profile.csv": table(
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
        "Twitter Handles,Websites,Instant Messengers",
        ("Sam", "Self", "", "", "", "Eater", "I eat.\n\nMuch.", "Food", "", "Berlin", "", "", ""),
    ),
    "Email Addresses.csv": table(
        "Email Address,Confirmed,Primary,Updated On",
        ("sam@self.example", "Yes", "Yes", "1/2/20, 3:04 PM"),
        ("typo@self.example", "No", "No", "Not Available"),
    ),
    "PhoneNumbers.csv": table("Extension,Number,Type", ("", "+49 30 5550100", "Mobile")),
    "Notes.csv": table(
        "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On",
        ("Bob", "Stone", BOB, "Likes granite", "14 Mar 2026", ""),
    ),
    "Contacts.csv": table(
        "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,FullName",
        ("GOOGLE", "Max", "Moll", "Moll & Co", "Owner", "max@moll.example", "+49 30 5550199", "1/2/20, 3:04 PM", ""),
        ("GOOGLE", "", "", "", "", "nobody@moll.example", "", "1/2/20, 3:04 PM", ""),
    ),
    "guide_messages.csv": table(_MESSAGES),
    "learning_coach_messages.csv": table(
        _MESSAGES, ("x", "", "LinkedIn Coach", "", "Sam Self", "", "2026-01-01 10:00:00 UTC", "", "Hi", "", "", "", "")
    ),
}
"""What is about people."""

WITHOUT_PEOPLE = {
    "Company Follows.csv": "Organization,Followed On",
    "Skills.csv": "Name",
    "Languages.csv": "Name,Proficiency",
    "Courses.csv": "Name,Number",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities",
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number",
    "Projects.csv": "Title,Description,Url,Started On,Finished On",
    "Publications.csv": "Name,Published On,Description,Publisher,Url",
    "Volunteering.csv": "Company Name,Role,Cause,Started On,Finished On,Description",
    "Profile Summary.csv": "Profile Summary",
    "Registration.csv": "Registered At,Registration Ip,Subscription Types",
    "Rich_Media.csv": "Date/Time,Media Description,Media Link",
    "Receipts_v2.csv": "First Name,Last Name,Billing Country,Postal Code,Transaction Made At,Payment Method Type,"
    "Invoice Number,Description,Tax Amount,Sub Total,Total Amount,Currency Code",
    "SavedJobAlerts.csv": "ALERT_PARAMETERS,QUERY_CONTEXT,SAVED_SEARCH_ID",
    "Member_Follows_1.csv": "Date,Status,FullName",
    "Saved_Items_1.csv": "savedItem,CreatedTime",
    "Shares_1.csv": "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility",
    "Comments_1.csv": "Date,Link,Message",
    "Reactions_1.csv": "Date,Type,Link",
    "Votes_1.csv": "Date,Link,OptionText",
    "InstantReposts_1.csv": "Date,Link",
    "SearchQueries.csv": "Time,Search Query",
    "Logins.csv": "Login Date,IP Address,User Agent,Login Type",
    "Security Challenges.csv": "Challenge Date,IP Address,User Agent,Country,Challenge Type",
    "Ads Clicked.csv": "Ad clicked Date,Ad Title/Id",
    "LAN Ads Engagement.csv": "Action,Date,Ad Title/Id,Page/App",
    "Ad_Targeting.csv": "Member Age,Buyer Groups,Company Names,Company Names,Company Follower of,degreeClass",
    "Inferences_about_you.csv": "Category,Type of inference,Description,Inference",
    "Learning.csv": "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),"
    "Content Completed At (if completed),Content Saved,Notes taken on videos (if taken),",
    "Events.csv": "Event Name,Event Time,Status,External Url",
    "Causes You Care About.csv": "Supported Cause",
    "Whatsapp Phone Numbers.csv": "Number,Extension,Is_WhatsApp_Number",
    "Private_identity_asset.csv": "Private Identity Asset Name,Private Identity Asset Raw Text",
    "LearningCoachMessages.csv": "No conversations found",
    "Jobs/Job Applications.csv": "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
    "Resume Name,Question And Answers",
    "Jobs/Saved Jobs.csv": "Saved Date,Job Url,Job Title,Company Name",
    "Jobs/Job Applicant Saved Answers.csv": "Question,Answer",
    "Jobs/Job Seeker Preferences.csv": "Locations,Industries,Company Employee Count,Preferred Job Types,Job Titles,"
    "Open To Recruiters,Dream Companies,Profile Shared With Job Poster,Phone Number",
    "Verifications/Verifications.csv": "First name,Middle name,Last name,Verification type,Organization name,"
    "Email address,Country,State,City,Year of birth,Issuing authority,Document type,Verification service provider,"
    "Verified date,Expiry date",
}
"""What is not, by its header."""

OLD = {
    "connections.csv": table(
        "FirstName,LastName,EmailAddress,Company,Position,ConnectedOn,Tags",
        ("Zoë", "Müller", "zoe@cafe.example", "Café", "Chef", "2/8/2016", ""),
    ),
    "Messages 2017.csv": table(
        "From,To,Date,Subject,Content,Direction,Folder",
        ("Sam Self", "Zoë Müller", "2/8/17, 2:37 PM", "Lunch?", "On Friday?", "OUTGOING", "SENT"),
        ("Zoë Müller", "Sam Self", "2/8/17, 3:37 PM", "RE: Lunch?", "Yes.", "INCOMING", "INBOX"),
        ("Eve Recruits", "Sam Self", "2/9/17, 3:37 PM", "A role", "Dear Sam", "INCOMING", "INBOX"),
    ),
    "messages.csv": table(
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER",
        ("c1", "", "Sam Self", ME, "Zoë Müller", "2020-02-08 18:00:00 UTC", "", "Hello", "INBOX"),
        ("c1", "", "Zoë Müller", ZOE, "Sam Self", "2020-02-09 18:00:00 UTC", "", "Hello you", "INBOX"),
        ("c2", "", "Sam Self", ME, "Bob Stone", "2020-02-09 18:00:00 UTC", "", "Hello Bob", "INBOX"),
    ),
    "Invitations.csv": table(
        "From,To,Sent At,Message,Direction", ("Sam Self", "Zoë Müller", "2/7/16, 2:37 PM", "The market!", "OUTGOING")
    ),
    "Endorsement Received Info.csv": table(
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status",
        ("2018/06/05 15:47:58 UTC", "C++", "Bob", "Stone", "ACCEPTED"),
    ),
}
"""The same of years ago: no conversation ids, then no links of recipients."""


def everything() -> dict[str, str]:
    """Return all files of a new archive."""
    return NEW | {name: f"{header}\n" for name, header in WITHOUT_PEOPLE.items()}


def a_folder(path: Path, files: dict[str, str]) -> Path:
    """Write files into a folder, as an archive that was unpacked."""
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8", newline="")
    return path


def zipped(files: dict[str, str]) -> bytes:
    """Return the archive as it is downloaded."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode())
    return packed.getvalue()
