"""What a volunteer does behind their link: say yes or no, be named or not, leave."""

from __future__ import annotations

from django.db import transaction

from undersigned.letters.models import Translator, TranslatorState
from undersigned.letters.translating.crediting import name_no_more
from undersigned.letters.translating.volunteers import ACTOR, HAVE_A_LINK, LinkEnded, end, note
from undersigned.letters.translating.working import Worker, begin


def worker_of(volunteer: Translator) -> Worker:
    """As whom they save words: without a name."""
    return Worker(volunteer.pk)


@transaction.atomic
def join(volunteer: Translator, credit: str = "") -> None:
    """Their own yes; `credit`: as they want to be named with the translation, or empty.

    Raises LinkEnded if they are in already, or the link was taken back meanwhile.
    """
    invited = Translator.objects.filter(pk=volunteer.pk, state=TranslatorState.INVITED)
    if not invited.update(state=TranslatorState.JOINED, credit=credit):
        raise LinkEnded
    begin(volunteer.letter, volunteer.language)
    note(volunteer.letter, ACTOR, "join as translator", volunteer.language)


@transaction.atomic
def choose_credit(volunteer: Translator, credit: str) -> None:
    """Be named otherwise, or not at all: the name of before leaves every page at once.

    The new one is read with the next words of theirs, and public when those are let through.
    """
    before = volunteer.credit
    if credit == before:
        return
    Translator.objects.filter(pk=volunteer.pk).update(credit=credit)
    volunteer.credit = credit
    if before:
        name_no_more(volunteer.letter, volunteer.language, before)


@transaction.atomic
def leave(volunteer: Translator, *, stay_named: bool = True) -> None:
    """Give the link back. Their work stays; who they are is forgotten. Raises LinkEnded."""
    was_in = volunteer.state == TranslatorState.JOINED
    end(volunteer, TranslatorState.DECLINED, among=HAVE_A_LINK, by="")
    if not stay_named:
        choose_credit(volunteer, "")
    act = "leave as translator" if was_in else "decline to translate"
    note(volunteer.letter, ACTOR, act, volunteer.language)


@transaction.atomic
def stop(volunteer: Translator, *, actor: str) -> None:
    """Take the link back. Their work stays. Raises LinkEnded."""
    end(volunteer, TranslatorState.STOPPED, among=HAVE_A_LINK, by=actor)
    note(volunteer.letter, actor, "stop translator", volunteer.language)
