"""The zoning: zones at a date from legal acts, the zoning of doctors simulated, the five levels.

`Register` answers for a commune and a day; `simulate` classes the territories of a region and
explains each; `five_levels` does the other professions. Tables come as arguments: nothing here
reads a file but `files`, which reads what an officer fills in.
"""
