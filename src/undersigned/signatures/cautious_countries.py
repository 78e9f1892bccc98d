"""Countries where signing may be dangerous: whoever signs there is warned first.

Nobody could warn those who signed on paper: what stands of their names goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from undersigned.letters import setting_up
from undersigned.letters.models import Letter
from undersigned.letters.publishing import bump_revision
from undersigned.signatures.hidden_groups import Shared, open_hides
from undersigned.signatures.paper import forget_names_at_risk


@transaction.atomic
def set_up(
    letter: Letter, began_with: Mapping[str, Any], wanted: Mapping[str, Any], *, actor: str
) -> setting_up.SetUp:
    """As `letters.setting_up.set_up`, which knows of no names. Hidden countries stay."""
    done = setting_up.set_up(letter, began_with, wanted, actor=actor)
    if "cautious_countries" in done.changed:
        _keep_hidden_ones(letter)
        forget_names_at_risk(Letter.objects.only("cautious_countries").get(pk=letter.pk))
    return done


def _keep_hidden_ones(letter: Letter) -> None:
    """As long as its names are hidden, whoever signs from there has to be warned."""
    for decision in open_hides({letter.pk}).filter(hides_by=Shared.COUNTRY):
        be_cautious(letter, decision.reason)


@transaction.atomic
def be_cautious(letter: Letter, country: str) -> bool:
    """Add a country to those of the letter; False if it is one of them."""
    row = Letter.objects.select_for_update(of=("self",)).defer("logo").get(pk=letter.pk)
    if country in row.cautious_countries:
        return False
    row.cautious_countries = [*row.cautious_countries, country]
    row.save(update_fields=["cautious_countries"])
    forget_names_at_risk(row)
    bump_revision(row)
    return True
