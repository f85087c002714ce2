"""The Office of Foreign Assets Control's lists: the SDN list, the non-SDN list, and a table of names made from both.

Takes nothing; gives the `Source`s with the formats each comes in. The formats' own modules read them.
"""

from allonym.sources import us_ofac_csv, us_ofac_enhanced, us_ofac_names, us_ofac_xml
from allonym.sources.source import Floors, Source

PUBLISHER = "U.S. Department of the Treasury, Office of Foreign Assets Control"
EXPORTS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"

#: Downloads are the XML form only: the CSV of the same day says nothing more, and one snapshot has one form.
SOURCES: tuple[Source, ...] = (
    Source(
        name="us_ofac_sdn",
        title="OFAC Specially Designated Nationals and Blocked Persons List",
        publisher=PUBLISHER,
        authority="us-ofac",
        licence="US Government work, public domain",
        formats=(us_ofac_xml.FORMAT_SDN, us_ofac_csv.FORMAT_SDN, us_ofac_enhanced.FORMAT_SDN),
        floors=Floors(entries=8_000, names=20_000, with_birth_date=0.8),
        downloads={"SDN.XML": EXPORTS + "SDN.XML"},
        page="https://ofac.treasury.gov/specially-designated-nationals-and-blocked-persons-list-sdn-human-readable-lists",
    ),
    Source(
        name="us_ofac_cons",
        title="OFAC Consolidated Non-SDN List",
        publisher=PUBLISHER,
        authority="us-ofac",
        licence="US Government work, public domain",
        formats=(us_ofac_xml.FORMAT_CONS, us_ofac_csv.FORMAT_CONS, us_ofac_enhanced.FORMAT_CONS),
        floors=Floors(entries=300, names=1_000, with_birth_date=0.5),
        downloads={"CONSOLIDATED.XML": EXPORTS + "CONSOLIDATED.XML"},
    ),
    Source(
        name="us_ofac_sdn_names",
        title="Names on OFAC's lists",
        publisher=PUBLISHER,
        authority="us-ofac",
        licence="US Government work, public domain",
        formats=(us_ofac_names.FORMAT,),
        floors=Floors(entries=10_000, names=20_000),
    ),
)
