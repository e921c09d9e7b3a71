"""Rate alone, then agree: the individual round, the working meeting and its minutes."""
