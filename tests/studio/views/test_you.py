"""What somebody is called, and the language of their studio."""

from __future__ import annotations

from tests.studio.people import Colleague, somebody
from undersigned.letters.models import LetterEvent

YOU = "/studio/you/"


def test_name_and_language_are_shown_and_changed(owner: Colleague) -> None:
    page = owner.get(YOU).text
    assert 'value="Ana"' in page
    assert '<option value="en" selected>' in page

    answer = owner.post(YOU, {"name": " Ana  Example ", "language": "ar"})

    assert answer.headers["Location"] == YOU
    owner.person.refresh_from_db()
    assert (owner.person.name, owner.person.language) == ("Ana Example", "ar")
    assert "<html lang=ar dir=rtl>" in owner.get(YOU).text
    assert not LetterEvent.objects.exists()


def test_nobody_takes_the_name_of_somebody_else(owner: Colleague) -> None:
    somebody("Bo")
    for name in ("bo", "Worker"):
        answer = owner.post(YOU, {"name": name, "language": "en"})
        assert answer.status_code == 422
        assert "Somebody here goes by this name already." in answer.text
        assert f'value="{name}"' in answer.text
    assert owner.post(YOU, {"name": "ana", "language": "en"}).status_code == 302


def test_a_language_that_the_studio_does_not_have_is_refused(owner: Colleague) -> None:
    answer = owner.post(YOU, {"name": "Ana", "language": "xx"})
    assert answer.status_code == 422
    assert "Choose one from the list." in answer.text
