from django.conf import settings
from django.http import HttpRequest

from demo.people import DEMO_PEOPLE


def sign_in_buttons(_request: HttpRequest) -> dict[str, object]:
    return {"demo_people": DEMO_PEOPLE if settings.DEMO else ()}
