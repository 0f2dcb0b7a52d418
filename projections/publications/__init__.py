"""What leaves the hierarchy: which tables are released, how they are counted, and which of their cells are kept back.

`tables` reads what may be released, `counting` counts it, `suppression` keeps back what would tell too much (by
`unknowns` and `knowledge` of who has every release), and `writing` puts what is left into the bytes that are stored for
ever.
"""
