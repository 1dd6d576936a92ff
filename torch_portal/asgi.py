"""The ASGI application, for servers that want it."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")

application = get_asgi_application()
