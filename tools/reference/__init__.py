"""Construction des fichiers de référence des communes embarqués dans le paquet."""
