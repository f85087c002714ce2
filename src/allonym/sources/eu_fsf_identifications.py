"""Identity documents and registrations of the EU list.

Takes a sanctionEntity element; states each number on the property of its type, and an Identification or Passport
entity with country, dates, flags and remarks. The remark may say what the type `other` is. Must not drop a number
because of its flags: a false or revoked document is evidence too.
"""

import re
from typing import Any

from allonym.sources import values, xml
from allonym.sources.entry import SPACES, Entry

PROPERTIES = {
    "passport": "passportNumber",
    "id": "idNumber",
    "regnumber": "registrationNumber",
    "fiscalcode": "taxNumber",
    "imo": "imoNumber",
    "swiftbic": "swiftBic",
    "ssn": "socialSecurityNumber",
    "tradelic": "licenseNumber",
    "other": "idNumber",
    "drivinglicence": "idNumber",
    "travelcardid": "idNumber",
    "birthcert": "idNumber",
    "nationcert": "idNumber",
    "electionid": "idNumber",
    "residentperm": "idNumber",
}
# What a remark says of a number, where the type is broad. The first that fits counts.
REMARKED = (
    (re.compile(r"^SSN\b|\bsocial security number\b", re.IGNORECASE), "socialSecurityNumber"),
    (re.compile(r"\bSWIFT\b"), "swiftBic"),
    (re.compile(r"\bOGRN(?:IP)?\b"), "ogrnCode"),
    (re.compile(r"\bOKPO\b"), "okpoCode"),
    (re.compile(r"\bINN\b|Individual Taxpayer Number"), "innCode"),
    (re.compile(r"\btax(?:payer|ation)?\b|\bTIN\b|\bfiscal code\b", re.IGNORECASE), "taxNumber"),
    (re.compile(r"\bstate registration number\b|\bcompany registration number\b", re.IGNORECASE), "registrationNumber"),
    (re.compile(r"^\W*(?:[a-z]+ )?(?:diplomatic |service |foreign travel )?passport(?: n\w*\.?)?\b", re.IGNORECASE),
     "passportNumber"),
)  # fmt: skip
BROAD = {"other", "regnumber", "fiscalcode"}
FLAGS = {
    "diplomatic": "diplomatic",
    "knownExpired": "known to be expired",
    "knownFalse": "known to be false",
    "reportedLost": "reported lost",
    "revokedByIssuer": "revoked by its issuer",
}
# `Ration Card no. 0094195`, `SSN 156-92-9858`
WORDED = re.compile(r"^(?:\D*?\b(?:no\.?|number)|SSN)\s+(\d[\d-]*)$", re.IGNORECASE)
NAME_ON = re.compile(r"^\(?name on doc\. ['‘](.+)['’]\)?$")
UNKNOWN = "UNKNOWN"
FIELDS = {
    *FLAGS, "issuedBy", "latinNumber", "nameOnDocument", "number", "region", "identificationTypeCode",
    "identificationTypeDescription", "countryIso2Code", "countryDescription", "regulationLanguage", "logicalId",
    "validTo", "validFrom", "issueDate",
}  # fmt: skip


def state_identifications(entry: Entry, element: Any) -> None:
    """State all documents and registration numbers."""
    for identification in element.iterfind("identification"):
        _identification(entry, identification)


def _identification(entry: Entry, identification: Any) -> None:
    code, kind = (
        identification.get("identificationTypeCode", ""),
        identification.get("identificationTypeDescription", ""),
    )
    remarks = [SPACES.sub(" ", text) for text in xml.texts(identification, "remark")]
    printed = identification.get("number", "").strip() or identification.get("latinNumber", "").strip()
    if code not in PROPERTIES:
        entry.report.issue("unknown_value", "identificationTypeCode: not known, taken as an identity number",
                           entity_id=entry.entity_id, original=f"{code}: {printed}")  # fmt: skip
    prop = _property(entry, code, [printed, *remarks])
    if not re.search(r"\d", printed) and prop != "swiftBic":
        entry.unparsed("idNumber", " | ".join(text for text in (kind, printed, *remarks) if text))
        return
    number = SPACES.sub(" ", match[1] if (match := WORDED.match(printed)) else printed)
    country = identification.get("countryDescription", "")
    document = entry.document(
        number, prop=prop, kind=remarks[0] if code == "other" and remarks else kind,
        country=country if country != UNKNOWN else None, original=printed if number != printed else None,
    )  # fmt: skip
    if document is None:
        return
    latin = identification.get("latinNumber", "").strip()
    if latin not in ("", printed):
        document.add("number", latin, qualifier="latin")
    for attribute, prop in (("issueDate", "startDate"), ("validFrom", "startDate"), ("validTo", "endDate")):
        document.date(prop, identification.get(attribute))
    _about(document, identification, remarks)


def _about(document: Entry, identification: Any, remarks: list[str]) -> None:
    document.add("authority", identification.get("issuedBy"))
    document.add("authority", identification.get("region"), qualifier="region")
    for attribute, words in FLAGS.items():
        if identification.get(attribute) == "true":
            document.add("summary", words, qualifier=attribute)
    name = identification.get("nameOnDocument", "").strip()
    if match := NAME_ON.match(name):
        document.add("namesMentioned", match[1], original=name)
    else:
        document.add("summary", name)
    for remark in remarks:
        document.add("summary", remark)


def _property(entry: Entry, code: str, texts: list[str]) -> str:
    """The property for a type; `texts` are what may say more: the number as printed, and the remarks."""
    prop = PROPERTIES.get(code, "idNumber")
    if code in BROAD:
        for pattern, better in REMARKED:
            if any(pattern.search(text) for text in texts):
                prop = better
                break
    return prop if values.has_property(entry.schema, prop) else "idNumber"
