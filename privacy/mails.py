"""Mail about personal data."""

from mailings.kinds import MailKind

ERASURE_ASKED = MailKind(
    key="erasure_asked",
    name="Någon vill få sina uppgifter raderade",
    when="När en person ber om att få uppgifterna om sig raderade. Går till alla som har en roll på SKR.",
    subject="{person} vill få sina uppgifter raderade",
    body=(
        "{person} har bett om att få uppgifterna om sig i Modell raderade. SKR ska svara inom en månad.\n\nPå sidan "
        "ser du vad som händer när ni raderar, och vad som behöver avslutas först."
    ),
    fields=("person",),
    button="Se begäran",
    waits=False,
)
