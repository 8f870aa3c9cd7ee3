"""Fixtures of the unit tests."""

import pytest

from assemblier.reports.document import Document
from tests.documents import sample_document


@pytest.fixture(scope="session")
def document() -> Document:
    """A document with every kind of block, made of real facts; writers must not change it."""
    return sample_document()
