"""Volunteers in the studio's pages."""

from __future__ import annotations

from django import template

from undersigned.studio.volunteers_in_view import volunteers_in_view

register = template.Library()

register.simple_tag(volunteers_in_view, name="volunteers_of")
