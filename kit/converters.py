class CodeConverter:
    """Match an organisation's code: digits only, so that it is never taken for a page's name."""

    regex = "[0-9]{2,10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
