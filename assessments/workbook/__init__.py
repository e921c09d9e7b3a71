"""Self-assessments as Excel workbooks, both ways.

`exporting` writes them. `kit.workbook` refuses harmful files and gives the cells, `matching` finds the item and the
meeting that a wording means, and `understanding` reads the sheets. Only `assessments.actions.importing` stores.
"""
