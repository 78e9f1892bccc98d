"""Letters, their editions in all languages, how they are written and translated, what was done."""

from undersigned.letters.models.drafts import Draft, DraftVersion
from undersigned.letters.models.editions import Edition, EditionChange, Translation
from undersigned.letters.models.letter import PUBLIC_STATES, TAKING_STATES, Letter, LetterState
from undersigned.letters.models.records import Handover, LetterEvent
from undersigned.letters.models.translating import (
    LanguageState,
    LetterLanguage,
    Translator,
    TranslatorState,
    Wording,
    WordingOrigin,
    WordingVersion,
)

__all__ = [
    "PUBLIC_STATES",
    "TAKING_STATES",
    "Draft",
    "DraftVersion",
    "Edition",
    "EditionChange",
    "Handover",
    "LanguageState",
    "Letter",
    "LetterEvent",
    "LetterLanguage",
    "LetterState",
    "Translation",
    "Translator",
    "TranslatorState",
    "Wording",
    "WordingOrigin",
    "WordingVersion",
]
