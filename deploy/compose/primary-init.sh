#!/bin/bash
# Lets the standby follow, and has commits wait for it from the next start on, which comes right after
# this; run once, when the primary's files are made.
set -euo pipefail
echo "host replication all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --command "ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (standby)'"
