from django.db.models import TextChoices


class PeopleEvent(TextChoices):
    """Each label is the sentence that the trail shows after the actor's name."""

    SIGNED_IN = "signed_in", "loggade in"
    DELEGATE_ADDED = "delegate_added", "lade till en representant"
    DELEGATE_ENDED = "delegate_ended", "avslutade en representants uppdrag"
    COHORT_EXTENDED = "cohort_extended", "förlängde omgången"
    PARTICIPATION_ADDED = "participation_added", "lade till en organisation i omgången"
    PARTICIPATION_CHANGED = "participation_changed", "ändrade uppgifter om en organisation"
    PARTICIPATION_REMOVED = "participation_removed", "tog bort en organisation som hade lagts till av misstag"
    PARTICIPATION_WITHDRAWN = "participation_withdrawn", "antecknade att organisationen har lämnat omgången"
    PARTICIPATION_REJOINED = "participation_rejoined", "ändrade så att organisationen är med igen"
    DELEGATE_INVITED = "delegate_invited", "bjöd in en representant"
    DELEGATE_CHANGED = "delegate_changed", "ändrade en representants uppdrag"
    SEAT_OFFERED = "seat_offered", "frågade en person om ett uppdrag"
    SEAT_OFFER_WITHDRAWN = "seat_offer_withdrawn", "tog tillbaka en fråga om uppdrag"
    SEAT_ACCEPTED = "seat_accepted", "tackade ja till ett uppdrag"
    SEAT_DECLINED = "seat_declined", "tackade nej till ett uppdrag"
    ADDRESS_CONFIRMED = "address_confirmed", "bekräftade en ny e-postadress"
    DELEGATE_HANDED_OVER = "delegate_handed_over", "lämnade över en representants uppdrag"
    EVALUATOR_APPOINTED = "evaluator_appointed", "utsåg en lärande utvärderare"
    EVALUATOR_CHANGED = "evaluator_changed", "ändrade en lärande utvärderares sista dag"
    EVALUATOR_ENDED = "evaluator_ended", "avslutade en lärande utvärderares uppdrag"
    POLITICIANS_CHANGED = "politicians_changed", "bytte politiker efter valet"
