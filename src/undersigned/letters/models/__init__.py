"""Letters and their editions, how they are written and translated, what was done, and news."""

from undersigned.letters.models.drafts import Draft, DraftVersion
from undersigned.letters.models.editions import Edition, EditionChange, Translation
from undersigned.letters.models.letter import (
    OVER_STATES,
    PUBLIC_STATES,
    TAKING_STATES,
    Letter,
    LetterState,
    Withdrawals,
)
from undersigned.letters.models.partners import Partner, PartnerSchedule, PartnerWording
from undersigned.letters.models.records import Handover, LetterEvent
from undersigned.letters.models.retention import Forgetting, Forgotten
from undersigned.letters.models.translating import (
    LanguageState,
    LetterLanguage,
    Translator,
    TranslatorState,
    Wording,
    WordingOrigin,
    WordingVersion,
)
from undersigned.letters.models.updates import (
    MAILING_OPEN,
    Mailing,
    MailingState,
    Update,
    UpdateText,
)

__all__ = [
    "MAILING_OPEN",
    "OVER_STATES",
    "PUBLIC_STATES",
    "TAKING_STATES",
    "Draft",
    "DraftVersion",
    "Edition",
    "EditionChange",
    "Forgetting",
    "Forgotten",
    "Handover",
    "LanguageState",
    "Letter",
    "LetterEvent",
    "LetterLanguage",
    "LetterState",
    "Mailing",
    "MailingState",
    "Partner",
    "PartnerSchedule",
    "PartnerWording",
    "Translation",
    "Translator",
    "TranslatorState",
    "Update",
    "UpdateText",
    "Withdrawals",
    "Wording",
    "WordingOrigin",
    "WordingVersion",
]
