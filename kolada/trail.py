from django.db.models import TextChoices


class KoladaEvent(TextChoices):
    """The kinds of row that this app writes in the trail; the label follows the actor's name."""

    FETCH_ORDERED = "kolada_fetch_ordered", "beställde siffror från Kolada"
    FETCHED = "kolada_fetched", "hämtade siffror från Kolada"
    FILES_READ = "kolada_files_read", "läste in filer från Kolada"
    STARTER_ADDED = "starter_added", "lade till ett nyckeltal i arbetsurvalet"
    STARTER_MOVED = "starter_moved", "flyttade ett nyckeltal i arbetsurvalet"
    STARTER_REMOVED = "starter_removed", "tog bort ett nyckeltal ur arbetsurvalet"
