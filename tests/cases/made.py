"""A data folder with one alert, made without loading a list: quick enough to be made again and again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from allonym.cases.alert import Alert, Customer, Listed, Origin
from allonym.cases.change import Act, Writing
from allonym.cases.ledger import Ledger
from allonym.cases.policy import Person, Policy
from allonym.store import Store
from allonym.store.view import View

AT = "2026-11-24T10:00:00.000+00:00"
VIEW = View((("people", "2024-01-01"),))


class Made:
    """What cases need of `Lists`, over a store without lists."""

    def __init__(self, folder: Path, address: str | Path | None = None) -> None:
        self.folder = folder
        self.store = Store.open(address or folder)

    def view(self) -> View:
        return VIEW

    def engine(self, view: View, options: Any) -> Any:
        raise AssertionError("no list is loaded")

    def actors(self) -> tuple[int, Mapping[str, str]]:
        return 0, {}

    def actors_changed(self, since: int) -> set[str]:
        return set()

    def close(self) -> None:
        self.store.close()


def alerts(lists: Made, count: int, **changed: Any) -> None:
    """Open so many alerts."""
    with lists.store.deciding() as rows:
        writing = Writing(Ledger(rows, AT), Policy(), VIEW)
        for number in range(1, count + 1):
            name = f"Customer {number}"
            customer = Customer(f"c{number}", "Person", name, {"name": [name]})
            listed = Listed(f"e{number}", f"Listed {number}", f"Listed {number}", "Person", number % 97 / 97, (), (),
                            ("un_sc" if number % 3 else "eu_fsf",), (f"e{number}",), (), {}, "w1")  # fmt: skip
            due = f"2026-12-{number % 28 + 1:02d}"
            writing.keep(Act("open", Person("Ana")), None,
                         Alert(number, customer, listed, Origin.SCREENING, AT, AT, due=due))  # fmt: skip


def folder_of_one(folder: Path) -> Made:
    """A folder with one alert."""
    lists = Made(folder)
    alerts(lists, 1)
    return lists
