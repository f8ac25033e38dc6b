"""Recipients as a document names them → agencies of the ledger, and records of those that it does not know."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from ledger.book import Agency, Names, Origin, agencies_called, names_of
from ledger.suggestion import did_you_mean
from ledger.writing.yaml_records import Record
from ledger.writing.yaml_scalars import Value

_LONGEST_ID = 60
"""Characters of an id that is made of a name."""

_COUNTY_BOARD = re.compile(r"Länsstyrelsen (?:i )?(.+?)s?(?: län)?", re.IGNORECASE)
_PRINTED = re.compile(r"\(([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,9})\)$")
"""An abbreviation that a document prints behind a name."""

_KINDS: tuple[tuple[str, str], ...] = (
    ("group", r"länsstyrelserna|kommuner(?:na)?|regioner(?:na)?|kommuner och regioner|universitet och högskolor"),
    ("county-board", r"länsstyrelsen (?:i )?\S.*"),
    ("university", r".*(?:universitet|högskola|högskolan|university)(?: i \S+)?|karolinska institutet"),
    ("university", r"högskolan i \S.*|university of \S.*"),
    ("municipality", r".*\S kommun|.*\S stad|region \S+(?: \S+)?"),
    ("programme", r".*programmet"),
    ("intergovernmental", r"europarådet|nordiska (?:minister)?rådet|östersjöstaternas råd.*"),
    ("civil-society", r"(?:stiftelsen|föreningen) \S.*|.*(?:förening|föreningen|förbund|förbundet|riksorganisation)"),
    ("government-agency", r"(?:delegationen|inspektionen|institutet|myndigheten|nämnden|statens|totalförsvarets) \S.*"),
    ("government-agency", r".*(?:myndigheten|(?<!nät)verket|styrelsen|kollegiet|inspektionen|ombudsmannen|nämnden)"),
    ("government-agency", r".*(?:ande rådet|centralbyrån|förmedlingen|försäkringskassan|kontoret|regeringskansliet)"),
    ("government-agency", r".*(?:kriminalvården|kulturrådet|polisen|vetenskapsrådet)"),
)
"""Kinds by whole names, in small letters, the first that fits; what none fits is `other`."""


class Named(Struct, frozen=True):
    """A recipient as a document names it, and its agency: one of the ledger, or a new `agency`.

    `near` is what the nearest known one is called, as ` (did you mean …?)`; `several` are the ids that a name may mean.
    """

    name: str
    id: str
    agency: Agency | None = None
    near: str = ""
    several: tuple[str, ...] = ()


Recipient = tuple[str, str]
"""A name and an organisation number, either of which may be empty."""

_NOWHERE = Origin("", "", {})


def named(
    recipients: Iterable[Recipient], agencies: Mapping[str, Agency], register: Iterable[Agency] = ()
) -> dict[Recipient, Named]:
    """Every recipient with its agency. One that the ledger does not know is new once, by its number or its name.

    Its id is that of a `register` of agencies, where that knows the name.
    """
    ids = names_of(register)
    names: Names = names_of(agencies.values())
    known = {name for agency in agencies.values() for name in (agency.name, agency.name_en) if name}
    found: dict[Recipient, Named] = {}
    taken = set(agencies)
    for recipient in dict.fromkeys(recipients):
        name, number = recipient
        called = agencies_called(names, name, number)
        if called or not (name or number):
            found[recipient] = Named(name, called[0] if called else "", several=called if len(called) > 1 else ())
            continue
        name = " ".join((name or number).replace("\u00ad", "").split())
        new = Agency(_wanted(name, ids, taken), name, kind_of(name), _NOWHERE, org_number=_number(number))
        taken.add(new.id)
        names = {**names, **names_of([new])}
        found[recipient] = Named(name, new.id, new, did_you_mean(name, known))
    return found


def kind_of(name: str) -> str:
    """An agency's kind, where its name tells it; else `other`."""
    plain = " ".join(name.split()).casefold()
    return next((kind for kind, pattern in _KINDS if re.fullmatch(pattern, plain)), "other")


def slug(text: str) -> str:
    """A text, or its beginning, as an id: small letters without marks, digits, dashes; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "ae"))
    words = re.findall("[a-z0-9]+", "".join(one for one in plain if not unicodedata.combining(one)))
    return "-".join(words)[:_LONGEST_ID].strip("-")


def free(wanted: str, taken: Iterable[str]) -> str:
    """The id, with a number behind it when it is taken."""
    taken, number, one = set(taken), 1, wanted
    while one in taken:
        number += 1
        one = f"{wanted}-{number}"
    return one


def names_in_texts(agencies: Iterable[Agency]) -> Callable[[str], list[str]]:
    """A function that finds the agencies that a text names, by name or abbreviation, in the order in which it does."""
    ids: dict[str, str] = {}
    for agency in agencies:
        for name in (agency.name, agency.name_en):
            if name:
                ids.setdefault(name.casefold(), agency.id)
    short = {agency.abbreviation: agency.id for agency in agencies if agency.abbreviation}
    names = sorted(ids, key=len, reverse=True)
    whole, letters = re.compile(_any_of(names, "s|en|ens"), re.IGNORECASE), re.compile(_any_of(short, "s|:s"))

    def found(text: str) -> list[str]:
        met = [(one.start(), _by_name(one[0].casefold(), ids)) for one in whole.finditer(text)]
        met += [(one.start(), _by_name(one[0], short)) for one in letters.finditer(text)]
        return list(dict.fromkeys(name for _, name in sorted(met)))

    return found


def _any_of(names: Iterable[str], endings: str) -> str:
    """A pattern for any of these names, perhaps with an ending; of none it finds nothing."""
    known = "|".join(map(re.escape, names))
    return rf"(?<!\w)(?:{known})(?:{endings})?(?!\w)" if known else "(?!)"


def _by_name(written: str, ids: Mapping[str, str]) -> str:
    """The id for a name as a text has it, perhaps with an ending."""
    return next(ids[written[:end]] for end in range(len(written), 0, -1) if written[:end] in ids)


def new_agencies(found: Iterable[Named]) -> list[Record]:
    """The records to add, each once."""
    return list({one.id: _record(one.agency) for one in found if one.agency}.values())


def ambiguous(found: Iterable[Named]) -> list[str]:
    """What to say of each name that several agencies have."""
    return [
        f"'{one.name}' may be {' or '.join(one.several)}: tell them apart in the ledger" for one in found if one.several
    ]


def _wanted(name: str, register: Names, taken: set[str]) -> str:
    """An id as short as a person would write it: as a register has it, `lst-orebro`, or a printed abbreviation."""
    board, printed, known = _COUNTY_BOARD.fullmatch(name), _PRINTED.search(name), agencies_called(register, name)
    whole = f"lst-{slug(board[1])}" if board else slug(name) or "agency"
    short = known[0] if len(known) == 1 else slug(printed[1]) if printed and not board else ""
    return short if short and short not in taken else free(whole, taken)


def _number(written: str) -> str:
    """An organisation number as ledgers write it; a century before it is left out."""
    digits = re.sub(r"\D", "", written)[-10:]
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 else ""


def _record(agency: Agency) -> Record:
    fields: dict[str, Value] = {"name": agency.name, "kind": agency.kind}
    if agency.org_number:
        fields["org_number"] = agency.org_number
    return Record("agencies", agency.id, fields)
