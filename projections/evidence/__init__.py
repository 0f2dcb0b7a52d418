"""Evidence: what the facts amount to on which a decision rests, and the proof that it was those facts."""
