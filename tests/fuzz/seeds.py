"""Small inputs that say a little of everything, for mutation to begin with; all of them are written here."""

import json

from tests.formats.monica_file import contact, export, group, record, special
from tests.fuzz.zips import CARD, Entry, archive, overlapping, zipped

VCARDS = (
    CARD,
    (
        b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Lovelace;=41da;;;\n"
        b"TEL;HOME;PREF:+44 20 1\nNOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\n two\nPHOTO;BASE64:A\n B\n\nEND:VCARD\n"
    ),
    (
        b'BEGIN:VCARD\r\nVERSION:4.0\r\nFN;PREF=1:A\\,da\r\nN;SORT-AS="Love,Ada":Love;Ada;;;\r\nBDAY:--1210\r\n'
        b"ORG:Engine;Dept\r\nADR:;;1 St;Town;;1;UK\r\nTZ:Europe/London\r\nURL:https://a.example\r\nUID:urn:uuid:1-2-3-4-5\r\n"
        b"CATEGORIES:a,b\\,c\r\nitem1.X-SOCIALPROFILE;type=x:https://x.example/a\r\nEMAIL;TYPE=PREF:mailto:a@b.c\r\n"
        b"NOTE:folded\r\n  line\\nnext\r\nX-APPLE-OMIT-YEAR:1604\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\r\n"
    ),
    b"BEGIN:VCARD\nKIND:group\nFN:All\nEND:VCARD\nBEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nNICKNAME:x\nEND:VCARD\n",
)
LINKEDIN = (
    (
        b'Notes:\n"When exporting, ..."\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n'
        b'Grace,Hopper,https://www.linkedin.com/in/g,g@n.example,"Navy, US",Admiral,08 Feb 2026\n,,,,,,09 Feb 2026\n'
    ),
    b"First Name;Last Name;Email Address;Company;Position;Connected On;Tags\nAda;L;a@b.c;E;A;2/8/26, 2:37 PM;x,#y\n",
    "First Name\tLast Name\tConnected On\nZoë\tQ\t2026/02/08 16:02:04 UTC\n".encode("utf-16"),
)
MONICA = (
    export(
        group(
            "contact",
            contact(
                "ada",
                "Ada Lovelace",
                group("note", record("n", body="likes tea")),
                group("call", record("c", called_at="2024-01-01T09:00:00Z", contact_called=True)),
                group("gift", record("g", name="A book", status="offered", date="2024-01-01")),
                group("reminder", record("r", initial_date="2024-01-31", title="Call", frequency_type="month")),
                group("task", record("t", title="Return it", completed=True)),
                group("debt", record("d", amount="20.00", currency={"iso": "EUR"}, in_debt=True)),
                group("contact_field", record("f", data="ada@engine.example", type="mail")),
                group("conversation", record("v", messages=[record("", content="hello", written_by_me=True)])),
                group("activity", "a"),
                birthdate=special("1815-12-10", unknown=True),
                first_met_through="raj",
                tags=["maths"],
            ),
            contact("raj", "Raj Patel", is_dead=True),
        ),
        group("activity", record("a", summary="Lunch", happened_at="2024-02-03")),
        group("relationship", record("x", type="friend", contact_is="ada", of_contact="raj")),
        group("user", record("u", me_contact="self")),
        instance={"contact_field_types": [record("mail", protocol="mailto:", name="Email")]},
    ),
)
FRIENDS = (
    (
        b"### Activities:\n- 2018-01-04: Got lunch with **Grace Hopper** and **Ada**. @food\n"
        b"- 2017-12-31: Coffee with **Ada** and **Grace Hopper**: the new year in _Paris_\n\n"
        b"### Notes:\n- 2018-06-15: About **Ada**: found out @navy:x\n\n"
        b"### Friends:\n- Grace Hopper (a.k.a. The Admiral a.k.a. Amazing Grace) [Paris] @navy @science\n- Ada\n\n"
        b"### Locations:\n- Paris\n"
    ),
)
EXPORTS = (
    json.dumps(
        {
            "format": "relcraft",
            "schema": 1,
            "ties": [{"uid": "t", "first": "a", "second": "b"}],
            "contacts": [
                {"uid": "a", "name": "Ada", "odd": [1, None]},
                {"uid": "b", "name": "B"},
            ],
            "interactions": [{"uid": "i", "date": "2026-03-12", "kind": "coffee", "contacts": ["a", "b"]}],
            "asks": [{"uid": "k", "direction": "outgoing", "contact": "a", "kind": "advice"}],
        }
    ).encode(),
)
OWN_CSV = (
    (
        b"name,sort_name,nicknames,phones,birthday,circle,cadence_days,met_on,notes,archived,uid\r\n"
        b'Ada,"Love, Ada","one; ""two;""",\'+49 30 1;\' +49 2,\'--12-10,close,0,2024-02-29,"\'=x\n\'- tea",yes,a1\r\n'
    ),
    b'uid;name;notes\n1;\'@x;"a\nb"\n;;\n',
)
MAIL = (
    b"\r\n".join(
        (
            b"Return-Path: <a@b.c>",
            b"Received: from a by b; Mon, 2 Mar 2026 09:30:00 +0100",
            b"From: =?utf-8?q?Zo=C3=AB?= <a@b.c>",
            b'To: "Oh, Kim" <me@home.example>,\r\n\tRaj (work) <r@x.y>',
            b"Date: Mon, 2 Mar 2026 09:30:00 +0100\r\nSubject: Re: x\r\n\r\nHi\r\n",
        )
    ),
    b"From: me@home.example\nTo: friends: a@b.c, d@e.f;\nBcc: =?x?b?QQ==?= <g@h.i>\nDate: 2 Mar 26 9:30 EST\n\n",
)
MBOX = (
    b"From - Mon Mar  2 09:30:00 2026\n%s\nFrom a@b.c Mon Mar  2 09:30:00 2026\nContent-Length: 5\n%s" % MAIL,
    b"From a@b.c\n" + MAIL[1],
)
CHATS = (
    (
        b"30/12/2025, 14:30 - Ada: Hi\nmore: of it\n31/12/2025, 2:30\xe2\x80\xafp. m. - Kim: <Media omitted>\n"
        b"1/1/2026, 0:00 - +49 170 555 0100: x\n1/1/2026, 0:01 - Ada left\n"
    ),
    "\u200e[30.12.25, 14:30:05] ~ Ada: \u200eimage omitted\n[2026. 1. 2. 오후 2:30:05] Kim: y\n".encode(),
)
CALENDARS = (
    b"\r\n".join(
        (
            b"BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Europe/Berlin",
            b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Berlin:20260302T093000\r\nDTSTAMP:20260401T000000Z",
            b"RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=9\r\nEXDATE:20260309T083000Z\r\nSUMMARY:Lunch\\, at last",
            b'ATTENDEE;CN="A, B";PARTSTAT=ACCEPTED:mailto:a@b.c\r\nORGANIZER:mailto:me@home.example\r\nEND:VEVENT',
            b"BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20260316T083000Z\r\nDTSTART:20260317T083000Z",
            b"ATTENDEE:mailto:a@b.c\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
        )
    ),
    b"BEGIN:VEVENT\nDTSTART:20260302\nRDATE;VALUE=DATE:20260303,20260304\nATTENDEE;CN=Z\n o:mailto:z@b.c\nEND:VEVENT\n",
)
ZIPS = (
    zipped([("Connections.csv", LINKEDIN[0]), ("a/b.vcf", CARD), ("x.jpg", b"\xff\xd8")]),
    archive(Entry(b"../a.vcf", CARD), Entry(b"b.vcf", CARD, flags=1), Entry(b"c.vcf", CARD, method=0)),
    overlapping(3),
)
LINES = (
    *("coffee w/ Grace, Raj yesterday re: Acme <intro:Ada !fri send paper #work", "met Grace and Zork Quux 3d ago"),
    *(
        '>rec+:text "lit" @raj ?referral:Acme every 6w',
        "called @nobody at 14:30 12 mar <intro@raj:Ada",
        "w/May next tue",
    ),
    *("emailed from Grace 2026-03-12 >advice-", "note: 李明 said “hello”", "!next fri,by monday\u202e\x1b[31m"),
)
FILTERS = (
    'due: tag:work circle:close lean:given org:"acme x"',
    "due:30 grace",
    'due:²5 "',
    "lean:x circle:- zoë",
    ":::",
)
SETTINGS = (
    'data_file = "~/b.json"\nbackups = "x"\ntheme = "ink"\n[rules]\npatience_asked = 14\n[weights]\nadvice = 1.5\n',
    'theme = 1\nx = 1979-05-27T07:32:00Z\n[[rules]]\na = "\\u00e9"\n[weights]\ngift = inf\n',
    "a.b.c = [1, {x = 2}]\n'q' = '''\nx'''\nn = -0x1F\n",
)
TEMPLATES = ("Hi {name},\n\n{what}. {why}.\n{out}\n{unknown} {}{{name}}\n\n\n\n{me}", "{name}{name}.", "{" * 20)


def _book() -> bytes:
    when = {"created": "2026-01-01T00:00:00.000000Z", "updated": "2026-01-01T00:00:00.000000Z"}
    tables = {
        "_meta": {"1": {"format": "relcraft-book", "schema": 1, "seq": 3}},
        "contacts": {
            "1": {"uid": "a", "name": "Ada", "circle": "close", "birthday": "--02-29", "tags": ["x"], **when},
            "2": {"uid": "b", "name": "Bob", "introduced_by": "a", "looking_for": ["maths"], **when},
        },
        "interactions": {"1": {"uid": "i", "date": "2026-11-01", "kind": "coffee", "contacts": ["a", "b"], **when}},
        "exchanges": {
            "1": {"uid": "e", "date": "2026-11-01", "direction": "given", "kind": "advice", "contact": "a", **when}
        },
        "asks": {
            "1": {
                "uid": "k",
                "direction": "outgoing",
                "contact": "a",
                "kind": "referral",
                "steps": [{"state": "draft", "date": "2026-10-01"}, {"state": "asked", "date": "2026-10-02"}],
                "goal": "g",
                "chance": 70,
                **when,
            }
        },
        "goals": {"1": {"uid": "g", "kind": "get hired", "words": "a job", **when}},
        "introductions": {"1": {"uid": "n", "first": "a", "second": "b", **when}},
        "ties": {"1": {"uid": "t", "first": "a", "second": "b", "strength": "strong", **when}},
        "follow_ups": {"1": {"uid": "f", "date": "2026-11-23", "contact": "a", "text": "x", **when}},
        "snoozes": {"1": {"uid": "s", "of": "a", "until": "2026-12-01", **when}},
        "me": {"1": {"uid": "me", "can_offer": ["maths"], **when}},
        "apart": {"1": {"uid": "p", "first": "a", "second": "b", **when}},
        "unplaced": {"1": {"uid": "u", "table": "exchanges", "person": {"name": "Ada"}, "place": "contact", **when}},
        "synced_cards": {"1": {"uid": "h-a", "folder": "h", "contact": "a", "file": "a.vcf", "card": {"name": "Ada"}}},
        "conflicts": {"1": {"uid": "o", "table": "contacts", "of": "a", "document": {"uid": "a", "name": "A"}, **when}},
    }
    return json.dumps(tables).encode()


BOOKS = (_book(), b'{"_default": {"1": {"name": "x"}}}', b"{}")
