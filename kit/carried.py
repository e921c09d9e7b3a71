"""The cohort package carries no trail, and nothing that somebody has not saved."""

from kit.models import AuditEvent, KeptForm, PeriodicRun, SentForm

NOT_CARRIED = {
    AuditEvent: "the trail",
    KeptForm: "not saved",
    PeriodicRun: "what this site's worker has done",
    SentForm: "how a site keeps rows from being made twice",
}
