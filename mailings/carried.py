"""The cohort package carries no mail."""

from mailings.models import Mail, MailChoice, MailHold, Wording

NOT_CARRIED = {
    Mail: "mail",
    Wording: "SKR's own words in mail",
    MailChoice: "people",
    MailHold: "the site's own",
}
