#!/bin/sh
# Makes the secrets that compose.yaml gives to containers, each in a file below secrets/. What is there stays:
# a database keeps its first password, and sealed secrets of notebooks need the key that sealed them.
set -eu
folder=${1:-secrets}
umask 077
mkdir -p "$folder"

random() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
make() { [ -s "$folder/$1" ] || printf '%s\n' "$2" >"$folder/$1"; }

make auth-secret "$(random)"
make secrets-key "$(random)"
make machine-token "$(random)"
make postgres-password "$(random)"
make database-url "postgres://cellar:$(cat "$folder/postgres-password")@postgres:5432/cellar"
make redis-password "$(random)"
make redis-url "redis://:$(cat "$folder/redis-password")@redis:6379"
make redis-config "requirepass $(cat "$folder/redis-password")
appendonly yes
appendfsync everysec
maxmemory-policy noeviction"

# Containers read them as users of their own; the folder stays closed to others of this machine.
chmod 0444 "$folder"/*
chmod 0700 "$folder"
