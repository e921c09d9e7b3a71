"""Self-assessments as Excel workbooks, both ways.

Out: `exporting`. In, one step at a time: `modell.workbook` (is it a workbook, harmless, and what its cells are),
`matching` (which moment and which meeting a wording means), `understanding` (what the sheets say). Only
`checklist.actions.importing` writes.
"""
