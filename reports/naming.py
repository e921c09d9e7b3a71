"""What the joint report is called."""


def joint_name(interim_after: str = "") -> str:
    """Return the name of the joint report, or of an interim report by the name of the meeting that it is after."""
    return f"Delrapport efter {interim_after}" if interim_after else "Gemensam resultatrapport"
