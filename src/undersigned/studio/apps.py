from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "undersigned.studio"

    def ready(self) -> None:
        from undersigned.studio.assets import add_assets

        add_assets()
