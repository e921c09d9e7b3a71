"""Self-assessments as Excel workbooks, both ways.

Out: `exporting`. In, one step at a time: `safety` (is it a workbook, and harmless), `reading` (its cells), `matching`
(which moment and which meeting a wording means), `understanding` (what the sheets say). Only
`checklist.actions.importing` writes.
"""
