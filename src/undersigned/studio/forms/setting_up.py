"""The form of a letter's settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from undersigned.letters.accents import AccentRefused, choose_accent
from undersigned.letters.asking import USUAL, Ask
from undersigned.letters.models import Withdrawals
from undersigned.letters.places import country_choices
from undersigned.letters.setting_up import SETTINGS
from undersigned.letters.time_zones import Hour, HourRefused, known_zone, read_hour
from undersigned.studio.forms.zones import zones

SUBJECTS = ("general", "media", "translation", "collaboration")
_ASKS = [
    (Ask.HIDDEN, pgettext_lazy("a field of the form to sign", "not asked")),
    (Ask.OPTIONAL, pgettext_lazy("a field of the form to sign", "optional")),
    (Ask.REQUIRED, pgettext_lazy("a field of the form to sign", "required")),
]
_WITHDRAWALS = [
    (Withdrawals.QUIET, _("The name vanishes")),
    (Withdrawals.CHOICE, _("The signer chooses whether the name is listed as withdrawn")),
    (Withdrawals.OPEN, _("A name that was shown in full is listed as withdrawn")),
]
MOST_DRAFTERS = 60


class SettingsForm(forms.Form):
    """Who may sign, what is asked, until when, and who stands behind the letter."""

    people_may_sign = forms.BooleanField(label=_("People may sign"), required=False)
    organisations_may_sign = forms.BooleanField(label=_("Organisations may sign"), required=False)
    organisations_are_held = forms.BooleanField(
        label=_("A person looks at each organisation before it is listed"), required=False
    )
    withdrawals = forms.ChoiceField(
        label=_("When somebody takes their signature back"),
        choices=_WITHDRAWALS,
        required=False,
        help_text=_("Signers read this before they confirm, and before they leave."),
    )
    cautious_countries = forms.MultipleChoiceField(
        label=_("Countries where signing may be dangerous"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_(
            "People from there are warned before they confirm, and nothing is shown of them unless "
            "they choose so."
        ),
    )
    pseudonyms = forms.BooleanField(
        label=_("People may be listed under a pseudonym"),
        required=False,
        help_text=_(
            "They ask for it behind their own link. A moderator sees the real name and decides; "
            "the list says that it is a pseudonym."
        ),
    )
    ask_country = forms.ChoiceField(label=_("Country"), choices=_ASKS)
    ask_title = forms.ChoiceField(label=_("Title or profession, of people"), choices=_ASKS)
    ask_affiliation = forms.ChoiceField(label=_("Affiliation, of people"), choices=_ASKS)
    ask_role = forms.ChoiceField(
        label=_("Role, of whoever signs for an organisation"), choices=_ASKS
    )
    ask_website = forms.ChoiceField(label=_("Website, of organisations"), choices=_ASKS)
    goal = forms.IntegerField(
        label=_("Goal"),
        required=False,
        min_value=1,
        max_value=1_000_000_000,
        help_text=_("How many signatures you hope for. It is shown while the letter is open."),
    )
    deadline_day = forms.CharField(
        label=_("Deadline: day"),
        required=False,
        max_length=10,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("From then on the letter takes no more signatures. Leave it empty for none."),
    )
    deadline_hour = forms.CharField(
        label=_("Deadline: hour"),
        required=False,
        max_length=8,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    drafters = forms.CharField(
        label=_("Drafted by"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One name on each line, in the order in which they are to appear."),
    )
    facilitator = forms.CharField(label=_("Facilitated by"), required=False, max_length=200)
    contact_general = forms.EmailField(label=_("Contact"), required=False)
    contact_media = forms.EmailField(label=_("Contact for the media"), required=False)
    contact_translation = forms.EmailField(label=_("Contact for translators"), required=False)
    contact_collaboration = forms.EmailField(label=_("Contact for campaigners"), required=False)
    hashtag = forms.CharField(
        label=_("Hashtag"), required=False, max_length=60, help_text=_("With its #.")
    )
    accent = forms.CharField(
        label=_("Colour"),
        required=False,
        max_length=20,
        help_text=_(
            "Of lines and buttons, as # and six digits or letters, like #9c2a1c. "
            "Leave it empty for the site’s own."
        ),
    )

    GROUPS = (
        (
            _("Who may sign"),
            ("people_may_sign", "organisations_may_sign", "organisations_are_held"),
        ),
        (_("People at risk"), ("cautious_countries", "pseudonyms", "withdrawals")),
        (_("What the form asks"), tuple(f"ask_{name}" for name in USUAL)),
        (_("How far, and until when"), ("goal", "deadline_day", "deadline_hour", "time_zone")),
        (
            _("Who stands behind it"),
            ("drafters", "facilitator", *(f"contact_{subject}" for subject in SUBJECTS)),
        ),
        (_("How it looks and is found"), ("hashtag", "accent")),
    )

    def __init__(
        self,
        settings: Mapping[str, Any],
        data: Any = None,
        *,
        began_with: Mapping[str, Any] | None = None,
    ) -> None:
        """`settings` as `letters.setting_up` has them; `began_with` if it is not these."""
        super().__init__(data, initial=_as_fields(settings))
        countries = self.fields["cautious_countries"]
        assert isinstance(countries, forms.MultipleChoiceField)  # noqa: S101  declared above
        countries.choices = country_choices(get_language() or "en")
        self.began_with = (
            began_with if began_with is not None else _read(data) if data else settings
        )
        self.deadline: Hour | None = None

    @property
    def began_with_json(self) -> str:
        return json.dumps(self.began_with, ensure_ascii=False, default=datetime.isoformat)

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(heading, [self[name] for name in names]) for heading, names in self.GROUPS]

    def clean_accent(self) -> str:
        typed: str = self.cleaned_data["accent"]
        if not typed:
            return ""
        try:
            return choose_accent(typed).light
        except AccentRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean_withdrawals(self) -> str:
        typed: str = self.cleaned_data["withdrawals"]
        return typed or str(self.initial["withdrawals"])

    def clean_hashtag(self) -> str:
        typed = "".join(self.cleaned_data["hashtag"].split())
        return typed if not typed or typed.startswith("#") else f"#{typed}"[:60]

    def clean_drafters(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["drafters"].splitlines()]
        names = [name for name in names if name]
        if len(names) > MOST_DRAFTERS:
            raise forms.ValidationError(
                _("These are more than %(most)d names. Name the group instead.")
                % {"most": MOST_DRAFTERS}
            )
        return names

    def clean(self) -> dict[str, Any]:
        filled = self.cleaned_data
        if not filled.get("people_may_sign") and not filled.get("organisations_may_sign"):
            self.add_error(
                "people_may_sign", _("Somebody must be able to sign: choose at least one.")
            )
        day, hour = filled.get("deadline_day", ""), filled.get("deadline_hour", "")
        if (day or hour) and filled.get("time_zone"):
            try:
                self.deadline = read_hour(day, hour or "23:59", filled["time_zone"])
            except HourRefused as refusal:
                self.add_error("deadline_day", str(refusal))
        before = self.began_with.get("deadline")
        if self.deadline and self.deadline.at != before and self.deadline.at <= timezone.now():
            self.add_error(
                "deadline_day",
                _("This hour is over. Choose a later one, or close the letter further down."),
            )
        return filled

    def settings(self) -> dict[str, Any]:
        """As `letters.setting_up` takes them; call it on a valid form."""
        filled = self.cleaned_data
        contacts = {subject: filled[f"contact_{subject}"] for subject in SUBJECTS}
        asks = {
            name: filled[f"ask_{name}"] for name in USUAL if filled[f"ask_{name}"] != USUAL[name]
        }
        plain = {name: filled[name] for name in SETTINGS if name in filled}
        return {
            **plain,
            "asks": asks,
            "deadline": self.deadline and self.deadline.at,
            "contacts": {subject: address for subject, address in contacts.items() if address},
        }


def _as_fields(settings: Mapping[str, Any]) -> dict[str, Any]:
    fields = {
        **settings,
        **{f"ask_{name}": settings["asks"].get(name, usual) for name, usual in USUAL.items()},
        **{f"contact_{subject}": settings["contacts"].get(subject, "") for subject in SUBJECTS},
        "drafters": "\n".join(settings["drafters"]),
        "time_zone": known_zone(settings["time_zone"]) or "UTC",
    }
    if settings["deadline"]:
        local = settings["deadline"].astimezone(ZoneInfo(settings["time_zone"]))
        fields |= {"deadline_day": f"{local:%Y-%m-%d}", "deadline_hour": f"{local:%H:%M}"}
    return fields


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that the form says it began with; none of them if that cannot be read."""
    try:
        began_with = json.loads(str(data.get("began_with", "")))
        if began_with["deadline"] is not None:
            began_with["deadline"] = datetime.fromisoformat(began_with["deadline"])
    except (ValueError, RecursionError, TypeError, KeyError):
        return {}
    return {name: began_with[name] for name in SETTINGS if name in began_with}


class LogoForm(forms.Form):
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG, WebP or GIF. It is made 480 pixels wide or high at most."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
