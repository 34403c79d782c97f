"""The portal's own settings, made fast and forgetful. DATABASE_URL and REDIS_URL still choose the parts."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="cityportal-tests-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)

os.environ |= {
    # A developer's .env must neither change what the tests see nor lend them a live database.
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "a-key-for-tests-that-guards-nothing-at-all-0123456789",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost",
    "DATA_DIR": str(_scratch),
    # Playwright leaves an event loop running in the thread of the tests.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}
for name in ("DEBUG", "EMAIL_URL", "TASKS_BACKEND", "TRUSTED_PROXY_COUNT"):
    os.environ.pop(name, None)

from cityportal.settings import *  # noqa: E402, F403 - it reads the environment set above
from cityportal.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # A file and not memory: the live server's threads then have connections of their own, as when served.
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# The live server would else leave its thread to the tests that come after it.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

# Every request of every test is watched for one query per row.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
# Who is signed in, and whose account the page is about, are two rows and no loop.
ZEAL_ALLOWLIST = [
    # Signing in reads the session that was, and takes a new one.
    {"model": "sessions.Session", "field": "get()"},
    {"model": "auth.User", "field": "get()"},
    # A form whose step is refused is built once more, with the sentence.
    {"model": "news.Article", "field": "events"},
    # Read once for each model while a process lives.
    {"model": "contenttypes.ContentType", "field": "get()"},
]
