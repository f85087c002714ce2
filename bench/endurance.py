"""Measure: errors and lost decisions of `allonym serve` under load, while a list is loaded anew every half minute and a
worker is killed every minute.

Takes a length in seconds; gives counts. Clients ask for listed people, each of whom must be found; one client closes
alerts. A connection that a killed worker took with it is counted, and asked again, as any client would. At the end
every decision that was answered must stand in the log once, and the log must be whole.
"""

import http.client
import itertools
import json
import os
import random
import signal
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import process
from bench.data import NOT_HERE, SEED, Data
from bench.figure import Figure, Section, Target
from bench.serving import children, server

TITLE = "HTTP under load with reloads, kills and decisions"
RELOAD, KILL = 30.0, 60.0  # seconds
PEOPLE, ALERTS, CLIENTS, WORKERS = 4_000, 700, 4, 2
MANIFEST = "datasets:\n  - {name: people, title: People, path: people.jsonl}\n"


@dataclass(slots=True)
class Load:
    """What is shared by the threads of the clients."""

    port: int
    head: dict[str, str]
    names: list[str]
    ended: threading.Event = field(default_factory=threading.Event)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    decided: list[int] = field(default_factory=list)


class Client:
    """One connection, opened again when it is gone."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self._connection = http.client.HTTPConnection("127.0.0.1", load.port, timeout=60)

    def ask(self, method: str, path: str, body: str = "", kind: str = "application/json") -> tuple[int, bytes]:
        """Status and body. One that was cut is asked again once; 0 for one that was cut twice."""
        for _ in range(2):
            try:
                self._connection.request(method, path, body or None, {**self.load.head, "Content-Type": kind})
                answer = self._connection.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                self.load.counts["cut"] += 1
                self._connection.close()
        return 0, b""


def measure(data: Data) -> Section:
    """Prepare, load for so many seconds, look what is there."""
    if not data.shared or not data.endure:
        return Section(TITLE, skipped="it takes its time; give --endure SECONDS" if data.shared else NOT_HERE)
    from allonym.api.keys import Keys, Role

    folder, manifest = data.work / "endured", data.work / "endured.yml"
    names = list(dict.fromkeys(row["full_name"] for row in data.unlisted(PEOPLE + 500, shuffled=True)))[:PEOPLE]
    manifest.write_text(MANIFEST, encoding="utf-8")
    _write(data.work, names, 0)
    customers = data.work / "endured.csv"
    customers.write_text("".join(["id,name\n", *(f'c{n},"{name}"\n' for n, name in enumerate(names[:ALERTS]))]))
    data.update("register", "--data", str(folder))
    head = {"Authorization": f"Bearer {Keys(folder).add('load', Role.ANALYST)[1]}"}
    with server(folder, WORKERS, "--manifest", str(manifest)) as (port, pid):
        screen = [process.console(), "screen", "--input", str(customers), "--schema", "Person", "--alerts"]
        process.run([*screen, "--output", str(data.work / "endured-hits.csv"), "--data", str(folder)])
        load = Load(port, head, names)
        alerts = _alerts(folder)
        threads = [threading.Thread(target=_match, args=(load, number)) for number in range(CLIENTS)]
        threads.append(threading.Thread(target=_decide, args=(load, alerts, data.endure / len(alerts))))
        for thread in threads:
            thread.start()
        seconds = _disturb(data.work, load, pid, data.endure)
        load.ended.set()
        for thread in threads:
            thread.join()
    lost, problems = _lost(folder, load.decided)
    return Section(TITLE, _figures(load, seconds, lost, problems), (
        f"{CLIENTS} clients without a pause and one that decides; {PEOPLE} people; load of the machine "
        f"{os.getloadavg()[1]:.1f} in the last five minutes", *load.wrong[:5]))  # fmt: skip


def _figures(load: Load, seconds: float, lost: int, problems: int) -> tuple[Figure, ...]:
    none = Target(0, at_most=True)
    counts = load.counts

    def figure(what: str, value: float, *, unit: str = "count", target: Target | None = None) -> Figure:
        return Figure(what, value, unit, target=target)

    return (
        figure("length", seconds, unit="s"),
        figure("matches answered", counts["matches"]),
        figure("decisions answered", len(load.decided)),
        figure("reloads seen", counts["reloads"]),
        figure("workers killed", counts["kills"]),
        figure("connections cut by a kill, asked again", counts["cut"]),
        figure("errors", len(load.wrong), target=none),
        figure("decisions lost or twice", lost, target=none),
        figure("faults in the log", problems, target=none),
    )


def _write(folder: Path, names: list[str], round_: int) -> None:
    """The list; one entity of it says which round it is of."""
    rows = [{"id": f"e{n}", "schema": "Person", "properties": {"name": [name]}} for n, name in enumerate(names)]
    mark = {"name": ["Round Marker"], "notes": [f"round {round_}"]}
    text = "".join(json.dumps(row) + "\n" for row in [*rows, {"id": "mark", "schema": "Person", "properties": mark}])
    new = folder / "people.new"
    new.write_text(text, encoding="utf-8")
    new.replace(folder / "people.jsonl")


def _alerts(folder: Path) -> list[int]:
    """The numbers of the alerts, in order."""
    import allonym
    from allonym.cases import Cases

    with allonym.open(folder) as lists:
        return list(Cases(lists).numbers())


def _match(load: Load, number: int) -> None:
    """Ask for one after the other until the end."""
    client, order = Client(load), list(enumerate(load.names))
    random.Random(SEED + number).shuffle(order)
    for at, name in itertools.cycle(order):
        if load.ended.is_set():
            return
        query = {"schema": "Person", "properties": {"name": [name]}}
        status, body = client.ask("POST", "/match/people?limit=50&cutoff=0.1", json.dumps({"queries": {"q": query}}))
        load.counts["matches"] += 1
        if status != 200:
            load.wrong.append(f"match: status {status}")
        elif f'"id":"e{at}"'.encode() not in body:
            load.wrong.append(f"match: e{at} was not found")


def _decide(load: Load, alerts: list[int], pause: float) -> None:
    """Close one alert after the other."""
    client, kind = Client(load), "application/x-www-form-urlencoded"
    form = urllib.parse.urlencode({"act": "close", "outcome": "false_alarm", "code": "name_only", "text": "load"})
    for number in alerts:
        cut = load.counts["cut"]
        status, _ = client.ask("POST", f"/alerts/{number}", f"{form}&seen=1", kind)
        # The answer to a decision may have been cut off: asked again, it is told that it stands already.
        if status == 303 or (status == 409 and load.counts["cut"] > cut):
            load.decided.append(number)
        else:
            load.wrong.append(f"decision: status {status}")
        if load.ended.wait(pause):
            return


def _disturb(work: Path, load: Load, pid: int, length: float) -> float:
    """Write the list anew, kill workers, see that what is new is served; gives the seconds that it took."""
    begun = time.monotonic()
    client, rounds = Client(load), 0
    reload_at, kill_at = begun + RELOAD / 3, begun + KILL / 2
    while (now := time.monotonic()) < begun + length:
        if now >= kill_at:
            workers = [one for one in children(pid) if "api.worker" in Path(f"/proc/{one}/cmdline").read_text()]
            os.kill(random.Random(load.counts["kills"]).choice(workers), signal.SIGKILL)
            load.counts["kills"] += 1
            kill_at += KILL
        if now >= reload_at:
            rounds += 1
            _write(work, load.names, rounds)
            reload_at += RELOAD
        status, body = client.ask("GET", "/entities/mark?nested=false")
        if status != 200:
            load.wrong.append(f"entity: status {status}")
        elif rounds > load.counts["reloads"] and json.loads(body)["properties"]["notes"] == [f"round {rounds}"]:
            load.counts["reloads"] += 1
        time.sleep(0.5)
    return time.monotonic() - begun


def _lost(folder: Path, decided: list[int]) -> tuple[int, int]:
    """Decisions that were answered and do not stand once, and faults of the log."""
    import allonym
    from allonym.cases import Cases

    with allonym.open(folder) as lists:
        cases = Cases(lists)
        times: list[Any] = [[e.action for e in cases.show(n).history].count("close") for n in decided]
        return sum(one != 1 for one in times), cases.verify().count
