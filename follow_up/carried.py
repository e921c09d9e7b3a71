"""The cohort package carries no mail."""

from follow_up.models import Mailing

NOT_CARRIED = {Mailing: "mail"}
