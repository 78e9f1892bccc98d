"""Every public page and every mail speaks each language, and nothing of English is left over.

A page in another language is held against the same page in English: what stands in both, word for
word, was not translated. What people typed has a § in it here; and words may be the same in two
languages, if the catalogue says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import polib
import pytest
from babel import Locale
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone, translation

from tests.builders import link_of, listed, mails, published_letter, signed, text, worker_keys
from tests.partners import joined, with_key
from tests.signatures.behind_links import own_link, unsubscribe_token
from tests.signatures.partnered import asking as asking_for
from tests.signatures.partnered import file_token, made
from tests.website.visible import texts_of
from tests.website.visiting import good_form
from undersigned.letters.gathering import plan_launch, start_gathering
from undersigned.letters.models import EditionChange, Handover, Letter, LetterState
from undersigned.letters.partner_contacts import set_contact
from undersigned.letters.partnering import end_partner
from undersigned.letters.places import country_names
from undersigned.letters.publishing import Text, publish
from undersigned.letters.updates import Words, begin_update, show_update
from undersigned.mail.outbox import Mail
from undersigned.signatures import telling
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.authority.asking_contact import ask_contact
from undersigned.signatures.confirming import Choice, confirm
from undersigned.signatures.counting import count_changes
from undersigned.signatures.deciding import By
from undersigned.signatures.exporting.sheet import lay_out_sheet
from undersigned.signatures.forgetting import destroy_key, go_on
from undersigned.signatures.letters_by_mail import (
    Invitation,
    Occasion,
    already_signed,
    confirm_please,
    notice_mail,
    own_pages,
)
from undersigned.signatures.models import Kind, PartnerFile, Signature, SignerLink, Visibility
from undersigned.signatures.notices import write_notices
from undersigned.signatures.paper import Entry, Sheet, enter_sheet
from undersigned.signatures.partner_files import note_fetched, path_of
from undersigned.signatures.reasons import DECLINE_REASONS, VOID_REASONS
from undersigned.signatures.receiving.replies import not_taken, receipt
from undersigned.signatures.renewing import ask_to_renew
from undersigned.signatures.updates_by_mail import UpdateMails
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key, prepare_studio_key
from undersigned.website.languages import own_name

OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]
# What people typed, and names of things that no language translates.
NAMES = re.compile(
    r"§|Undersigned|Mastodon|Bluesky|WhatsApp|Telegram|://|@example|\.example|^[A-Z]+$"
    r"|^Atom$|^JSON Feed$|Ana Example$|^(\w\. ?)+$"
)
# What stands on each page in English: gathered once a process, by whichever language comes first.
ENGLISH: dict[str, frozenset[str]] = {}

type Pages = Iterator[tuple[str, str]]


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.mark.skipif(settings.ENV.database_url != "", reason="about words, not about databases")
@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_nothing_of_english_is_left_on_pages_and_in_mail(
    client: Client, keys: WorkerKeys, language: str
) -> None:
    prepare_mail_key(keys.keyring)
    if not ENGLISH:
        ENGLISH.update({name: texts_of(page) for name, page in everything(client, keys, "en")})
    ours = same_in(language)
    left: dict[str, list[str]] = {}
    for name, page in everything(client, keys, language):
        both = ENGLISH[name] & texts_of(page)
        found = sorted(one for one in both if not NAMES.search(one) and bare(one) not in ours)
        if found:
            left[name] = found
    assert left == {}


def same_in(language: str) -> frozenset[str]:
    """Words that a language writes as English does, by its own catalogue, and names in it."""
    locale = translation.to_locale(language)
    catalogue = polib.pofile(str(settings.LOCALE_PATHS[0] / locale / "LC_MESSAGES" / "django.po"))
    ours = {
        bare(english)
        for entry in catalogue
        for english in (entry.msgid, entry.msgid_plural)
        if english in {entry.msgstr, *entry.msgstr_plural.values()}
    }
    languages = {bare(own_name(code)) for code, _ in settings.LANGUAGES}
    months = set(Locale.parse(locale).months["format"]["wide"].values())
    return frozenset(ours | languages | months | set(country_names(language).values()))


def bare(words: str) -> str:
    """Without the number and the tags that may stand in it."""
    return re.sub(r"%\(\w+\)s|\d+|<[^>]+>", "", words).strip(" :()")


def everything(client: Client, keys: WorkerKeys, language: str) -> Pages:
    """Every public page and every mail, as somebody meets them who reads one language."""
    letter = published_letter(
        keys,
        f"open-{language}",
        texts=[words(language), *([words("en")] if language != "en" else [])],
        contacts={"general": "hello@example.org", "media": "press@example.org"},
        drafters=["§ Drafters"],
        facilitator="§ Facilitator",
        hashtag="#§",
        goal=1000,
    )
    yield from signing(client, keys, letter, language)
    yield from reading(client, keys, letter, language)
    yield from renewing(client, keys, letter, language)
    yield from following(client, keys, letter, language)
    yield from partnering(client, keys, letter, language)
    yield from owning(client, keys, letter, language)
    yield from ending(client, keys, language)
    yield from founding(client, keys, language)
    yield from by_mail_and_on_paper(client, letter, language)
    yield from asking(client, keys, letter)
    for number, mail in enumerate(written(language)):
        yield f"mail {number}", f"{mail.subject}\n{mail.text}".replace("\n", "<br>")


def words(language: str, **changes: object) -> Text:
    return text(
        language,
        **{
            "title": "§ title",
            "addressee": "§ addressee",
            "introduction": "§ introduction",
            "body": "§ body\n\n### § heading",
            "call": "§ call",
            "ways_to_help": [{"heading": "§ way", "text": "§ help"}],
            "related_campaigns": [
                {"title": "§ other", "text": "§", "url": "https://a.example", "tags": ["§ tag"]}
            ],
            "facilitator_note": "§ note",
            "consent_publication": "§ consent",
            "consent_updates": "§ consent to updates",
            "credits": "§ Translator",
            **changes,
        },
    )


def signing(client: Client, keys: WorkerKeys, letter: Letter, language: str) -> Pages:
    base = f"/{letter.slug}"
    yield "sign", page(client, f"{base}/{language}/sign/")
    mistakes = good_form(letter, language=language, kind="", name="", email="no", country="XX")
    yield "mistakes", client.post(f"{base}/sign/", mistakes).text
    other = good_form(
        letter, language=language, kind="organisation", name="x@y.example", website="!"
    )
    yield "more mistakes", client.post(f"{base}/sign/", other).text
    yield "check inbox", page(client, f"{base}/{language}/check-inbox/")
    for kind in (Kind.INDIVIDUAL, Kind.ORGANISATION):
        row = signed(letter, kind=kind, name="§ §", role="§ Role", language=language)
        link = f"{base}/confirm/{link_of(row, keys)}/"
        yield f"confirm {kind}", page(client, link)
        yield f"confirm {kind}, unticked", client.post(link, {"visibility": "public"}).text
        confirm(Choice(token=link.split("/")[-2], visibility=Visibility.PUBLIC))
        yield f"confirmed {kind}", page(client, link)
    row = signed(letter, name="§ §", language=language, address=f"gone-{language}@example.org")
    link = f"{base}/confirm/{link_of(row, keys)}/"
    yield "disowned", client.post(f"{link}not-me/", follow=True).text


def reading(client: Client, keys: WorkerKeys, letter: Letter, language: str) -> Pages:
    for number, kind in enumerate((Kind.INDIVIDUAL, Kind.ORGANISATION, Kind.INDIVIDUAL)):
        row = listed(letter, keys, kind=kind, name=f"§ {number}", title="§", role="§", country="JP")
        Signature.objects.filter(pk=row.pk).update(is_featured=number == 2)
    listed(letter, keys, name="§ Hidden", choice=Visibility.COUNTED)
    count_changes()
    Handover.objects.create(
        letter=letter,
        recipient="§ Parliament",
        handed_over_on=date(2026, 11, 3),
        organisations=1,
        people=3,
        note="§",
        answer="§ yes",
        answered_on=date(2026, 11, 13),
    )
    publish(
        letter, [words(language, body="§ corrected")], actor="§", change=EditionChange.EDITORIAL
    )
    base = f"/{letter.slug}/{language}"
    yield "front", page(client, f"/{language}/")
    yield "letter", page(client, f"{base}/")
    yield "signatories", page(client, f"{base}/signatures/")
    yield "nobody found", page(client, f"{base}/signatures/?q=nobody")
    yield "figures", page(client, f"{base}/figures/")
    yield "editions", page(client, f"{base}/editions/")
    yield "not found", client.get(f"/nowhere/{language}/").text
    for state in (LetterState.CLOSED, LetterState.ARCHIVED):
        Letter.objects.filter(pk=letter.pk).update(state=state, revision=100 + len(state))
        yield f"letter {state}", page(client, f"{base}/")
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.OPEN, sealing_key=None, revision=200
    )
    yield "paused", page(client, f"{base}/")
    key = bytes(letter.sealing_key or b"")
    Letter.objects.filter(pk=letter.pk).update(sealing_key=key, revision=201, is_example=True)
    yield "example", page(client, f"{base}/")


def renewing(client: Client, keys: WorkerKeys, letter: Letter, language: str) -> Pages:
    Letter.objects.filter(pk=letter.pk).update(is_example=False)
    listed(letter, keys, name="§ Renewing", language=language)
    publish(letter, [words(language, body="§ other")], actor="§", change=EditionChange.SUBSTANTIVE)
    ask_to_renew(timezone.now())
    while write_notices(keys):
        pass
    path = f"/{letter.slug}/yours/"
    sent = [one for one in mails(keys, topic="renew") if path in one.text]
    mail = next(one for one in sent if one.language == language)
    link = path + mail.text.partition("/yours/")[2].partition("/")[0] + "/"
    yield "yours", page(client, link)
    yield "renewed", client.post(link, {"choice": "renew"}, follow=True).text
    yield "left", client.post(link, {"choice": "leave"}, follow=True).text
    yield "editions of two texts", page(client, f"/{letter.slug}/{language}/editions/")


def following(client: Client, keys: WorkerKeys, letter: Letter, language: str) -> Pages:
    update = begin_update(letter, {language: Words("§ news", "§ body")}, actor="§")
    show_update(update, actor="§")
    base = f"/{letter.slug}/{language}"
    yield "letter with updates", page(client, f"{base}/")
    yield "updates", page(client, f"{base}/updates/")
    yield "update", page(client, f"{base}/updates/{update.number}/")
    row = listed(letter, keys, name="§ Reader", consent_updates=True, language=language)
    link = f"/{letter.slug}/unsubscribe/{unsubscribe_token(row, keys)}/"
    yield "unsubscribe", page(client, link)
    yield "unsubscribed", client.post(link, follow=True).text
    yield "own page, by mail", page(client, link.replace("unsubscribe", "yours"))
    mail = UpdateMails(Letter.objects.get(pk=letter.pk), update, is_shown=True).mail(
        "§@example.org", language, "§"
    )
    yield "update by mail", mail.text.replace("\n", "<br>")
    yield "update by mail, as a page", mail.html


def partnering(client: Client, keys: WorkerKeys, letter: Letter, language: str) -> Pages:
    said = {language: "§ write to me"}
    partners = [
        joined(letter, slug=f"partner-{number}", name="§ Partner", words=said)
        for number in range(6)
    ]
    for number in (1, 2):
        row = asking_for(letter, keys, partners[0], via=partners[0].pk, language=language)
        count_changes()
        base = f"/{letter.slug}/{language}/with/partner-0/"
        yield f"letter by a partner's link, {number}", page(client, base)
    link = f"/{letter.slug}/yours/{own_link(row, keys)}/"
    yield "own page with partners", page(client, link)
    client.post(link, {"choice": "take-back-from", "what": str(partners[0].pk)})
    yield "own page without one", page(client, link)
    with_key(partners[0])
    set_contact(partners[0], "files@example.org", actor="§")
    file = made(partners[0], keys)
    mail = mails(keys, topic="partner file")[-1]
    yield "mail to a partner", mail.text.replace("\n", "<br>")
    file_link = f"/{letter.slug}/partner/{file_token(keys)}/"
    yield "file for a partner", page(client, file_link)
    note_fetched(file, partners[0], actor="§")
    yield "held with partners", page(client, f"{link}held.txt").replace("\n", "<br>")
    path_of(file).unlink()
    PartnerFile.objects.update(is_there=False)
    yield "no file for a partner", page(client, file_link)
    for partner in partners:
        end_partner(partner, actor="§")


def owning(client: Client, keys: WorkerKeys, letter: Letter, language: str) -> Pages:
    """A signer's own page in each of its states."""
    yield "which letters", page(client, f"/{language}/yours/")
    prepare_studio_key(settings.DATA / "web")
    yield "links sent", page(client, f"/{language}/yours/sent/")
    Letter.objects.filter(pk=letter.pk).update(
        pseudonyms=True, withdrawals="choice", cautious_countries=["BY"]
    )
    token = link_of(signed(letter, language=language, country="BY"), keys)
    yield "confirm at risk", page(client, f"/{letter.slug}/confirm/{token}/")
    for kind in Kind.values:
        row = listed(letter, keys, kind=kind, name="§ Owner", role="§", language=language)
        link = f"/{letter.slug}/yours/{own_link(row, keys)}/"
        yield f"own page {kind}", page(client, link)
        yield f"held {kind}", page(client, f"{link}held.txt").replace("\n", "<br>")
        client.post(link, {"choice": "rename", "what": "§ Other"})
        client.post(link, {"choice": "take-back", "what": "publication"})
        yield f"name waits {kind}", page(client, link)
        client.post(link, {"choice": "appear", "what": "public"})
        yield f"will be shown {kind}", page(client, link)
        answer_signers(keys)
        client.post(link, {"choice": "hide"})
        Signature.objects.filter(pk=row.pk).update(consent_publication=True)  # as by organisers
        yield f"hidden {kind}", page(client, link)
        Signature.objects.filter(pk=row.pk).update(
            visibility="public", name="§ Fox", is_pseudonym=True
        )
        yield f"pseudonym {kind}", page(client, link)
        Letter.objects.filter(pk=letter.pk).update(withdrawals="open")
        yield f"open withdrawals {kind}", page(client, link)
        with patch("undersigned.signatures.too_often.MOST_A_DAY", 0):
            yield f"too often {kind}", client.post(link, {"choice": "rename", "what": "§"}).text
        client.post(link, {"choice": "leave"})
        yield f"withdrawn {kind}", page(client, link)
        yield f"erased {kind}", client.post(link, {"choice": "erase"}).text
        SignerLink.objects.filter(signature=row).update(expires_at=timezone.now())
        yield f"old link {kind}", page(client, link)
    yield "names withdrawn", page(client, f"/{letter.slug}/{language}/signatures/")
    # Of no language of its own: there is no signature, so it speaks the letter's.
    yield "unknown own link", client.get(f"/{letter.slug}/yours/{'A' * 22}/").text


def ending(client: Client, keys: WorkerKeys, language: str) -> Pages:
    """A signer's own page once the address went, and once all did."""
    contacts = {"general": "hello@example.org"}
    slug = f"ended-{language}"
    letter = published_letter(keys, slug, texts=[words(language)], contacts=contacts)
    row = listed(letter, keys, name="§ Owner", language=language)
    link = f"/{slug}/yours/{own_link(row, keys)}/"
    Signature.objects.filter(pk=row.pk).update(sealed_address=None)
    yield "own page without address", page(client, link)
    destroy_key(letter.pk, keys, timezone.now())
    while go_on(keys, timezone.now()):
        pass
    yield "own page after the end", page(client, link)
    yield "letter after the end", page(client, f"/{slug}/{language}/")
    SignerLink.objects.filter(signature=row).update(expires_at=timezone.now())
    yield "old link after the end", page(client, link)


def founding(client: Client, keys: WorkerKeys, language: str) -> Pages:
    slug = f"founded-{language}"
    letter = published_letter(keys, slug, texts=[words(language)], state=LetterState.DRAFT)
    start_gathering(letter, actor="§")
    link = f"/{slug}/founders/{letter.founders_key}/"
    yield "founders", page(client, link)
    listed(letter, keys, name="§ Founder")
    at = datetime(2031, 5, 6, 7, tzinfo=UTC)
    plan_launch(letter, at, "UTC", 24, now=timezone.now(), actor="§")
    yield "founders with a plan", page(client, link)
    yield "founders' inbox", page(client, f"{link}check-inbox/")


def by_mail_and_on_paper(client: Client, letter: Letter, language: str) -> Pages:
    base = f"/{letter.slug}/{language}"
    with override_settings(SIGN_ADDRESS="sign@mail.example"):
        yield "letter to be signed by mail", page(client, f"{base}/")
        yield "by mail", page(client, f"{base}/by-mail/")
    for number in (1, 4):
        enter_sheet(letter, Sheet(number, (Entry("§ Paper"),)), actor="§")
        yield f"signatories, {number} on paper", page(client, f"{base}/signatures/")
    address = f"https://§.example{base}/"
    sheet = json.loads(lay_out_sheet(letter, language, address=address, today=date(2026, 11, 3)))
    said = [sheet["words"][name] for name in ("kind", "address")]
    said += [*sheet["words"]["lines"], *sheet["words"]["columns"], *sheet["words"]["blanks"]]
    yield "sign-up sheet", "<br>".join(said)


def asking(client: Client, keys: WorkerKeys, letter: Letter) -> Pages:
    row = listed(letter, keys, kind=Kind.ORGANISATION, name="§ Media", role="§")
    ask_contact(By(letter, "§"), row.pk, "quiet.example", "info@quiet.example")
    mail = mails(keys, topic="ask contact")[-1]
    yield "mail to a contact", mail.text.replace("\n", "<br>")
    link = "/" + mail.text.partition(f"/{letter.slug}/ours/")[2].partition("/")[0] + "/"
    yield "ours", page(client, f"/{letter.slug}/ours{link}")
    yield "not ours", client.post(f"/{letter.slug}/ours{link}", {"answer": "no"}, follow=True).text


def written(language: str) -> Iterator[Mail]:
    occasion = Occasion("§@example.org", language, "§ title", "https://§.example/")
    waiting = [
        Invitation("§ one", "https://§.example/1/"),
        Invitation("§ two", "https://§.example/2/"),
    ]
    for one in (occasion, replace(occasion, by_mail=True)):
        for begun_before in (False, True):
            yield confirm_please(one, waiting, begun_before=begun_before)
        yield already_signed(one, waiting, own_url="https://§.example/own/")
    yield own_pages("§@example.org", language, waiting, site="https://§.example")
    yield own_pages("§@example.org", language, [], site="https://§.example")
    for visibility, held in (("public", ""), ("counted", "organisation")):
        yield receipt(occasion, visibility=visibility, held=held, own_url="https://§.example/own/")
    for is_closed in (False, True):
        yield not_taken(occasion, is_closed=is_closed)
    letter = Letter(slug="§", launch_at=timezone.now() + timedelta(days=2), time_zone="UTC")
    topics = (telling.DECLINED, telling.VOID, telling.PROOF, telling.RENEW, telling.FOUNDERS)
    for topic in topics:
        yield notice_mail(topic, occasion, words="§", url="https://§.example/", letter=letter)
    with translation.override(language):
        told = [
            translation.gettext(one.told) for one in (*DECLINE_REASONS, *VOID_REASONS) if one.told
        ]
    yield Mail(to="§", subject="§", text="\n".join(told), language=language)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.text
