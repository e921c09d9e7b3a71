"""Sample workbooks: ours as exported, and those SKR's participants have had, built cell by cell."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

HEAD_2017 = "Hedemora kommun 3/4 2017"


def saved(book):
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def blank():
    book = Workbook()
    book.remove(book["Sheet"])
    return book


def add_2017(book, title, checklist, values, *, head=HEAD_2017, foot=None, mark="x", comments=None, texts=None):
    """The template of 2017: no heading over the wordings, a mark in the step's column or the number itself."""
    sheet = book.create_sheet(title)
    sheet["A1"] = head
    steps = [step.value for step in checklist.steps.all()]
    for column, step in enumerate(steps, start=2):
        sheet.cell(3, column, step)
    sheet.cell(3, len(steps) + 2, "Kommentar")
    items = list(checklist.items.all())
    for row, item in enumerate(items, start=4):
        sheet.cell(row, 1, (texts or {}).get(item.number, f"{item.number}. {item.text}"))
        value = values[item.number - 1] if item.number <= len(values) else None
        if value is not None:
            column = 1 + int(value)
            sheet.cell(row, column, mark if mark and value == int(value) else value)
        if comments and item.number in comments:
            sheet.cell(row, len(steps) + 2, comments[item.number])
    sheet.cell(len(items) + 4, 1, "Summa poäng")
    if foot is not None:
        sheet.cell(len(items) + 4, 2, foot)
    return sheet


def of_2017(checklist, values, **options):
    book = blank()
    add_2017(book, "Blad1", checklist, values, **options)
    return saved(book)


def of_2018(checklist, by_tab, **options):
    """The kind of 2018–2019: a tab for each meeting, number and wording in columns of their own, numbers as values."""
    book = blank()
    for title, values in by_tab.items():
        sheet = book.create_sheet(title)
        sheet.append(["Checklista för jämställdhetsintegrering"])
        sheet.append([])
        sheet.append(["Nr", "Framgångsfaktorer", 1, 2, 3, "Kommentar", "Ansvarig"])
        for item in checklist.items.all():
            value = values[item.number - 1] if item.number <= len(values) else None
            cells = [value if value is not None and step == int(value) else None for step in (1, 2, 3)]
            sheet.append([item.number, item.text, *cells, options.get("comments", {}).get(item.number), "Kansliet"])
        sheet.append([None, "Summa poäng", None, None, sum(value for value in values if value)])
    return saved(book)


def edited(raw, change):
    """The same file with its members changed: `change` takes and gives a dict of bytes by name."""
    with ZipFile(BytesIO(raw)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in change(dict(members)).items():
            archive.writestr(name, content)
    return file.getvalue()


def with_member(raw, name, content):
    return edited(raw, lambda members: {**members, name: content})


def replaced(raw, name, old, new):
    """One spot of one member's XML changed; it must be there."""

    def change(members):
        assert old.encode() in members[name], f"{old} is not in {name}"
        return {**members, name: members[name].replace(old.encode(), new.encode())}

    return edited(raw, change)


def with_questions(checklist):
    """All that a preview can have to ask and to say, on sheets for meetings that were and are to come."""
    items = list(checklist.items.all())
    texts = {3: f"3. {items[2].text[:-18]} i alla delar", 5: f"6. {items[4].text}"}
    said = {1: "Fullmäktige antog policyn i juni.", 4: "=Utbildning för alla chefer under hösten."}
    book = blank()
    add_2017(book, "BM 1", checklist, [1] * 10)
    sheet = add_2017(book, "BM 2", checklist, [2, 2, 3, 2, 2, 3, 1, 2, 2, 1], foot=22, texts=texts, comments=said)
    sheet["B10"] = sheet["C10"] = "x"
    sheet["H3"], sheet["H4"] = "Ansvarig", "Kansliet"
    for cell in ("F7", "E7"):
        sheet[cell].data_type = "s"
    add_2017(book, "Blad3", checklist, [2] * 4)
    book.create_sheet("Kommunfakta")["A1"] = "Invånare"
    return saved(book)
