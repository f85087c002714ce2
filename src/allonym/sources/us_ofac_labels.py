"""OFAC's labelled values: identity documents and features, as the ENHANCED XML and the trade.gov list print them.

Takes a label of OFAC's vocabulary with its value ("Cedula No.", "12970549"); states it on the entity, on its Sanction
or as a side entity (Identification, CryptoWallet, Security). Must not drop a label: one without a FtM property goes to
`notes` with the label in front, one that is not known is reported besides.
"""

import re
from dataclasses import dataclass

from allonym.sources import values
from allonym.sources.entry import Entry

#: Identity documents by the property that takes the number; every other document type is an `idNumber`.
DOCUMENT_PROPS = {
    "passportNumber": "passport|british national overseas passport|diplomatic passport|stateless person passport",
    "socialSecurityNumber": "ssn",
    "taxNumber": (
        "r.f.c.|rfc|nit #|us fein|ruc #|c.i.f.|rif #|italian fiscal code|fiscal code|c.u.i.t.|tax id no.|n.i.f.|rtn|"
        "rsin|paraguayan tax identification number|"
        "numero unico de identificacao tributaria (nuit)|romanian tax registration"
    ),
    "vatCode": "v.a.t. number",
    "licenseNumber": (
        "trade license no.|tourism license no.|pilot license number|driver's license no.|license|permit number|"
        "sre permit no.|afghan money service provider license number"
    ),
    "registrationNumber": (
        "registration id|registration number|company number|uk company number|business registration document #|"
        "business registration number|business number|c.r. no.|commercial registry number|romanian c.r.|"
        "enterprise number|certificate of incorporation number|matricula mercantil no|folio mercantil no.|"
        "public registration number|istanbul chamber of comm. no.|dubai chamber of commerce membership no.|"
        "chamber of commerce number|file number|organization code|"
        "united social credit code certificate (usccc)|unified social credit code (uscc)|"
        "registered charity no.|central registration system number|economic register number (cbls)|branch unit number|"
        "registration certificate number (dubai)|msb registration number|government gazette number|legal entity number|"
        "russian state individual business registration number pattern (ogrnip)|vessel registration identification"
    ),
    "idNumber": (
        "cedula no.|d.n.i.|n.i.e.|national id no.|le number|bosnian personal id no.|credencial electoral|kenyan id no.|"
        "c.i.n.|moroccan personal id no.|public security and immigration no.|c.u.r.p.|immigration no.|residency number|"
        "travel document number|electoral registry no.|identification number|national foreign id number|"
        "personal id card|cartilla de servicio militar nacional|c.u.i.p.|visanumberid|cnp (personal numerical code)|"
        "stateless person id card|romanian permanent resident|"
        "turkish identification number|refugee id card|numero de identidad|c.u.i.|i.f.e.|"
        "tazkira national id card|chinese commercial code|citizen's card number|uae identification|trademark number|"
        "birth certificate number|seafarer's identification document|military registration number|"
        "international maritime organization no."
    ),
    "giiNumber": "global intermediary identification number",
    "mmsi": "mmsi",
    "bikCode": "bik (ru)",
    "dunsCode": "d-u-n-s number",
    "swiftBic": "swift/bic",
    "serialNumber": (
        "serial no.|aircraft serial identification|aircraft manufacturer's serial number (msn)|"
        "aircraft construction number (also called l/n or s/n or f/n)"
    ),
}  # fmt: skip
DOCUMENTS = {label: prop for prop, labels in DOCUMENT_PROPS.items() for label in labels.split("|")}
#: Where a number goes when the schema has no such property, in this order.
DOCUMENT_FALLBACKS = ("idNumber", "registrationNumber")
#: Numbers that are codes of their own and no documents: no Identification is made of them.
CODES = {"mmsi", "dunsCode", "swiftBic", "serialNumber", "imoNumber", "giiNumber"}

#: Features by label: the properties that may take the value; the first that the schema has does.
FEATURES = {
    "birthdate": ("birthDate",),
    "place of birth": ("birthPlace",),
    "nationality country": ("nationality", "country"),
    "citizenship country": ("citizenship", "country"),
    "gender": ("gender",),
    "title": ("position",),
    "email address": ("email",),
    "website": ("website", "sourceUrl"),
    "phone number": ("phone",),
    "organization established date": ("incorporationDate",),
    "organization type": ("sector",),
    "target type": ("classification",),
    "nationality of registration": ("jurisdiction", "country"),
    "registration country": ("jurisdiction", "country"),
    "vessel call sign": ("callSign",),
    "other vessel call sign": ("callSign",),
    "vessel type": ("type",),
    "other vessel type": ("type",),
    "vessel flag": ("flag",),
    "other vessel flag": ("flag",),
    "former vessel flag": ("pastFlags",),
    "vessel tonnage": ("tonnage",),
    "vessel gross registered tonnage": ("grossRegisteredTonnage",),
    "vessel gross tonnage": ("grossRegisteredTonnage",),
    "vessel year of build": ("buildDate",),
    "aircraft model": ("model",),
    "aircraft type": ("type",),
    "aircraft manufacturer": ("manufacturer",),
    "aircraft manufacture date": ("buildDate",),
    "aircraft mode s transponder code": ("icaoCode",),
    "aircraft tail number": ("registrationNumber",),
    "previous aircraft tail number": ("registrationNumber",),
}
DATES = {"birthDate", "incorporationDate", "buildDate"}
QUALIFIERS = {"previous aircraft tail number": "former"}

#: Features that FtM has no property for; the label and the value are kept as a note.
NOTED = {
    "vessel owner", "aircraft operator", "aircraft owner", "aircraft manager", "issuer name", "un/locode", "location",
    "none identified",
}  # fmt: skip
SECURITIES = {"isin": "isin", "equity ticker": "ticker", "micex code": "ticker"}
#: What the listing forbids or warns of; stated on the Sanction, label included.
PROVISIONS = re.compile(
    r"additional sanctions information|secondary sanctions risk|transactions prohibited for persons|caatsa section|"
    r"executive order \d+|ifca determination|peesa information",
)
LISTING_DATES = {"listing date (": "listingDate", "effective date (": "startDate"}
DIVESTMENT = "purchase/sales for divestment date"
WALLET = "digital currency address - "

IMO = re.compile(r"IMO(?: No\.?| number)?:? *(\d{7})", re.IGNORECASE)
LEI = re.compile(r"[A-Z0-9]{18}\d\d")
IN_BRACKETS = re.compile(r"(.+?) \(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled value. `date` is a date the list prints without saying whether of issue or of expiry."""

    label: str
    value: str
    country: str | None = None
    issued: str | None = None
    expires: str | None = None
    date: str | None = None
    authority: str | None = None
    comment: str | None = None
    qualifier: str | None = None

    @property
    def key(self) -> str:
        """The label without its trailing punctuation, in lower case; `#` and `.` are part of the name."""
        return self.label.strip().rstrip(":- ").casefold()

    @property
    def text(self) -> str:
        """Label and value in one line, as a note has it."""
        joint = " " if self.label.rstrip().endswith((":", "-")) else ": "
        return f"{self.label.strip()}{joint}{self.value}" + (f" ({self.comment})" if self.comment else "")


def is_known(label: str) -> bool:
    """Whether the label belongs to OFAC's vocabulary."""
    key = Labelled(label, "").key
    return (
        any(key in table for table in (DOCUMENTS, FEATURES, NOTED, SECURITIES))
        or key.startswith((WALLET, DIVESTMENT, *LISTING_DATES))
        or PROVISIONS.match(key) is not None
    )


def state(entry: Entry, sanction: Entry, item: Labelled) -> None:
    """State one labelled value where it belongs; see the module's docstring for what happens to the rest."""
    key = item.key
    if key in DOCUMENTS:
        document(entry, item)
    elif key in FEATURES:
        feature(entry, item)
    elif key.startswith(WALLET):
        wallet(entry, item)
    elif key in SECURITIES:
        security = entry.child("Security", key, item.value)
        security.add(SECURITIES[key], item.value)
        security.link("issuer", entry)
        if item.comment:
            security.add("notes", item.comment)
    elif key in NOTED:
        note(entry, item.text)
    elif not listing(sanction, item):
        entry.report.issue("unknown_field", f"feature {item.label!r} is not known", entity_id=entry.entity_id,
                           original=item.text)  # fmt: skip
        note(entry, item.text, qualifier=f"unknown:{key}")


def note(entry: Entry, text: str, *, qualifier: str | None = None) -> None:
    """Keep a text as a note; a schema without notes (Sanction, Identification) has a summary."""
    entry.add("notes" if values.has_property(entry.schema, "notes") else "summary", text, qualifier=qualifier)


def document(entry: Entry, item: Labelled, *, prop: str | None = None) -> None:
    """State an identity document or registration number with its Identification; `prop` overrides the label's."""
    number, original = item.value, None
    country = item.country
    if not country and (match := IN_BRACKETS.fullmatch(number)) and values.country(match[2]):
        number, country, original = match[1], match[2], number
    prop = prop or DOCUMENTS.get(item.key, "idNumber")
    if imo := IMO.fullmatch(number):
        prop, number, original = "imoNumber", imo[1], original or item.value
    elif item.key == "legal entity number" and LEI.fullmatch(number):
        prop = "leiCode"
    prop = next((p for p in (prop, *DOCUMENT_FALLBACKS) if values.has_property(entry.schema, p)), "notes")
    if prop == "notes":
        note(entry, item.text)
        return
    more = country or item.issued or item.expires or item.date or item.authority or item.comment
    if prop in CODES and not more:
        entry.add(prop, number, original=original, qualifier=item.qualifier)
        return
    paper = entry.document(number, prop=prop, kind=item.label, country=country, original=original)
    if paper is None:
        return
    paper.date("startDate", item.issued)
    paper.date("endDate", item.expires)
    paper.date("date", item.date, qualifier="issued_or_expires")
    paper.add("authority", item.authority)
    paper.add("summary", item.comment)


def feature(entry: Entry, item: Labelled) -> None:
    """State a feature on the first property that the schema has; with none of them it is a note."""
    prop = next((p for p in FEATURES[item.key] if values.has_property(entry.schema, p)), None)
    qualifier = " ".join(q for q in (QUALIFIERS.get(item.key), item.qualifier) if q) or None
    original = f"{item.value} ({item.comment})" if item.comment else None
    if prop is None:
        note(entry, item.text, qualifier=qualifier)
    elif prop in DATES:
        entry.date(prop, item.value, qualifier=qualifier)
        if item.comment:
            note(entry, item.text)
    elif prop in ("flag", "pastFlags") and item.value.casefold() == "none identified":
        note(entry, item.text)
    else:
        entry.add(prop, item.value, qualifier=qualifier, original=original)


def wallet(entry: Entry, item: Labelled) -> None:
    """A CryptoWallet with the listed entity as its holder."""
    currency = item.label.rpartition("-")[2].strip()
    found = entry.child("CryptoWallet", currency, item.value)
    found.add("publicKey", item.value)
    found.add("currency", currency, original=item.text)
    found.add("topics", "sanction")
    found.link("holder", entry)


def listing(sanction: Entry, item: Labelled) -> bool:
    """State what the listing says of itself on the Sanction: provisions and dates. Returns whether it was that."""
    key = item.key
    for start, prop in LISTING_DATES.items():
        if key.startswith(start):
            for date in values.dates(item.value):
                sanction.add(prop, date.value, original=item.text, qualifier=date.qualifier)
                return True
            sanction.unparsed(prop, item.text)
            return True
    if key.startswith(DIVESTMENT):
        sanction.add("summary", item.text)
        return True
    if PROVISIONS.match(key):
        sanction.add("provisions", item.text)
        return True
    return False
