"""What takes a second person, in words: before it is asked for, and while it waits."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undersigned.letters.models import Letter
from undersigned.signatures import deciding
from undersigned.signatures.approving import waiting_decisions
from undersigned.signatures.deciding import Outcome
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest
from undersigned.teams.models import Membership, Role

_MOST_SHOWN = 10


@dataclass(frozen=True)
class WaitingDecision:
    """A decision that nobody has approved yet, as a sentence with a link."""

    sentence: str
    url: str


def second_person(request: StudioRequest, letter: Letter) -> list[str]:
    """Sentences: that another owner has to approve, and what to do if there is none."""
    sentences = [
        _(
            "This is more than one person takes off a list within a day (%(most)d). "
            "Another owner of the team has to approve it; until then nothing changes."
        )
        % {"most": deciding.VOIDED_ALONE}
    ]
    owners = Membership.objects.filter(team=letter.team_id, letter=None, role=Role.OWNER)
    if not owners.exclude(person=request.user).exists():
        sentences.append(_("The team has no other owner yet: invite one, so that they can."))
    return sentences


def say_asked(request: StudioRequest, letter: Letter, outcome: Outcome) -> None:
    """That nothing has changed yet, and how to take the question back."""
    sentence = ngettext(
        "Asked: another owner has to approve that %(total)d signature is struck out. "
        "Nothing has changed yet.",
        "Asked: another owner has to approve that %(total)d signatures are struck out. "
        "Nothing has changed yet.",
        outcome.done,
    )
    asked = outcome.decision
    undo = reverse("studio-decision-back", args=[letter.slug, asked.pk]) if asked else ""
    say_done(request, sentence % {"total": outcome.done}, undo=undo)


def decisions_that_wait(letter: Letter) -> list[WaitingDecision]:
    """For whoever sees the queue: what waits for a second person."""
    waiting = waiting_decisions(letter).annotate(count=Count("decided"))[:_MOST_SHOWN]
    return [
        WaitingDecision(
            ngettext(
                "%(name)s asks to strike out %(total)d signature: "
                "this waits for another owner to approve it.",
                "%(name)s asks to strike out %(total)d signatures: "
                "this waits for another owner to approve it.",
                decision.count,
            )
            % {"name": decision.actor, "total": decision.count},
            reverse("studio-decision", args=[letter.slug, decision.pk]),
        )
        for decision in waiting
    ]
