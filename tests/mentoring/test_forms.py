"""How many hours and groups a mentor may answer with: the number itself and the number beside it."""

import pytest

from mentoring.forms import MentorAgreementForm


@pytest.mark.parametrize(("name", "most"), [("hours", 500), ("capacity", 20)])
@pytest.mark.parametrize("beyond", [False, True])
def test_the_least_and_the_most(name, most, beyond):
    refusals = [f"Skriv ett heltal mellan 1 och {most}, eller lämna tomt."] if beyond else []
    for number in (0, most + 1) if beyond else (1, most):
        form = MentorAgreementForm({name: str(number)}, stored=None)
        assert form.errors.get(name, []) == refusals
