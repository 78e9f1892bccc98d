"""The forms of bringing a list in."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undersigned.letters.places import country_choices
from undersigned.signatures.importing.becoming import LENGTHS, Fault
from undersigned.signatures.importing.layout import Laid
from undersigned.signatures.importing.sheet_limits import LARGEST_FILE
from undersigned.signatures.importing.sheets import Sheet
from undersigned.studio.import_words import COLUMNS, KINDS, PARTS, say_fault


class NewImportForm(forms.Form):
    text = forms.CharField(
        label=_("The list"),
        help_text=_(
            "Paste it as it is: names in lines, a table, cells from a spreadsheet, a whole page."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("CSV, XLSX, ODS or plain text."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods,.md"}),
    )
    kind = forms.ChoiceField(
        label=_("Who is on it"),
        choices=[
            ("", _("People and organisations, or not sure")),
            ("organisation", _("Organisations only")),
            ("individual", _("People only")),
        ],
        required=False,
    )
    origin = forms.CharField(
        label=_("Where the list comes from"),
        help_text=_(
            "Such as: sign-on form of our partners, closed on 3 May. It is kept with the import."
        ),
        max_length=300,
    )
    agreed = forms.BooleanField(
        label=_("Everybody on it agreed to be published with this letter."),
        help_text=_("You vouch for that. Leave out whoever did not."),
        error_messages={
            "required": _("Names are published only with the consent of those who bear them.")
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text, file = cleaned.get("text", "").strip(), cleaned.get("file")
        if text and file:
            self.add_error("file", _("Paste a list or choose a file, not both."))
        elif not text and not file:
            self.add_error("text", _("Paste the list here, or choose a file below."))
        elif file and file.size > LARGEST_FILE:
            self.add_error(
                "file", _("The file is too large. Keep only the sheet with the signatories.")
            )
        return cleaned

    def content(self) -> tuple[bytes, str]:
        """The list and the file's name; call it on a valid form."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), str(file.name)
        return self.cleaned_data["text"].encode("utf-8", errors="replace"), ""


class SheetForm(forms.Form):
    """Which sheet of a file, and which row of it names the columns."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header = forms.TypedChoiceField(label=_("Row with the names of the columns"), coerce=int)

    def __init__(self, data: Any, sheet: Sheet) -> None:
        number = 0 if sheet.header_at is None else sheet.first + sheet.header_at
        super().__init__(data, initial={"sheet": sheet.chosen, "header": number})
        rows = range(sheet.first, sheet.first + min(20, len(sheet.rows)))
        choices = [(0, _("None: the first row is a signatory")), *((row, str(row)) for row in rows)]
        self.fields["header"].choices = choices  # type: ignore[attr-defined]
        if len(sheet.names) > 1:
            self.fields["sheet"].choices = [  # type: ignore[attr-defined]
                (name, name) for name in sheet.names
            ]
        else:
            del self.fields["sheet"]


class ColumnsForm(forms.Form):
    """What each column of a sheet holds."""

    def __init__(self, data: Any, sheet: Sheet, columns: tuple[str, ...]) -> None:
        super().__init__(data)
        body = [row for _number, row in islice(sheet.body(), 200)]
        for index, name in enumerate(sheet.header):
            examples = [row[index] for row in body if row[index]][:3]
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=name or _("Column %(number)d") % {"number": index + 1},
                help_text=" · ".join(cell[:60] for cell in examples),
                choices=list(COLUMNS.items()),
                required=False,
                initial=columns[index],
            )

    def columns(self) -> list[str]:
        """What was chosen, column by column; call it on a valid form."""
        return [self.cleaned_data[name] for name in self.fields]


class RowForm(forms.Form):
    """One row, changed by hand."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    name = forms.CharField(label=PARTS["name"], max_length=LENGTHS["name"])
    title = forms.CharField(label=PARTS["title"], max_length=LENGTHS["title"], required=False)
    affiliation = forms.CharField(
        label=PARTS["affiliation"], max_length=LENGTHS["affiliation"], required=False
    )
    place = forms.CharField(
        label=PARTS["place"],
        help_text=_("As it is to be shown: a city, a country, a region. It may stay empty."),
        max_length=LENGTHS["place"],
        required=False,
    )
    country = forms.ChoiceField(
        label=_("Country"), help_text=_("For the count of countries."), required=False
    )
    website = forms.CharField(
        label=PARTS["website"],
        help_text=_("Shown with organisations only."),
        max_length=LENGTHS["website"],
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    def __init__(self, data: Any, laid: Laid) -> None:
        entry = laid.entry
        initial = {name: getattr(entry, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        language = get_language() or "en"
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("None, or not known")),
            *country_choices(language),
        ]

    def add_faults(self, faults: tuple[Fault, ...]) -> None:
        """Say at each field why the row cannot be stored so."""
        for fault in faults:
            self.add_error(fault.part, say_fault(fault))
