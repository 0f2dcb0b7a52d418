-- The roles of Sổ Hộ in PostgreSQL. None of them is a superuser or may bypass row-level security.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['soho_follower', 'soho_projector', 'soho_intake', 'soho_reader', 'soho_keeper', 'soho_operator', 'soho_read_log', 'soho_reads'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT', name);
        END IF;
    END LOOP;
END $$;

CREATE EXTENSION IF NOT EXISTS btree_gist;

GRANT USAGE ON SCHEMA archive TO soho_follower, soho_projector, soho_intake, soho_reader, soho_operator;
GRANT SELECT, INSERT ON archive.message, archive.stream TO soho_follower;
GRANT SELECT, INSERT, UPDATE ON archive.alarm TO soho_follower;
GRANT SELECT ON archive.message, archive.alarm TO soho_projector, soho_intake, soho_operator;
GRANT SELECT ON archive.stream TO soho_operator;
