from indicators.perms import READ_INDICATORS, READ_STATISTICS
from kit.nav import MenuEntry, MenuPlace

PLACE = ("slug", "code")
INDICATORS = MenuEntry("Nyckeltal", "indicators:indicators", PLACE, needs=READ_INDICATORS)
STATISTICS = MenuEntry("Statistik vi har", "indicators:statistics", PLACE, needs=READ_STATISTICS)
ANALYSES = MenuEntry("Analyser", "indicators:analyses", PLACE, needs=READ_INDICATORS)
PLACES = (
    MenuPlace(("indicators:",), skr="Omgångar", seat="Arbetet hemma", work="Nyckeltal"),
    MenuPlace(("indicators:statistics",), skr="Omgångar", seat="Arbetet hemma", work="Statistik vi har"),
    MenuPlace(("indicators:analys",), skr="Omgångar", seat="Arbetet hemma", work="Analyser"),
)
