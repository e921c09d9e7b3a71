"""The admission letter: read from the omgång, printed as a page and as a PDF, sent once a person and version."""
