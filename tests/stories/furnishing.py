"""One of everything that the studio has a page for, put into a data directory before it is served.

python -m tests.stories.furnishing DATA    prints where it all is, as JSON

No worker runs meanwhile, so that nothing has to be awaited; once it is served, the worker opens
cases, writes exports and answers requests as ever.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "ar")
TITLE = "For clean air and water in every town that asks for it"


def main() -> None:
    os.environ["UNDERSIGNED_DATA"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "undersigned.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(_furnish(Path(sys.argv[1])), default=str))


def _furnish(data: Path) -> dict[str, Any]:
    """What the addresses of pages name, and who visits them: `cookies`, by name."""
    # What has models can be imported only now.
    from tests.builders import worker_keys
    from tests.stories.furnished_languages import furnish_languages
    from tests.stories.furnished_letters import furnish_letters
    from tests.stories.furnished_orders import furnish_orders
    from tests.stories.furnished_people import first_page, furnish_people, invite_people
    from tests.stories.furnished_signatures import furnish_signatures
    from undersigned.teams.installation import prepare_mail_key, prepare_studio_key

    keys = worker_keys(data)
    prepare_mail_key(keys.keyring)
    prepare_studio_key(data / "web")
    begin = {language: first_page(language) for language in LANGUAGES}
    people = furnish_people()
    letter = furnish_letters(keys, people)
    return {
        "begin": begin,
        "slug": letter.slug,
        "team": people.team.pk,
        **invite_people(people, letter),
        **furnish_signatures(letter, keys, people),
        **furnish_orders(letter, people),
        **furnish_languages(letter, people),
    }


if __name__ == "__main__":
    main()
