from assessments.perms import READ_VALUES
from kit.nav import MenuEntry, MenuPlace

PLACE = ("slug", "code")
# The menu's entry, and the first of the tabs on its pages (modell/menu.py).
WORK_AT_HOME = MenuEntry("Arbetet hemma", "improvements:work", PLACE)
# SKR's entry for all that an omgång's organisations share.
SHARED_WORK = MenuEntry("Arbetet hemma", "improvements:cohort_work", ("slug",))
IMPROVEMENTS = MenuEntry("Förbättringar", "improvements:work", PLACE, needs=READ_VALUES)
CHAIN = MenuEntry("Resultatkedjan", "improvements:chain", PLACE, needs=READ_VALUES)
_OF_THE_CHAIN = ("improvements:chain", "improvements:effort", "improvements:step_", "improvements:placement")
PLACES = (
    MenuPlace(("improvements:",), skr="Omgångar", seat="Arbetet hemma", work="Förbättringar"),
    MenuPlace(("improvements:indicator",), skr="Omgångar", seat="Arbetet hemma", work="Nyckeltal"),
    MenuPlace(_OF_THE_CHAIN, skr="Omgångar", seat="Arbetet hemma", work="Resultatkedjan"),
    MenuPlace(("improvements:steps", "improvements:goal"), skr="Omgångar", seat="Omgången"),
    MenuPlace(("improvements:library",)),
    MenuPlace(("improvements:examples", "improvements:cohort_chain"), skr="Omgångar", seat="Omgången"),
    MenuPlace(
        ("improvements:cohort_work", "improvements:shared"), skr="Omgångar", cohort="Arbetet hemma", seat="Omgången"
    ),
    MenuPlace(("improvements:group_work",), skr="Omgångar", cohort="Grupper", seat="Omgången"),
)
