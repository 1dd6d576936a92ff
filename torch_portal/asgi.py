"""The ASGI application, for servers that want it."""

import os

from django.core.asgi import get_asgi_application

from torch_portal.common.start import check_complete

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")
check_complete()

application = get_asgi_application()
