import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "modell.settings")
application = get_wsgi_application()

from modell.starting import read_ahead  # noqa: E402  (Django is set up by now)

read_ahead(application)
