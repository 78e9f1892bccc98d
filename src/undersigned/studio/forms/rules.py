"""Rules that hold signatures: one, or a list of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, pgettext_lazy

from undersigned.letters.places import country_names
from undersigned.signatures.holding_rules import (
    MOST_LINES,
    Condition,
    LinesRefused,
    RuleKind,
    read_conditions,
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
        help_text=format_lazy(
            gettext_lazy("Names, words or domains, one a line: up to {most}. Each becomes a rule."),
            most=MOST_LINES,
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
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
                filled["conditions"] = read_conditions(filled["kind"], filled[name])
            except LinesRefused as refused:
                self.add_error(name, list(refused.sentences))
        return filled

    def conditions(self) -> list[Condition]:
        """Call it on a valid form."""
        found: list[Condition] = self.cleaned_data["conditions"]
        return found
