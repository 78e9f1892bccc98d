"""Drafts by a machine, as the page of a language offers them, and tells what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from undersigned.letters.models import PUBLIC_STATES, LanguageState, Letter, LetterLanguage
from undersigned.letters.translating import machine as machines
from undersigned.letters.translating import machine_outcome
from undersigned.letters.translating.drafting_by_machine import machine_host, without_words
from undersigned.letters.translating.machine_outcome import Outcome, read_outcome
from undersigned.letters.translating.matching import Match, Standing
from undersigned.letters.translating.working import matches_of, source_text

_SENTENCES: Mapping[str, str | Promise] = {
    machine_outcome.OFF: _("The site has no translation service any more."),
    machine_outcome.HANDED_IN: _("The translation was handed in meanwhile: no more was drafted."),
    machines.Unreachable.code: _("The translation service cannot be reached. Try again later."),
    machines.TooSlow.code: _("The translation service took too long. Try again later."),
    machines.CertificateRefused.code: _(
        "The certificate of the translation service is not valid, so that nothing was sent. Tell "
        "whoever runs the site."
    ),
    machines.Redirected.code: _(
        "The translation service sends to another address, where nothing is sent without being "
        "asked. Tell whoever runs the site."
    ),
    machines.KeyRefused.code: _(
        "The translation service does not let this site in. Tell whoever runs the site."
    ),
    machines.SlowDown.code: _(
        "The translation service was asked too much for an hour. Try again later."
    ),
    machines.LanguageNotOffered.code: _(
        "The translation service does not translate the letter's language into this one."
    ),
    machines.BrokenMachine.code: _("The translation service has a fault. Try again later."),
    machines.Unreadable.code: _(
        "What the translation service answered cannot be used. Tell whoever runs the site."
    ),
}


@dataclass(frozen=True)
class MachineInView:
    """`host`: where words go. `blocks`: how many, if it is asked. `job`: see _progress.html."""

    host: str
    blocks: int
    may_ask: bool
    is_public: bool
    job: Mapping[str, object] | None
    url: str


def machine_in_view(letter: Letter, row: LetterLanguage) -> MachineInView | None:
    """None where the host has set no service, and none was asked."""
    host = machine_host()
    if not host and not row.machine_outcome:
        return None
    matches = matches_of(letter, row.language, source_text(letter))
    blocks = without_words(matches)
    is_free = row.machine_asked_at is None and row.state != LanguageState.SUBMITTED
    url = reverse("studio-language-machine", args=[letter.slug, row.language])
    return MachineInView(
        host=host,
        blocks=blocks,
        may_ask=bool(host and blocks and is_free),
        is_public=letter.state in PUBLIC_STATES,
        job=_job(row, matches, url),
        url=url,
    )


def _job(row: LetterLanguage, matches: Sequence[Match], url: str) -> Mapping[str, object] | None:
    outcome = read_outcome(row.machine_outcome)
    is_running = row.machine_asked_at is not None
    is_told = bool(row.machine_outcome) and not _is_settled(outcome, matches)
    if not is_running and not is_told:
        return None
    return {
        "label": _("A machine drafts the blocks that have no words"),
        "is_running": is_running,
        "done": outcome.place,
        "total": len(matches),
        "url": url,
        "outcome": outcome_words(outcome),
        "outcome_tone": "" if outcome.code == machine_outcome.DONE else "stop",
    }


def _is_settled(outcome: Outcome, matches: Sequence[Match]) -> bool:
    """Whether somebody has read everything that was drafted: then there is no more to say."""
    is_read = all(match.standing != Standing.DRAFT for match in matches)
    return outcome.code == machine_outcome.DONE and bool(outcome.written) and is_read


def outcome_words(outcome: Outcome) -> str:
    """What came of it, in sentences. A code of another version is shown as it stands."""
    said = []
    if outcome.code != machine_outcome.DONE:
        said.append(str(_SENTENCES.get(outcome.code, outcome.code)))
    elif not outcome.written:
        said.append(gettext("No block was drafted."))
    if outcome.written:
        written = ngettext(
            "%(n)d block was drafted: read it.",
            "%(n)d blocks were drafted: read each of them.",
            outcome.written,
        )
        said.append(written % {"n": outcome.written})
    if outcome.left_out:
        left_out = ngettext(
            "%(n)d was left out: it did not come back whole.",
            "%(n)d were left out: they did not come back whole.",
            outcome.left_out,
        )
        said.append(left_out % {"n": outcome.left_out})
    return " ".join(said)
