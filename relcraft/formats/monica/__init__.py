"""Monica's JSON export (version 4): people, and what the user noted about them.

One record is: a contact, with its ways to be reached, addresses, pets and money lent or borrowed; a note, call,
conversation, life event, gift, reminder or task of a contact; an activity; a relationship; and each user, photo,
document or page of the journal.
"""

from collections.abc import Iterator
from hashlib import sha256

from relcraft.domain.incoming import USUAL, How, Incoming, IncomingRecord, Myself, Row, Skipped
from relcraft.domain.records import ME, Contact, Me
from relcraft.formats.decoding import narrow
from relcraft.formats.monica.deeds import DEEDS, Told, activity_of
from relcraft.formats.monica.people import DESCRIBING, as_named, contact_of, key_of, name_of
from relcraft.formats.monica.relations import pair_of, relation_told, ties_of
from relcraft.formats.monica.tree import Lines, Node, parsed, read_day

_SIGNS = (b'"exported_by"', b'"app_version"', b'"number_of_invitations_sent"', b'"contact_field_types"')
_NO_FILE = "is no whole export of Monica: it ends too early, or it is damaged"
_REFERRED = frozenset({"activity", "photo", "document"})
"""What hangs on a contact by its uuid alone: the account has the record."""
_LEFT_OUT = {
    "photo": "is a photo: pictures stay in Monica",
    "document": "is a document: files stay in Monica",
    "journal_entry": "is a page of your journal, and about nobody in particular",
    "address_book": "is an address book that Monica was connected with: relcraft sync keeps in step with those",
    "address_book_subscription": "is how Monica is connected with an address book: relcraft sync keeps in step",
}
_MY_KEY = "monica:me"
"""Of the user and of the contact that is the user: they are one."""
_LISTS_OF_TYPES = ("activity_types", "contact_field_types", "life_event_types")


class Monica:
    """Reads what `Settings > Export data > Export to JSON` of Monica 4 gives."""

    name = "monica"
    title = "Monica (export to JSON)"

    def recognises(self, head: bytes) -> bool:
        """Whether it is a JSON object with an account and what else only Monica writes."""
        text = narrow(head[:4]) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.removeprefix(b"\xef\xbb\xbf")
        if not text.lstrip().startswith(b"{"):
            return False
        whole = narrow(head)
        return b'"account"' in whole and b'"uuid"' in whole and any(sign in whole for sign in _SIGNS)

    def expected_rows(self, data: bytes) -> int:
        """About how many rows `read` yields: one for each uuid that is no mere reference."""
        return data.count(b'"uuid"')

    def myself(self, data: bytes) -> Myself:
        """Return the names and addresses of the user who exported."""
        account = _account(data)
        users = [] if account is None else account.users
        names = (_full_name(user) for user in users)
        emails = (user.line("email") for user in users)
        return Myself(names=tuple(filter(None, names)), emails=tuple(filter(None, emails)))

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:  # noqa: ARG002 - as formats are read
        """Yield everybody, then what is about them; photos, documents and the journal are left out, and told."""
        account = _account(data)
        if account is None:
            yield Skipped(file_name, _NO_FILE)
            return
        yield from _Reader(account, Lines.of(data, file_name)).rows()


class _Account:
    """The account of an export, its records by kind."""

    def __init__(self, root: Node, account: Node) -> None:
        self.root = root
        self.kinds: dict[str, list[Node]] = {}
        for kind, items in account.collections():
            self.kinds.setdefault(kind, []).extend(Node(item) for item in items if isinstance(item, dict))
        self.kinds.setdefault("journal_entry", []).extend(account.nodes("journal_entries"))
        instance = account.node("instance") or Node({})
        self.types = {each.uuid: each for kind in _LISTS_OF_TYPES for each in instance.nodes(kind) if each.uuid}
        self.users = self._users()

    def _users(self) -> list[Node]:
        """Return the user who exported; of an account that several share, nobody else."""
        users, by = self.kinds.get("user", []), self.root.line("exported_by")
        named = [user for user in users if by and by in (user.line("email"), user.uuid)]
        return named[:1] or users[:1]


def _account(data: bytes) -> _Account | None:
    root = parsed(data)
    account = None if root is None else Node(root).node("account")
    return None if root is None or account is None else _Account(Node(root), account)


def _full_name(user: Node) -> str:
    return " ".join(filter(None, (user.line("first_name"), user.line("last_name"))))


class _Reader:
    """Turns an account into rows."""

    def __init__(self, account: _Account, lines: Lines) -> None:
        self._account = account
        self._lines = lines
        self._exported_on = read_day(account.root.get("export_date"))
        self._me = {user.line("me_contact") for user in account.users} - {""}
        self._contacts: dict[str, Contact] = {}
        """By uuid, those that have a name."""
        self._names: dict[str, str] = {}
        self._read: list[tuple[Node, Contact]] = []
        self._types = account.types | {node.uuid: node for node in account.kinds.get("contact", []) if node.uuid}
        self._read_contacts()

    def _read_contacts(self) -> None:
        for node in self._account.kinds.get("contact", []):
            contact = contact_of(node, self._key(node), self._account.types)
            self._read.append((node, contact))
            self._names[node.uuid] = contact.name
            if contact.name and node.uuid not in self._me:
                self._contacts.setdefault(node.uuid, contact)

    def rows(self) -> Iterator[Row]:
        """Yield all rows: people first."""
        kinds = self._account.kinds
        for user in kinds.get("user", []):
            yield self._user(user)
        for node, contact in self._read:
            yield self._contact(node, contact)
        for node, _contact in self._read:
            yield from self._deeds(node)
        yield from self._activities()
        yield from self._relationships()
        done = {"user", "contact", "activity", "relationship"}
        for kind, nodes in kinds.items():
            for number, node in enumerate(() if kind in done else nodes, start=1):
                where = self._lines.where(node.uuid, f"{kind.replace('_', ' ')} {number}")
                yield Skipped(where, _LEFT_OUT.get(kind, f'is of a kind ("{kind}") that has no place here'))

    def _key(self, node: Node, owner: str = "") -> str:
        """Return the import key: the uuid, or what the record says where it has none."""
        if node.uuid:
            return key_of(node.uuid)
        said = "\0".join(f"{name}={node.line(name)}" for name in sorted(node.names()))
        return key_of(f"{owner}:{sha256(said.encode('utf-8', 'replace')).hexdigest()[:24]}")

    def _user(self, user: Node) -> Row:
        where = self._lines.where(user.uuid, "user")
        if not any(user.raw is known.raw for known in self._account.users):
            return Skipped(where, "is another user of the same account")
        email = user.line("email")
        me = Me(uid=ME, name=_full_name(user), emails=(email,) if email else (), sources=(_MY_KEY,))
        return IncomingRecord(me, (), where)

    def _contact(self, node: Node, contact: Contact) -> Row:
        where = self._lines.where(node.uuid, "contact")
        if node.uuid in self._me:
            me = Me(uid=ME, name=name_of(node), organisation=node.line("company"), sources=(_MY_KEY,))
            return IncomingRecord(me, (), where)
        if not contact.name:
            return Skipped(where, "has no name")
        introducer = self._contacts.get(node.line("first_met_through"))
        return Incoming(contact, where, introducer=None if introducer is None else as_named(introducer))

    def _deeds(self, owner: Node) -> Iterator[Row]:
        """Yield what hangs on a contact."""
        contact = self._contacts.get(owner.uuid)
        for kind, items in owner.collections():
            if kind in DESCRIBING or kind in _REFERRED:
                continue
            for number, item in enumerate(items, start=1):
                node = Node(item if isinstance(item, dict) else {})
                name = self._names.get(owner.uuid) or "a contact without a name"
                where = self._lines.where(node.uuid, f"{kind.replace('_', ' ')} {number} of {name}")
                if contact is None:
                    why = "is about yourself" if owner.uuid in self._me else "is about a contact without a name"
                    yield Skipped(where, why)
                elif kind not in DEEDS:
                    yield Skipped(where, f'is of a kind ("{kind}") that has no place here')
                else:
                    key = self._key(node, f"{owner.uuid}:{kind}")
                    yield DEEDS[kind](Told(node, key, where, contact, self._types, self._exported_on))

    def _activities(self) -> Iterator[Row]:
        people: dict[str, list[Contact]] = {}
        for owner in self._account.kinds.get("contact", []):
            contact = self._contacts.get(owner.uuid)
            for kind, items in owner.collections() if contact is not None else ():
                for uuid in items if kind == "activity" else ():
                    if isinstance(uuid, str) and contact is not None:
                        people.setdefault(uuid, []).append(as_named(contact))
        for number, node in enumerate(self._account.kinds.get("activity", []), start=1):
            where = self._lines.where(node.uuid, f"activity {number}")
            interaction = activity_of(node, self._key(node), self._account.types)
            if interaction is None:
                yield Skipped(where, "has no day that can be read: one such as 2021-03-04 was expected")
            elif node.uuid not in people:
                yield Skipped(where, "is an activity with nobody")
            else:
                yield IncomingRecord(interaction, tuple(people[node.uuid]), where)

    def _relationships(self) -> Iterator[Row]:
        nodes = self._account.kinds.get("relationship", [])
        ties = ties_of(nodes, self._names)
        for number, node in enumerate(nodes, start=1):
            where, pair = self._lines.where(node.uuid, f"relationship {number}"), pair_of(node)
            sides = tuple(as_named(self._contacts[uuid]) for uuid in pair if uuid in self._contacts)
            if len(set(pair)) == 2 and len(sides) == 2:
                yield IncomingRecord(ties[pair], sides, where)
            elif self._me.intersection(pair):
                yield Skipped(where, f"is between you and somebody, no tie of two contacts: {self._told(node)}")
            else:
                yield Skipped(where, "names somebody who is not in the file")

    def _told(self, node: Node) -> str:
        return relation_told(node, self._names)
