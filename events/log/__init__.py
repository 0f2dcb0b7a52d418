"""The log: one JetStream stream that keeps every fact, in order, for ever."""
