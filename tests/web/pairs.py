"""Lists whose entries matching leaves to a person: Valdrin Kastrati in three forms, and one actor of two entries."""

from pathlib import Path

from allonym.pipeline import activate
from allonym.resolution.resolve import Resolver
from allonym.store import Store
from tests.store.lists import entry, load

UN = [*entry("un-1", name="VALDRIN OSTREMBA KASTRATI", birthDate="1961-03-07", nationality="xk",
             address="12 Rruga e Mullirit", addressEntity="un-1-address-5c9"),
      *entry("un-2", name="Besnik Gashi", birthDate="1970-01-01")]  # fmt: skip
OFAC = entry("ofac-7", name=["Valdrin Kastrati", "The <b>Miller</b>"])
EU = [*entry("eu-3", name="Valdrin Ostremba", birthDate="1962"), *entry("eu-4", name="Besnik Gashi")]


def load_pairs(folder: Path) -> None:
    """Two pairs wait: ofac-7 and un-1, eu-3 and un-1; un-2 and eu-4 are one actor."""
    with Store.open(folder) as store:
        load(store, "2026-01-01", UN, source="un_sc")
        load(store, "2026-01-02", OFAC, source="us_ofac_sdn")
        load(store, "2026-01-03", EU, source="eu_fsf")
        with store.loading() as loading:
            Resolver(store, folder).after_update(loading, activate(loading, store, folder))
