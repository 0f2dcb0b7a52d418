-- The vault: keys of the people and households recorded. Backed up before anything else; built from nothing.
CREATE SCHEMA IF NOT EXISTS vault;

-- The installation's own secrets, wrapped by the master key: that they unwrap shows that it is the right one.
CREATE TABLE IF NOT EXISTS vault.installation (
    singleton   boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    digest_key  bytea NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- One key per person or household. A destroyed key leaves its row, so that it is never made anew.
CREATE TABLE IF NOT EXISTS vault.key (
    owner        uuid PRIMARY KEY,
    wrapped      bytea,
    created_at   timestamptz NOT NULL DEFAULT now(),
    destroyed_at timestamptz,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

-- Up to which position of the archive the keys that end with its facts were destroyed. A vault restored from a backup
-- stands at an older one, and destroys them again before anything is served.
CREATE TABLE IF NOT EXISTS vault.destroyed (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    position  bigint NOT NULL
);

-- Codes with which households follow their own cases: keyed digests, one for each case. `about` is whom the case was
-- about when the code was given: it ends when somebody else is named, who could have it.
CREATE TABLE IF NOT EXISTS vault.follow_code (
    grievance uuid PRIMARY KEY,
    digest    bytea NOT NULL UNIQUE,
    about     uuid[] NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT now()
);

GRANT USAGE ON SCHEMA vault TO soho_keeper;
GRANT SELECT, INSERT ON vault.installation, vault.key, vault.destroyed, vault.follow_code TO soho_keeper;
GRANT UPDATE (wrapped, destroyed_at) ON vault.key TO soho_keeper;
GRANT UPDATE (position) ON vault.destroyed TO soho_keeper;
GRANT UPDATE (digest, about, issued_at), DELETE ON vault.follow_code TO soho_keeper;
