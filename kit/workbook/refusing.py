"""Why a workbook is refused. Each sentence has the way on, for the page and the command line alike."""

SAVE_AS = "Spara om den som .xlsx i Excel och försök igen."
NEW_BOOK = "Kopiera tabellen till en ny arbetsbok och försök igen."
TOO_BIG = "Filen är större än 5 MB. Kontrollera att det är rätt fil, eller kopiera tabellen till en ny arbetsbok."
EMPTY = "Filen är tom."
OLD = f"Filen är i ett äldre Excelformat (.xls). {SAVE_AS}"
BINARY = f"Filen är i Excels binära format (.xlsb). {SAVE_AS}"
OTHER_OFFICE = f"Filen är ett kalkylblad i ett annat format än Excels. {SAVE_AS}"
ENCRYPTED = "Filen är skyddad med lösenord. Ta bort lösenordet i Excel och försök igen."
NO_WORKBOOK = "Filen är ingen Excelarbetsbok (.xlsx)."
BROKEN = "Filen är skadad och kan inte läsas. Öppna den i Excel, spara om den och försök igen."
MACROS = "Arbetsboken har makron och läses därför inte in. Spara om den som .xlsx utan makron."
BOMB = f"Filen packas upp till mer än en sådan arbetsbok kan innehålla och läses därför inte in. {NEW_BOOK}"
EMBEDDED = "Arbetsboken har andra filer inbäddade och läses därför inte in. Ta bort dem och försök igen."
OUTSIDE = (
    "Arbetsboken hämtar uppgifter från andra filer eller adresser och läses därför inte in. Bryt länkarna i Excel "
    "(Data, Redigera länkar), eller kopiera tabellen som värden till en ny arbetsbok, och försök igen."
)
ENTITIES = f"Filen har ett innehåll som en arbetsbok aldrig har och läses därför inte in. {NEW_BOOK}"
TOO_MUCH = f"Arbetsboken har för många blad eller celler för att läsas in här. {NEW_BOOK}"


def too_far_down(title: str, row: int) -> str:
    number = f"{row:,}".replace(",", "\N{NO-BREAK SPACE}")
    return (
        f"Bladet ”{title}” har innehåll ända nere på rad {number}. Markera raderna under tabellen och ta bort dem, "
        "eller kopiera tabellen till ett nytt blad, och försök igen."
    )


def too_far_right(title: str) -> str:
    return (
        f"Bladet ”{title}” har innehåll långt till höger om tabellen. Ta bort de kolumnerna, eller kopiera tabellen "
        "till ett nytt blad, och försök igen."
    )


class WorkbookRefused(Exception):
    """The refusal of a workbook, with all that is wrong in it: sentences in Swedish."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
