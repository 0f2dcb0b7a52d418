"""What users read: every stable code, every term and every change, in Vietnamese and English (Fluent files)."""

from services.texts.catalogue import codes, detail, sentence, term, title
from services.texts.languages import languages, negotiate

__all__ = ["codes", "detail", "languages", "negotiate", "sentence", "term", "title"]
