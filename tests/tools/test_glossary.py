"""One word for one thing: what a catalogue says is held against its glossary."""

from __future__ import annotations

from pathlib import Path

import polib

from tools.glossary import TERMS, faults


def glossary(folder: Path, **terms: str) -> Path:
    tables = dict.fromkeys(TERMS, 'say = "x"\nstems = [""]') | terms
    text = "\n".join(f"[{term}]\n{words}" for term, words in tables.items())
    (folder / "glossary.toml").write_text(text)
    return folder


def catalogue(*pairs: tuple[str, str | list[str]]) -> polib.POFile:
    file = polib.POFile()
    for english, said in pairs:
        if isinstance(said, str):
            file.append(polib.POEntry(msgid=english, msgstr=said))
        else:
            forms = dict(enumerate(said))
            file.append(polib.POEntry(msgid=english, msgid_plural=english, msgstr_plural=forms))
    return file


FIRMA = 'say = "firma"\nstems = ["firma"]\nnever = ["rúbrica"]\nexcept = ["Last signature"]'


def test_the_word_of_the_glossary_is_used(tmp_path: Path) -> None:
    folder = glossary(tmp_path, signature=FIRMA)
    kept = catalogue(
        ("Your signature", "Su firma"),
        ("SIGNATURES", "FIRMAS"),
        ("%(signature)s is here", "%(signature)s está aquí"),
        ("Last signature", "La más reciente"),
        ("%(n)d signature", ["ninguna", "%(n)d firma"]),
        ("Your name", "Su nombre"),
    )
    assert [*faults(kept, folder)] == []


def test_another_word_is_a_fault(tmp_path: Path) -> None:
    folder = glossary(tmp_path, signature=FIRMA)
    slipped = catalogue(("Your signature", "Su adhesión"), ("Your name", "Su rubrica"))
    assert [*faults(slipped, folder)] == [
        "“Your signature”: the glossary's word for signature is not there",
        "“Your name”: “rúbrica” is not the word for signature",
    ]


def test_to_sign_in_is_not_to_sign_and_small_letters_are_no_letter(tmp_path: Path) -> None:
    folder = glossary(tmp_path, sign='say = "x"\nstems = ["firm"]', letter='stems = ["carta"]')
    other = catalogue(
        ("Sign in", "Entrar"),
        ("Use small letters", "Use minúsculas"),
        ("It signs you out", "Cierra la sesión"),
    )
    assert [*faults(other, folder)] == []


def test_what_is_obsolete_does_not_count(tmp_path: Path) -> None:
    old = catalogue(("Your signature", "Su adhesión"))
    old[0].obsolete = True
    assert [*faults(old, glossary(tmp_path, signature=FIRMA))] == []


def test_a_language_has_a_glossary_and_it_is_whole(tmp_path: Path) -> None:
    assert [*faults(catalogue(), tmp_path)] == ["there is no glossary.toml"]
    (tmp_path / "glossary.toml").write_text('[letter]\nstems = ["carta"]\n')
    assert [*faults(catalogue(), tmp_path)] == [
        f"glossary.toml has no [{term}]" for term in TERMS if term != "letter"
    ]
