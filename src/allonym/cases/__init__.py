"""Cases: alerts, what people decide about them, and the audit log that proves it.

Takes hits of screening; gives alerts, one a customer and entity, with the history of every change. See docs/cases.md.
Must not speak HTTP nor make pages.
"""

from allonym.cases.alert import (
    Alert,
    Attachment,
    Customer,
    Decision,
    Entry,
    Filters,
    Line,
    Listed,
    Origin,
    Page,
    State,
    Verdict,
)
from allonym.cases.cases import Bulk, Case, Cases
from allonym.cases.opening import Opened
from allonym.cases.policy import Person, Policy, Role
from allonym.cases.transitions import Closing

__all__ = [
    "Alert",
    "Attachment",
    "Bulk",
    "Case",
    "Cases",
    "Closing",
    "Customer",
    "Decision",
    "Entry",
    "Filters",
    "Line",
    "Listed",
    "Opened",
    "Origin",
    "Page",
    "Person",
    "Policy",
    "Role",
    "State",
    "Verdict",
]
