"""Bringing lists in."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import (
    import_answers,
    import_columns,
    import_ends,
    import_rows,
    imports,
)

_ONE = "letters/<slug:slug>/imports/<uuid:batch>/"

urlpatterns = [
    path("letters/<slug:slug>/imports/", imports.imports, name="studio-imports"),
    path("letters/<slug:slug>/imports/new/", imports.new, name="studio-import-new"),
    path(_ONE, import_rows.one, name="studio-import"),
    path(f"{_ONE}columns/", import_columns.columns, name="studio-import-columns"),
    path(f"{_ONE}answer/", import_answers.answer, name="studio-import-answer"),
    path(f"{_ONE}leave-out/", import_answers.leave_out, name="studio-import-leave-out"),
    path(f"{_ONE}switch/", import_answers.switch, name="studio-import-switch"),
    path(f"{_ONE}rows/<str:row>/", import_answers.edit, name="studio-import-row"),
    path(f"{_ONE}save/", import_ends.save, name="studio-import-save"),
    path(f"{_ONE}drop/", import_ends.drop, name="studio-import-drop"),
    path(f"{_ONE}undo/", import_ends.undo, name="studio-import-undo"),
]
