"""One file per dispositif; each holds its record, which `catalogue` finds by itself."""
