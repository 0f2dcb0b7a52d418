-- The read log: every answer over HTTP that told of persons, households or grievances. Ids, no names. Built from
-- nothing and never rebuilt; backed up with the vault.
CREATE SCHEMA IF NOT EXISTS reads;

-- `about` is the unit that a list was asked of; `opened` are the grievances of which a sealed part was opened; `until` is
-- the moment up to which the read shows its reader what is masked otherwise, and `glass_broken` whether his office may
-- not see that outside of danger. The unit is missing for the code of a case.
CREATE TABLE IF NOT EXISTS reads.read (
    read         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    role         text NOT NULL,
    person       uuid,
    office       text,
    unit         uuid,
    client       text NOT NULL,
    route        text NOT NULL,
    about        uuid,
    persons      uuid[] NOT NULL,
    households   uuid[] NOT NULL,
    grievances   uuid[] NOT NULL,
    opened       uuid[] NOT NULL,
    reason       text,
    document     text,
    until        timestamptz,
    glass_broken boolean NOT NULL
) WITH (toast_tuple_target = 8160);
-- A list of 100 stays in its row: put apart it would be written twice. Random ids: pressing them together costs time and
-- saves nothing.
ALTER TABLE reads.read ALTER persons SET STORAGE EXTERNAL, ALTER households SET STORAGE EXTERNAL,
    ALTER grievances SET STORAGE EXTERNAL, ALTER opened SET STORAGE EXTERNAL;
-- Every answer pays for an index, and who asks the log can wait: who looked at somebody is looked for in all reads of
-- the days asked about.
CREATE INDEX IF NOT EXISTS read_at ON reads.read USING brin (at) WITH (autosummarize = on);
CREATE INDEX IF NOT EXISTS read_revealing ON reads.read (person, until) WHERE until IS NOT NULL;
-- Only what opens a text of a case pays for this, at once: each trace asks who did.
CREATE INDEX IF NOT EXISTS read_opened ON reads.read USING gin (opened) WITH (fastupdate = off) WHERE opened <> '{}';

-- What was revealed is looked at again, once, by an auditor or a unit above the reader's.
CREATE TABLE IF NOT EXISTS reads.review (
    read    bigint PRIMARY KEY REFERENCES reads.read,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    role    text NOT NULL,
    person  uuid,
    office  text,
    unit    uuid NOT NULL,
    client  text NOT NULL,
    outcome text NOT NULL
);

GRANT USAGE ON SCHEMA reads TO soho_reads, soho_reader, soho_read_log;
GRANT SELECT ON reads.read TO soho_reads;
-- Adds rows and does nothing else: it reads none, and the number and the moment of a row are the database's to say.
GRANT INSERT (role, person, office, unit, client, route, about, persons, households, grievances, opened, reason,
              document, until, glass_broken) ON reads.read TO soho_read_log;
GRANT INSERT (read, role, person, office, unit, client, outcome) ON reads.review TO soho_read_log;

-- Auditors read what was read by those at or below their unit; others what showed something masked, to look at it again.
-- Who is told about one person, household or grievance is told by a function below.
ALTER TABLE reads.read ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS scope ON reads.read;
DROP POLICY IF EXISTS keeps ON reads.read;
CREATE POLICY scope ON reads.read FOR SELECT TO soho_reader
    USING (unit IN (SELECT access.scope()) AND ((SELECT access.role()) = 'auditor' OR until IS NOT NULL));
DROP POLICY IF EXISTS adds ON reads.read;
CREATE POLICY keeps ON reads.read FOR SELECT TO soho_reads USING (true);
CREATE POLICY adds ON reads.read FOR INSERT TO soho_read_log WITH CHECK (true);
GRANT SELECT ON reads.read TO soho_reader;

-- A review is seen with its read.
ALTER TABLE reads.review ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS scope ON reads.review;
DROP POLICY IF EXISTS keeps ON reads.review;
DROP POLICY IF EXISTS adds ON reads.review;
CREATE POLICY scope ON reads.review FOR SELECT TO soho_reader
    USING (EXISTS (SELECT FROM reads.read r WHERE r.read = review.read));
CREATE POLICY adds ON reads.review FOR INSERT TO soho_read_log WITH CHECK (true);
GRANT SELECT ON reads.review TO soho_reader;

-- Questions once wrote here themselves, by these.
DROP FUNCTION IF EXISTS reads.record(text, uuid, uuid[], uuid[], uuid[], uuid[], text, timestamptz, boolean);
DROP FUNCTION IF EXISTS reads.conclude(bigint, text);
REVOKE INSERT ON reads.read, reads.review FROM soho_reads;

-- Who looked at one person, household or grievance, whoever it was: newest first, before the read `before`. A member is
-- told about himself alone; everybody else must have seen the subject in his own session before he asks this. Whom else
-- an answer was about is not told, but for the grievances, by which a row is kept from who may know of none of them.
CREATE OR REPLACE FUNCTION reads.about(kind text, subject uuid, reader uuid, since timestamptz, up_to timestamptz,
                                       before bigint, most int)
RETURNS TABLE (read bigint, at timestamptz, role text, person uuid, office text, unit uuid, client text, route text,
               about uuid, grievances uuid[], opened boolean, alone boolean, reason text, document text,
               until timestamptz, glass_broken boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
    IF access.role() = 'member' AND (kind <> 'person' OR subject IS DISTINCT FROM access.person()) THEN
        RETURN;
    END IF;
    -- The days first: the newest are not looked for through all reads there ever were.
    RETURN QUERY EXECUTE format(
        'WITH found AS MATERIALIZED (
            SELECT r.read, r.at, r.role, r.person, r.office, r.unit, r.client, r.route, r.about, r.grievances,
                   $1 = ANY (r.opened) AS opened, cardinality(r.%1$I) = 1 AS alone, r.reason, r.document, r.until, r.glass_broken
            FROM reads.read r
            WHERE r.at >= $3 AND r.at < $4 AND r.read < $5 AND ($2 IS NULL OR r.person = $2) AND $1 = ANY (r.%1$I))
         SELECT * FROM found ORDER BY read DESC LIMIT $6',
        CASE kind WHEN 'person' THEN 'persons' WHEN 'household' THEN 'households' ELSE 'grievances' END)
    USING subject, reader, since, up_to, before, most;
END $$;

-- The last reads for which a sealed part of a case was opened, for its trace: for who has seen the case.
CREATE OR REPLACE FUNCTION reads.openings(grievance uuid, most int)
RETURNS TABLE (read bigint, at timestamptz, role text, person uuid, office text, unit uuid, client text, route text,
               about uuid, grievances uuid[], opened boolean, alone boolean, reason text, document text,
               until timestamptz, glass_broken boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT r.read, r.at, r.role, r.person, r.office, r.unit, r.client, r.route, r.about, r.grievances, true,
           cardinality(r.grievances) = 1, r.reason, r.document, r.until, r.glass_broken
    FROM reads.read r WHERE r.opened @> ARRAY[$1] AND r.opened <> '{}' ORDER BY r.read DESC LIMIT $2
$$;

-- Until when the caller is shown what he had revealed by this route about the subject, and whether he broke the glass for
-- it; in the same role and unit only. No row where none is in force.
CREATE OR REPLACE FUNCTION reads.revealed(route text, subject uuid)
RETURNS TABLE (until timestamptz, glass_broken boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT r.until, r.glass_broken FROM reads.read r
    WHERE r.until IS NOT NULL AND r.person = access.asker() AND r.until > clock_timestamp()
      AND r.role = access.role() AND r.unit = nullif(current_setting('soho.asker_unit', true), '')::uuid
      AND r.route = $1 AND ($2 = ANY (r.grievances) OR $2 = ANY (r.persons))
    ORDER BY r.until DESC LIMIT 1
$$;

GRANT USAGE ON SCHEMA access TO soho_reads;
