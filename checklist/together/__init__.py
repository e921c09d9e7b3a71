"""Rate alone, then agree: the round of individual ratings, the working meeting and its minutes."""
