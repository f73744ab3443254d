"""WSGI entry point: hall."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bening.web.config.settings.hall"
application = get_wsgi_application()
