"""Fills an empty installation with an invented campaign, for pictures of the product.

python -m tools.scene DATA    once `undersigned setup` was run there, before anything serves it

Prints as JSON who can sign in: for each language an address, a password and a recovery code, and
the addresses of what was made. Everything goes through the acts that people do in earnest; only
the days on which they did it are chosen, so that the figures have weeks to show.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tools import scene_in_touch
from tools.scene_signing import Arrival, have_signed
from undersigned.config.cli import set_up

CONTENT: dict[str, Any] = json.loads(
    Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
)
# Of an installation that lives for a minute.
PASSWORD = "a lamp, two boats and a kettle"
WEEKS = 5
PEOPLE = 300
# The same names and days each time.
CHANCE = Random(19)


def main(arguments: Sequence[str]) -> int:
    set_up(Path(arguments[0]))
    from django.conf import settings

    from undersigned.config.example import put_up_example
    from undersigned.teams.installation import prepare_studio_key

    prepare_studio_key(settings.DATA / "web")
    put_up_example(settings.DATA)
    print(json.dumps(Scene().play()))
    return 0


class Scene:
    """A coalition, its letter after five weeks, and a second letter that gathers founders."""

    def __init__(self) -> None:
        from django.conf import settings
        from django.utils import timezone

        from undersigned.signatures.worker_keys import WorkerKeys
        from undersigned.vault.keys import Keyring

        self.now = timezone.now()
        self.launched_at = self.now - timedelta(weeks=WEEKS)
        self.keys = WorkerKeys(Keyring(settings.DATA / "keys"))

    def play(self) -> dict[str, Any]:
        accounts = self.begin()
        self.write_letter()
        self.sign(self.founders() + self.crowd())
        self.correct_a_typo()
        self.bring_lists_in()
        self.sign(self.queue())
        self.deliver()
        found = self.stay_in_touch()
        self.gather()
        return {"accounts": accounts, "batch": str(self.batch), **found}

    def begin(self) -> dict[str, dict[str, str]]:
        """Two owners of a team, who read English and Arabic, and an invited colleague."""
        from undersigned.teams.beginning import begin, new_owner_link
        from undersigned.teams.models import Membership, Person, Role

        link = new_owner_link("start")
        ana = begin(
            link,
            name="Ana Lucía Prueba",
            email="ana@example.org",
            password=PASSWORD,
            team=CONTENT["letter"]["facilitator"],
        )
        self.ana, self.team = ana, ana.memberships.get().team
        for name, language, role in (
            ("Samir Mithal", "ar", Role.OWNER),
            ("Bo Eksempel", "en", Role.MODERATOR),
        ):
            email = f"{name.split()[0].lower()}@example.org"
            person = Person.objects.create_user(email, PASSWORD, name=name, language=language)
            Membership.objects.create(team=self.team, person=person, role=role)
        return {person.language: self.account(person) for person in Person.objects.order_by("-pk")}

    def account(self, person: Any) -> dict[str, str]:
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        TOTP.activate(person, generate_totp_secret())
        codes = RecoveryCodes.activate(person).get_unused_codes()
        return {"email": person.email, "password": PASSWORD, "code": codes[0]}

    def write_letter(self) -> None:
        """With a typo, which a correction takes out later."""
        from undersigned.letters.creating import NewLetter, create
        from undersigned.letters.launching import put_up
        from undersigned.letters.models import Letter

        about = dict(CONTENT["letter"])
        new = NewLetter(title=about.pop("title"), slug=about.pop("slug"), language="en")
        letter = create(self.team, new, actor=self.ana.name)
        Letter.objects.filter(pk=letter.pk).update(**about, time_zone="Europe/Lisbon")
        right, wrong = CONTENT["typo"]
        put_up(
            letter, self.texts(right, wrong), self.keys.keyring,
            actor=self.ana.name, at=self.launched_at,
        )  # fmt: skip
        self.letter = Letter.objects.get(pk=letter.pk)

    def texts(self, right: str = "", wrong: str = "") -> list[Any]:
        """The letter's words, saved as drafts; `wrong` stands in place of `right`."""
        from undersigned.letters.creating import blank_words
        from undersigned.letters.drafting import as_text, draft_of, save
        from undersigned.letters.models import Letter

        letter = Letter.objects.get(slug=CONTENT["letter"]["slug"])
        found = []
        for language, words in CONTENT["texts"].items():
            whole = {**blank_words(language), **words}
            if right:
                whole["body"] = whole["body"].replace(right, wrong)
            draft = draft_of(letter, language)
            save(draft, dict(draft.words), whole, actor=self.ana.name)
            found.append(as_text(whole))
        return found

    def correct_a_typo(self) -> None:
        from undersigned.letters.models import EditionChange
        from undersigned.letters.publishing import publish

        publish(
            self.letter, self.texts(), actor=self.ana.name, change=EditionChange.EDITORIAL,
            note="A typo in the first sentence.", at=self.launched_at + timedelta(days=4),
        )  # fmt: skip
        self.letter.refresh_from_db()

    def founders(self) -> list[Arrival]:
        """Organisations that signed first, and over the first weeks."""
        return [
            Arrival(
                kind="organisation",
                name=name,
                address=f"office@organisation-{number}.example.org",
                at=self.launched_at + timedelta(days=number, hours=9),
                country=CONTENT["countries"][number],
                role="Director",
                website=f"https://organisation-{number}.example.org",
            )
            for number, name in enumerate(CONTENT["organisations"])
        ]

    def crowd(self) -> list[Arrival]:
        """People: many in the first days, and again when newspapers write about it."""
        names = [
            (f"{given} {family}", CHANCE.choice(CONTENT["countries"]))
            for given in CONTENT["given"]
            for family in CONTENT["family"]
        ]
        chosen = CHANCE.sample(names, PEOPLE) + [tuple(one) for one in CONTENT["other_scripts"]]
        return [
            Arrival(
                kind="individual",
                name=name,
                address=f"person-{number}@example.org",
                at=self.some_day(),
                country=country,
                language=CHANCE.choice(CONTENT["languages"]),
                appears=CHANCE.choice(["public"] * 7 + ["initials", "recipient", "counted"]),
                confirms=CHANCE.random() < 0.9,
                wants_updates=CHANCE.random() < 0.4,
            )
            for number, (name, country) in enumerate(chosen)
        ]

    def some_day(self) -> datetime:
        peak = CHANCE.choice([0, 0, 0, 12, 12, 26])
        days = min(peak + CHANCE.expovariate(0.25), WEEKS * 7 - 0.1)
        return self.launched_at + timedelta(days=days)

    def queue(self) -> list[Arrival]:
        """Organisations that wait, one of them while many signed from its network."""
        return [
            Arrival(
                kind="organisation",
                at=self.now - timedelta(hours=30 - 4 * number),
                doubt="burst" if number == 2 else "",
                **one,
            )
            for number, one in enumerate(CONTENT["waiting"])
        ]

    def sign(self, arrivals: Sequence[Arrival]) -> None:
        """What the letter holds is accepted, unless it came lately."""
        have_signed(self.letter, self.keys, arrivals, by=self.ana)

    def bring_lists_in(self) -> None:
        """One list that was stored, and one that is being looked through."""
        from hashlib import sha256

        from undersigned.signatures.enrolling import Enrolled
        from undersigned.signatures.importing.bringing import begin, store_at_once
        from undersigned.signatures.models import ImportBatch, Kind
        from undersigned.teams.installation import studio_sealer

        stored = ImportBatch(
            letter=self.letter,
            form="text",
            origin="Signed on paper at the spring meeting",
            sha256=sha256().digest(),
            actor=self.ana.name,
        )
        store_at_once(stored, [Enrolled(kind=Kind.INDIVIDUAL, name="Ines Exemplo", country="PT")])
        self.batch = begin(
            self.letter,
            CONTENT["list"].encode(),
            studio_sealer(),
            file_name="",
            origin="The page of the campaign until now",
            kind="",
            actor=self.ana.name,
        ).pk

    def deliver(self) -> None:
        """A file that the worker will write, one that waits for a second owner, and a handover."""
        from undersigned.letters.handing_over import Delivery, add_handover
        from undersigned.signatures.exporting.asking import ask
        from undersigned.signatures.exporting.presets import PRESETS

        for form, preset in (("pdf", "public"), ("xlsx", "public"), ("csv", "listmonk")):
            ask(self.letter, self.ana, form=form, preset=PRESETS[preset], language="en")
        delivery = Delivery(
            recipient="Committee on Transport",
            handed_over_on=(self.now - timedelta(days=9)).date(),
            organisations=12,
            people=180,
            note="Handed over on deck of the 23:40 boat.",
        )
        add_handover(self.letter, delivery, actor=self.ana.name)

    def stay_in_touch(self) -> dict[str, Any]:
        """Where to look: the draft of an update, somebody's own page, a sheet to print."""
        letter, now, actor = self.letter, self.now, self.ana.name
        update = scene_in_touch.write_updates(letter, CONTENT["updates"], now, actor=actor)
        scene_in_touch.translate(letter, CONTENT["translations"], actor="Bo Eksempel")
        scene_in_touch.add_partners(letter, CONTENT["partners"], CHANCE, actor=actor)
        scene_in_touch.enter_paper(letter, CONTENT["sheets"], now, actor=actor)
        sheet = scene_in_touch.draw_sheet(letter, now)
        own = scene_in_touch.own_page(letter, self.keys, now)
        return {"update": update, "own": own, "sheet": str(sheet)}

    def gather(self) -> None:
        """A second letter, which its first signatories read and sign under embargo."""
        from undersigned.letters.creating import NewLetter, blank_words, create
        from undersigned.letters.drafting import as_text
        from undersigned.letters.gathering import plan_launch, start_gathering
        from undersigned.letters.keying import give_key
        from undersigned.letters.publishing import publish

        words = dict(CONTENT["founding"])
        new = NewLetter(title=words["title"], slug=words.pop("slug"), language="en")
        self.letter = create(self.team, new, actor=self.ana.name)
        give_key(self.letter, self.keys.keyring)
        text = as_text({**blank_words("en"), **words})
        publish(self.letter, [text], actor=self.ana.name)
        self.letter.refresh_from_db()
        start_gathering(self.letter, actor=self.ana.name)
        self.launched_at = self.now - timedelta(days=20)
        self.sign(self.founders()[:5])
        hour = (self.now + timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0)
        plan_launch(
            self.letter, hour, "Europe/Lisbon", 24, now=self.now, actor=self.ana.name
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
