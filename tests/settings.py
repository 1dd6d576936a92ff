"""Settings of the tests: real PostgreSQL and Valkey, tasks at once, mail and files in memory."""

import atexit
import os
from pathlib import Path

from torch_portal import embedded

BASE = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("TORCH_VAR", BASE / "var")) / "test"

if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
    _services = embedded.start(VAR_DIR / "embedded")
    os.environ.update(_services.environment())
    atexit.register(_services.stop)

os.environ["TORCH_VAR"] = str(VAR_DIR)
os.environ["SECRET_KEY"] = "only-for-tests-" + "0" * 40
os.environ["SITE_URL"] = "http://testserver"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["SIGNING_P12_PASSWORD"] = "only-for-tests"
os.environ["SECOND_FACTOR"] = "optional"  # the tests of the second factor ask for it
os.environ["FIELD_KEYS"] = "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDA="

from torch_portal.settings import *  # noqa: E402, F403  (the environment has to be set first)

MISSING: list[str] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
