"""The WSGI application that gunicorn serves; refuses to start on incomplete settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")

application = get_wsgi_application()
