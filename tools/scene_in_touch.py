"""More of the campaign of `tools.scene`: translations, updates, partners, paper, an own page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, cast

FINE = 170  # pixels an inch
SHEET = "sheet.png"  # below the data directory


def translate(letter: Any, languages: Sequence[Mapping[str, Any]], *, actor: str) -> None:
    """Each as far as its blocks go; `machine`: drafts, `message`: it is handed in."""
    from undersigned.letters.models import WordingOrigin
    from undersigned.letters.translating.approving import hand_in
    from undersigned.letters.translating.working import Typed, Worker, save_words, source_text

    worker = Worker(None, actor)
    for one in languages:
        typed = {key: Typed(text) for key, text in one["blocks"].items()}
        drafts = {
            key: Typed(text, origin=WordingOrigin.MACHINE)
            for key, text in one.get("machine", {}).items()
        }
        save_words(letter, one["code"], source_text(letter), typed | drafts, worker=worker)
        if "message" in one:
            hand_in(letter, one["code"], worker=worker, message=one["message"])


def write_updates(
    letter: Any, updates: Sequence[Mapping[str, Any]], now: datetime, *, actor: str
) -> int:
    """The last is a draft, and its number is returned; the others were mailed, `days` ago."""
    from undersigned.letters.models import Mailing, MailingState, Update
    from undersigned.letters.updates import Words, begin_update, show_update

    number = 0
    for one in updates:
        words = {code: Words(**text) for code, text in one["texts"].items()}
        update = begin_update(letter, words, actor=actor)
        number = update.number
        if "report" not in one:
            continue
        show_update(update, actor=actor)
        at = now - timedelta(days=one["days"])
        Update.objects.filter(pk=update.pk).update(saved_at=at, published_at=at)
        Mailing.objects.create(
            update=update,
            state=MailingState.DONE,
            starts_at=at,
            started_at=at,
            ended_at=at + timedelta(minutes=1),
            total=sum(one["report"].values()),
            report=one["report"],
            actor=actor,
        )
    return number


def add_partners(
    letter: Any, partners: Sequence[Mapping[str, Any]], chance: Random, *, actor: str
) -> None:
    """With those who ticked their boxes, and came by their links; the first has its key."""
    import pyrage

    from undersigned.letters.partnering import By, confirm_key, join, present_wordings, set_key
    from undersigned.signatures.models import (
        Kind,
        PartnerConsent,
        PartnerTally,
        Signature,
        State,
    )

    signers = Signature.objects.filter(letter=letter, state=State.LISTED, kind=Kind.INDIVIDUAL)
    everybody = list(signers.order_by("created_at"))
    for number, one in enumerate(partners):
        words = {"en": one["words"]}
        about = {key: one[key] for key in ("name", "slug", "privacy_url")}
        partner = join(letter, **about, words=words, actor=actor)
        if number < 2:
            key = str(pyrage.x25519.Identity.generate().to_public())
            set_key(partner, key, By("Bo Eksempel", 0))
            if not number:
                confirm_key(partner, key, By(actor, 1))
        wording = present_wordings(partner)["en"]
        PartnerConsent.objects.bulk_create(
            PartnerConsent(signature=row, partner=partner, wording=wording, given_at=row.created_at)
            for row in chance.sample(everybody, len(everybody) // (3 + number))
        )
        brought = [row.pk for row in chance.sample(everybody, len(everybody) // (6 + number))]
        total = Signature.objects.filter(pk__in=brought, via=None).update(via=partner)
        PartnerTally.objects.create(partner=partner, total=total)


def enter_paper(
    letter: Any, sheets: Sequence[Mapping[str, Any]], now: datetime, *, actor: str
) -> None:
    """Sheets that came back."""
    from undersigned.signatures.paper import Entry, Sheet, enter_sheet

    for one in sheets:
        names = tuple(Entry(*name) for name in one["names"])
        day = (now - timedelta(days=one["days"])).date()
        sheet = Sheet(one["signatures"], names, one["place"], day, one["note"])
        enter_sheet(letter, sheet, actor=actor)


def draw_sheet(letter: Any, now: datetime) -> Path:
    """One to print, as a picture; returns where it lies. Reads all fonts, which takes seconds."""
    import typst
    from django.conf import settings

    from undersigned.signatures.exporting import sheet_pdf
    from undersigned.signatures.exporting.fonts import faces_for
    from undersigned.signatures.exporting.sheet import lay_out_sheet
    from undersigned.signatures.exporting.typesetting import all_fonts

    address = f"{settings.SITE_URL}/{letter.slug}/en/"
    layout = lay_out_sheet(letter, "en", address=address, today=now.date())
    faces = faces_for(set(layout), json.loads(layout)["script"])
    inputs = {"document": layout, "fonts": json.dumps(faces)}
    template = Path(sheet_pdf.__file__).parent / "typst" / "sheet.typ"
    compiler = typst.Compiler(template, font_paths=all_fonts(), sys_inputs=inputs)
    path = Path(settings.DATA) / SHEET
    path.write_bytes(cast("bytes", compiler.compile(format="png", ppi=FINE)))
    return path


def own_page(letter: Any, keys: Any, now: datetime) -> str:
    """The path of the page of somebody who signed in English, in full, and asked for updates."""
    from undersigned.signatures.models import Signature, State, Visibility
    from undersigned.signatures.signer_links import SignerLinks

    signature = Signature.objects.filter(
        letter=letter,
        state=State.LISTED,
        visibility=Visibility.PUBLIC,
        language="en",
        consent_updates=True,
    ).order_by("created_at")[0]
    opener = keys.opener(letter.pk)
    details = opener.open(signature.pk, "details", bytes(signature.sealed_details or b""))
    links = SignerLinks(now)
    url = links.signer_link(signature, details, "own")
    links.save()
    return f"/{letter.slug}/yours/{url.rstrip('/').rpartition('/')[2]}/"
