"""What the log does not repeat."""

from __future__ import annotations

import pytest
from django.test import Client


def test_a_made_up_host_name_is_refused_without_a_word_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/", headers={"host": "ana.example"})

    assert answer.status_code == 400
    assert caplog.messages == []
