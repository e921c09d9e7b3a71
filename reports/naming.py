"""What the joint report is called."""


def joint_name(interim_after: str = "") -> str:
    return f"Delrapport efter {interim_after}" if interim_after else "Gemensam resultatrapport"
