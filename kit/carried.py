"""The cohort package carries no trail, and nothing that somebody has not saved."""

from kit.models import AuditEvent, KeptForm, PeriodicRun, Retention, SentForm

NOT_CARRIED = {
    AuditEvent: "the trail",
    KeptForm: "not saved",
    PeriodicRun: "what this site's worker has done",
    Retention: "how long each site keeps things",
    SentForm: "how a site keeps rows from being made twice",
}
