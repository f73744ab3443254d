"""WSGI entry point: box."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bening.web.config.settings.box"
application = get_wsgi_application()
