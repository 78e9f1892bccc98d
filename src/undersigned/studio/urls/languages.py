"""A letter in other languages: translating, handing in, reading, letting through."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import (
    language,
    language_files,
    languages,
    machine,
    reviewing,
    translators,
    wording_history,
)

_BASE = "letters/<slug:slug>/languages/"

urlpatterns = [
    # Before the languages: no language is called so.
    path(f"{_BASE}translators/", translators.invite, name="studio-translator-invite"),
    path(
        f"{_BASE}translators/<uuid:translator>/accept/",
        translators.accept,
        name="studio-translator-accept",
    ),
    path(
        f"{_BASE}translators/<uuid:translator>/decline/",
        translators.decline,
        name="studio-translator-decline",
    ),
    path(
        f"{_BASE}translators/<uuid:translator>/stop/",
        translators.stop,
        name="studio-translator-stop",
    ),
    path(_BASE, languages.show, name="studio-languages"),
    path(f"{_BASE}<str:language>/", language.bench, name="studio-language"),
    path(f"{_BASE}<str:language>/preview/", language.preview, name="studio-language-preview"),
    path(f"{_BASE}<str:language>/hand-in/", language.hand_in, name="studio-language-hand-in"),
    path(f"{_BASE}<str:language>/review/", reviewing.review, name="studio-language-review"),
    path(f"{_BASE}<str:language>/machine/", machine.drafts, name="studio-language-machine"),
    path(f"{_BASE}<str:language>/files/", language_files.files, name="studio-language-files"),
    path(
        f"{_BASE}<str:language>/history/<int:wording>/",
        wording_history.show,
        name="studio-wording-history",
    ),
]
