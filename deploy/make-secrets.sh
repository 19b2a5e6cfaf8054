#!/bin/sh
# Makes the secrets of compose.yaml, each in a file of its own; what is there stays. Lose secret-key, and every stored credential
# and API key is void: back it up.
#   make-secrets.sh [FOLDER]
# The folder is closed to other users of the machine. The files themselves are readable, because containers run as other users.
set -eu
umask 077
folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
secret() {
  [ -s "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"
  chmod 0444 "$folder/$1"
}
for name in admin-key secret-key postgres-password qdrant-api-key openai-api-key grafana-password; do
  secret "$name" "$(random)"
done
secret database-url "postgresql://tradewind:$(cat "$folder/postgres-password")@postgres/tradewind"
secret qdrant-config "service: { api_key: \"$(cat "$folder/qdrant-api-key")\" }"
echo "Secrets are in $folder. A key of your own for the model endpoint goes into $folder/openai-api-key."
