"""The aids and their rules: which one, for whom, where, on which day, how much and why.

One file per dispositif in `dispositifs`, written with the words of `expressions`; `system` turns
them all into an OpenFisca system; `engine` answers for one place or for all the communes of
France at once, unknown never being no; `profile` reads what a professional says of themselves.
"""
