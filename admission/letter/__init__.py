"""Content, recipients and layout of the admission letter, which is printed as a page and as a PDF."""
