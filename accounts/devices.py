"""A browser and its system in words, from what the browser says of itself."""

from django.http import HttpRequest

# The first that stands in the text: most browsers also claim to be Chrome or Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "iPhone": "Iphone",
    "iPad": "Ipad",
    "Android": "Android",
    "CrOS": "Chrome OS",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def device_of(user_agent: str) -> str:
    """Return "Chrome på Windows", or as much of it as can be told."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} på {system}"
    return browser or system or "Okänd webbläsare"


def device_in(request: HttpRequest) -> str:
    return device_of(request.headers.get("User-Agent", ""))


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for sign, name in names.items() if sign in user_agent), "")
