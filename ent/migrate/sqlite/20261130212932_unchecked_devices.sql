-- SQLite goes on checking the foreign keys that PostgreSQL no longer checks (ent/migrate/plan).
SELECT 1;
