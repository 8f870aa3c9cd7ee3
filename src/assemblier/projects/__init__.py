"""What a project costs, earns and may be financed with, each figure with its formula.

A `Calculation` is a sheet of rows: entries (what the user said, a dated parameter, or a
hypothesis shown as such) and formulas written once, which `expressions` computes exactly, puts
into words and writes as live formulas of a spreadsheet. A project (`centre_de_sante`, `msp`,
`financing`…) reads its answers and returns a `Study`: calculation, sentences, refusals. Unknown is
never zero: what depends on an unknown entry is not available.
"""
