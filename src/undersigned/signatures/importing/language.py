"""Telling the language of a letter: by its script, and by its small words."""

import unicodedata
from collections import Counter
from dataclasses import dataclass

from undersigned.signatures.importing.text import fold

_SMALL_WORDS = {
    "en": "the of and to in that is we for are this with our by not from on their it as be have",
    "es": "el la los las de y en que es por para con una del se no nuestra su al como este",
    "fr": "le la les des et en que est pour dans une du nous qui sur par au aux ce cette ne pas",
    "pt": "o os as de e em que para uma do da nao por com dos das nos se ao pela mais sao",
    "de": "der die das und zu in den von ist mit nicht fur wir auf eine des dem dass sich ein",
    "it": "il lo gli di e che per una del della non in con sono dei delle nel alla piu le",
    "nl": "de het een en van in dat is op voor met niet zijn wij aan te door ook worden die",
    "ca": "el la els les de i en que per amb una del no als aquesta som dels ens seva",
    "pl": "i w na z do nie jest sie ze to o oraz przez dla jako ktore po od tym",
    "cs": "a v na ze je se to do pro s jako jsou by o za ktere podle od jsme",
    "ro": "si de in la cu pe pentru este sunt care din nu prin sau mai ca ale unei",
    "sv": "och att det i som en pa ar av for med till den inte om vi har de ett",
    "da": "og at det i som en pa er af for med til den ikke om vi har de et",
    "nb": "og at det i som en pa er av for med til den ikke om vi har de et",
    "fi": "ja on ei se etta ovat joka tai myos kun niin mutta kuin seka voi ole",
    "hu": "a az es hogy nem is egy meg vagy mint ezt van azt csak ki",
    "tr": "ve bir bu icin ile da de olarak olan daha gibi en cok ya ancak",
    "id": "yang dan di untuk dengan dari ini pada tidak dalam adalah kami itu oleh",
    "vi": "va cua cac la cho trong mot duoc nhung khong voi co nguoi",
    "sw": "na ya wa kwa ni katika za la kuwa hii kwamba cha",
    "tl": "ang ng sa na mga ay at para hindi ito namin",
    "hr": "i u na je se za da od su koji ne s iz ili kao",
}
_SCRIPTS = {
    "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta",
    "THAI": "th", "MYANMAR": "my", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "CJK": "zh", "GREEK": "el", "GEORGIAN": "ka", "ARMENIAN": "hy", "CYRILLIC": "ru",
    "ETHIOPIC": "am", "KHMER": "km", "LAO": "lo", "TELUGU": "te", "KANNADA": "kn",
    "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si", "TIBETAN": "bo",
}  # fmt: skip
_SHARED_SCRIPTS = {
    "ARABIC": {"fa": "پچژگکی", "ur": "ٹڈڑںےہ"},
    "CYRILLIC": {"uk": "іїєґ", "be": "ўі", "sr": "ђћџљњ", "mk": "ѓќѕ", "bg": "ъщ"},
}
_READ_AT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Guess:
    """A CLDR language code, or "" if nothing tells; `sure` if little else comes near."""

    code: str
    sure: bool


def guess_language(text: str) -> Guess:
    """Return the language of `text`, from its first 20,000 characters."""
    text = text[:_READ_AT_MOST]
    scripts = Counter(
        unicodedata.name(letter, "?").partition(" ")[0] for letter in text if letter.isalpha()
    )
    if not scripts:
        return Guess("", sure=False)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts.total() // 10:
        return Guess("ja", sure=True)
    script, letters = scripts.most_common(1)[0]
    if script in _SCRIPTS:
        return _of_script(script, text, sure=letters * 2 > scripts.total())
    return _by_small_words(fold(text).split())


def _of_script(script: str, text: str, *, sure: bool) -> Guess:
    """Letters that only one language of a shared script has, if they come up often."""
    letters = Counter(text.lower())
    total = sum(letter.isalpha() for letter in text)
    for code, own in _SHARED_SCRIPTS.get(script, {}).items():
        if sum(letters[letter] for letter in own) * 50 > total:
            return Guess(code, sure=sure and code not in {"bg", "be"})
    return Guess(_SCRIPTS[script], sure=sure and total >= 20)


def _by_small_words(words: list[str]) -> Guess:
    found = Counter(words)
    scores = Counter(
        {code: sum(found[word] for word in small.split()) for code, small in _SMALL_WORDS.items()}
    )
    (best, hits), (_, next_hits) = scores.most_common(2)
    if hits < 2:
        return Guess("", sure=False)
    return Guess(best, sure=hits >= 6 and hits * 4 > next_hits * 5)
