"""WSGI entry point: box, behind the folder of its public log."""

import os

from django.core.wsgi import get_wsgi_application

from bening.web.config.public_log import PublicLog

os.environ["DJANGO_SETTINGS_MODULE"] = "bening.web.config.settings.box"
application = PublicLog(get_wsgi_application())
