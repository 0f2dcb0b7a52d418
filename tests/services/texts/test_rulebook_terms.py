"""The words of rulebooks: one for every section and value shown, in both languages, and no others."""

from projections.rules import Certainty
from projections.states.rulebooks.books import SECTIONS
from services import texts
from services.texts.resource import resource


def test_every_section_and_value_has_its_term_and_every_term_its_value() -> None:
    sections = {f"section-{section}" for section in SECTIONS}
    values = {f"certainty-{value.value}" for value in Certainty if value is not Certainty.HOUSE}
    for language in texts.languages:
        assert resource(language, "rulebooks").names == sections | values


def test_the_terms_differ_between_the_languages() -> None:
    vietnamese, english = resource("vi", "rulebooks"), resource("en", "rulebooks")
    for name in vietnamese.names:
        assert vietnamese.format(name, {}) != english.format(name, {})
