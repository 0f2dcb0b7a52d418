"""The vault: who may read what is sealed depends on a key that is kept here, apart from the facts."""
