"""Why a file is not taken at all."""

from __future__ import annotations


class FileRefused(Exception):
    """Nothing of the file was taken. `about`: a name or code that the sentence says, or empty."""

    def __init__(self, about: str = "") -> None:
        super().__init__(about)
        self.about = about


class FileEmpty(FileRefused):
    """There is nothing in it."""


class FileTooLarge(FileRefused):
    """It is larger than any letter: see `reading.LARGEST`, `reading.MOST_ENTRIES`."""


class FileOfAnotherKind(FileRefused):
    """It is neither PO nor XLIFF 2."""


class FileOfOldXliff(FileRefused):
    """It is XLIFF 1."""


class FileUndecodable(FileRefused):
    """Its letters are not in the encoding that it names. `about`: that name."""


class FileBroken(FileRefused):
    """It breaks the rules of its format. `about`: the line where, if known."""


class FileDeclaresEntities(FileRefused):
    """An XML file with a document type: XLIFF has none, and with one, files can attack."""


class FileOfAnotherLetter(FileRefused):
    """`about`: the slug that it names, or empty where no entry is of this letter."""


class FileOfAnotherLanguage(FileRefused):
    """`about`: the code that it names, or empty where it names none."""
