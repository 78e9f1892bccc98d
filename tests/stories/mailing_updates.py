"""What organisers do with updates in a running installation, in a process of its own.

python -m tests.stories.mailing_updates DATA order TITLE    an update, to everybody who asked
python -m tests.stories.mailing_updates DATA report         what became of the mails of the last
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict


def main() -> None:
    data, act, *words = sys.argv[1:]
    os.environ["UNDERSIGNED_DATA"] = data
    os.environ["DJANGO_SETTINGS_MODULE"] = "undersigned.config.settings"
    import django

    django.setup()
    _ACTS[act](*words)


def _order(title: str) -> None:
    # What has models can be imported only now.
    from django.utils import timezone

    from undersigned.letters.models import Letter
    from undersigned.letters.updates import Words, begin_update
    from undersigned.signatures.audiences import Audience
    from undersigned.signatures.mailing import order_mailing

    letter = Letter.objects.get(slug="example")
    words = {letter.source_language: Words(title, "They will meet us *soon*.")}
    update = begin_update(letter, words, actor="Ana")
    order_mailing(update, Audience(), starts_at=timezone.now(), shows=False, actor="Ana")


def _report() -> None:
    from undersigned.letters.models import Mailing
    from undersigned.mail.models import Suppression
    from undersigned.signatures.mailing_reports import report_of

    mailing = Mailing.objects.order_by("-ordered_at")[0]
    found = {name: count for name, count in asdict(report_of(mailing.update)).items() if count}
    found["passed over"] = mailing.passed_over
    for reason in ("hard", "soft"):
        found[reason] = Suppression.objects.filter(reason=reason).count()
    print(json.dumps(found))


_ACTS: dict[str, Callable[..., None]] = {"order": _order, "report": _report}

if __name__ == "__main__":
    main()
