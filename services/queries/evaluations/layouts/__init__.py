"""The layouts of the official tables, filled for a unit and year.

`filled`: what is answered. `figures`, `people`, `cells`: the rows of each kind of table.
"""
