"""What a run of facts about one boundary amounts to. Pure: decisions and registers fold with the same code."""
