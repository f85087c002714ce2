"""One entry of OFAC's SDN or non-SDN list, as XML and CSV print it, before it becomes statements.

The readers of both forms fill a `Listing`; `us_ofac_entry` makes statements of it, so that an entry gives the same
statements whichever form it came in. Holds printed text only; nothing is cleaned here.
"""

from dataclasses import dataclass

from allonym.sources.us_ofac_labels import Labelled


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name. `kind` is aka, fka, nka or dba; `weak` is OFAC's own category (in CSV: printed in the remarks)."""

    text: str
    kind: str = "aka"
    weak: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PrintedAddress:
    """An address. `street` is all street lines in one, `locality` is city, state and postal code in one, as in the CSV.

    `city`, `state` and `postal_code` are empty where the form does not part them.
    """

    street: str = ""
    locality: str = ""
    country: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    comment: str = ""

    @property
    def full(self) -> str:
        """The address in one line."""
        return ", ".join(part for part in (self.street, self.locality, self.country) if part)


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a remark says: see `us_ofac_remarks`. `plain` are the parts that no label begins, without their last dot.

    `cut` is the unfinished last part of a remark that OFAC cut off.
    """

    births: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    labelled: tuple[Labelled, ...] = ()
    links: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    cut: str = ""


NO_REMARKS = Remarks()


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry. `number` is OFAC's; `kind` is individual, entity, vessel or aircraft; `name` is "SURNAME, Given".

    Births, places, nationalities and citizenships have OFAC's main one first. `vessel` are pairs of an FtM property of
    Vessel and the text. `unknown` are pairs of an element that is not known and its text.
    """

    number: str
    kind: str
    name: str
    title: str = ""
    programs: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    addresses: tuple[PrintedAddress, ...] = ()
    vessel: tuple[tuple[str, str], ...] = ()
    vessel_owner: str = ""
    stated: Remarks = NO_REMARKS
    remarks: Remarks = NO_REMARKS
    unknown: tuple[tuple[str, str], ...] = ()
