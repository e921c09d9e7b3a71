from archive.models import Bundle

NOT_CARRIED = {Bundle: "made of what the package carries, and kept for two weeks"}
