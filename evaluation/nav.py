from kit.nav import MenuEntry, MenuPlace

EVALUATION = MenuEntry("Utvärdering", "evaluation:evaluation", ("slug",))
PLACES = (
    MenuPlace(("evaluation:",), skr="Omgångar", cohort="Utvärdering", seat="Omgången"),
    MenuPlace(("evaluation:own_advice", "evaluation:advice_"), skr="Omgångar", seat="Rapport"),
)
