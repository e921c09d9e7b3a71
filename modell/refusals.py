class ActionRefused(Exception):
    """What an action raises when it will not do as asked; the text is a sentence for the user, in Swedish.

    `field` names the form field the sentence belongs to, where there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
