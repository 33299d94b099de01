-- Two roles for one database: the owner upgrades, the application reads and writes rows and can do nothing else.
--
--   psql -v database=tracker -v owner=tracker_owner -v app=tracker_app -f roles.sql postgres     once, as a superuser
--
-- Then give both a password (\password tracker_owner, \password tracker_app), put the owner's address into
-- /etc/tracker/owner.env and the application's into /etc/tracker/tracker.env (DATABASE_URL=postgresql+psycopg://…), and
-- let the first upgrade run. Run it once more afterwards, and after any later upgrade: it then also takes the right to
-- delete from what is only ever added to (triggers refuse that to everybody all the same, and only the owner may change
-- a trigger).

\set ON_ERROR_STOP on
SELECT format('CREATE ROLE %I LOGIN', :'owner') WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = :'owner') \gexec
SELECT format('CREATE ROLE %I LOGIN', :'app') WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = :'app') \gexec
ALTER ROLE :"owner" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE :"app" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', :'database', :'owner')
    WHERE NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"app";

\connect :"database"
ALTER SCHEMA public OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"app";

-- What is there, and what the owner will make: rows may be read and written, tables neither emptied nor dropped.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO :"app";

-- History, trail and seals are only added to. UPDATE stays, for sealing locks their tables; the trigger refuses it.
SELECT format('REVOKE DELETE, TRUNCATE ON %s FROM %I', tgrelid::regclass, :'app') FROM pg_trigger
    WHERE tgfoid = to_regproc('public.refuse_change') AND NOT tgisinternal \gexec
SELECT format('REVOKE INSERT, UPDATE, DELETE ON %s FROM %I', oid::regclass, :'app') FROM pg_class
    WHERE oid = to_regclass('public.alembic_version') \gexec
