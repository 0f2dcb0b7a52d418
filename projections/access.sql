-- Who may see which row: the one place. Every table that people read carries policies built from these functions,
-- each asked once per query (an uncorrelated IN), never once per row.
--
-- A session says who asks: soho.unit (whose subtree he sees), or soho.person for a member who sees his own.
CREATE SCHEMA IF NOT EXISTS access;
GRANT USAGE ON SCHEMA access TO soho_reader, soho_projector;

CREATE OR REPLACE FUNCTION access.unit() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('soho.unit', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION access.person() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('soho.person', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION access.asker() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('soho.asker', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION access.role() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT current_setting('soho.role', true) $$;

-- Of an inspection the units below which it sees: those of its team's mandates that are in force today, as far as they
-- still stand at or below the committee that gave the mandate.
CREATE OR REPLACE FUNCTION access.mandated_units() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT named.unit FROM inspections_v1.mandate m CROSS JOIN unnest(m.units) named (unit)
        WHERE m.team @> ARRAY[access.asker()] AND m.known_to = 9223372036854775807
          AND m.valid_from <= current_date AND current_date < m.ends
          AND EXISTS (SELECT FROM organisation_v1.closure c
                      WHERE c.ancestor = m.unit AND c.descendant = named.unit AND c.valid_from <= current_date
                        AND current_date < c.valid_to AND c.known_to = 9223372036854775807));
END $$;

-- Cases that the mandates of an inspection's team name, in force today. None for anybody else.
CREATE OR REPLACE FUNCTION access.mandated_cases() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 3
SET search_path = pg_catalog AS $$
BEGIN
    IF access.role() IS DISTINCT FROM 'inspection' THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT unnest(m.cases) FROM inspections_v1.mandate m
    WHERE m.team @> ARRAY[access.asker()] AND m.known_to = 9223372036854775807
      AND m.valid_from <= current_date AND current_date < m.ends;
END $$;

-- Units at or below the caller's unit in today's tree, merged predecessors included. Today's, whatever is asked about;
-- a unit that is yet to be founded is seen from its recording on by whoever will have it below him on its first day.
-- None where his own unit has ended: what stood under it is its successor's to see. An inspection sees those at or below
-- the units of its mandates instead.
CREATE OR REPLACE FUNCTION access.scope() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1500
SET search_path = pg_catalog AS $$
BEGIN
    IF access.role() = 'inspection' THEN
        RETURN QUERY SELECT c.descendant FROM organisation_v1.closure c
        WHERE c.ancestor = ANY (access.mandated_units()) AND c.valid_from <= current_date AND current_date < c.valid_to
          AND c.known_to = 9223372036854775807;
        RETURN;
    END IF;
    RETURN QUERY SELECT c.descendant FROM organisation_v1.closure c
    WHERE c.ancestor = access.unit() AND current_date < c.valid_to AND c.known_to = 9223372036854775807
      AND (c.valid_from <= current_date
           OR EXISTS (SELECT FROM organisation_v1.unit f
                      WHERE f.unit = c.descendant AND f.founded = c.valid_from AND f.known_to = 9223372036854775807))
      AND EXISTS (SELECT FROM organisation_v1.unit u
                  WHERE u.unit = access.unit() AND u.standing = 'existing' AND u.valid_from <= current_date
                    AND current_date < u.valid_to AND u.known_to = 9223372036854775807);
END $$;

-- Whether the caller's unit is one above which there is none.
CREATE OR REPLACE FUNCTION access.topmost() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
    RETURN EXISTS (SELECT FROM organisation_v1.unit u
                   WHERE u.unit = access.unit() AND u.parent IS NULL AND u.standing = 'existing'
                     AND u.valid_from <= current_date AND current_date < u.valid_to
                     AND u.known_to = 9223372036854775807);
END $$;

-- Whether the caller's unit is the one topmost unit. All others then stand below it: no command founds a unit under none
-- that stands, or puts or merges it into a circle, and what names a unit that the register does not have is in quarantine.
CREATE OR REPLACE FUNCTION access.over_everything() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
    RETURN access.topmost()
       AND NOT EXISTS (SELECT FROM organisation_v1.unit u
                       WHERE u.parent IS NULL AND u.unit <> access.unit() AND u.known_to = 9223372036854775807);
END $$;

-- Whether the caller's scope is every unit there is. The rules below ask this first, since nothing else need then be
-- worked out.
CREATE OR REPLACE FUNCTION access.everything() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
    mandated uuid[];
BEGIN
    IF access.role() = 'inspection' THEN
        mandated := access.mandated_units();
        RETURN cardinality(mandated) > 0 AND NOT EXISTS (
            SELECT FROM organisation_v1.unit u
            WHERE u.parent IS NULL AND u.unit <> ALL (mandated) AND u.known_to = 9223372036854775807);
    END IF;
    RETURN access.over_everything();
END $$;

-- Units at or below the caller's own in today's tree, whatever his mandates: about whom he may know of cases follows from
-- where he stands himself.
CREATE OR REPLACE FUNCTION access.standing_over() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1500
SET search_path = pg_catalog AS $$
BEGIN
    IF access.role() IS DISTINCT FROM 'inspection' THEN
        RETURN QUERY SELECT access.scope();
        RETURN;
    END IF;
    RETURN QUERY SELECT c.descendant FROM organisation_v1.closure c
    WHERE c.ancestor = access.unit() AND c.valid_from <= current_date AND current_date < c.valid_to
      AND c.known_to = 9223372036854775807;
END $$;

-- Households that came into the caller's scope from outside: today's holder sees the whole history.
CREATE OR REPLACE FUNCTION access.moved_in() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT h.household FROM households_v1.moved h
    WHERE h.unit IN (SELECT access.scope()) AND h.valid_from <= current_date AND current_date < h.valid_to;
END $$;

-- Members that came into the caller's scope from outside.
CREATE OR REPLACE FUNCTION access.transferred_in() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT m.person FROM members_v1.transferred m
    WHERE m.unit IN (SELECT access.scope()) AND m.valid_from <= current_date AND current_date < m.valid_to;
END $$;

-- People who are in a cell of the caller's scope today, whoever registered their names. Of a former member a cell keeps
-- what was registered in its scope, and does not read what is registered elsewhere after he has gone.
CREATE OR REPLACE FUNCTION access.people() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT s.person FROM members_v1.standing s WHERE s.unit IN (SELECT access.scope())
        AND s.valid_from <= current_date AND current_date < s.valid_to AND s.known_to = 9223372036854775807
    UNION
    SELECT r.person FROM members_v1.residence r WHERE r.unit IN (SELECT access.scope())
        AND r.valid_from <= current_date AND current_date < r.valid_to AND r.known_to = 9223372036854775807;
END $$;

-- Households and groups that the calling member is responsible for today, and the households in those groups. A
-- household that has moved to another cell keeps its place in the group until somebody decides; he no longer sees it.
CREATE OR REPLACE FUNCTION access.own_targets() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 30
SET search_path = pg_catalog AS $$
BEGIN
    IF access.person() IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH own AS (
        SELECT a.target FROM assignments_v1.assignment a
        WHERE a.member = access.person() AND a.valid_from <= current_date AND current_date < a.valid_to
          AND a.known_to = 9223372036854775807)
    SELECT target FROM own
    UNION
    SELECT p.household FROM households_v1.place p JOIN own ON own.target = p.group_id
    JOIN households_v1.belonging b ON b.household = p.household
        AND b.valid_from <= current_date AND current_date < b.valid_to AND b.known_to = 9223372036854775807
    WHERE p.valid_from <= current_date AND current_date < p.valid_to AND p.known_to = 9223372036854775807
      -- The same cell, or one of the two has gone into the other.
      AND EXISTS (SELECT FROM organisation_v1.closure c
                  WHERE (c.ancestor, c.descendant) IN ((p.unit, b.unit), (b.unit, p.unit))
                    AND c.valid_from <= current_date AND current_date < c.valid_to
                    AND c.known_to = 9223372036854775807);
END $$;

-- Cells of which the calling member is or was one, also those of his residence: he sees when they meet.
CREATE OR REPLACE FUNCTION access.own_cells() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 3
SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT s.unit FROM members_v1.standing s WHERE s.person = access.person() AND s.known_to = 9223372036854775807
    UNION
    SELECT r.unit FROM members_v1.residence r WHERE r.person = access.person() AND r.known_to = 9223372036854775807;
END $$;

-- The rule by which a row is seen. `unit` is the row's cell or committee; `target` and `person` are the columns with
-- its household (or group) and its member, where it has them.
CREATE OR REPLACE FUNCTION access.rule(target text, person text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    rule text := 'unit IN (SELECT access.scope())';
BEGIN
    IF target IS NOT NULL OR person IS NOT NULL THEN
        -- Not where the list of units is all there is to it: the planner can join with that, and could not any more.
        rule := '(SELECT access.everything()) OR ' || rule;
    END IF;
    IF target IS NOT NULL THEN
        rule := rule || format(' OR %1$I IN (SELECT access.moved_in()) OR %1$I IN (SELECT access.own_targets())', target);
    END IF;
    IF person IS NOT NULL THEN
        rule := rule || format(' OR %1$I = (SELECT access.person()) OR %1$I IN (SELECT access.transferred_in())', person);
    END IF;
    RETURN rule;
END $$;

-- What the projector calls for each new table: its rows are seen by that rule, and by `otherwise` where it is given. One
-- policy, because the order in which PostgreSQL tries several is not ours to say: the costly question must come last.
DROP FUNCTION IF EXISTS access.protect(regclass, text, text);
CREATE OR REPLACE FUNCTION access.protect(relation regclass, target text, person text, otherwise text DEFAULT NULL)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
    EXECUTE format('CREATE POLICY scope ON %s FOR SELECT TO soho_reader USING (%s)',
                   relation, concat_ws(' OR ', access.rule(target, person), otherwise));
    EXECUTE format('GRANT SELECT ON %s TO soho_reader', relation);
END $$;

-- What the trails call: a view `message` beside their table `entry`, through which a message of the archive is seen by
-- whoever sees an entry of it. A view and not a policy on archive.message, because PostgreSQL refuses COPY into a table
-- under row-level security, and the follower copies. A view reads with its owner's rights, so the rule is spelled out.
CREATE OR REPLACE FUNCTION access.open_archive(entry regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    beside text := (SELECT relnamespace::regnamespace FROM pg_class WHERE oid = entry);
BEGIN
    EXECUTE format($view$
        CREATE VIEW %s.message WITH (security_barrier) AS
        SELECT m.position, m.recorded_ns, m.type, m.data FROM archive.message m
        WHERE EXISTS (SELECT FROM %s e WHERE e.position = m.position AND (%s))$view$,
        beside, entry, access.rule('target', 'person'));
    EXECUTE format('GRANT SELECT ON %s.message TO soho_reader', beside);
END $$;

-- Households each member is responsible for today, directly or through groups: for the warning of a high load.
CREATE OR REPLACE FUNCTION access.loads(members uuid[]) RETURNS TABLE (member uuid, load bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF to_regclass('assignments_v1.assignment') IS NULL OR to_regclass('households_v1.place') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT a.member, count(DISTINCT coalesce(p.household, a.target))
    FROM assignments_v1.assignment a
    LEFT JOIN households_v1.place p ON a.is_group AND p.group_id = a.target AND p.valid_from <= current_date
        AND current_date < p.valid_to AND p.known_to = 9223372036854775807
    WHERE a.member = ANY (members) AND a.valid_from <= current_date AND current_date < a.valid_to
      AND a.known_to = 9223372036854775807 AND (NOT a.is_group OR p.household IS NOT NULL)
    GROUP BY a.member;
END $$;
-- What hangs on cells (members, households, groups, assignments) and on households (groups) today: for the warnings when
-- one of them ends or moves.
CREATE OR REPLACE FUNCTION access.attached(ids uuid[]) RETURNS TABLE (id uuid, what text, number bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF to_regclass('assignments_v1.assignment') IS NULL OR to_regclass('households_v1.place') IS NULL
       OR to_regclass('members_v1.standing') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT found.id, found.what, count(*) FROM (
        SELECT s.unit AS id, 'members' AS what, s.valid_from, s.valid_to, s.known_to FROM members_v1.standing s
        WHERE s.unit = ANY (ids)
        UNION ALL
        SELECT b.unit, 'households', b.valid_from, b.valid_to, b.known_to FROM households_v1.belonging b
        WHERE b.unit = ANY (ids)
        UNION ALL
        SELECT g.unit, 'groups', g.valid_from, g.valid_to, g.known_to FROM households_v1.household_group g
        WHERE g.unit = ANY (ids)
        UNION ALL
        SELECT a.unit, 'assignments', a.valid_from, a.valid_to, a.known_to FROM assignments_v1.assignment a
        WHERE a.unit = ANY (ids)
        UNION ALL
        SELECT p.household, 'groups', p.valid_from, p.valid_to, p.known_to FROM households_v1.place p
        WHERE p.household = ANY (ids)) found
    WHERE found.valid_from <= current_date AND current_date < found.valid_to AND found.known_to = 9223372036854775807
    GROUP BY found.id, found.what;
END $$;
-- Units in which persons hold an office today, or act in it: a case about somebody goes above all of them.
CREATE OR REPLACE FUNCTION access.offices_of(persons uuid[]) RETURNS TABLE (person uuid, unit uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF to_regclass('organisation_v1.tenure') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT DISTINCT t.person, t.unit FROM organisation_v1.tenure t
    WHERE t.person = ANY (persons) AND t.valid_from <= current_date AND current_date < t.valid_to
      AND t.known_to = 9223372036854775807;
END $$;
-- Members whose own cell the unit is on the day, be it through a cell that has gone into it; of no unit but a cell.
CREATE OR REPLACE FUNCTION access.roster(cell uuid, day date) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF to_regclass('members_v1.standing') IS NULL OR to_regclass('organisation_v1.closure') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT s.person FROM members_v1.standing s
    JOIN organisation_v1.closure c ON c.descendant = s.unit AND c.ancestor = cell
        AND c.valid_from <= day AND day < c.valid_to AND c.known_to = 9223372036854775807
    JOIN organisation_v1.unit u ON u.unit = cell AND u.kind = 'cell'
        AND u.valid_from <= day AND day < u.valid_to AND u.known_to = 9223372036854775807
    WHERE s.valid_from <= day AND day < s.valid_to AND s.known_to = 9223372036854775807
    ORDER BY s.person;
END $$;
-- By which limits of the installation the register of grievances counts: decisions go by the same.
CREATE OR REPLACE FUNCTION access.house_limits() RETURNS TABLE (digest text, content text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF to_regclass('grievances_v1.house_limits') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT h.digest, h.content FROM grievances_v1.house_limits h;
END $$;
-- Grievances. A case is seen by the units at or above the one where it is visible or stands, as far as they stand above
-- everybody it is about (`right_above`: of each the lowest such unit; the nil UUID where there is none, which only an
-- inspection sees), and by the member who raised it; never through its household. An inspection sees those in the units of
-- its mandates and those that they name, as far as its own unit may. Who it is about does not see it, whatever office he
-- asks for: `soho.asker` is the person who asks, in every role. Nor does any unit in which he holds an office today, or
-- that is not above it. The columns say what is so today, whatever day is asked about.

-- Of those whom cases are about, who holds an office today that is not in a unit below the caller's: no case about them
-- is his to see. An office of a unit that has ended counts where that now stands, as everywhere. Asked only where a case
-- about somebody is met at all, and then once per query; its plan is made once for a connection.
CREATE OR REPLACE FUNCTION access.not_below() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    everywhere boolean := access.over_everything();
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT office.person FROM (
            -- Below the topmost unit are all others that stand: only offices of its own, and of units that do not, are
            -- looked at.
            SELECT t.person, t.unit, t.valid_from, t.valid_to, t.known_to FROM organisation_v1.tenure t
            WHERE everywhere AND EXISTS (SELECT FROM grievances_v1.concerned c WHERE c.person = t.person)
              AND t.unit IN (SELECT access.unit()
                             UNION ALL
                             SELECT u.unit FROM organisation_v1.unit u
                             WHERE (u.standing IN ('merged', 'dissolved')
                                    OR u.standing = 'existing' AND u.valid_from > current_date)
                               AND u.known_to = 9223372036854775807)
            UNION ALL
            -- Cases about others, above whom neither his unit nor one below it stands, are hidden from him without this.
            SELECT t.person, t.unit, t.valid_from, t.valid_to, t.known_to FROM organisation_v1.tenure t
            WHERE NOT everywhere
              AND t.person = ANY (ARRAY(SELECT c.person FROM grievances_v1.concerned c
                                        WHERE c.above = ANY (ARRAY(SELECT access.standing_over()))))) office
        WHERE office.valid_from <= current_date AND current_date < office.valid_to
          AND office.known_to = 9223372036854775807
          -- Few are left: the units above each are looked up, and not all there are put together.
          AND NOT EXISTS (
              SELECT FROM (SELECT office.unit
                           UNION ALL
                           SELECT c.ancestor FROM organisation_v1.closure c
                           WHERE c.descendant = office.unit AND c.valid_from <= current_date
                             AND current_date < c.valid_to AND c.known_to = 9223372036854775807) above
              JOIN organisation_v1.unit u ON u.unit = above.unit
              WHERE u.standing = 'existing' AND u.unit <> access.unit() AND u.valid_from <= current_date
                AND current_date < u.valid_to AND u.known_to = 9223372036854775807
                AND (everywhere OR u.unit IN (SELECT access.standing_over()))));
END $$;

CREATE OR REPLACE FUNCTION access.case_rule() RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT '((SELECT access.everything()) OR right_visible IN (SELECT access.scope())
             OR right_holder IN (SELECT access.scope()) OR grievance IN (SELECT access.mandated_cases()))
           AND (right_above IS NULL
                OR ''00000000-0000-0000-0000-000000000000'' <> ALL (right_above)
                   AND ((SELECT access.over_everything()) OR right_above <@ ARRAY(SELECT access.standing_over()))
                   AND NOT right_about && (SELECT access.not_below())
                OR (SELECT access.role() = ''inspection'' AND access.topmost()))
           OR right_member = (SELECT access.person())' $$;

CREATE OR REPLACE FUNCTION access.not_concerned() RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT '(right_about IS NULL OR coalesce((SELECT access.asker()) <> ALL (right_about), true))' $$;

CREATE OR REPLACE FUNCTION access.protect_case(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
    EXECUTE format('CREATE POLICY scope ON %s FOR SELECT TO soho_reader USING (%s)', relation, access.case_rule());
    EXECUTE format('CREATE POLICY concerned ON %s AS RESTRICTIVE FOR SELECT TO soho_reader USING (%s)',
                   relation, access.not_concerned());
    EXECUTE format('GRANT SELECT ON %s TO soho_reader', relation);
END $$;

-- A view `message` beside the table: the archive's messages about a case, for who sees the case (see `open_archive`).
CREATE OR REPLACE FUNCTION access.open_cases(fact regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    beside text := (SELECT relnamespace::regnamespace FROM pg_class WHERE oid = fact);
BEGIN
    EXECUTE format($view$
        CREATE VIEW %s.message WITH (security_barrier) AS
        SELECT m.position, m.recorded_ns, m.type, m.data, f.grievance
        FROM %s f JOIN archive.message m ON m.position = f.position WHERE (%s) AND %s$view$,
        beside, fact, access.case_rule(), access.not_concerned());
    EXECUTE format('GRANT SELECT ON %s.message TO soho_reader', beside);
END $$;

-- Receipts of denunciations: for an inspection alone, of a unit at or above the body that has the denunciation.
CREATE OR REPLACE FUNCTION access.protect_receipts(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
    EXECUTE format($policy$CREATE POLICY inspection ON %s FOR SELECT TO soho_reader
                   USING ((SELECT access.role()) = 'inspection' AND handed_to IN (SELECT access.scope()))$policy$,
                   relation);
    EXECUTE format('GRANT SELECT ON %s TO soho_reader', relation);
END $$;

-- Cases that are about the caller.
CREATE OR REPLACE FUNCTION access.about_asker() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
SET search_path = pg_catalog AS $$
BEGIN
    IF to_regclass('grievances_v1.concerned') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT c.grievance FROM grievances_v1.concerned c WHERE c.person = access.asker();
END $$;

-- Mandates of inspection teams: for those who are in the team; otherwise at and above the committee that gave it, and
-- never where a case of it is about who asks. Another team knows nothing of it.
CREATE OR REPLACE FUNCTION access.protect_mandates(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
    EXECUTE format($policy$CREATE POLICY scope ON %s FOR SELECT TO soho_reader USING (
                       team @> ARRAY[(SELECT access.asker())]
                       OR (SELECT access.role()) <> 'inspection' AND unit IN (SELECT access.scope())
                          AND NOT cases && ARRAY(SELECT access.about_asker()))$policy$, relation);
    EXECUTE format('GRANT SELECT ON %s TO soho_reader', relation);
END $$;

-- Names, sealed, as known at the position, that an inspection reads beside those of its units: of its own teams, and of
-- who is named, or acted, in the cases that its mandates name and it may know of. Of nobody else, and nothing but the name.
CREATE OR REPLACE FUNCTION access.people_inspected(asked uuid[], at bigint)
RETURNS TABLE (person uuid, name text) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET search_path = pg_catalog AS $$
BEGIN
    IF access.role() IS DISTINCT FROM 'inspection' THEN
        RETURN;
    END IF;
    -- By the rule of cases itself, which a function that runs as the owner is not held to.
    RETURN QUERY EXECUTE format($query$
        WITH told AS MATERIALIZED (
            SELECT convert_from(m.data, 'UTF8')::jsonb AS fact FROM grievances_v1.fact f
            JOIN archive.message m USING (position)
            WHERE f.grievance IN (SELECT access.mandated_cases()) AND (%s) AND %s),
        named AS (
            SELECT unnest(m.team) AS person FROM inspections_v1.mandate m
            WHERE m.team @> ARRAY[access.asker()] AND m.known_to = 9223372036854775807
              AND m.valid_from <= current_date AND current_date < m.ends
            UNION
            SELECT each.person::uuid FROM told CROSS JOIN LATERAL (VALUES
                (fact #>> '{actor,person}'), (fact ->> 'performed_by'), (fact #>> '{body,member}'),
                (fact #>> '{body,person}')) each (person) WHERE each.person IS NOT NULL
            UNION
            SELECT (about ->> 'person')::uuid FROM told
            CROSS JOIN LATERAL jsonb_array_elements(fact #> '{body,about}') about)
        SELECT p.person, p.name FROM organisation_v1.person p
        WHERE p.person = ANY ($1) AND p.person IN (SELECT n.person FROM named n)
          AND p.known_from <= $2 AND $2 < p.known_to$query$, access.case_rule(), access.not_concerned())
    USING asked, at;
END $$;

-- Mandates of teams that the persons are in, as the register has them now: what an inspection decides rests on one.
CREATE OR REPLACE FUNCTION access.mandates_of(persons uuid[])
RETURNS TABLE (mandate uuid, unit uuid, team uuid[], cases uuid[], units uuid[], first date, until date, ended date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF to_regclass('inspections_v1.mandate') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT m.mandate, m.unit, m.team, m.cases, m.units, m.valid_from, m.until, m.ended FROM inspections_v1.mandate m
    WHERE m.team && persons AND m.known_to = 9223372036854775807;
END $$;

-- Grievances that wait for a conclusion of the cells today, of those that the cell may know of.
CREATE OR REPLACE FUNCTION access.waiting_at(cells uuid[]) RETURNS TABLE (cell uuid, grievance uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF to_regclass('grievances_v1.step') IS NULL OR to_regclass('organisation_v1.closure') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH below AS MATERIALIZED (
        SELECT c.ancestor, c.descendant FROM organisation_v1.closure c
        WHERE c.ancestor = ANY (cells) AND c.valid_from <= current_date AND current_date < c.valid_to
          AND c.known_to = 9223372036854775807)
    SELECT h.ancestor, s.grievance FROM grievances_v1.step s
    JOIN below h ON h.descendant = s.unit
    JOIN below v ON v.descendant = s.visible AND v.ancestor = h.ancestor
    WHERE s.part = 'live' AND s.stage = 'waiting' AND s.holder IS NOT NULL
    ORDER BY s.received, s.grievance;
END $$;

-- How far one case is, for who has its code: no name and no text. `office` is the unit that acts for where it stands
-- today, by its present name (see `organisation.heirs`); `about` is whom the case is about, by which a code is known to be
-- older than that.
DROP FUNCTION IF EXISTS access.followed(uuid);
CREATE OR REPLACE FUNCTION access.followed(asked uuid)
RETURNS TABLE (received date, stage text, since date, office text, year int, number int, due date, about uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    WITH RECURSIVE known AS NOT MATERIALIZED (
        SELECT u.unit, u.name, u.standing, u.absorbed_into, u.parent FROM organisation_v1.unit u
        WHERE u.valid_from <= current_date AND current_date < u.valid_to AND u.known_to = 9223372036854775807),
    found AS (
        SELECT s.* FROM grievances_v1.step s
        WHERE s.grievance = asked AND s.to_position = 9223372036854775807 AND s.void_position = 9223372036854775807),
    line AS (
        SELECT f.unit FROM found f
        UNION
        SELECT CASE k.standing WHEN 'merged' THEN k.absorbed_into ELSE k.parent END
        FROM line l JOIN known k ON k.unit = l.unit WHERE k.standing <> 'existing')
    SELECT f.received, f.stage, (f.from_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, k.name, f.year, f.number, f.due,
           ARRAY(SELECT unnest(f.right_about) ORDER BY 1)
    FROM found f JOIN known k ON k.unit IN (SELECT l.unit FROM line l) AND k.standing = 'existing';
END $$;

-- Head and address, sealed, as known at the position, of those of the households that have an open case with the caller's
-- unit: it must find them, also where they live outside its scope. Only while it has the case, or acts for the unit that
-- had it and ended since, and only of a case that the caller may know of. Not of one that came in at the unit itself:
-- whoever stood there was asked, and an office could else read of any household by booking a case of it. An inspection
-- reads them of the cases that its mandates name, open or not. Of a member's own question nothing.
CREATE OR REPLACE FUNCTION access.households_of_cases(asked uuid[], at bigint)
RETURNS TABLE (household uuid, head text, address text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF access.unit() IS NULL OR to_regclass('grievances_v1.step') IS NULL
       OR to_regclass('households_v1.household') IS NULL THEN
        RETURN;
    END IF;
    -- By the rule of cases itself, which a function that runs as the owner is not held to.
    RETURN QUERY EXECUTE format($query$
        WITH RECURSIVE inspected AS MATERIALIZED (
            SELECT DISTINCT household FROM grievances_v1.step
            WHERE household = ANY ($1) AND part IN ('live', 'settled')
              AND grievance IN (SELECT access.mandated_cases()) AND (%1$s) AND %2$s),
        cases AS MATERIALIZED (
            SELECT DISTINCT household, holder FROM grievances_v1.step
            WHERE household = ANY ($1) AND part = 'live' AND holder IS NOT NULL AND (%1$s) AND %2$s
              AND access.unit() <> (SELECT h.unit FROM grievances_v1.hop h
                                    WHERE h.grievance = step.grievance AND h.void_position = 9223372036854775807
                                    ORDER BY h.arrived, h.from_position LIMIT 1)),
        known AS NOT MATERIALIZED (
            SELECT u.unit, u.standing, u.absorbed_into, u.parent FROM organisation_v1.unit u
            WHERE u.valid_from <= current_date AND current_date < u.valid_to AND u.known_to = 9223372036854775807),
        line AS (
            SELECT c.household, c.holder AS unit FROM cases c
            UNION
            SELECT l.household, CASE k.standing WHEN 'merged' THEN k.absorbed_into ELSE k.parent END
            FROM line l JOIN known k ON k.unit = l.unit WHERE k.standing <> 'existing')
        SELECT DISTINCT ON (h.household) h.household, h.head, h.address FROM households_v1.household h
        JOIN (SELECT l.household FROM line l JOIN known k ON k.unit = l.unit AND k.standing = 'existing'
              WHERE l.unit = access.unit()
              UNION SELECT i.household FROM inspected i) found ON found.household = h.household
        WHERE h.known_from <= $2 AND $2 < h.known_to
        ORDER BY h.household, h.valid_from DESC$query$, access.case_rule(), access.not_concerned())
    USING asked, at;
END $$;

-- Whether somebody can work on what stands at the units: on the day, as known at the position, whether the unit (or
-- what it went into) exists, who holds the office of its secretary, and who of them is neither exempt nor suspended nor
-- a member no longer. Not by the caller's own rights: a case may stand outside his scope.
CREATE OR REPLACE FUNCTION access.attendance(units uuid[], day date, at bigint)
RETURNS TABLE (unit uuid, standing boolean, officers uuid[], available uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    WITH RECURSIVE known AS MATERIALIZED (
        SELECT u.unit, u.standing, u.absorbed_into FROM organisation_v1.unit u
        WHERE u.valid_from <= day AND day < u.valid_to AND u.known_from <= at AND at < u.known_to),
    heir AS (
        SELECT asked.unit AS origin, asked.unit FROM unnest(units) asked (unit)
        UNION
        SELECT h.origin, k.absorbed_into FROM heir h JOIN known k ON k.unit = h.unit WHERE k.standing = 'merged'),
    place AS (
        SELECT h.origin, h.unit, k.standing = 'existing' AS stands FROM heir h JOIN known k ON k.unit = h.unit
        WHERE k.standing <> 'merged'),
    officer AS (
        SELECT p.origin, t.person,
            NOT EXISTS (SELECT FROM members_v1.standing s WHERE s.person = t.person)
            OR EXISTS (SELECT FROM members_v1.standing s WHERE s.person = t.person
                       AND s.valid_from <= day AND day < s.valid_to AND s.known_from <= at AND at < s.known_to
                       AND s.status IN ('active', 'probationary')) AS able
        FROM place p JOIN organisation_v1.tenure t ON t.unit = p.unit AND t.office = 'secretary'
            AND t.valid_from <= day AND day < t.valid_to AND t.known_from <= at AND at < t.known_to)
    SELECT asked.unit, coalesce(bool_or(p.stands), false),
           coalesce(array_agg(DISTINCT o.person) FILTER (WHERE o.person IS NOT NULL), '{}'),
           coalesce(array_agg(DISTINCT o.person) FILTER (WHERE o.able), '{}')
    FROM (SELECT DISTINCT each.unit FROM unnest(units) each (unit)) asked
    LEFT JOIN place p ON p.origin = asked.unit LEFT JOIN officer o ON o.origin = asked.unit
    GROUP BY asked.unit;
END $$;
-- What is recorded about a person or household: types of facts, and the day on which the last of each held from or
-- happened. Not by anybody's rights: what must be kept is kept whoever decides.
CREATE OR REPLACE FUNCTION access.records_of(asked uuid) RETURNS TABLE (type text, last date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT m.type, max((convert_from(m.data, 'UTF8')::json ->> 'effective')::date)
    FROM (SELECT e.position FROM trails_v1.entry e WHERE e.target = asked
          UNION SELECT e.position FROM trails_v1.entry e WHERE e.person = asked) concerned
    JOIN archive.message m USING (position)
    GROUP BY m.type;
END $$;

-- The cases that the household has put forward, with the day on which each came to stand as it does.
CREATE OR REPLACE FUNCTION access.cases_of(asked uuid) RETURNS TABLE (grievance uuid, is_open boolean, last date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT s.grievance, s.part = 'live', (s.from_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    FROM grievances_v1.step s WHERE s.household = asked AND s.part IN ('live', 'settled');
END $$;

-- Everything that may bear on the members' dossiers of these years, as known at the position: more than what counts in the
-- end. A message stands once for all the members that it may bear on. The facts after which a case is told of in no dossier
-- are there however late they came. Cases come from the archive, since one that was withheld is in no register.
CREATE OR REPLACE FUNCTION access.bearing(asked uuid[], years int[], at bigint)
RETURNS TABLE (members uuid[], "position" bigint, recorded_ns bigint, type text, data bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
-- The planner cannot know how few facts there are of each household, and would read the whole archive instead. One plan
-- fits all, and making it takes longer than the facts of one member.
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
SET plan_cache_mode = force_generic_plan SET work_mem = '64MB' AS $$
DECLARE
    wanted bytea[] := ARRAY(SELECT convert_to(year::text, 'UTF8') FROM unnest(years) year);
BEGIN
    RETURN QUERY
    WITH entry AS MATERIALIZED (
        SELECT e.person, e.position, e.ordinal, e.target, e.unit, e.named FROM trails_v1.entry e
        WHERE e.person = ANY (asked) AND e.position <= at),
    target AS MATERIALIZED (
        SELECT DISTINCT e.person, e.target FROM entry e WHERE e.ordinal = 0 AND e.target IS NOT NULL),
    formed AS MATERIALIZED (
        SELECT t.person, m.position FROM target t
        JOIN archive.message m ON m.subject = 'facts.group.' || t.target AND m.position <= at),
    household AS MATERIALIZED (
        SELECT t.person, t.target FROM target t
        UNION
        SELECT f.person, e.target FROM formed f JOIN trails_v1.entry e ON e.position = f.position),
    -- OFFSET 0: boundary by boundary, and never through all facts of these kinds.
    met AS MATERIALIZED (
        SELECT c.unit, m.position FROM (SELECT DISTINCT e.unit FROM entry e WHERE e.named) c
        CROSS JOIN LATERAL (
            SELECT f.position FROM archive.message f
            WHERE f.subject = 'facts.meeting.' || c.unit AND f.position <= at AND f.type IN
                ('meeting.calendar_set.v1', 'meeting.cell_meeting_held.v1', 'meeting.attendance_corrected.v1')
            OFFSET 0) m),
    changed AS MATERIALIZED (
        SELECT t.person, m.* FROM target t
        CROSS JOIN LATERAL (
            SELECT f.position, f.type, f.data FROM archive.message f
            WHERE f.subject = 'facts.visit.' || t.target AND f.position <= at AND f.type IN
                ('visit.visit_corrected.v1', 'visit.visit_retracted.v1', 'visit.visit_attested.v1',
                 'visit.visit_disputed.v1')
            OFFSET 0) m),
    shared AS (
        SELECT f.person, f.position FROM formed f
        UNION ALL
        SELECT h.person, m.position FROM household h
        JOIN archive.message m ON m.subject = 'facts.household.' || h.target AND m.position <= at
        UNION ALL
        SELECT c.person, c.position FROM changed c
        UNION ALL
        -- A visit that was recorded as somebody else's, and corrected into his.
        SELECT c.person, o.position FROM changed c
        JOIN archive.message o ON o.id = archive.named(c.data, 'visit') AND o.position <= at
        WHERE c.type = 'visit.visit_corrected.v1'
        UNION ALL
        SELECT c.person, m.position FROM (SELECT DISTINCT e.person, e.unit FROM entry e WHERE e.named) c
        JOIN met m USING (unit)
        UNION ALL
        SELECT archive.named(r.data, 'member'), m.position FROM archive.message r
        JOIN archive.message m ON m.subject = r.subject AND (m.position <= at OR m.type IN
            ('grievance.grievance_withheld.v1', 'grievance.person_concerned.v1'))
        WHERE r.type = 'grievance.grievance_raised.v1' AND archive.named(r.data, 'member') = ANY (asked)
          AND r.position <= at)
    SELECT s.members, m.position, m.recorded_ns, m.type, m.data
    FROM (SELECT array_agg(DISTINCT f.person) AS members, f.position FROM shared f GROUP BY f.position) s
    JOIN archive.message m USING (position)
    UNION ALL
    SELECT ARRAY[e.person], m.position, m.recorded_ns, m.type, m.data
    FROM entry e JOIN archive.message m USING (position)
    WHERE e.ordinal = 0 AND (m.type NOT IN ('visit.visit_recorded.v1', 'visit.visit_recorded.v2')
                             OR archive.effective_year(m.type, m.data) = ANY (wanted));
END $$;

-- Everything that may bear on the evidence of units, whatever the year: what was recorded of the classification and names
-- them.
CREATE OR REPLACE FUNCTION access.bearing_on_units(asked uuid[], at bigint)
RETURNS TABLE (units uuid[], "position" bigint, recorded_ns bigint, type text, data bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT e.units, m.position, m.recorded_ns, m.type, m.data
    FROM (SELECT array_agg(DISTINCT e.unit) AS units, e.position FROM trails_v1.entry e
          WHERE e.unit = ANY (asked) AND e.named AND e.position <= at GROUP BY e.position) e
    JOIN archive.message m USING (position)
    WHERE starts_with(m.type, 'evaluation.');
END $$;

-- Of the members those whose dossier the caller may see: his own; and those who stand today in a cell of his scope, or
-- stood there last.
CREATE OR REPLACE FUNCTION access.dossiers_of(asked uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT a.person FROM unnest(asked) a (person) CROSS JOIN LATERAL (
        SELECT s.unit FROM members_v1.standing s
        WHERE s.person = a.person AND s.valid_from <= current_date AND s.known_to = 9223372036854775807
        ORDER BY s.valid_from DESC LIMIT 1) last
    WHERE a.person = access.person() OR last.unit IN (SELECT access.scope());
END $$;

-- The same for who asks, of the members whose dossier he may see.
CREATE OR REPLACE FUNCTION access.bearing_seen(asked uuid[], years int[], at bigint)
RETURNS TABLE (members uuid[], "position" bigint, recorded_ns bigint, type text, data bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog SET work_mem = '64MB' AS
$$ SELECT * FROM access.bearing(ARRAY(SELECT access.dossiers_of(asked)), years, at) $$;

-- The same for who asks, of the units of his scope.
CREATE OR REPLACE FUNCTION access.bearing_on_units_seen(asked uuid[], at bigint)
RETURNS TABLE (units uuid[], "position" bigint, recorded_ns bigint, type text, data bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
$$ SELECT * FROM access.bearing_on_units(
       ARRAY(SELECT u.unit FROM unnest(asked) u (unit) WHERE u.unit IN (SELECT access.scope())), at) $$;

-- Where in the log a rating was decided and revised. What the facts say is read through the trails, by who may.
CREATE OR REPLACE FUNCTION access.positions_of_rating(asked uuid) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
$$ SELECT m.position FROM archive.message m
   WHERE m.type IN ('evaluation.rating_decided.v1', 'evaluation.rating_revised.v1')
     AND archive.named(m.data, 'rating') = asked ORDER BY 1 $$;

-- Where in the log the keys of these owners ended, as known at the position; of those that had not ended, nothing.
CREATE OR REPLACE FUNCTION access.keys_ended(owners uuid[], at bigint) RETURNS TABLE (owner uuid, "position" bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
$$ SELECT e.owner, min(e.position) FROM (
       SELECT CASE m.type WHEN 'erasure.erasure_executed.v1' THEN archive.named(m.data, 'whose')
                          ELSE archive.named(m.data, 'grievance') END AS owner, m.position
       FROM archive.message m
       WHERE m.type IN ('grievance.grievance_withheld.v1', 'erasure.erasure_executed.v1') AND m.position <= at) e
   WHERE e.owner = ANY (owners) GROUP BY e.owner $$;

-- Who holds an office in each of the units, in what it has gone into, or in one above: on the day, as known at the
-- position. What is about one of them cannot be worked on there. Not by the caller's own rights, as above.
CREATE OR REPLACE FUNCTION access.officers_over(units uuid[], day date, at bigint)
RETURNS TABLE (unit uuid, officers uuid[]) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    WITH RECURSIVE known AS MATERIALIZED (
        SELECT u.unit, u.standing, u.parent FROM organisation_v1.unit u
        WHERE u.valid_from <= day AND day < u.valid_to AND u.known_from <= at AND at < u.known_to),
    place AS (
        SELECT c.descendant AS origin, c.ancestor AS unit FROM organisation_v1.closure c
        WHERE c.descendant = ANY (units) AND c.valid_from <= day AND day < c.valid_to AND c.known_from <= at
          AND at < c.known_to
        UNION
        -- An office of a unit that has ended is one of the unit that it stands under since.
        SELECT p.origin, k.unit FROM place p JOIN known k ON k.parent = p.unit WHERE k.standing <> 'existing')
    SELECT p.origin, array_agg(DISTINCT t.person) FROM place p
    JOIN organisation_v1.tenure t ON t.unit = p.unit AND t.valid_from <= day AND day < t.valid_to
        AND t.known_from <= at AND at < t.known_to
    GROUP BY p.origin;
END $$;
-- What a publication is counted from, for the one decision that releases it: the units at or below one that have a row, on
-- the day as known at the position, with everything that stands below each; and the own counts of each unit. Not by
-- anybody's rights: the whole table leaves the hierarchy, after small counts are taken out.
CREATE OR REPLACE FUNCTION access.publication_rows(root uuid, day date, at bigint, levels text[])
RETURNS TABLE (unit uuid, kind text, name text, units uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT u.unit, u.kind, u.name, array_agg(d.descendant ORDER BY d.descendant)
    FROM organisation_v1.closure c
    JOIN organisation_v1.unit u ON u.unit = c.descendant AND u.standing = 'existing' AND u.kind = ANY (levels)
        AND u.valid_from <= day AND day < u.valid_to AND u.known_from <= at AND at < u.known_to
    JOIN organisation_v1.closure d ON d.ancestor = u.unit
        AND d.valid_from <= day AND day < d.valid_to AND d.known_from <= at AND at < d.known_to
    WHERE c.ancestor = root AND c.valid_from <= day AND day < c.valid_to AND c.known_from <= at AND at < c.known_to
    GROUP BY u.unit, u.kind, u.name
    ORDER BY array_position(levels, u.kind), u.name, u.unit;
END $$;

-- How many of whom a register tells wait there in quarantine: the counts lack what is not known of them. Of cases those
-- alone that are about nobody, as far as that is known: no others are counted anyway.
CREATE OR REPLACE FUNCTION access.not_counted(asked text, root uuid, day date, at bigint) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT count(DISTINCT q.entity)::int FROM projection.quarantine q
            WHERE q.register = asked AND q.position <= at
              AND q.entity NOT IN (SELECT c.grievance FROM grievances_v1.concerned c)
              AND q.unit IN (SELECT d.descendant FROM organisation_v1.closure d WHERE d.ancestor = root
                             AND d.valid_from <= day AND day < d.valid_to AND d.known_from <= at AND at < d.known_to));
END $$;

-- Each household counts in two categories: its class, and whether somebody is responsible for it.
CREATE OR REPLACE FUNCTION access.counted_households(root uuid, day date, at bigint)
RETURNS TABLE (unit uuid, category text, number int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT h.unit, c.category, count(*)::int
    FROM coverage_v1.household_step h
    LEFT JOIN coverage_v1.class_step s ON s.household = h.household
        AND s.valid_from <= day AND day < s.valid_to AND s.known_from <= at AND at < s.known_to
    LEFT JOIN coverage_v1.covered_step o ON o.household = h.household
        AND o.valid_from <= day AND day < o.valid_to AND o.known_from <= at AND at < o.known_to
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN s.economic_class IN ('poor', 'near_poor') THEN s.economic_class ELSE 'other' END),
        (CASE WHEN o.household IS NULL THEN 'uncovered' ELSE 'covered' END)) c (category)
    WHERE h.valid_from <= day AND day < h.valid_to AND h.known_from <= at AND at < h.known_to
      AND h.unit IN (SELECT d.descendant FROM organisation_v1.closure d WHERE d.ancestor = root
                     AND d.valid_from <= day AND day < d.valid_to AND d.known_from <= at AND at < d.known_to)
    GROUP BY h.unit, c.category;
END $$;

CREATE OR REPLACE FUNCTION access.counted_members(root uuid, day date, at bigint)
RETURNS TABLE (unit uuid, category text, number int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT m.unit, m.status, count(*)::int FROM coverage_v1.member_step m
    WHERE m.valid_from <= day AND day < m.valid_to AND m.known_from <= at AND at < m.known_to
      AND m.unit IN (SELECT d.descendant FROM organisation_v1.closure d WHERE d.ancestor = root
                     AND d.valid_from <= day AND day < d.valid_to AND d.known_from <= at AND at < d.known_to)
    GROUP BY m.unit, m.status;
END $$;

-- Cases that a body received in the month that ends with the day, as they stood then, where the lowest unit is that sees
-- them. None that is about anybody today, whatever was known then: a province that counted more than its communes would
-- tell how many there are. What was withheld is in no row, and receipts are not asked. Of a split case its parts count.
CREATE OR REPLACE FUNCTION access.counted_grievances(root uuid, day date, at bigint)
RETURNS TABLE (unit uuid, category text, number int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    day_end timestamptz := (day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh';
BEGIN
    RETURN QUERY
    SELECT s.visible, coalesce(s.kind, 'undetermined') AS kind, count(*)::int
    FROM grievances_v1.step s
    WHERE s.received >= date_trunc('month', day)::date AND s.received <= day
      AND s.right_about IS NULL AND s.stage <> 'split'
      AND s.from_position <= at AND s.from_at < day_end AND (s.to_position > at OR s.to_at >= day_end)
      AND at < s.void_position
      AND s.visible IN (SELECT d.descendant FROM organisation_v1.closure d WHERE d.ancestor = root
                        AND d.valid_from <= day AND day < d.valid_to AND d.known_from <= at AND at < d.known_to)
    GROUP BY 1, 2;
END $$;

-- Members' ratings of the year before the day's that a committee had made final by the day, as they then stood.
CREATE OR REPLACE FUNCTION access.counted_ratings(root uuid, day date, at bigint)
RETURNS TABLE (unit uuid, category text, number int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT l.unit, l.level, count(*)::int
    FROM evaluations_v1.line l
    JOIN evaluations_v1.pool p ON p.unit = l.committee AND p.year = l.year AND p.subject = l.subject
        AND p.finalised IS NOT NULL
        AND p.valid_from <= day AND day < p.valid_to AND p.known_from <= at AND at < p.known_to
    WHERE l.year = extract(year FROM day)::int - 1 AND l.subject = 'member' AND l.level IS NOT NULL
      AND l.valid_from <= day AND day < l.valid_to AND l.known_from <= at AND at < l.known_to
      AND l.unit IN (SELECT d.descendant FROM organisation_v1.closure d WHERE d.ancestor = root
                     AND d.valid_from <= day AND day < d.valid_to AND d.known_from <= at AND at < d.known_to)
    GROUP BY l.unit, l.level;
END $$;

-- The heads of all households, sealed, whoever may see them: for who keeps the keys, so that names can be searched in
-- memory. Those that came to be believed after a position, `most` of them and what belongs to the same fact as the last;
-- one row at least, which says where the register stands. Planned each time: how many have come since decides how they
-- are best found.
CREATE OR REPLACE FUNCTION access.heads_since(since bigint, most int)
RETURNS TABLE (generation int, reached bigint, known_from bigint, household uuid, unit uuid, head text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    last bigint;
BEGIN
    IF to_regclass('households_v1.household') IS NULL THEN
        RETURN;
    END IF;
    last := (SELECT h.known_from FROM households_v1.household h WHERE h.known_from > since
             ORDER BY h.known_from OFFSET most - 1 LIMIT 1);
    RETURN QUERY
    SELECT c.generation, c.position, h.known_from, h.household, h.unit, h.head
    FROM projection.checkpoint c
    LEFT JOIN households_v1.household h ON h.known_from > since AND (last IS NULL OR h.known_from <= last)
    WHERE c.register = 'households_v1'
    ORDER BY h.known_from;
END $$;
GRANT USAGE ON SCHEMA access TO soho_intake, soho_keeper;
