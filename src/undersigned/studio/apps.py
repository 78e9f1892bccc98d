from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "undersigned.studio"

    def ready(self) -> None:
        # Once the models of others are there.
        from allauth.mfa.signals import authenticator_added

        from undersigned.studio.assets import add_assets
        from undersigned.studio.gate import note_new_factor

        add_assets()
        authenticator_added.connect(note_new_factor)
