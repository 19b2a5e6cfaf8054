#!/bin/sh
# The user that the server runs as, and the two places it may write to.
#   users.sh ROOT        / in an image
# Group 0 may write too: some clusters run images as a user of their choice in that group.
set -eu
root=${1%/}
uid=10001
grep -q '^tradewind:' "$root/etc/passwd" || printf 'tradewind:x:%s:%s:Tradewind:/var/lib/tradewind:/usr/sbin/nologin\n' "$uid" "$uid" >>"$root/etc/passwd"
grep -q '^tradewind:' "$root/etc/group" || printf 'tradewind:x:%s:\n' "$uid" >>"$root/etc/group"
for place in var/lib/tradewind run/tradewind; do
  mkdir -p "$root/$place"
  chown "$uid:0" "$root/$place"
  chmod 0770 "$root/$place"
done
