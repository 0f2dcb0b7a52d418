-- The archive: every raw message of the log, contiguous from position 1.
CREATE SCHEMA IF NOT EXISTS archive;

CREATE TABLE IF NOT EXISTS archive.message (
    position    bigint PRIMARY KEY,
    recorded_ns bigint NOT NULL,
    subject     text COLLATE "C" NOT NULL,
    type        text COLLATE "C" NOT NULL,
    id          uuid NOT NULL,
    headers     bytea NOT NULL,
    data        bytea NOT NULL,
    leaf        bytea NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS message_id ON archive.message (id);
CREATE INDEX IF NOT EXISTS message_subject ON archive.message (subject, position);
CREATE INDEX IF NOT EXISTS message_unit ON archive.message (position) WHERE starts_with(subject, 'facts.unit.');

-- Whoever waits for news hears of them with the commit that brings them.
CREATE OR REPLACE FUNCTION archive.tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('soho_archive', archive.head()::text);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER message_tell AFTER INSERT ON archive.message
FOR EACH STATEMENT EXECUTE FUNCTION archive.tell();
-- The few facts with which a key ends: looked for again and again.
CREATE INDEX IF NOT EXISTS message_ending_keys ON archive.message (position)
    WHERE type IN ('grievance.grievance_withheld.v1', 'erasure.erasure_executed.v1');

-- What evidence looks for without reading everything else of the boundary: the few facts of a household's visits that
-- change what was recorded, and the few of a cell's meetings that are about all of its members.
CREATE INDEX IF NOT EXISTS message_evidence ON archive.message (subject, position)
    WHERE type IN ('visit.visit_corrected.v1', 'visit.visit_retracted.v1', 'visit.visit_attested.v1',
                   'visit.visit_disputed.v1', 'meeting.calendar_set.v1', 'meeting.cell_meeting_held.v1',
                   'meeting.attendance_corrected.v1');

-- An id in the body of a fact. Stored bytes are UTF-8 and never change, so neither does this.
CREATE OR REPLACE FUNCTION archive.named(data bytea, field text) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT (convert_from(data, 'UTF8')::jsonb -> 'body' ->> field)::uuid $$;

-- The year (four digits) in which the fact holds from, or happened: what stands before `effective` in the stored bytes is
-- fixed, and of fixed length but for the type.
CREATE OR REPLACE FUNCTION archive.effective_year(type text, data bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT substr(data, 115 + length(type), 4) $$;

-- A case that was withheld is in no register, and still part of the evidence of the time before.
CREATE INDEX IF NOT EXISTS message_raised_by ON archive.message (archive.named(data, 'member'))
    WHERE type = 'grievance.grievance_raised.v1';
CREATE INDEX IF NOT EXISTS message_rating ON archive.message (archive.named(data, 'rating'))
    WHERE type IN ('evaluation.rating_decided.v1', 'evaluation.rating_revised.v1');

-- The stream this archive follows. Another creation time is another log.
CREATE TABLE IF NOT EXISTS archive.stream (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    created  text NOT NULL,
    first    bigint NOT NULL
);

-- What must not happen and did: shown by `soho state` until an operator has dealt with it.
CREATE TABLE IF NOT EXISTS archive.alarm (
    alarm     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code      text NOT NULL,
    position  bigint,
    message   text NOT NULL,
    raised_at timestamptz NOT NULL DEFAULT now(),
    ended_at  timestamptz
);
-- How it was mended, in the words of the operator who ended it.
ALTER TABLE archive.alarm ADD COLUMN IF NOT EXISTS reason text;

-- The last position recorded at or before a moment (nanoseconds): positions and times rise together.
CREATE OR REPLACE FUNCTION archive.position_at(moment_ns bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = archive AS $$
DECLARE
    low  bigint := 0;
    high bigint := coalesce((SELECT max(position) FROM archive.message), 0);
    middle bigint;
BEGIN
    WHILE low < high LOOP
        middle := (low + high + 1) / 2;
        IF (SELECT recorded_ns FROM archive.message WHERE position = middle) <= moment_ns THEN
            low := middle;
        ELSE
            high := middle - 1;
        END IF;
    END LOOP;
    RETURN low;
END $$;

CREATE OR REPLACE FUNCTION archive.head() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = archive AS
$$ SELECT coalesce(max(position), 0) FROM archive.message $$;

-- When that was recorded (nanoseconds since 1970, UTC).
CREATE OR REPLACE FUNCTION archive.recorded_ns(at bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = archive AS
$$ SELECT m.recorded_ns FROM archive.message m WHERE m.position = at $$;
