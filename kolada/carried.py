"""The cohort package carries no official statistics: an indicator names its key figure, and each site fetches it."""

from kolada.models import Fetch, KeyFigure, OfficialValue, Revision, StarterFigure

NOT_CARRIED = {
    KeyFigure: "Kolada's catalogue, which each site has",
    OfficialValue: "fetched by each site",
    Revision: "seen by each site when it fetches",
    StarterFigure: "each site's own choice",
    Fetch: "what this site's worker has done",
}
