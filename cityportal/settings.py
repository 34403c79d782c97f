"""Settings read from the environment; `.env.example` names and explains every variable.

Bigger parts (PostgreSQL, Redis, S3, SMTP) appear when their address is set; nothing else switches them.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cityportal.static_files import guard

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(env("ENV_FILE", default=str(BASE_DIR / ".env")))


def number(name: str, default: int) -> int:
    try:
        return env.int(name, default=default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {env(name)!r}.") from error


DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = (BASE_DIR / env("DATA_DIR", default="data")).resolve()
HOST = env("HOST", default="127.0.0.1")
PORT = number("PORT", default=8000)
LOCAL_NAMES = ["localhost", "127.0.0.1", "[::1]"]
name = "localhost" if HOST in ("127.0.0.1", "0.0.0.0", "::", "::1") else HOST  # noqa: S104 - only compared
SITE_URL = env("SITE_URL", default=f"http://{name}:{PORT}").rstrip("/")
if urlsplit(SITE_URL).scheme not in ("http", "https") or not urlsplit(SITE_URL).hostname:
    raise ImproperlyConfigured(f"SITE_URL must look like https://news.example.org, not like {SITE_URL!r}.")
# An address with https is what makes a site a production site: everything strict follows from it.
HTTPS = SITE_URL.startswith("https://")


def secret_key() -> str:
    """`SECRET_KEY`, else, for a local demo only, the one that `make run` wrote into the data folder."""
    if key := env("SECRET_KEY", default=""):
        return key
    written = DATA_DIR / "secret_key"
    if not HTTPS and written.is_file():
        return written.read_text().strip()
    if DEBUG and not HTTPS:
        return "only-for-development-never-served"
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to 50 or more random characters. For a local demo make run writes one."
    )


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=[urlsplit(SITE_URL).hostname, *([] if HTTPS else LOCAL_NAMES)],
)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", default=0)

INSTALLED_APPS = [
    "news",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "js_asset",
    "reversion",
    "taggit",
]

MIDDLEWARE = [
    "cityportal.health.answer_probes",
    # Before those that dress a page: a style sheet needs none of their headers, and ten files carry them.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cityportal.middleware.set_permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "cityportal.middleware.refuse_null_bytes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cityportal.middleware.keep_media_free_of_language",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cityportal.middleware.answer_without_database",
]

ROOT_URLCONF = "cityportal.urls"
WSGI_APPLICATION = "cityportal.wsgi.application"

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
                "news.context_processors.chrome",
            ],
        },
    }
]


def database() -> dict[str, Any]:
    """What `DATABASE_URL` names, else a file in the data folder."""
    address = env("DATABASE_URL", default="")
    if not address:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "portal.sqlite3")}
    try:
        if address.partition(":")[0] in ("postgres", "postgresql", "psql", "pgsql", "sqlite"):
            return env.db("DATABASE_URL")
    except ValueError:
        pass
    # What it is now is not repeated: it may hold a password.
    raise ImproperlyConfigured("DATABASE_URL must look like postgres://user:password@127.0.0.1:5432/portal.")


DATABASES: dict[str, dict[str, Any]] = {"default": database()}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "cityportal.sqlite"
    # Opening the file and reading its schema costs more than all that a page asks of it.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    # IMMEDIATE: a deferred transaction that turns into a write fails at once, whatever the timeout.
    # FULL: in WAL mode NORMAL may lose the last commits at a power cut, and they are an editor's words.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
    }
else:
    # A server that vanished without a word is found out within seconds, and not after the hours of TCP.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        pool={"min_size": 1, "max_size": 8, "timeout": 5},
        connect_timeout=5,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
        tcp_user_timeout=10_000,
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured("REDIS_URL must look like redis://127.0.0.1:6379/0.")


def cache(table: str) -> dict[str, object]:
    """Shared by processes and servers: throttles count together, and a page is rendered once."""
    if not REDIS_URL:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": table,
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    # A cache that hangs must cost a reader less than the rendering it spares.
    return {
        "BACKEND": "cityportal.redis_cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": table,
        "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.3},
    }


CACHES = {"default": cache("shared_value"), "pages": cache("shared_page")}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if env("TASKS_BACKEND", default="immediate") == "database"
        else "cityportal.tasks.BesideRequests"
    }
}

try:
    vars().update(env.email("EMAIL_URL", default="consolemail://"))
except ImproperlyConfigured as error:
    raise ImproperlyConfigured(
        "EMAIL_URL must look like smtp+tls://user:password@mail.example.org:587."
    ) from error
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env(
    "DEFAULT_FROM_EMAIL", default=f"noreply@{urlsplit(SITE_URL).hostname}"
)

# Named in the feeds, and told when they change (https://www.w3.org/TR/websub/).
WEBSUB_HUB_URL = env("WEBSUB_HUB_URL", default="")
if WEBSUB_HUB_URL and not (
    urlsplit(WEBSUB_HUB_URL).scheme in ("http", "https") and urlsplit(WEBSUB_HUB_URL).hostname
):
    raise ImproperlyConfigured(f"WEBSUB_HUB_URL is no address of a hub: {WEBSUB_HUB_URL!r}.")

# It alone: two backends would hash a password twice, and not equally often for every name.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "cityportal.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"login": "cityportal.sign_in.NameAndPassword"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Else anybody could have us write to any address.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Administrators type the addresses; there is nobody to verify them against.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# Clocks of phones are a few seconds off.
MFA_TOTP_TOLERANCE = 1
SECOND_FACTOR_REQUIRED = HTTPS
# A working day.
SESSION_COOKIE_AGE = 12 * 60 * 60

LANGUAGE_CODE = "tr"
LANGUAGES = [("tr", "Türkçe"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "news" / "locale"]
FORMAT_MODULE_PATH = ["cityportal.formats"]
TIME_ZONE = "Europe/Istanbul"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
BUCKET = env("AWS_STORAGE_BUCKET_NAME", default="")
media: dict[str, object] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
if BUCKET:
    # boto3 reads the keys itself: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the machine's role.
    media = {
        "BACKEND": "cityportal.storage.GatedS3Storage",
        "OPTIONS": {
            "bucket_name": BUCKET,
            "endpoint_url": env("AWS_S3_ENDPOINT_URL", default=None),
            "region_name": env("AWS_S3_REGION_NAME", default=None),
            "default_acl": None,
            "file_overwrite": False,
        },
    }
STORAGES = {
    "default": media,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# A story of 2 MB pasted with pictures as data addresses must come back with an answer, not as a bare 400.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o640

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        # Lighthouse reads robots.txt from inside the page.
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
WHITENOISE_ADD_HEADERS_FUNCTION = guard
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "news.admin.drafts.csrf_failure"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "cityportal.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Wrong addresses are the weather of the web; what fails on our side is not.
        "django.request": {"level": "ERROR"},
        # Anyone can send a foreign Host; it is answered with 400 and is no error of ours.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

TAGGIT_TAGS_FROM_STRING = "news.models.tag.names_from_text"
TAGGIT_STRING_FROM_TAGS = "news.models.tag.text_from_names"
