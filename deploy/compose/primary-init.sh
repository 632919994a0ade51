#!/bin/bash
# Lets the standby follow; run once, when the primary's files are made.
echo "host replication all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
