"""The WSGI application that gunicorn serves; refuses to start on incomplete settings."""

import os

from celery import current_app
from django.core.wsgi import get_wsgi_application

from torch_portal.common.start import check_complete

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")
check_complete()

application = get_wsgi_application()
current_app.loader.import_default_modules()  # before the fork: the first act is as quick as any
