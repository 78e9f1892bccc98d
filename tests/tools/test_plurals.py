"""Every language of the settings has a header that tells apart what CLDR tells apart."""

from __future__ import annotations

import gettext

import pytest
from django.conf import settings
from django.utils.translation import to_locale

from tools.catalogue import PLURALS, lumped_numbers
from tools.plurals import plural_header


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_the_header_of_a_language(code: str) -> None:
    header = PLURALS.search(plural_header(to_locale(code)))
    assert header is not None
    assert [*lumped_numbers(gettext.c2py(header[2]), int(header[1]), to_locale(code))] == []
