"""The organisation whose idea another wants to name in public is asked by one mail."""

import pytest
from django.urls import reverse

from improvements.actions import save_improvement, set_public
from improvements.models import Improvement
from kit.staleness import content_of, digest
from mailings.models import Mail
from tests.factories import DelegateFactory, ImprovementFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(cast):
    """Anna's organisation has tried an idea of Gun's, and shares the work."""
    lender = cast.theirs.organisation
    return ImprovementFactory(participation=cast.own, title="Turlistan", borrowed_from=lender, shared=True)


def publish(cast, *works):
    set_public(participation=cast.own, efforts=[], improvements=[work.pk for work in works], by=cast.anna)


def mailed():
    return sorted(Mail.objects.filter(kind="naming_asked").values_list("recipient__name", flat=True))


def test_the_lenders_strategist_is_mailed_once(cast, work):
    assert mailed() == []
    publish(cast, work)
    publish(cast)
    publish(cast, work)
    assert mailed() == ["Gun"]


def test_it_says_who_and_which_work_and_opens_the_question(cast, work):
    publish(cast, work)
    sent = Mail.objects.get(kind="naming_asked")
    text = " ".join(sent.text.split())
    assert sent.subject == f"Får {cast.own} nämna er i sin resultatrapport?"
    assert f"{cast.own} har provat en idé från {cast.theirs} i förbättringsarbetet ”Turlistan”" in text
    assert sent.reason == f"Du får mejlet för att du är strateg i {cast.theirs}."
    assert sent.path == reverse("improvements:naming", args=[work.pk])


def test_who_has_answered_or_is_not_in_the_omgang_is_not_asked(cast, work):
    Improvement.objects.update(lender_agrees=True)
    elsewhere = ImprovementFactory(participation=cast.own, borrowed_from=OrganisationFactory(), shared=True)
    own = ImprovementFactory(participation=cast.own, shared=True)
    publish(cast, work, elsewhere, own)
    assert mailed() == []


def test_another_lender_of_what_may_be_published_is_asked(cast, work):
    DelegateFactory(participation=cast.mentoring, user__name="Mia")
    publish(cast, work)
    work.refresh_from_db()
    names = ("title", "item", "borrowed_from", "shared")
    changed = {**content_of(work, *names), "item": None, "borrowed_from": cast.mentoring.organisation}
    seen = digest(content_of(work, *names))
    save_improvement(improvement=work, **changed, seen=seen, by=cast.anna)
    assert mailed() == ["Gun", "Mia"], "Bo is a politician there, and answers for nothing"
