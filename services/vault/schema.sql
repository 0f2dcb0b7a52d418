-- The vault: keys of the people and households recorded. Backed up before anything else; built from nothing.
CREATE SCHEMA IF NOT EXISTS vault;

-- The master keys that wrap, or wrapped, what is in here, by id; none of them is here in plain. `wrapped` is one that an
-- external key management keeps. New keys are wrapped with the `current` one only.
CREATE TABLE IF NOT EXISTS vault.master (
    id         text PRIMARY KEY,
    current    boolean NOT NULL DEFAULT false,
    wrapped    bytea,
    made_at    timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz,
    CHECK (NOT (current AND retired_at IS NOT NULL))
);
CREATE UNIQUE INDEX IF NOT EXISTS master_current ON vault.master (current) WHERE current;

-- The installation's own secrets, wrapped by the master key: that they unwrap shows that it is the right one.
CREATE TABLE IF NOT EXISTS vault.installation (
    singleton   boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    digest_key  bytea NOT NULL,
    master      text NOT NULL REFERENCES vault.master,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- One key per person, household or grievance. A destroyed key leaves its row, so that it is never made anew.
CREATE TABLE IF NOT EXISTS vault.key (
    owner        uuid PRIMARY KEY,
    wrapped      bytea,
    master       text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    destroyed_at timestamptz,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)),
    CHECK ((wrapped IS NULL) = (master IS NULL))
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
GRANT SELECT, INSERT ON vault.master, vault.installation, vault.key, vault.destroyed, vault.follow_code TO soho_keeper;
GRANT UPDATE (current, retired_at) ON vault.master TO soho_keeper;
GRANT UPDATE (digest_key, master) ON vault.installation TO soho_keeper;
GRANT UPDATE (wrapped, master, destroyed_at) ON vault.key TO soho_keeper;
GRANT UPDATE (position) ON vault.destroyed TO soho_keeper;
GRANT UPDATE (digest, about, issued_at), DELETE ON vault.follow_code TO soho_keeper;
