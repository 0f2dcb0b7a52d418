"""The facts by area. A fact is a frozen record in the past tense; once released it never changes."""
