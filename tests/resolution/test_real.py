"""The UN's entries in OFAC's list, the real ones, against pairs judged by hand; some at a time and all at once."""

from pathlib import Path

import pytest
from bench.resolution import LABELS, against, read_labels

from allonym.resolution.matched import LITTLE
from allonym.resolution.resolve import RESOLVED, Resolver
from allonym.store import Store
from tests.command import command, copied

LISTS = Path(__file__).parents[3] / "shared" / "lists"
PRECISION, RECALL = 0.995, 0.95

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Path:
    """OFAC's list, the UN's of 2025 and then of 2026."""
    if not LISTS.is_dir():
        pytest.skip("../shared is not here")
    folder = copied(new_folder, tmp_path_factory.mktemp("resolution") / "data")
    for file in ("us_ofac_sdn/xml_2024-05-07/sdn.xml", "un_sc/un_consolidated_2025-04-19.xml",
                 "un_sc/un_consolidated_2026-02-27.xml"):  # fmt: skip
        assert command("update", "--from", LISTS / file, data=folder).status == 0
    return folder


def test_pairs_judged_by_hand(folder: Path) -> None:
    with Store.open(folder) as store:
        right, wrong, missed = against(read_labels(), store.actors()[1])
    assert right + missed > 190
    assert right / (right + wrong) >= PRECISION
    assert right / (right + missed) >= RECALL


def test_step_by_step_is_as_all_at_once(folder: Path, tmp_path: Path) -> None:
    """Decisions about entries that left the UN's list before stay; all others are those of deciding from nothing, but
    for pairs with little evidence: somebody with many namesakes has more of them than are looked at."""
    with Store.open(folder) as store:
        stepwise = {(d.pair, d.verdict) for d in store.decisions() if d.reason != LITTLE}
        listed = {entity_id for _, entity_id in store.entity_ids(store.view())}
        stepwise = {(pair, verdict) for pair, verdict in stepwise if listed.issuperset(pair)}
    with Store.open(copied(folder, tmp_path / "data")) as store:
        store.drop_record(RESOLVED, "view")
        with store.loading() as loading:
            numbers = [d.number for d in store.decisions()]
            loading.decide((), numbers, {}, at="2026-01-01T00:00:00+00:00")
            Resolver(store, tmp_path / "data").after_update(loading, store.view())
        once = {(d.pair, d.verdict) for d in store.decisions() if d.reason != LITTLE}
    assert stepwise == once
    assert len(once) > 700


def test_the_labels_are_whole() -> None:
    labels = read_labels()
    assert LABELS.exists() and len(labels) == 247
    assert all(entry.startswith("un-") for entry in labels)
    assert all(other.startswith("ofac-") for others in labels.values() for other in others)
