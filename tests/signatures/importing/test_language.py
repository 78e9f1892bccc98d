"""The language of a letter is told, or said to be unsure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing.language import Guess, guess_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We ask that the law is changed, and that all of us are free to speak in the open.", "en"),
        ("Pedimos que se respeten los derechos de las personas y que no se apruebe la ley.", "es"),
        ("Nous demandons que la loi soit changée et que les droits de tous soient dans le", "fr"),
        ("Wir fordern, dass die Überwachung nicht mit dem Gesetz und der Verfassung ist.", "de"),
        ("Pedimos que a lei não seja aprovada e que os direitos das pessoas não se percam", "pt"),
        ("نحن الموقعين أدناه ندعو إلى احترام حقوق الجميع", "ar"),
        ("ما امضاکنندگان زیر می‌گوییم که چنین کاری گناه است و باید پایان یابد", "fa"),
        ("私たちは図書館の静けさを求めます", "ja"),
        ("我们要求图书馆保持安静并且尊重所有读者的权利和自由", "zh"),
        ("Мы требуем, чтобы в библиотеках было тихо", "ru"),
        ("Ми вимагаємо, щоб у бібліотеках було тихо і їх поважали", "uk"),
        ("हम मांग करते हैं कि सभी पुस्तकालय शांत रहें और पाठकों के अधिकारों का सम्मान हो", "hi"),
    ],
)
def test_the_language_is_told(text: str, code: str) -> None:
    assert guess_language(text) == Guess(code, sure=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", ""), ("123", ""), ("Foo bar baz", ""), ("the and", "en"), ("Мы", "ru")],
)
def test_a_few_words_do_not_make_sure(text: str, code: str) -> None:
    assert guess_language(text) == Guess(code, sure=False)


@given(st.text())
def test_no_text_fails(text: str) -> None:
    guess_language(text)
