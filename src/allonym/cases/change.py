"""What one change of an alert leaves behind: the alert's new row and one entry of the audit log, in one transaction.

Takes the alert before and after, and why; keeps both. Must not decide what may be done.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from allonym import __version__
from allonym.cases.alert import Alert
from allonym.cases.ledger import Ledger
from allonym.cases.policy import Person, Policy
from allonym.cases.rows import insert_alert, row_hash, update_alert
from allonym.matching.weights import weights
from allonym.store.view import View

#: What the log tells of an alert before and after, where it changed.
TOLD = ("state", "assignee", "due", "decision", "proposal", "customer", "listed", "origin")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done: its name, who did it, words, and what else the log must say (JSON)."""

    action: str
    person: Person
    text: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Writing:
    """A transaction: its log, the policy that holds, the lists as they stand."""

    ledger: Ledger
    policy: Policy
    view: View

    def keep(self, act: Act, before: Alert | None, after: Alert) -> Alert:
        """Write the alert and the entry; gives the alert as it is kept, with a version one higher."""
        version = 1 if before is None else before.version + 1
        entry = self.ledger.head.number + 1
        kept = replace(after, version=version, changed_at=self.ledger.at, entry=entry)
        told, was = _told(kept), {} if before is None else _told(before)
        changed = {name for name in told if told[name] != was.get(name)}
        content = {
            "text": act.text,
            "role": act.person.role,
            "before": {name: value for name, value in was.items() if name in changed},
            "after": {name: told[name] for name in changed},
            "version": version,
            "row_sha256": row_hash(kept),
            "snapshots": self.view.snapshots,
            "versions": {"allonym": __version__, "weights": weights().version, "policy": self.policy.version},
            **act.more,
        }
        self.ledger.add(act.person.name, act.action, kept.subject, content)
        if before is None:
            insert_alert(self.ledger.rows, kept)
        else:
            update_alert(self.ledger.rows, kept)
        return kept


def _told(alert: Alert) -> dict[str, Any]:
    whole = asdict(alert)
    return {name: whole[name] for name in TOLD}
