"""What organisers do with a partner in a running installation, in a process of its own.

python -m tests.stories.hosting_partners DATA join KEY    Green Union is on the example's form,
                                                           and mailed when a file is ready
python -m tests.stories.hosting_partners DATA order       a file for it is ordered
python -m tests.stories.hosting_partners DATA fetch       prints where the last one lies
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    data, act, *words = sys.argv[1:]
    os.environ["UNDERSIGNED_DATA"] = data
    os.environ["DJANGO_SETTINGS_MODULE"] = "undersigned.config.settings"
    import django

    django.setup()
    _ACTS[act](*words)


def _join(key: str) -> None:
    # What has models can be imported only now.
    from undersigned.letters.models import Letter
    from undersigned.letters.partner_contacts import set_contact
    from undersigned.letters.partnering import By, confirm_key, join, set_key

    partner = join(
        Letter.objects.get(slug="example"),
        name="Green Union",
        slug="green",
        privacy_url="https://green.example/privacy",
        words={"en": "Let Green Union write to me", "ar": "ليراسلني الاتحاد الأخضر"},
        actor="Ana",
    )
    set_key(partner, key, By("Ana", 1))
    confirm_key(partner, key, By("Bo", 2))
    set_contact(partner, "files@green.example", actor="Ana")


def _order() -> None:
    from undersigned.letters.models import Partner
    from undersigned.signatures.partner_files import order_file

    order_file(Partner.objects.get(), actor="Ana")


def _fetch() -> None:
    from undersigned.letters.models import Partner
    from undersigned.signatures.models import PartnerFile
    from undersigned.signatures.partner_files import note_fetched, path_of

    last = PartnerFile.objects.order_by("-asked_at")[0]
    if last.is_there and note_fetched(last, Partner.objects.get(), actor="Ana"):
        print(path_of(last))


_ACTS = {"join": _join, "order": _order, "fetch": _fetch}

if __name__ == "__main__":
    main()
