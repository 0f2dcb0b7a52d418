"""The read log: who read whose personal data, when and why. It holds ids and no names, and is built from nothing."""
