from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "undersigned.website"
    label = "website"
