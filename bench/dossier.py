"""Measure: a dossier from the main data folder, in a cold process.

Takes a data folder; gives wall, CPU and peak memory of `allonym show` by id and by name, and of a past day.
"""

import shutil
from pathlib import Path

from bench import process
from bench.data import UN, Data
from bench.figure import Section, Target, on_row, runs

ACTOR, NAME, DAY = "reg-nicolas-maduro", "Nicolas Maduro Moros", "2025-08-01"


#: Older snapshots of the UN's list, so that entries have a history.
OLDER = ("un_consolidated_2024-05-15.xml", "un_consolidated_2025-04-19.xml")


def measure(data: Data) -> Section:
    """A dossier by id, by name, and as of a past day."""
    folder = str(_with_history(data))
    target = None if data.size.small else Target(1.0, at_most=True)
    figures = []
    for what, words in (("by id", [ACTOR]), ("by name", [NAME]), ("as of a past day", [ACTOR, "--as-of", DAY])):
        command = [process.console(), "show", *words, "--data", folder]
        process.run(command)
        found = [process.run(command) for _ in range(data.size.of(11, 3))]
        wall = runs(f"allonym show, {what}, wall", [u.wall for u in found], "s", target=target)
        figures += on_row("dossier", wall) if what == "by id" else (wall,)
        figures.append(runs(f"allonym show, {what}, peak memory", [u.peak for u in found], "MB"))
    return Section(
        f"A dossier, cold process ({data.main}{', with older snapshots' if data.shared else ''})", tuple(figures)
    )


def _with_history(data: Data) -> Path:
    """The main data folder; with the lists, a copy of it that has older snapshots beside the newest."""
    if not data.shared:
        return data.folder(data.main)
    folder = data.work / "data-history"
    if not folder.exists():
        shutil.copytree(data.folder(data.main), folder)
        for name in OLDER:
            data.update("--from", str(UN.with_name(name)), "--data", str(folder))
    return folder
