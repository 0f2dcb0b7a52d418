-- Submissions that were refused: id, digest, code and pointer, never the body (it stays on the device until recorded).
-- What was recorded has its lasting status in the archive.
CREATE SCHEMA IF NOT EXISTS intake;

CREATE TABLE IF NOT EXISTS intake.refusal (
    refusal    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item       uuid,
    client     text NOT NULL,
    person     uuid,
    unit       uuid NOT NULL,
    type       text,
    digest     text NOT NULL,
    code       text NOT NULL,
    parameters jsonb NOT NULL,
    refused_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS refusal_item ON intake.refusal (item, refusal);
CREATE INDEX IF NOT EXISTS refusal_client ON intake.refusal (client, refusal);

GRANT USAGE ON SCHEMA intake TO soho_intake;
GRANT SELECT, INSERT ON intake.refusal TO soho_intake;
