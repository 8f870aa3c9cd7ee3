"""Argument and option types shared by the commands."""

import datetime as dt

import click

FORMATS_OF_DATE = ("%Y-%m-%d", "%d/%m/%Y")


class Day(click.ParamType[dt.date]):
    """A day, written ``22/11/2026`` or ``2026-11-22``."""

    name = "jour"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day, or refuse it in French."""
        if isinstance(value, dt.date):
            return value
        for pattern in FORMATS_OF_DATE:
            try:
                return dt.datetime.strptime(str(value), pattern).date()
            except ValueError:
                continue
        self.fail(
            f"« {value} » n'est pas un jour du calendrier ; écrire par exemple 22/11/2026.",
            param,
            ctx,
        )


DAY = Day()
