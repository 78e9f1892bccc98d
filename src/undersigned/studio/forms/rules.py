"""A rule that holds signatures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from undersigned.letters.places import country_names
from undersigned.signatures.holding_rules import (
    PATTERN_LENGTH,
    Condition,
    PatternRefused,
    RuleKind,
    read_condition,
)

RULE_KINDS: dict[str, str | Promise] = {
    RuleKind.NAME: gettext_lazy("A name, in whatever spelling"),
    RuleKind.WORD: gettext_lazy("Words, anywhere in the entry"),
    RuleKind.DOMAIN: gettext_lazy("A domain, of website or mailbox"),
    RuleKind.COUNTRY: gettext_lazy("A country"),
    RuleKind.BURST: gettext_lazy("Many from one network within minutes"),
}


class RuleForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What the rule looks at"),
        choices=[*RULE_KINDS.items()],
        initial=RuleKind.NAME,
        widget=forms.RadioSelect,
    )
    pattern = forms.CharField(
        label=gettext_lazy("What it looks for"),
        help_text=gettext_lazy("A name, words or a domain."),
        required=False,
        max_length=PATTERN_LENGTH,
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        names = sorted(country_names(language).items(), key=lambda pair: pair[1])
        field.choices = [("", pgettext_lazy("no country", "None")), *names]

    def clean(self) -> dict[str, Any]:
        filled = self.cleaned_data
        name = "country" if filled.get("kind") == RuleKind.COUNTRY else "pattern"
        if "kind" in filled and name in filled:
            try:
                filled["condition"] = read_condition(filled["kind"], filled[name])
            except PatternRefused as refused:
                self.add_error(name, str(refused))
        return filled

    def condition(self) -> Condition:
        """Call it on a valid form."""
        found: Condition = self.cleaned_data["condition"]
        return found
