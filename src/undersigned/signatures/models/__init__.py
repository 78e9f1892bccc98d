"""Every table of signatures; each file has one subject."""

from undersigned.signatures.models.counts import DayCount, Tally
from undersigned.signatures.models.errands import (
    Errand,
    ErrandState,
    Export,
    Hiding,
    ImportBatch,
    LookUp,
    Sweep,
)
from undersigned.signatures.models.journal import JournalLine
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
from undersigned.signatures.models.paper import PaperName, PaperSheet
from undersigned.signatures.models.partners import (
    PartnerConsent,
    PartnerFile,
    PartnerTally,
    PassedOn,
)
from undersigned.signatures.models.received import ReceivedMail
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
from undersigned.signatures.models.signers import ConsentChange, Purpose, SignerRequest
from undersigned.signatures.models.unsubscribing import UnsubscribeLink

__all__ = [
    "AuthorityCheck",
    "Case",
    "Change",
    "ConfirmationLink",
    "ConsentChange",
    "Correction",
    "DayCount",
    "Decided",
    "Decision",
    "Errand",
    "ErrandState",
    "Export",
    "Hiding",
    "HoldingRule",
    "ImportBatch",
    "JournalLine",
    "Kind",
    "Level",
    "LookUp",
    "Notice",
    "Organisation",
    "PaperName",
    "PaperSheet",
    "PartnerConsent",
    "PartnerFile",
    "PartnerTally",
    "PassedOn",
    "Purpose",
    "ReceivedMail",
    "Signature",
    "SignerLink",
    "SignerRequest",
    "Source",
    "State",
    "Sweep",
    "Tally",
    "UnsubscribeLink",
    "Visibility",
    "Vouching",
]
