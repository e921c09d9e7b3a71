class ActionRefused(Exception):
    """The refusal of an action; the text is a sentence in Swedish for the user.

    `field` names the form field that the sentence belongs to, if any.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
