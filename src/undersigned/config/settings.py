"""Django's settings, derived from `config.env`; nothing here reads the environment itself."""

from __future__ import annotations

from pathlib import Path

from undersigned.config import quiet
from undersigned.config.database import databases
from undersigned.config.env import read_env
from undersigned.config.env_values import LOOPBACK_HOSTS
from undersigned.config.mailers import mailers
from undersigned.config.secret_key import secret_key

ENV = read_env()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = ENV.debug
SECRET_KEY = secret_key(ENV)
DATA = ENV.data
SITE_URL = ENV.url.geturl().rstrip("/")
SITE_ON_LOOPBACK = ENV.on_loopback
# How mail leaves, and where it comes back to (mail/delivery.py: Terms).
MAILERS = mailers(ENV.mail, outbox=ENV.data / "outbox")
MAIL_IS_DELIVERED = ENV.mail.is_delivered
DEFAULT_FROM_EMAIL = ENV.mail.sender
MAIL_PER_MINUTE = ENV.mail.per_minute
MAIL_PER_HOUR = ENV.mail.per_hour
MAIL_PER_DAY = ENV.mail.per_day
MAIL_CONNECTIONS = ENV.mail.connections
BOUNCE_ADDRESS = ENV.mail.bounce_address
BOUNCE_IMAP_URL = ENV.mail.bounce_imap_url
DKIM_SELECTOR = ENV.mail.dkim_selector
# What a mail service reports, at an address of its own (config/reporting.py).
MAIL_SERVICE = ENV.mail.service
ANYMAIL = {"WEBHOOK_SECRET": ENV.mail.webhook_secret} if ENV.mail.webhook_secret else {}
# Signatures by mail (signatures/receiving/).
SIGN_ADDRESS = ENV.mail.sign_address
SIGN_IMAP_URL = ENV.mail.sign_imap_url
# Drafts of translations by a machine; none unless the host names one.
LIBRETRANSLATE_URL = ENV.libretranslate_url
LIBRETRANSLATE_KEY = ENV.libretranslate_key
ALLOWED_HOSTS = [
    f"[{host}]" if ":" in host else host
    for host in (sorted(LOOPBACK_HOSTS) if ENV.on_loopback else [ENV.url.hostname or ""])
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth's pages load its template tags
    "undersigned.mail",
    "undersigned.teams",
    "undersigned.letters",
    "undersigned.signatures",
    "undersigned.website",
    "undersigned.studio",  # before allauth: its templates stand in for allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "undersigned.website.headers.SecurityHeaders",
    "undersigned.website.errors.PlainErrors",
    "django.middleware.common.CommonMiddleware",
    "undersigned.website.origin.SameOrigin",
    # Lazy, all of them: a public page looks at no session, and sets no cookie.
    "undersigned.studio.sessions.Sessions",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "undersigned.studio.gate.Gate",
]
ROOT_URLCONF = "undersigned.config.urls"
ASGI_APPLICATION = "undersigned.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["undersigned.website.templatetags.words"],
        },
    }
]

DATABASES = databases(ENV)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("cs", "Čeština"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("hi", "हिन्दी"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("ml", "മലയാളം"),
    ("my", "မြန်မာ"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt-br", "Português (Brasil)"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sl", "Slovenščina"),
    ("sw", "Kiswahili"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
]
# The organisers' workspace speaks these; see tools/translations.py for what belongs to it.
STUDIO_LANGUAGES = ("en", "es", "fr", "pt-br", "de", "ar")
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Forms of the public pages are read up to 64 KiB by the front (website/front); these are the
# studio's: a letter's text in one field, a decision on a page of signatures.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# The studio: who signs in, and how. Public pages have neither sessions nor cookies.
AUTH_USER_MODEL = "teams.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "studio"
LOGOUT_REDIRECT_URL = "account_login"
# `__Host-`: no other site below our domain can set it. Browsers demand TLS for it.
SESSION_COOKIE_NAME = "__Host-studio" if ENV.url.scheme == "https" else "studio"
SESSION_COOKIE_SECURE = ENV.url.scheme == "https"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # a link in a mail to a colleague must find them signed in
SESSION_ENGINE = "undersigned.studio.sessions"
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# What its health page shows; the studio imports nothing of `config`.
STUDIO_HEALTH = "undersigned.config.health.seen_by_web.look"
SIGN_OUT_WHEN_IDLE_SECONDS = 2 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Attempts to sign in are counted here; all web processes of a machine share it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ENV.data / "web" / "attempts",
        "KEY_FUNCTION": "undersigned.studio.attempts.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

ACCOUNT_ADAPTER = "undersigned.studio.accounts.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation went to the address: that is the proof
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever loses a second factor to somebody hears of it
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ENV.url.scheme
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# As above; or whoever asked for a new password could never again set up a second step.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENV.on_loopback
MFA_TOTP_ISSUER = ENV.url.hostname or "Undersigned"
MFA_ADAPTER = "undersigned.studio.accounts.SecondFactors"

# How many proxies of the host's a request passes; see website.front.bursts.
TRUSTED_PROXIES = ENV.trusted_proxies
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_SSL_REDIRECT = False  # TLS ends at the proxy, which redirects
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.url.scheme == "https" else None

# What Django would advise, and what stands in its place.
SILENCED_SYSTEM_CHECKS = [
    "security.W001",  # SecurityMiddleware: website.headers sends these, on the fast roads too
    "security.W002",  # X-Frame-Options: frame-ancestors 'none' in the Content-Security-Policy
    "security.W003",  # CSRF cookie: website.origin and the form's stamp, without a cookie
]

LOGGING = quiet.LOGGING
