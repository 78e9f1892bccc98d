"""Every table of signatures; each file has one subject."""

from undersigned.signatures.models.counts import DayCount, Tally
from undersigned.signatures.models.errands import (
    Errand,
    ErrandState,
    Export,
    ImportBatch,
    LookUp,
    Sweep,
)
from undersigned.signatures.models.moderation import (
    AuthorityCheck,
    Case,
    Correction,
    Decided,
    Decision,
    HoldingRule,
    Notice,
    SignerLink,
    Vouching,
)
from undersigned.signatures.models.signature import (
    Change,
    ConfirmationLink,
    Kind,
    Level,
    Organisation,
    Signature,
    Source,
    State,
    Visibility,
)

__all__ = [
    "AuthorityCheck",
    "Case",
    "Change",
    "ConfirmationLink",
    "Correction",
    "DayCount",
    "Decided",
    "Decision",
    "Errand",
    "ErrandState",
    "Export",
    "HoldingRule",
    "ImportBatch",
    "Kind",
    "Level",
    "LookUp",
    "Notice",
    "Organisation",
    "Signature",
    "SignerLink",
    "Source",
    "State",
    "Sweep",
    "Tally",
    "Visibility",
    "Vouching",
]
