class CodeConverter:
    """Match an organisation's code: digits only, so that it is never taken for a page's name."""

    regex = "[0-9]{2,10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SignedConverter:
    """Match what Django has signed (`django.core.signing.dumps`)."""

    regex = "[A-Za-z0-9_:-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
