"""Invented FtM files and a manifest, as small as the rows of the specification allow."""

import json
from pathlib import Path
from typing import Any

TIMES = {"first_seen": "2023-01-10T08:00:00", "last_seen": "2024-06-01T08:00:00", "last_change": "2024-03-05T10:30:00"}


def entity(entity_id: str, schema: str, properties: dict[str, list[str]], **more: Any) -> dict[str, Any]:
    """A line of an FtM file."""
    return {"id": entity_id, "schema": schema, "properties": properties, **more}


BLOCKLIST = [
    entity("bl-vornik", "Person",
           {"name": ["Zoltan Vornik", "Золтан Ворник"], "alias": ["Zolty"], "birthDate": ["1961-04-12"],
            "nationality": ["ru"], "topics": ["sanction", "crime"], "gender": ["male"],
            "passportNumber": ["RV4456120"], "addressEntity": ["bl-address"], "notes": ["Runs the harbour."]},
           caption="Zoltan VORNIK", datasets=["blocklist", "elsewhere"], referents=["old-vornik", "bl-vornik"],
           target=False, **TIMES),
    entity("bl-address", "Address", {"full": ["1 Harbour Road, Sevastopol"], "country": ["ru"]}),
    entity("bl-sanction", "Sanction", {"entity": ["bl-vornik"], "authority": ["Ministry of Harbours"],
                                       "startDate": ["2022-03-01"]}),
    entity("bl-sanction-2", "Sanction", {"entity": ["bl-vornik"], "authority": ["Council of Ports"],
                                         "startDate": ["2020-01-01"]}),
    entity("bl-harbour", "Company", {"name": ["Vornik Harbour Logistics LLC"], "jurisdiction": ["cy"],
                                     "registrationNumber": ["HE778899"], "topics": ["sanction.linked"]},
           caption="Vornik Harbour Logistics", last_change="2025-01-01T00:00:00"),
    entity("bl-owns", "Ownership", {"owner": ["bl-vornik"], "asset": ["bl-harbour"], "percentage": ["80"]}),
    entity("bl-wife", "Person", {"name": ["Mirela Vornik"], "birthDate": ["1965"], "country": ["ru"],
                                 "topics": ["role.rca"], "gender": ["female"]},
           last_change="2024-01-01T00:00:00"),
    entity("bl-family", "Family", {"person": ["bl-vornik"], "relative": ["bl-wife"], "relationship": ["wife"]}),
    entity("bl-script", "Person", {"name": ["<script>alert(1)</script> Quandary"], "country": ["fr"]}),
    entity("bl-nobody", "Person", {"birthDate": ["1999"]}),
]  # fmt: skip
DONATIONS = [
    entity("do-party", "Organization", {"name": ["Party of Lighthouses"], "country": ["de"], "topics": ["pol.party"]}),
    *(entity(f"do-pay-{number:02}", "Payment", {"payer": ["do-giver"], "beneficiary": ["do-party"],
                                                "amount": [str(1000 * number)], "date": [f"20{30 - number:02}-01-01"]})
      for number in range(1, 16)),
    entity("do-giver", "Company", {"name": ["Gustav Brenner GmbH"], "country": ["de"], "idNumber": ["HRB 123456"]}),
    entity("do-brenner", "Person", {"firstName": ["Gustav"], "lastName": ["Brenner"], "name": ["Gustav Brenner"],
                                    "country": ["de"], "birthDate": ["1950-02-03"]}),
    entity("do-lost", "Payment", {"payer": ["nobody-here"], "beneficiary": ["do-party"], "amount": ["1"]}),
]  # fmt: skip
ODD = [entity("odd-1", "Vessel", {"name": ["MV Crooked Spoon"], "imoNumber": ["IMO9187629"], "flag": ["pa"]})]

MANIFEST = """
datasets:
  - name: blocklist
    title: Harbour blocklist
    path: blocklist.ftm.json
    version: "2026112401"
    license: CC0
    publisher: {name: Harbour Office, country: ru}
  - name: donations
    title: Donations
    entities_url: file://%s/donations.ftm.json
  - name: us_ofac_sdn
    title: A name that one of our own lists has
    path: odd.ftm.json
  - name: 1_everything
    title: Everything
    datasets: [blocklist, donations, us_ofac_sdn]
  - name: some
    title: Some
    children: [blocklist]
"""


def write(folder: Path) -> Path:
    """Write the files; gives the manifest."""
    for name, rows in (("blocklist", BLOCKLIST), ("donations", DONATIONS), ("odd", ODD)):
        write_list(folder / f"{name}.ftm.json", rows)
    manifest = folder / "manifest.yml"
    manifest.write_text(MANIFEST % folder, encoding="utf-8")
    return manifest


def write_list(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write one FtM file."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
