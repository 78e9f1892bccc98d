"""A partner of a letter: its words in each language, its key, and when files are made for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from undersigned.letters.models import Letter, Partner, PartnerSchedule
from undersigned.letters.partnering import is_web_address, present_wordings
from undersigned.studio.forms.text import Line
from undersigned.vault.recipients import (
    KeyIsForSsh,
    KeyIsPrivate,
    RecipientRefused,
    read_recipient,
)
from undersigned.website.languages import direction, own_name

WORDS_LENGTH = 600
_WORDS = "words_"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = frozenset({"new"})


class PartnerForm(forms.Form):
    """What signers read of a partner. `slug` is asked for once, when it joins."""

    name = Line(label=_("Name"), length=160)
    slug = forms.CharField(
        label=_("Address"),
        help_text=_(
            "The end of the partner's own link to the letter: small letters, digits and hyphens, "
            "such as “green-union”. It stays as it is."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    privacy_url = forms.CharField(
        label=_("Privacy notice"),
        help_text=_("The web address at which the partner says what it does with addresses."),
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        letter: Letter,
        languages: Sequence[str],
        partner: Partner | None = None,
    ) -> None:
        super().__init__(data)
        self._letter, self._partner = letter, partner
        present = present_wordings(partner) if partner else {}
        self.fields["name"].required = True
        for code in languages:
            self.fields[_WORDS + code] = Line(
                label=own_name(code),
                length=WORDS_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code, "dir": direction(code)}),
            )
            self.initial[_WORDS + code] = present[code].words if code in present else ""
        own = self.fields[_WORDS + letter.source_language]
        own.required = True
        own.help_text = _("These words also stand where a language has none of its own.")
        if partner:
            del self.fields["slug"]
            self.initial["name"] = partner.name
            self.initial["privacy_url"] = present[letter.source_language].privacy_url

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].strip().lower()
        if not _SLUG.fullmatch(slug) or slug in _RESERVED:
            raise ValidationError(
                _("Use small letters, digits and hyphens, such as “green-union”.")
            )
        if self._letter.partners.filter(slug=slug).exists():
            raise ValidationError(_("Another partner has this address. Choose another."))
        return slug

    def clean_privacy_url(self) -> str:
        typed: str = self.cleaned_data["privacy_url"]
        url = typed if "://" in typed else f"https://{typed}"
        if not is_web_address(url):
            raise ValidationError(
                _("This is not a web address. It should look like https://example.org.")
            )
        return url

    def words(self) -> dict[str, str]:
        """By language, what is not empty; call it on a valid form."""
        return {
            name.removeprefix(_WORDS): said
            for name, said in self.cleaned_data.items()
            if name.startswith(_WORDS) and said
        }


class KeyForm(forms.Form):
    """A public age key."""

    key = forms.CharField(
        label=_("Public key"),
        help_text=_("It begins with “age1”. The partner keeps the private one that goes with it."),
        max_length=2000,
        widget=forms.Textarea(
            attrs={"rows": 2, "dir": "ltr", "spellcheck": "false", "autocomplete": "off"}
        ),
    )

    def clean_key(self) -> str:
        try:
            return read_recipient(self.cleaned_data["key"])
        except KeyIsPrivate:
            # It must not come back in the page.
            self.data = {**self.data, "key": ""}
            raise ValidationError(
                _(
                    "This is a private key, and now it has been shown. Nothing was stored. "
                    "The partner has to make another pair of keys, and to send the public one."
                )
            ) from None
        except KeyIsForSsh:
            raise ValidationError(
                _("This is a key for SSH. Ask the partner for an age key: it begins with “age1”.")
            ) from None
        except RecipientRefused:
            raise ValidationError(
                _(
                    "This is not a whole public age key, so nothing was changed. "
                    "It begins with “age1”; copy all of it."
                )
            ) from None


class ComparedForm(forms.Form):
    """That a fingerprint was compared by another way than the one the key came by."""

    recipient = forms.CharField(widget=forms.HiddenInput, max_length=80)
    compared = forms.BooleanField(
        label=_(
            "I compared the fingerprint with somebody of the partner whom I know, "
            "by telephone or face to face, and it is the same."
        ),
        error_messages={"required": _("Compare the fingerprint first, then tick this.")},
    )


class HeardForm(forms.Form):
    """A fingerprint as somebody heard it, who confirms a key alone."""

    heard = forms.CharField(
        label=_("The fingerprint, as you hear it"),
        help_text=_("Eight groups of four. Type what they read to you."),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "dir": "ltr",
                "autocapitalize": "none",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
    )


class ContactForm(forms.Form):
    """Where a partner is told of files; left empty, nowhere."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The partner is mailed a link whenever a file is ready. Empty: no mail."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class ScheduleForm(forms.Form):
    """How often a file is made by itself."""

    schedule = forms.ChoiceField(
        label=_("When files are made"),
        widget=forms.RadioSelect,
        choices=[
            (PartnerSchedule.NEVER, _("Only when somebody asks for one")),
            (PartnerSchedule.DAILY, _("Every day")),
            (PartnerSchedule.WEEKLY, _("Every week")),
        ],
    )
