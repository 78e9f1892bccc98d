"""What the HTTP server runs: the front, and Django behind it."""

from __future__ import annotations

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.config.settings")

_django: Any = get_asgi_application()

# After Django is set up: the front uses its models.
from undersigned.config.addresses import share_addresses  # noqa: E402
from undersigned.config.catalogues import share_words  # noqa: E402
from undersigned.config.presence import announce_web  # noqa: E402
from undersigned.config.settings import ENV  # noqa: E402
from undersigned.website.front.app import Front  # noqa: E402

share_words()
share_addresses()
application = Front(_django, workspace="/studio/")
announce_web(ENV)
