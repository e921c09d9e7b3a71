"""The cohort package carries no trail, and nothing that somebody has not saved."""

from kit.models import AuditEvent, KeptForm, SentForm

NOT_CARRIED = {AuditEvent: "the trail", KeptForm: "not saved", SentForm: "how a site keeps rows from being made twice"}
