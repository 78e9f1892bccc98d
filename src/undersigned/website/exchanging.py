"""Files for translators' own tools, as both frames hand them out and take them back.

    if "as" in request.GET: return download(letter, language, source, request.GET["as"])
    exchange = receive(request, letter, language, worker)   of a POST
    render(request, "page_of_yours.html", {"exchange": exchange}, status=exchange.status)

The first POST brings the file, and is answered with what would become of it; the second brings it
once more in a hidden field, and takes it in. Nothing is kept in between.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from undersigned.letters.models import Letter
from undersigned.letters.publishing import Text
from undersigned.letters.translating.exchanging.collecting import collect
from undersigned.letters.translating.exchanging.entries import TranslationFile
from undersigned.letters.translating.exchanging.reading import (
    LARGEST,
    MEDIA_TYPES,
    WRITERS,
    read_file,
)
from undersigned.letters.translating.exchanging.refusals import (
    FileEmpty,
    FileRefused,
    FileTooLarge,
)
from undersigned.letters.translating.exchanging.taking_in import look_through, take_in
from undersigned.letters.translating.working import Worker
from undersigned.website.exchange_words import Group, refusal_sentence, report_groups


@dataclass(frozen=True)
class Exchange:
    """What `_exchange.html` shows. `refusal`: a sentence; `carried`: the file, for the next step.

    `can_take`: whether there is anything to take in. `is_done`: it was taken in.
    """

    groups: tuple[Group, ...] = ()
    refusal: str = ""
    carried: str = ""
    can_take: bool = False
    is_done: bool = False

    @property
    def status(self) -> int:
        return 422 if self.refusal else 200


def download(letter: Letter, language: str, source: Text, ending: str) -> HttpResponse:
    """The file as it stands now. `ending`: as of the file's name; raises Http404 for others."""
    if ending not in WRITERS:
        raise Http404
    written = WRITERS[ending](collect(letter, language, source))
    name = f"{letter.slug}-{language}.{ending}"
    return HttpResponse(
        written,
        content_type=MEDIA_TYPES[ending],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def receive(
    request: HttpRequest, letter: Letter, language: str, worker: Worker, *, with_draft: bool = False
) -> Exchange:
    """A file that was chosen, or one that was looked through and is to be taken in."""
    try:
        raw = _sent(request)
        file = read_file(raw)
        if "take" in request.POST:
            return _take(letter, language, file, worker, with_draft=with_draft)
        report = look_through(letter, language, file, with_draft=with_draft)
    except FileRefused as refusal:
        return Exchange(refusal=refusal_sentence(refusal))
    return Exchange(
        groups=tuple(report_groups(report, is_done=False)),
        carried=base64.b64encode(raw).decode(),
        can_take=bool(report.taken),
    )


def _take(
    letter: Letter, language: str, file: TranslationFile, worker: Worker, *, with_draft: bool
) -> Exchange:
    report = take_in(letter, language, file, worker=worker, with_draft=with_draft)
    return Exchange(groups=tuple(report_groups(report, is_done=True)), is_done=True)


def _sent(request: HttpRequest) -> bytes:
    """Raises FileEmpty where there is none, FileTooLarge."""
    file = request.FILES.get("file")
    if file is not None:
        if (file.size or 0) > LARGEST:
            raise FileTooLarge
        return bytes(file.read())
    try:
        return base64.b64decode(request.POST.get("carried", ""), validate=True)
    except (binascii.Error, ValueError):
        raise FileEmpty from None
