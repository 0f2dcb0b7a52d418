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

-- Units at or below the caller's unit in today's tree, merged predecessors included. Today's, whatever is asked about.
CREATE OR REPLACE FUNCTION access.scope() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1500
SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT c.descendant FROM organisation_v1.closure c
    WHERE c.ancestor = access.unit() AND c.valid_from <= current_date AND current_date < c.valid_to
      AND c.known_to = 9223372036854775807;
END $$;

-- Households that came into the caller's scope from outside: today's holder sees the whole history.
CREATE OR REPLACE FUNCTION access.moved_in() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT h.household FROM households_v1.moved h
    WHERE h.unit IN (SELECT access.scope());
END $$;

-- Members that came into the caller's scope from outside.
CREATE OR REPLACE FUNCTION access.transferred_in() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT m.person FROM members_v1.transferred m
    WHERE m.unit IN (SELECT access.scope());
END $$;

-- Households and groups that the calling member is responsible for today, and the households in those groups.
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
    WHERE p.valid_from <= current_date AND current_date < p.valid_to AND p.known_to = 9223372036854775807;
END $$;

-- What the projector calls for each new table: who may read which of its rows. `unit` is the row's cell or committee;
-- `target` and `person` are its household (or group) and member, where it has them.
CREATE OR REPLACE FUNCTION access.protect(relation regclass, target text, person text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    rule text := 'unit IN (SELECT access.scope())';
BEGIN
    IF target IS NOT NULL THEN
        rule := rule || format(' OR %1$I IN (SELECT access.moved_in()) OR %1$I IN (SELECT access.own_targets())', target);
    END IF;
    IF person IS NOT NULL THEN
        rule := rule || format(' OR %1$I = (SELECT access.person()) OR %1$I IN (SELECT access.transferred_in())', person);
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
    EXECUTE format('CREATE POLICY scope ON %s FOR SELECT TO soho_reader USING (%s)', relation, rule);
    EXECUTE format('GRANT SELECT ON %s TO soho_reader', relation);
END $$;
