"""What somebody is called in the studio, and its language for them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.studio.forms.accounts import YouForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, person_page
from undersigned.teams.models import Person


@require_http_methods(["GET", "POST"])
@person_page
def change(request: StudioRequest) -> HttpResponse:
    """What they did before stays in the events under the name that they had."""
    form = YouForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        Person.objects.filter(pk=request.user.pk).update(**form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            say_done(request, _("Your name and language are saved."))
        return redirect("studio-you")
    return render(request, "studio/you.html", {"form": form}, status=422 if form.is_bound else 200)
