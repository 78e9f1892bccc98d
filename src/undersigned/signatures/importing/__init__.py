"""Turning the text of a campaign page, or of a list, into a letter and its signatories.

A library without Django, database or terminal: `read_page` reads a file, `propose` reads its text,
`Proposal.accept` settles the doubts.
"""

from undersigned.signatures.importing.flags import Code, Flag
from undersigned.signatures.importing.page import propose, propose_list
from undersigned.signatures.importing.proposal import (
    IgnoredLine,
    LetterText,
    Passage,
    Proposal,
    Reading,
    RelatedCampaign,
    UnknownFlag,
)
from undersigned.signatures.importing.signatories import Individual, Kind, Organisation
from undersigned.signatures.importing.text import PageNotReadable, read_page

__all__ = [
    "Code",
    "Flag",
    "IgnoredLine",
    "Individual",
    "Kind",
    "LetterText",
    "Organisation",
    "PageNotReadable",
    "Passage",
    "Proposal",
    "Reading",
    "RelatedCampaign",
    "UnknownFlag",
    "propose",
    "propose_list",
    "read_page",
]
