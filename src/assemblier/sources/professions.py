"""The professions of the catalogue, from the words and the codes producers use."""

from assemblier.sources.layout import normalise
from assemblier.tables import PROFESSIONS

# A piece of normalised label → the profession; the first piece that is found decides.
_WORDS = (
    ("specialiste en medecine generale", "medecin_generaliste"),
    ("medecine generale", "medecin_generaliste"),
    ("generaliste", "medecin_generaliste"),
    ("omnipraticien", "medecin_generaliste"),
    ("dentiste", "chirurgien_dentiste"),
    ("dentaire", "chirurgien_dentiste"),
    ("orthodont", "chirurgien_dentiste"),
    ("infirm", "infirmier"),
    ("kine", "masseur_kinesitherapeute"),
    ("sage femme", "sage_femme"),
    ("sages femmes", "sage_femme"),
    ("maieutique", "sage_femme"),
    ("orthophon", "orthophoniste"),
    ("orthoptist", "orthoptiste"),
    ("pedicure", "pedicure_podologue"),
    ("podologue", "pedicure_podologue"),
    ("pharmac", "pharmacien"),
    ("dietetic", "dieteticien"),
    ("psychologue", "psychologue"),
    ("medecin", "medecin_specialiste"),
)
# Endings of the names of medical specialities: cardiologie, cardiologue, pédiatre, chirurgien.
_SPECIALITIES = ("logie", "logue", "logiste", "iatrie", "iatre", "chirurg", "radiologi")
_MORE_SPECIALITIES = (
    "anesthesi",
    "obstetri",
    "neuro",
    "biologie medicale",
    "medecine ",
    "imagerie",
    "sante publique",
    "specialiste",
)


def from_words(said: str) -> str | None:
    """Return the profession a label names, or None.

    Examples
    --------
    >>> from_words("Médecins généralistes"), from_words("Cardiologues"), from_words("Total")
    ('medecin_generaliste', 'medecin_specialiste', None)
    """
    plain = normalise(said)
    if plain.replace(" ", "_") in PROFESSIONS:
        return plain.replace(" ", "_")
    for piece, profession in _WORDS:
        if piece in plain:
            return profession
    words = [word.removesuffix("s") for word in plain.split()]
    if any(word.endswith(_SPECIALITIES) or word.startswith("chirurg") for word in words):
        return "medecin_specialiste"
    is_speciality = any(piece in f"{plain} " for piece in _MORE_SPECIALITIES)
    return "medecin_specialiste" if is_speciality else None
