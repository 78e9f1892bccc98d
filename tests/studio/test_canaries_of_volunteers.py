"""Who translates a letter stands nowhere in clear, whatever they and the organisers do."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.test import Client

from tests.builders import mails
from tests.letters.translating.offers import link_to, token_in
from tests.studio.people import Colleague
from tests.studio.test_canaries import everything_somewhere
from undersigned.letters.models import Letter, Translator, TranslatorState
from undersigned.letters.translating.telling import tell_of_offers
from undersigned.letters.translating.volunteers import forget_ended
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.website.stamps import make_stamp

ADDRESS, NAME, WORD = "zyzzogeton", "Quagmorphic", "Floccinaucinihil"


def said(text: str) -> list[str]:
    return [word for word in (ADDRESS, NAME, WORD) if word.casefold() in text]


@pytest.mark.django_db(transaction=True)
def test_names_addresses_words_and_links_are_sealed_or_hashed(
    client: Client,
    owner: Colleague,
    letter: Letter,
    keys: WorkerKeys,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for number in range(3):
        answer = client.post(
            "/banned/es/translate/",
            {
                "stamp": make_stamp(letter.pk, waited=True),
                "language": "es",
                "name": f"{NAME} Example",
                "email": f"{ADDRESS}-{number}@example.org",
                "message": f"{WORD}, please.",
            },
        )
        assert answer.status_code == 303
        assert said(str(answer.headers).casefold()) == []
    studio = "/studio/letters/banned/languages/"
    page = owner.get(studio).text
    assert (NAME in page, ADDRESS in page, WORD in page) == (True, True, True)
    one, two, three = Translator.objects.all()
    owner.post(f"{studio}translators/{one.pk}/accept/")
    owner.post(f"{studio}translators/{two.pk}/decline/")
    owner.post(f"{studio}translators/", {"language": "ar", "email": f"{ADDRESS}-4@example.org"})
    assert [mail.to for mail in mails(keys)] == [
        f"{ADDRESS}-0@example.org",
        f"{ADDRESS}-4@example.org",
    ]
    token = link_to(one, keys)
    path = f"/banned/translate/{token}/"
    client.post(f"{path}join/", {"credit": ""})
    client.post(path, {})
    client.get(path)
    tell_of_offers(one.offered_at)
    stored = everything_somewhere(caplog)
    assert said(stored) == []
    assert all(token_in(mail).casefold() not in stored for mail in mails(keys, topic="translator"))

    client.post(f"{path}leave/")
    owner.post(f"{studio}translators/{Translator.objects.get(language='ar').pk}/stop/")
    forget_ended(three.offered_at.replace(year=three.offered_at.year + 1))
    assert set(Translator.objects.values_list("sealed_details", "token_hash")) == {(None, None)}
    assert TranslatorState.JOINED not in Translator.objects.values_list("state", flat=True)
    assert (settings.DATA / "web").exists()
