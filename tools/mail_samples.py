"""Each kind of mail, as it goes over the wire, in some languages: for mail filters and programs.

    python -m tools.mail_samples FOLDER

writes `FOLDER/<kind>.<language>.eml`, from an installation that is gone afterwards.
"""

from __future__ import annotations

import os
import sys
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersigned.letters.models import Letter, Update
    from undersigned.mail.outbox import Mail

SITE = "https://letters.example.org"
TO = "sample.person@example.net"
TOKEN = "q7Jx2nB4Vt8Rk5Mw1Zc9Ye"


@dataclass(frozen=True)
class Sample:
    """What a letter and an update of it say in one language."""

    letter: str
    update: str
    body: str


SAMPLES = {
    "en": Sample(
        "Let the journalists of Arda go free",
        "They answered, and two are free",
        "Yesterday the ministry **answered** our letter. Two of the seven journalists came home; "
        "we spoke with their families.\n\nFive are still held. This is what happens next:\n\n"
        "- On Thursday we hand the letter over again, with your names.\n"
        "- In Geneva, [the committee meets](https://example.org/committee) in March.\n\n"
        "> I knew that people had signed. It is what I held on to.\n\nThank you.",
    ),
    "es": Sample(
        "Libertad para los periodistas de Arda",
        "Han respondido, y dos están libres",
        "Ayer el ministerio **respondió** a nuestra carta. Dos de los siete periodistas volvieron "
        "a casa; hablamos con sus familias.\n\nCinco siguen detenidos. Esto es lo que viene:\n\n"
        "- El jueves entregamos de nuevo la carta, con sus nombres.\n"
        "- En Ginebra, [el comité se reúne](https://example.org/committee) en marzo.\n\n"
        "> Sabía que la gente había firmado. Eso me sostuvo.\n\nGracias.",
    ),
    "ar": Sample(
        "أطلقوا سراح صحفيي أردا",
        "لقد أجابوا، واثنان منهم أحرار",
        "أمس **أجابت** الوزارة عن رسالتنا. عاد اثنان من الصحفيين السبعة إلى بيتيهما، وتحدثنا مع "
        "عائلتيهما.\n\nما زال خمسة محتجزين. هذا ما سيحدث بعد ذلك:\n\n"
        "- يوم الخميس نسلّم الرسالة مرة أخرى، ومعها أسماؤكم.\n"
        "- في جنيف [تجتمع اللجنة](https://example.org/committee) في مارس.\n\n"
        "> كنت أعرف أن الناس وقّعوا. هذا ما تمسّكت به.\n\nشكرًا لكم.",
    ),
    "ja": Sample(
        "アルダの記者たちに自由を",
        "回答がありました。二人が釈放されました",
        "昨日、省が私たちの書簡に**回答しました**。七人の記者のうち二人が帰宅し、"
        "私たちはご家族と話しました。\n\n五人はまだ拘束されています。今後の予定です。\n\n"
        "- 木曜日に、みなさんのお名前とともに書簡をもう一度手渡します。\n"
        "- ジュネーブでは三月に[委員会が開かれます](https://example.org/committee)。\n\n"
        "> 署名してくれた人たちがいると知っていました。それが支えでした。\n\n"
        "ありがとうございます。",
    ),
    "ru": Sample(
        "Свободу журналистам Арды",
        "Нам ответили: двое на свободе",
        "Вчера министерство **ответило** на наше письмо. Двое из семи журналистов вернулись домой; "
        "мы говорили с их семьями.\n\nПятеро всё ещё под стражей. Что будет дальше:\n\n"
        "- В четверг мы снова передаём письмо, с вашими именами.\n"
        "- В Женеве в марте [заседает комитет](https://example.org/committee).\n\n"
        "> Я знал, что люди подписали. За это я и держался.\n\nСпасибо.",
    ),
    "hi": Sample(
        "अर्दा के पत्रकारों को रिहा करो",
        "उन्होंने जवाब दिया, दो पत्रकार रिहा हुए",
        "कल मंत्रालय ने हमारे पत्र का **जवाब दिया**। सात में से दो पत्रकार घर लौट आए; हमने उनके "
        "परिवारों से बात की।\n\nपाँच अब भी हिरासत में हैं। आगे यह होगा:\n\n"
        "- गुरुवार को हम आपके नामों के साथ पत्र फिर सौंपेंगे।\n"
        "- जिनेवा में मार्च में [समिति की बैठक](https://example.org/committee) है।\n\n"
        "> मुझे पता था कि लोगों ने हस्ताक्षर किए हैं। उसी का सहारा था।\n\nधन्यवाद।",
    ),
    "my": Sample(
        "အာဒါ သတင်းထောက်များကို လွှတ်ပေးပါ",
        "သူတို့ ပြန်ဖြေပြီ၊ နှစ်ဦး လွတ်မြောက်ပြီ",
        "မနေ့က ဝန်ကြီးဌာနက ကျွန်ုပ်တို့၏ စာကို **ပြန်ဖြေခဲ့သည်**။ သတင်းထောက် ခုနစ်ဦးအနက် "
        "နှစ်ဦး အိမ်ပြန်ရောက်ပြီ။\n\nငါးဦးကို ထိန်းသိမ်းထားဆဲ ဖြစ်သည်။ ရှေ့ဆက်မည့်အရာများ-\n\n"
        "- ကြာသပတေးနေ့တွင် သင်တို့၏ အမည်များနှင့်အတူ စာကို ထပ်မံပေးအပ်မည်။\n"
        "- ဂျနီဗာတွင် မတ်လ၌ [ကော်မတီ တွေ့ဆုံမည်](https://example.org/committee)။\n\n"
        "> လူတွေ လက်မှတ်ထိုးတာကို ကျွန်တော် သိခဲ့တယ်။\n\nကျေးဇူးတင်ပါသည်။",
    ),
}


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="undersigned-mail-") as data:
        os.environ.update(
            UNDERSIGNED_URL=SITE,
            UNDERSIGNED_SECRET_KEY="samples" * 6,
            UNDERSIGNED_MAIL_FROM="Letters of Arda <letters@example.org>",
        )
        from undersigned.config.cli import set_up

        set_up(Path(data))
        from undersigned.config.commands.setup import prepare

        prepare()
        for name, raw in samples(Path(data)):
            (folder / f"{name}.eml").write_bytes(raw)
    print(f"{len(list(folder.glob('*.eml')))} mails in {folder}")


def samples(data: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each kind in each language."""
    from undersigned.mail.composing import compose
    from undersigned.mail.printing import compose_copy, print_message
    from undersigned.signatures.updates_by_mail import UpdateMails

    letter, update = _put_up(data)
    updates = UpdateMails(letter, update, is_shown=True)
    bounces = "bounces+ufyhqkm7zq2wc3vpl4xjb5tznq2wc3vpl4xjb5tznq@example.org"
    for language in SAMPLES:
        copy = updates.copy(TO, language, TOKEN)
        printed = compose_copy(uuid.uuid4(), copy, bounces)
        yield f"update.{language}", print_message(printed, takes_8bit=True)
        yield f"update-7bit.{language}", print_message(printed, takes_8bit=False)
        for kind, mail in kinds(language):
            composed = compose(uuid.uuid4(), mail, bounces)
            yield f"{kind}.{language}", print_message(composed, takes_8bit=True)


def kinds(language: str) -> Iterator[tuple[str, Mail]]:
    """Every other kind of mail to a signer, and to people who run letters."""
    from django.template.loader import render_to_string
    from django.utils import timezone, translation

    from undersigned.letters.models import Letter
    from undersigned.mail.outbox import Mail
    from undersigned.signatures import telling
    from undersigned.signatures.letters_by_mail import (
        Invitation,
        Occasion,
        already_signed,
        confirm_please,
        notice_mail,
        own_pages,
        partner_file,
    )
    from undersigned.signatures.reasons import DECLINE_REASONS, VOID_REASONS
    from undersigned.signatures.receiving.replies import not_taken, receipt

    title = SAMPLES[language].letter
    base = f"{SITE}/free-the-journalists"
    occasion = Occasion(TO, language, title, f"{base}/{language}/")
    one = Invitation(title, f"{base}/confirm/{TOKEN}/")
    yield "confirm", confirm_please(occasion, [one], begun_before=False)
    mailed = replace(occasion, by_mail=True)
    yield "confirm-by-mail", confirm_please(mailed, [one], begun_before=False)
    yield "partner-file", partner_file(occasion, url=f"{base}/partner/{TOKEN}/")
    yield "confirm-again", confirm_please(occasion, [one, one], begun_before=True)
    yield "already", already_signed(occasion, [], own_url=f"{base}/yours/{TOKEN}/")
    own_url = f"{base}/yours/{TOKEN}/"
    yield "received", receipt(occasion, visibility="public", held="", own_url=own_url)
    yield "not-taken", not_taken(occasion, is_closed=False)
    yield "links", own_pages(TO, language, [one], site=SITE)
    yield "no-links", own_pages(TO, language, [], site=SITE)
    letter = Letter(
        slug="free-the-journalists",
        launch_at=timezone.now() + timedelta(days=2),
        time_zone="Europe/Madrid",
    )
    with translation.override(language):
        reasons = {
            telling.DECLINED: next(str(each.told) for each in DECLINE_REASONS if each.told),
            telling.VOID: next(str(each.told) for each in VOID_REASONS if each.told),
        }
        reasons = {topic: translation.gettext(words) for topic, words in reasons.items()}
    for topic in (
        telling.DECLINED, telling.VOID, telling.PROOF, telling.RENEW, telling.FOUNDERS,
    ):  # fmt: skip
        mail = notice_mail(
            topic,
            occasion,
            words=reasons.get(topic, ""),
            url=f"{base}/yours/{TOKEN}/",
            letter=letter,
        )
        yield topic.replace(" ", "-"), mail
    words = {
        "team": "Reporters of Arda",
        "letter": title,
        "actor": "Ana Example",
        "role": "editor",
        "url": f"{SITE}/studio/join/{TOKEN}/",
        "name": "Ana Example",
    }
    subjects = {
        "invitation": "%(team)s invites you to work on its open letters",
        "second_step_forgotten": "Set up a new second step for your account in the studio",
        "translator_link": "Translate “%(letter)s”",
        "translation_offers": "Somebody offers to translate “%(letter)s”",
    }
    with translation.override(language):
        for template, subject in subjects.items():
            text = render_to_string(f"mail/{template}.txt", words)
            yield template, Mail(TO, translation.gettext(subject) % words, text, language)


def _put_up(data: Path) -> tuple[Letter, Update]:
    from undersigned.letters.launching import put_up
    from undersigned.letters.models import Letter
    from undersigned.letters.publishing import Text
    from undersigned.letters.updates import Words, begin_update
    from undersigned.vault.keys import Keyring

    letter = Letter.objects.create(slug="free-the-journalists", source_language="en")
    texts = [
        Text(
            language=language,
            title=sample.letter,
            body=sample.letter,
            consent_publication=sample.letter,
            consent_updates=sample.letter,
        )
        for language, sample in SAMPLES.items()
    ]
    put_up(letter, texts, Keyring(data / "keys"), actor="samples")
    letter.refresh_from_db()
    words = {language: Words(one.update, one.body) for language, one in SAMPLES.items()}
    return letter, begin_update(letter, words, actor="samples")


if __name__ == "__main__":
    main()
