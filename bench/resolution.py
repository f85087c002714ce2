"""Measure: one actor across lists: how many pairs are right, how many are found, what it takes.

Takes OFAC's list of 2024, the UN's of 2026 and the EU's, with pairs judged by hand (tests/cases/resolution), and the
UN's list with the UK's two, which state the UN's reference numbers: those are hidden from the rule and then used to
check it. Entries kept for testing are counted apart where the references decide, since the rule's limits were chosen on
the others.
"""

import csv
import hashlib
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import process
from bench.data import SHARED, UN, Data
from bench.figure import Figure, Section, Target, share
from bench.process import ROOT

LABELS = ROOT / "tests" / "cases" / "resolution" / "un_ofac.csv"
UK = (SHARED / "lists/gb_uksl/uk_sanctions_transformed.xlsx", SHARED / "lists/gb_ukcl/ConList_2022.xlsx")
PRECISION, RECALL, SECONDS, MEMORY = Target(0.995), Target(0.95), Target(300, at_most=True), Target(1_500, at_most=True)
KEPT = "0123"  # entries whose publisher's number has a SHA-1 that begins so are kept for testing


def measure(data: Data) -> Section:
    """Precision and recall of UN entries in OFAC's list; of UN entries in the UK's; time and memory."""
    title = "One actor across lists (OFAC 2024-05, UN 2026-02, EU 2024-05)"
    if not data.shared or data.size.small:
        return Section(title, skipped="measured on the full lists of ../shared only")
    answer, usage = process.ask("resolution:decided", data=str(data.folder("official")))
    labels = read_labels()
    right, wrong, missed = against(labels, answer["actors"])
    figures = [
        share("pairs of a UN and an OFAC entry that are right", right, right + wrong, target=PRECISION,
              note=f"{len(labels)} UN entries judged by hand"),
        share("pairs found", right, right + missed, target=RECALL),
        Figure("all three lists from nothing", usage.wall, "s", target=SECONDS,
               note=f"one process; {answer['entries']:,} entries, {answer['same']:,} pairs the same, "
                    f"{answer['possible']:,} left to people"),
        Figure("peak memory", usage.peak, "MB", target=MEMORY),
    ]  # fmt: skip
    figures += _references(data)
    return Section(title, tuple(figures))


def read_labels() -> dict[str, frozenset[str]]:
    """By UN entry, the OFAC entries that are the same actor."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["un"]: frozenset(filter(None, row["ofac"].split(";"))) for row in csv.DictReader(file)}


def against(labels: Mapping[str, frozenset[str]], actors: Mapping[str, str]) -> tuple[int, int, int]:
    """Pairs of labelled UN entries with OFAC entries: right, wrong and missed. `actors` by entry."""
    together: dict[str, set[str]] = {}
    for entry, actor in actors.items():
        together.setdefault(actor, {actor}).add(entry)
    right = wrong = missed = 0
    for entry, wanted in labels.items():
        group = together.get(actors.get(entry, entry), set())
        found = {other for other in group if other.startswith("ofac-")}
        right, wrong, missed = right + len(found & wanted), wrong + len(found - wanted), missed + len(wanted - found)
    return right, wrong, missed


def _references(data: Data) -> list[Figure]:
    """Whether pairs decided without the UN's reference numbers have the same number."""
    folder, lists = data.work / "data-references", data.work / "lists-references"
    lists.mkdir()
    for file in (UN, *UK):
        shutil.copyfile(file, lists / file.name)
    data.update("--from", str(lists), "--data", str(folder))
    answer, _ = process.ask("resolution:without_references", data=str(folder))
    figures = []
    for kept in (False, True):
        which = "entries kept for testing" if kept else "other entries"
        right, wrong, missed = answer["kept" if kept else "other"]
        note = "UN against the UK's two lists, reference numbers hidden"
        figures.append(share(f"same reference number, {which}", right, right + wrong, note=note))
        figures.append(share(f"pairs with the same number found, {which}", right, right + missed))
    return figures


def decided(data: str) -> dict[str, Any]:
    """In the child: whose entries the lists' entries are, decided from nothing; and how many pairs were decided."""
    from allonym.resolution.groups import actors, grouped

    matched, known = _matched(data, references=True)
    started = time.perf_counter()
    found = matched.decisions("2026-01-01T00:00:00+00:00")
    lists = {entry: record.family for entry, record in known.items()}
    groups = grouped(found, (), lists)
    twice = matched.linked(groups.in_the_way, "2026-01-01T00:00:00+00:00")
    groups = grouped([*found, *twice], _named(data), lists)
    return {
        "seconds": time.perf_counter() - started, "entries": len(known), "actors": actors(groups, {}, {}),
        "same": sum(d.verdict == "same" for d in found), "possible": sum(d.verdict == "possible" for d in found),
    }  # fmt: skip


def without_references(data: str) -> dict[str, Any]:
    """In the child: pairs of a UN entry and one of the UK's lists decided the same without reference numbers: with the
    same number, with another, and missed; for entries kept for testing and for others."""
    matched, known = _matched(data, references=False)
    found = {d.pair for d in matched.decisions("2026-01-01T00:00:00+00:00") if d.verdict == "same"}
    references = _matched(data, references=True)[1]
    counts = {"kept": [0, 0, 0], "other": [0, 0, 0]}
    by_number: dict[tuple[str, str], set[str]] = {}
    for entry, record in references.items():
        for number in record.references:
            by_number.setdefault((record.family, number), set()).add(entry)
    for entry, record in references.items():
        if record.family != "un_sc":
            continue
        count = counts["kept" if is_kept(entry) else "other"]
        for family in ("gb_uksl", "gb_ukcl"):
            wanted = {e for number in record.references for e in by_number.get((family, number), ())}
            got = {e for e in known if known[e].family == family and (min(e, entry), max(e, entry)) in found}
            numbered = {e for e in got if references[e].references}
            count[0] += len(got & wanted)
            count[1] += len(numbered - wanted)
            count[2] += len(wanted - got) if not got & wanted else 0
    return counts


def is_kept(entry: str) -> bool:
    """Whether an entry is kept for testing, by its publisher's number."""
    return hashlib.sha1(entry.rpartition("-")[2].encode()).hexdigest()[0] in KEPT


def _matched(data: str, *, references: bool) -> tuple[Any, Any]:
    from allonym.index.index import Index, index_file
    from allonym.resolution.entries import records, un_references
    from allonym.resolution.matched import Matched
    from allonym.store import Store

    with Store.open(data) as store:
        view = store.view()
        index = Index(index_file(Path(data), view))
        known = records(index, un_references(store.entities(view, only=("Sanction",))) if references else {})
        return Matched(index, known), known


def _named(data: str) -> list[tuple[str, str]]:
    from allonym.resolution.standing import named_same
    from allonym.store import Store

    with Store.open(data) as store:
        return named_same(store, store.view())
