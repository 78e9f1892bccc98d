"""What readers get, shown and tried out before anything is mailed."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from tests.builders import mails
from tests.signatures.updating import HELLO, update_of
from tests.studio.people import Colleague
from undersigned.letters.models import Letter
from undersigned.letters.updates import Words
from undersigned.mail.models import Message
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db
ONE = "/studio/letters/banned/updates/1/"


@pytest.fixture(autouse=True)
def update(letter: Letter) -> None:
    update_of(letter, {**HELLO, "ar": Words("أجابوا", "التقينا بهم.")})


def test_both_forms_are_shown(owner: Colleague) -> None:
    response = owner.get(f"{ONE}preview/")
    page = response.text
    assert "<bdi lang=en>They answered</bdi>" in page
    assert "More &lt;https://example.org/&gt;" in page
    assert f'<iframe class=preview src="{ONE}preview/en/mail/"' in page
    assert "frame-src 'self'" in response.headers["Content-Security-Policy"]
    assert "Send a test to ana@example.org" in page


def test_in_another_language(owner: Colleague) -> None:
    page = owner.get(f"{ONE}preview/?language=ar").text
    assert "<pre class=mail lang=ar dir=rtl" in page
    assert "<pre class=mail lang=en" in owner.get(f"{ONE}preview/?language=fr").text
    assert '<article lang="en"' in owner.get(f"{ONE}preview/fr/mail/").text


def test_the_frame_lets_in_its_own_style_and_nothing_else(owner: Colleague) -> None:
    response = owner.get(f"{ONE}preview/en/mail/")
    style = re.search("<style>(.*?)</style>", response.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert policy.endswith("sandbox")


def test_a_test_mail_goes_to_whoever_asks(owner: Colleague, keys: WorkerKeys) -> None:
    page = owner.post(f"{ONE}test/", {"language": "ar"}, follow=True).text
    assert "A test is on its way to ana@example.org." in page
    message = Message.objects.get()
    assert (message.topic, message.priority) == ("update test", 0)
    (mail,) = mails(keys)
    assert (mail.to, mail.subject) == ("ana@example.org", "أجابوا")
    assert "التقينا بهم." in mail.html
    assert "banned/unsubscribe/----------------------/" in mail.headers["List-Unsubscribe"]


def test_a_test_in_a_language_that_is_not_there(owner: Colleague, keys: WorkerKeys) -> None:
    owner.post(f"{ONE}test/", {"language": "fr"})
    assert [mail.subject for mail in mails(keys)] == ["They answered"]


def test_before_the_letter_is_published(owner: Colleague) -> None:
    Letter.objects.update(state="draft", edition=None)
    assert "Publish the letter first" in owner.get(f"{ONE}preview/", follow=True).text
    assert owner.get(f"{ONE}preview/en/mail/").status_code == 404
    assert "Publish the letter first" in owner.post(f"{ONE}test/", follow=True).text
    assert Message.objects.count() == 0
