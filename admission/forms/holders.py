from typing import Any

from django import forms

from admission.interest.proof import domain_of, is_open_to_all
from admission.models import InterestAsk


class LetInForm(forms.Form):
    """Lets in one address; the box stands there only for a domain that can belong to an organisation."""

    remember = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, ask: InterestAsk) -> None:
        super().__init__(data, prefix=f"fraga-{ask.pk}", use_required_attribute=False)
        domain = domain_of(ask.email)
        self.fields["remember"].label = f"Alla med adress på {domain} hör till {ask.organisation}"
        if is_open_to_all(domain):
            del self.fields["remember"]
