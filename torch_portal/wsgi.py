"""The WSGI application that gunicorn serves; refuses to start on incomplete settings."""

import os

from django.core.wsgi import get_wsgi_application

from torch_portal.common.start import check_complete

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")
check_complete()

application = get_wsgi_application()
