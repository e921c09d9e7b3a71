from papers.models import MadePaper, PaperStyle

NOT_CARRIED = {
    PaperStyle: "an organisation's own words on this site",
    MadePaper: "what was made on this site, of rows that have other numbers on another",
}
