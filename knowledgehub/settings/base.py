"""What is true of every Knowledge Hub, read from the environment where operators choose.

Nothing is written outside KNOWLEDGEHUB_HOME.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from knowledgehub.database import database_settings
from knowledgehub.search_engine import search_settings

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

HOME = Path(env.str("KNOWLEDGEHUB_HOME", default=str(BASE_DIR / "var"))).resolve()

DEBUG = False
DEMO = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "knowledgehub.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "treebeard",
    "haystack",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "axes",
    "articles",
    "channels",
    "knowledgehub",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Published articles are answered here, before sessions and all else is paid for.
    "channels.delivery.reading_path.ReadingPath",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "knowledgehub.slashes.Slashes",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "knowledgehub.urls"
WSGI_APPLICATION = "knowledgehub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database_settings(env.str("DATABASE_URL", default=""), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses who tried too often, and does no more
    "django.contrib.auth.backends.ModelBackend",
]
# So many wrong passwords for one name from one address, and both wait for so long.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "knowledgehub.sign_in.address_of"
AXES_LOCKOUT_CALLABLE = "knowledgehub.sign_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/agent/"
LOGOUT_REDIRECT_URL = "/"

# The locales that content is written in; the first is the default. More by setting.
LOCALES: dict[str, str] = {
    "en": "English",
    "zh-hans": "简体中文",
    "zh-hant": "繁體中文",
}
# Where a reader's locale has no text, these are tried in turn, and the answer says so.
LOCALE_FALLBACKS: dict[str, list[str]] = {
    "en": [],
    "zh-hans": ["zh-hant", "en"],
    "zh-hant": ["zh-hans", "en"],
}
# Whose readers get a converted text where there is none of their own, and from which locale; it is
# made when publishing. Only between the two Chinese locales; an empty value is none.
LOCALE_CONVERSIONS: dict[str, str] = env.dict("LOCALE_CONVERSIONS", default={"zh-hant": "zh-hans"})
# Whose words a conversion to Traditional Chinese takes and one from it expects: Taiwan's (tw) or
# Hong Kong's (hk).
CHINESE_STANDARD: str = env.str("CHINESE_STANDARD", default="tw")
# Where facts differ by region, the regions' codes with their names by locale, as JSON:
# {"tw": {"en": "Taiwan", "zh-hant": "臺灣"}}. An author writes {{ price@tw }}.
REGIONS: dict[str, dict[str, str]] = env.json("REGIONS", default={})
LANGUAGES = list(LOCALES.items())
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "knowledgehub" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
FORMAT_MODULE_PATH = "knowledgehub.formats"
USE_TZ = True

STATIC_URL = "/static/"
# Served by the application itself, straight from the packages: nothing to collect.
WHITENOISE_USE_FINDERS = True
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"

SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# No form needs to be larger, uploads aside. A text of some megabytes, pasted by mistake, is read
# all the same: whoever typed it gets it back with the reason why it can't be saved.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# Search: haystack names the engine, and the outbox keeps its index up to date. With the address of
# an OpenSearch it is that; without, an index in the home.
HAYSTACK_CONNECTIONS = {
    "default": search_settings(
        env.str("SEARCH_URL", default=""), ca_file=env.str("SEARCH_CA_FILE", default=""), home=HOME
    )
}
# Hits by meaning beside those by words: needs the extra `semantic` (docs/semantic.md).
SEARCH_SEMANTIC: bool = env.bool("SEARCH_SEMANTIC", default=False)
SEARCH_ENCODER = "channels.search.semantic.universal.UniversalEncoder"
SEARCH_VECTORS = str(HOME / "vectors")

# What is searched is noted without who asked, for editors. Rows are written behind, each second.
SEARCH_LOG_BEHIND = True
SEARCH_LOG_DAYS = env.int("SEARCH_LOG_DAYS", default=400)
# Where publishing would lose a golden query: "show" it, or "refuse" to publish.
SEARCH_GATE = env.str("SEARCH_GATE", default="show")

# A broker is only a doorbell: without one, `manage.py work` drains the outbox by itself.
CELERY_BROKER_URL = env.str("BROKER_URL", default="")
CELERY_TASK_IGNORE_RESULT = True
CELERY_BEAT_SCHEDULE = {
    "drain-outbox": {"task": "channels.tasks.drain_outbox", "schedule": 5.0},
    # A look that comes late is none: the next is there already.
    "publish-due-releases": {
        "task": "channels.tasks.publish_due_releases",
        "schedule": 0.5,
        "options": {"expires": 1.0},
    },
    "remind-owners": {"task": "channels.tasks.remind_owners", "schedule": 300.0},
    "keep-search-log": {"task": "channels.tasks.keep_search_log", "schedule": 3600.0},
    "compact-search-index": {"task": "channels.tasks.compact_search_index", "schedule": 300.0},
    "forget-old-calls": {"task": "channels.tasks.forget_calls", "schedule": 3600.0},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["channels.api.authentication.KeyOrReader"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["channels.api.parsers.SafeJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {"reader-writes": "30/min", "author-writes": "1200/min"},
    # How many proxies of ours name the caller in X-Forwarded-For; without one it is not believed.
    "NUM_PROXIES": env.int("PROXIES", default=0),
    "EXCEPTION_HANDLER": "knowledgehub.problem_details.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Knowledge Hub content API",
    "DESCRIPTION": "The same words for every channel, by edition.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "AudienceEnum": "articles.audiences.AUDIENCES",
        "KindEnum": "articles.models.article.Kind.values",
        "LocaleEnum": list(LOCALES),
        "StateEnum": "channels.request_workflow.RequestState.values",
        "SnippetKindEnum": "articles.models.snippet.SnippetKind.values",
        "TextStateEnum": "articles.workflow.State.values",
    },
}

# The VoiceXML document that connects a caller with a person, for the key 0; without it there is no
# such key.
IVR_PERSON_URL: str = env.str("IVR_PERSON_URL", default="")

# Mail to people of the desk. Without a server (smtp://user:password@host:587) it is printed by the
# process that would send it.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL: str = env.str("MAIL_FROM", default="knowledge-hub@localhost")
# Where people open the hub ("https://help.example.com"), for the addresses in mail.
SITE_ADDRESS: str = env.str("SITE_ADDRESS", default="")

# After how many days an article that was found right is to be looked at again, by its kind.
REVIEW_INTERVAL_DAYS: dict[str, int] = {
    "product": env.int("REVIEW_DAYS_PRODUCT", default=180),
    "sales": env.int("REVIEW_DAYS_SALES", default=90),
    "support": env.int("REVIEW_DAYS_SUPPORT", default=180),
}
# So many days before, it counts as due soon. Its owner gets one message a day about what is due,
# from this hour on.
REVIEW_SOON_DAYS: int = env.int("REVIEW_SOON_DAYS", default=14)
REMINDER_HOUR: int = env.int("REMINDER_HOUR", default=7)

# For so many days it is kept what agents did in a call.
CALL_DAYS: int = env.int("CALL_DAYS", default=90)

# Shown on all faces.
SITE_NAME: str = env.str("SITE_NAME", default="Knowledge Hub")
# Where readers can ask a person, shown where a search finds nothing that fits.
HELP_PHONE: str = env.str("HELP_PHONE", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "knowledgehub": {"level": "INFO"},
        "opensearch": {"level": "ERROR"},  # What it warns of we say ourselves, once.
    },
}
