"""What a column of a table can be, by its header: words of Google, Outlook and Thunderbird, and what people write.

English, German, French and Spanish. Case, accents, spaces and signs in a header do not count.
"""

import re
from functools import lru_cache

from relcraft.domain.text import clean_line, fold

FIELDS = (
    *("name", "first_name", "middle_name", "last_name", "nicknames", "organisation", "role", "emails", "phones"),
    *("urls", "city", "address", "birthday", "birth_day", "birth_month", "birth_year", "tags", "met_how", "met_on"),
    *("introduced_by", "can_offer", "looking_for", "notes"),
)
"""What a user can say that a column is; empty leaves it out. What `address` and most others say becomes notes."""
LEFT_OUT = ""
TITLE, NAME_OR_PART = "title", "name or a part of it"
"""What only the other columns decide: a job title or "Dr."; the whole name or the last."""

_EXACT_WORDS = {
    "name": "fullname displayname contactname anzeigename vollername vollstandigername nomaafficher nomcomplet "
    "nombrecompleto nombreenpantalla nombreparamostrar contact kontakt person commonname cn "
    "ansprechpartner ansprechpartnerin kontaktperson contactperson personnedecontact personadecontacto",
    "first_name": "firstname first givenname given forename vorname prenom nombredepila",
    "middle_name": "middlename middle additionalname weiterevornamen zweitervorname deuxiemeprenom segundonombre",
    "last_name": "lastname last familyname surname family nachname familienname nomdefamille apellidos apellido "
    "primerapellido segundoapellido",
    "nicknames": "nickname nicknames spitzname surnom apodo alias alsoknownas rufname",
    "organisation": "company companyname organization organisation organizationname organisationname employer firma "
    "unternehmen arbeitgeber societe entreprise organizacion empresa compania workcompany firm",
    "role": "jobtitle position role job occupation profession beruf berufsbezeichnung funktion fonction poste puesto "
    "cargo profesion arbeitstitel worktitle organizationtitle headline",
    TITLE: "title titre titulo titel",
    NAME_OR_PART: "name nom nombre",
    "birthday": "birthday birthdate dateofbirth dob bday born geburtstag geburtsdatum anniversaire datedenaissance "
    "fechadenacimiento cumpleanos nacimiento",
    "birth_day": "jourdenaissance jour diadenacimiento",
    "birth_month": "birthmonth geburtsmonat mois moisdenaissance mesdenacimiento",
    "birth_year": "birthyear geburtsjahr annee anneedenaissance anodenacimiento",
    "tags": "tags tag labels label groups group groupmembership categories category kategorien kategorie categorias "
    "keywords gruppe gruppen groupes grupos etiquetas schlagworter motscles",
    "met_how": "howwemet howmet methow metat wherewemet kennengelernt commentonsestconnu",
    "met_on": "meton metdate firstmet datemet kennengelerntam",
    "introduced_by": "introducedby metthrough introducer vorgestelltvon presentepar presentadopor",
    "can_offer": "canoffer offers",
    "looking_for": "lookingfor seeks",
    "notes": "note notes comment comments remark remarks notiz notizen bemerkung bemerkungen anmerkung anmerkungen "
    "kommentar kommentare remarques commentaire commentaires nota notas comentario comentarios observaciones "
    "description beschreibung info memo",
    LEFT_OUT: "initials initialen initiales sensitivity vertraulichkeit criteredediffusion confidencialidad priority "
    "prioritat priorite prioridad private prive privat mileage reisekilometer kilometrage kilometraje "
    "directoryserver serveurdannuaire internetfreebusy internetfreigebucht disponibiliteinternet billinginformation "
    "abrechnungsinformation informationsfacturation facturacion account konto compte governmentidnumber "
    "regierungsnr codegouvernement organizationalidnumber language sprache langue idioma shortname fileas subject "
    "lastmodified lastmodifieddate gender geschlecht sexe genero id uid userphoto emaillist "
    "anrede salutation civilite tratamiento",
}
_EXACT = {word: field for field, words in _EXACT_WORDS.items() for word in words.split()}
_TRUE_NOTES = frozenset(_EXACT_WORDS["notes"].split())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NO_VALUE = _words("type typ tipo label yomi phonetic photo foto avatar")
_SHOWN = _words("display angezeigter complet pantalla")
_EMAIL = _words("email emails mail mails courriel messagerie correo electronique courrier")
_OF_ANOTHER = _words("assistant assistants assistent assistentin asistente spouse partner")
_PHONE = _words(
    "phone phones telephone tel telefon telefono telefonnummer mobile mobil mobiltelefon movil portable cell cellular "
    "cellphone handy fax telefax telecopie pager autotelefon haupttelefon radiotelefono telex isdn callback "
    "ruckmeldung tty particular buscapersonas radiomessagerie rnis festnetz"
)
_URL = _words("web website webpage url urls webseite homepage site blog linkedin github xing mastodon")
_CITY = _words("city town ort stadt wohnort ville ciudad localidad locality poblacion")
_ADDRESS = _words(
    "address addresses adresse anschrift direccion street strasse rue calle zip zipcode plz postleitzahl postal "
    "postalcode postcode state region bundesland kanton province provincia dep country land pays pais box postfach "
    "postale apartado domicilio bp"
)
_TOKEN = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=2048)
def squashed(header: str) -> str:
    """Return a header for comparing: "E-mail 1 - Value" is email1value."""
    return re.sub(r"[\W_]+", "", fold(header))


@lru_cache(maxsize=1024)
def field_of(header: str) -> str | None:
    """Return the field that a column with this header is; None where the header tells nothing."""
    key = squashed(header)
    for word in (key, re.sub(r"\d+", "", key)):
        if word in _EXACT:
            return _EXACT[word]
    tokens = frozenset(_TOKEN.findall(fold(_CAMEL.sub(" ", header))))
    if tokens & _NO_VALUE:
        return LEFT_OUT
    for words, field in ((_EMAIL, "emails"), (_PHONE, "phones"), (_URL, "urls"), (_CITY, "city")):
        if tokens & words:
            return LEFT_OUT if tokens & _SHOWN else "notes" if tokens & _OF_ANOTHER else field
    return "address" if tokens & _ADDRESS else None


@lru_cache(maxsize=256)
def is_plain_note(header: str) -> bool:
    """Whether what stands under this header needs no label among the notes."""
    return re.sub(r"\d+", "", squashed(header)) in _TRUE_NOTES


@lru_cache(maxsize=256)
def address_of(header: str) -> str:
    """Return which address a column is part of, for a label: "Home address", "Work address", "Address 1", ..."""
    key = squashed(header)
    numbered = re.match(r"address(\d+)", key)
    if numbered:
        return f"Address {numbered[1]}"
    for words, label in (
        ("home privat domicile privee particular residencia personal domicilio", "Home address"),
        ("work business geschaftlich dienstlich bureau professionnelle trabajo company firma", "Work address"),
        ("other weiter autre otra otro", "Other address"),
    ):
        if any(word in key for word in words.split()):
            return label
    return "Address"


@lru_cache(maxsize=256)
def shown(header: str) -> str:
    """Return a header as a label: "Custom Field 1 - Value" is "Custom Field 1"."""
    return re.sub(r"\s*-\s*Value$", "", clean_line(header)) or "Other"
