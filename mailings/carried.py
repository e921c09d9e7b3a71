"""The cohort package carries no mail."""

from mailings.models import Attachment, Mail, MailChoice, MailHold, Wording

NOT_CARRIED = {
    Attachment: "mail",
    Mail: "mail",
    Wording: "SKR's own words in mail",
    MailChoice: "people",
    MailHold: "the site's own",
}
