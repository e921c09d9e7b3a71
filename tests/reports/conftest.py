import pytest

from reports.printers import pdf


@pytest.fixture
def drawn(monkeypatch):
    """Builds without the cost of setting pages; the list holds what was drawn."""
    pages = []
    monkeypatch.setattr(pdf, "render_pdf", lambda html, *, progress: pages.append(html) or progress() or b"%PDF-1")
    return pages
