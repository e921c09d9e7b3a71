from kit.nav import MenuEntry, MenuPlace

REPORT = MenuEntry("Rapport", "reports:report", ("slug", "code"))
STEPS = tuple(
    f"reports:{step}"
    for step in (
        *(
            "section",
            "section_history",
            "writers",
            "preview",
            "quotes",
            "go_to_quotes",
            "change_quote",
            "settle_figure",
            "section_comments",
            "change_section_comment",
        ),
        *("choose_public", "submit", "take_back", "approve", "publish", "correct", "answer_query", "board_paper"),
    )
)
OTHERS = ("published", "joint_edition", "report_edition", "publish_joint", "publish_interim", "correct_joint")
PLACES = (
    MenuPlace(("reports:",), skr="Omgångar"),
    MenuPlace(("reports:build", *STEPS), skr="Omgångar", seat="Rapport"),
    MenuPlace(("reports:figures", "reports:joint", "reports:shorten_source"), skr="Omgångar", seat="Omgången"),
    # Anyone's, and SKR's own: no organisation's entry is marked.
    MenuPlace(tuple(f"reports:{page}" for page in OTHERS), skr="Omgångar"),
)
