"""The release of this code; pyproject.toml says the same."""

RELEASE = "0.1.0"
