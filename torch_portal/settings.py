"""Settings, read from the environment. What each variable means: docs/operations.md."""

import os
import urllib.parse
from datetime import timedelta
from pathlib import Path

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from torch_portal import schedule
from torch_portal.accounts.sign_in import *  # noqa: F403  (allauth and axes)
from torch_portal.common import logs, storage
from torch_portal.common.enum_names import ENUM_NAMES
from torch_portal.embedded import kept_secret, known_addresses

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("TORCH_VAR", BASE_DIR / "var"))

_embedded = known_addresses(VAR / "embedded")


def text(name: str, default: str = "") -> str:
    """A variable as text."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """A variable as yes or no: 1, true, yes, on."""
    return text(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def required(name: str, fallback: str = "") -> str:
    """A variable that serving needs; `make run` supplies it, also to commands beside it.

    The fallback serves commands that need no database; serving refuses it (MISSING).
    """
    return os.environ.get(name) or _embedded.get(name, "") or fallback


def database(url: str) -> dict[str, object]:
    """Django's settings for one PostgreSQL address."""
    parts = urllib.parse.urlsplit(url)
    query = dict(urllib.parse.parse_qsl(parts.query))
    host = query.pop("host", "") or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": urllib.parse.unquote(parts.username or ""),
        "PASSWORD": urllib.parse.unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


# --- who we are -------------------------------------------------------------------------------

DEBUG = flag("DEBUG")
SECRET_KEY = required("SECRET_KEY", "not-for-serving")
SECRET_KEY_FALLBACKS = [k for k in text("SECRET_KEY_FALLBACKS").split(",") if k]
SITE_URL = text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [h for h in text("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
ROOT_URLCONF = "torch_portal.urls"
WSGI_APPLICATION = "torch_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "rest_framework.authtoken",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "drf_spectacular",
    "django_htmx",
    "torch_portal.common",
    "torch_portal.accounts",
    "torch_portal.notices",
    "torch_portal.filings",
    "torch_portal.papers",
    "torch_portal.certificates",
    "torch_portal.publicity",
    "contracts",
    "hitech_cert",
    "incubators",
    "outreach",
    "sme_eval",
    "stats",
    "zones",
    "torch_portal.reports",
    "torch_portal.desk",
]

MIDDLEWARE = [
    "torch_portal.common.watching.Watch",
    "torch_portal.common.policy.ContentPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "torch_portal.accounts.middleware.session_guard",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "torch_portal.desk.queries.page_frame",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- stores -----------------------------------------------------------------------------------

DATABASES = {
    "default": database(required("DATABASE_URL", "postgresql://torch@127.0.0.1:5432/torch"))
}
REDIS_URL = required("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    # Limits and used one-time codes are kept by this process alone while Redis is down.
    "default": {"BACKEND": "torch_portal.common.caching.SteadyRedisCache", "LOCATION": REDIS_URL}
}
# In the database alone: people can sign in and work while Redis is down.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
STORAGE_URL = text("STORAGE_URL", str(VAR / "media"))
MEDIA_ROOT = Path(storage.folder(STORAGE_URL, str(VAR / "media")))
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": storage.storage(STORAGE_URL),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing asks for the others; half the compressing
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Limits of one attachment and of one filing, in bytes and pieces; pages of a PDF.
ATTACHMENT_MAX_BYTES = int(text("ATTACHMENT_MAX_BYTES", str(30 * 1024 * 1024)))
ATTACHMENTS_MAX_BYTES = int(text("ATTACHMENTS_MAX_BYTES", str(200 * 1024 * 1024)))
ATTACHMENTS_MAX_COUNT = int(text("ATTACHMENTS_MAX_COUNT", "30"))
# Every file that comes in is shown to this scanner (clamd); empty: none.
CLAMD_URL = text("CLAMD_URL")

# Networks that webhooks may reach besides the public internet, such as a ministry's own.
WEBHOOK_NETWORKS = [n for n in text("WEBHOOK_NETWORKS").split(",") if n]

# --- what local rules decide ------------------------------------------------------------------

# Working days in which an enterprise may state its case before a revocation is decided.
REVOCATION_STATEMENT_WORKDAYS = int(text("REVOCATION_STATEMENT_WORKDAYS", "5"))
# Days that the guide of S&T-SME evaluation leaves to the places (Sichuan: five to review a form).
SME_REVIEW_WORKDAYS = int(text("SME_REVIEW_WORKDAYS", "5"))
SME_STATEMENT_WORKDAYS = int(text("SME_STATEMENT_WORKDAYS", "5"))
SME_SPOT_CHECK_WORKDAYS = int(text("SME_SPOT_CHECK_WORKDAYS", "15"))
HITECH_STATEMENT_WORKDAYS = int(text("HITECH_STATEMENT_WORKDAYS", "10"))
# Jurisdictions whose certification body publicises its own list before it reports.
HITECH_LOCAL_PUBLICITY = [c for c in text("HITECH_LOCAL_PUBLICITY", "31,36,61").split(",") if c]
# Expert review of high-tech enterprises. No text sets how recent a co-operation excludes an expert,
# nor how long sheets may take, nor the seats of a panel above the least: not confirmed.
HITECH_COOPERATION_YEARS = int(text("HITECH_COOPERATION_YEARS", "3"))
HITECH_SHEET_WORKDAYS = int(text("HITECH_SHEET_WORKDAYS", "10"))
HITECH_PANEL_TECH = int(text("HITECH_PANEL_TECH", "3"))
HITECH_PANEL_FIN = int(text("HITECH_PANEL_FIN", "2"))
# Jurisdictions in which the time limit goes on after a correction instead of running anew.
CORRECTION_CLOCK_GOES_ON = [c for c in text("CORRECTION_CLOCK_GOES_ON").split(",") if c]

# --- the registry of enterprises ----------------------------------------------------------------

# GET REGISTRY_URL/<credit code> answers who that is (torch_portal.accounts.registry); empty: none.
REGISTRY_URL = text("REGISTRY_URL").rstrip("/")
REGISTRY_TOKEN = text("REGISTRY_TOKEN")

# --- signing ----------------------------------------------------------------------------------

SIGNING_P12 = text("SIGNING_P12", str(VAR / "signing" / "demo.p12"))
SIGNING_P12_PASSWORD = text("SIGNING_P12_PASSWORD") or kept_secret(VAR, "p12_password")
SIGNING_TRUST_ROOTS = [p for p in text("SIGNING_TRUST_ROOTS").split(",") if p]
SIGNING_TIMESTAMP_URL = text("SIGNING_TIMESTAMP_URL")
CERTIFICATE_SAMPLE = flag("CERTIFICATE_SAMPLE", default=True)
DEMO = flag("DEMO")  # shows the demonstration accounts; make run sets it

# What production must set: web and worker name what is missing and do not start.
NEEDED = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "STORAGE_URL",
    "SIGNING_P12",
    "SIGNING_P12_PASSWORD",
    "EMAIL_URL",
    "FIELD_KEYS",
)
MISSING = [] if DEMO else [name for name in NEEDED if not os.environ.get(name)]

# A demonstration may run at another time (seconds from now); never with real certificates.
PORTAL_CLOCK_OFFSET = timedelta(
    seconds=int(text("PORTAL_CLOCK_OFFSET", "0")) if CERTIFICATE_SAMPLE else 0
)

# --- people -----------------------------------------------------------------------------------

LOGIN_URL = reverse_lazy("accounts:login")
LOGIN_REDIRECT_URL = reverse_lazy("desk:start")
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORDS_REMEMBERED = int(text("PASSWORDS_REMEMBERED", "5"))
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name, "OPTIONS": options}
    for name, options in [
        ("django.contrib.auth.password_validation.UserAttributeSimilarityValidator", {}),
        ("django.contrib.auth.password_validation.MinimumLengthValidator", {"min_length": 10}),
        ("torch_portal.accounts.passwords.SeveralKinds", {"kinds": 3}),
        ("django.contrib.auth.password_validation.CommonPasswordValidator", {}),
        ("torch_portal.accounts.passwords.NotUsedBefore", {"remembered": PASSWORDS_REMEMBERED}),
    ]
]
# Who acts for an authority needs a second factor: required, or optional (a demonstration).
SECOND_FACTOR = text("SECOND_FACTOR", "optional" if DEMO else "required")
# Minutes without a request after which a session ends.
SESSION_IDLE = timedelta(minutes=int(text("SESSION_IDLE_MINUTES", "30" if not DEMO else "720")))
# Keys that encrypt personal numbers, newest first; the others still open what they closed.
FIELD_KEYS = [k for k in text("FIELD_KEYS").split(",") if k]

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # http://localhost
# Proxies in front that name the caller; 0 believes the connection alone.
NUM_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = int(text("NUM_PROXIES", "0"))
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SITE_URL.startswith("https://")
SECURE_HSTS_SECONDS = 31_536_000 if SITE_URL.startswith("https://") else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_URL.startswith("https://")
# Asked from inside, without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# The review desk shows attachments in frames of its own pages; nobody else's pages may.
# Our sign-in page tells of a lock-out itself, beside what was typed; axes' middleware would not.
SILENCED_SYSTEM_CHECKS = ["security.W019", "axes.W002"]

# --- words and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = text("TIME_ZONE", "Asia/Shanghai")
FORMAT_MODULE_PATH: list[str] = []

# --- messages out -----------------------------------------------------------------------------

EMAIL_URL = urllib.parse.urlsplit(text("EMAIL_URL", f"file://{VAR / 'mail'}"))
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "Torch Portal <no-reply@localhost>")
if EMAIL_URL.scheme == "file":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = EMAIL_URL.path
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_TIMEOUT = 10
    EMAIL_HOST = EMAIL_URL.hostname or ""
    EMAIL_PORT = EMAIL_URL.port or 25
    EMAIL_HOST_USER = urllib.parse.unquote(EMAIL_URL.username or "")
    EMAIL_HOST_PASSWORD = urllib.parse.unquote(EMAIL_URL.password or "")
    EMAIL_USE_SSL = EMAIL_URL.scheme == "smtps"
    EMAIL_USE_TLS = EMAIL_URL.scheme == "smtp+tls"

# --- work done later --------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
CELERY_TASK_ACKS_LATE = True
# The row stays due and beat queues it again: nobody waits for a broker that does not answer.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 210
CELERY_TASK_SERIALIZER = "json"
CELERY_IMPORTS = ["torch_portal.reports.tables.tasks"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Laying out pages fills caches of fonts that never shrink: a child above so many kB is replaced.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat" / "schedule")
CELERY_BEAT_SCHEDULE = schedule.BEAT

# --- limits and figures -----------------------------------------------------------------------

# Requests of one caller in a minute, pages and API together (torch_portal.common.limits).
LIMITS_A_MINUTE = {
    "assess": 60, "verify": 60, "token": 10, "download": 120, "registry": 30,
    "publicity": 240, "objection": 10, "selfcheck": 120,
}  # fmt: skip
# Who may read /metrics: whoever has the token, or comes from one of the networks; else nobody.
METRICS_TOKEN = text("METRICS_TOKEN")
METRICS_NETWORKS = [n for n in text("METRICS_NETWORKS").split(",") if n]

# --- API --------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "torch_portal.accounts.keys.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "torch_portal.accounts.keys.WithinScopes",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "torch_portal.common.api.CreatedCursor",
    "EXCEPTION_HANDLER": "torch_portal.common.api.problem_details",
    "NUM_PROXIES": NUM_PROXIES,
    "PAGE_SIZE": 50,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Torch Portal API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.1",  # the facts are JSON Schema 2020-12
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "torch_portal.desk.api.describe_problems",
    ],
}

# --- review desk ------------------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": _("Review desk"),
    "SITE_HEADER": _("Review desk"),
    "SITE_URL": "/",
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": ["torch_portal.desk.queries.desk_stylesheet"],
    "BORDER_RADIUS": "6px",
    "COLORS": {
        "primary": {
            "50": "oklch(97% .01 255)",
            "100": "oklch(94% .025 255)",
            "200": "oklch(88% .05 255)",
            "300": "oklch(80% .09 255)",
            "400": "oklch(68% .14 256)",
            "500": "oklch(57% .17 257)",
            "600": "oklch(50% .165 258)",
            "700": "oklch(44% .15 259)",
            "800": "oklch(38% .12 260)",
            "900": "oklch(32% .09 261)",
            "950": "oklch(24% .06 262)",
        }
    },
}

# --- logs -------------------------------------------------------------------------------------

LOGGING = logs.config(
    text("LOG_FORMAT", "line" if DEMO or DEBUG else "json"),
    text("LOG_LEVEL", "INFO"),
    requests=not DEMO,
)
