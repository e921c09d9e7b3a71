"""Reading of a list of people, pasted or from a file, into entries. Nothing here touches the database."""
