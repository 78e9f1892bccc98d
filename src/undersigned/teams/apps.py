from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "undersigned.teams"
    default_auto_field = "django.db.models.BigAutoField"
