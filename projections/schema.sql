-- How far each register has come, and what waits in quarantine.
CREATE SCHEMA IF NOT EXISTS projection;

-- One row per register version: the position up to which it has folded the archive. `generation` rises when a rebuilt
-- register takes the place of the old one: whoever holds older states must drop them.
CREATE TABLE IF NOT EXISTS projection.checkpoint (
    register   text PRIMARY KEY,
    position   bigint NOT NULL,
    generation int NOT NULL DEFAULT 1
);

-- A fact that a fold could not apply parks its entities; their later facts wait as well.
CREATE TABLE IF NOT EXISTS projection.quarantine (
    register text NOT NULL,
    entity   uuid NOT NULL,
    position bigint NOT NULL,
    type     text NOT NULL,
    reason   text NOT NULL,
    unit     uuid NOT NULL,
    PRIMARY KEY (register, entity, position)
);

GRANT USAGE ON SCHEMA projection TO soho_projector, soho_reader, soho_intake, soho_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON projection.checkpoint, projection.quarantine TO soho_projector;
GRANT SELECT ON projection.checkpoint TO soho_reader, soho_intake, soho_operator;
GRANT SELECT ON projection.quarantine TO soho_reader, soho_operator;
ALTER TABLE projection.quarantine ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS projector ON projection.quarantine;
CREATE POLICY projector ON projection.quarantine TO soho_projector USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS operator ON projection.quarantine;
CREATE POLICY operator ON projection.quarantine FOR SELECT TO soho_operator USING (true);
DROP POLICY IF EXISTS scope ON projection.quarantine;
CREATE POLICY scope ON projection.quarantine FOR SELECT TO soho_reader USING (unit IN (SELECT access.scope()));
