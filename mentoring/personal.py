"""What is held about a person here (kit/holding.py)."""

from kit.holding import Held
from mentoring.models import MentorAgreement, MentorOffer, MentorQuestion

HELD = {
    MentorQuestion: Held(shows=("cohort", "participation", "asked_on", "message"), made=("asked_by",)),
    MentorOffer: Held(shows=("participation", "answer", "tells_about", "said_on"), made=("said_by",)),
    MentorAgreement: Held(shows=("participation", "agreed_on", "note"), made=("agreed_by",)),
}
