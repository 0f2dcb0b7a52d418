"""Who may say and ask what: intake, decisions, queries, and the programs that serve them."""
