"""The part of the cohort package that describes mentors' offers and agreements (data/FORMAT.md)."""

from kit.carrying import Field, OrNull, Shape, choice, day, day_or_null, number_or_null, words
from mentoring.enums import MentorAnswer
from mentoring.models import MentorAgreement, MentorOffer, MentorQuestion

OFFER = Shape(
    {"answer": choice(MentorAnswer.values), "not_before": day_or_null(), "tells_about": words(), "said_on": day()},
    MentorOffer,
    by_place=("participation",),
)
AGREEMENT = Shape(
    {"agreed_on": day(), "hours": number_or_null(0), "note": words()}, MentorAgreement, by_place=("participation",)
)
OF_PARTICIPANT = {
    "mentor_offer": Field(OrNull(OFFER), since=2),
    "mentor_agreement": Field(OrNull(AGREEMENT), since=2),
}

NOT_CARRIED = {
    MentorQuestion: "questions to mentors are SKR's alone",
    MentorOffer: {"said_by": "a person"},
    MentorAgreement: {"agreed_by": "a person"},
}
