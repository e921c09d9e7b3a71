class WorkbookRefused(Exception):
    """A workbook that is not taken; the text is one sentence in Swedish, for the page and the command line alike."""
