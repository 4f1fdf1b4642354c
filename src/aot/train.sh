#!/usr/bin/env bash
# Makes the AOT cache of an extracted jar: starts it with the sandbox, sends each example and the queries of the benchmark, and stops it.
# Usage: train.sh JAR EXAMPLES QUERIES [option of the JVM ...]. The cache is made beside JAR, as tag-gateway.aot, for these very options, this JVM and
# this place of JAR. ROUNDS=… says how often each document is sent; JAVA=… which java is used.
set -euo pipefail
export LC_ALL=C

jar=$1 examples=$2 queries=$3
shift 3
cache=${jar%.jar}.aot
log=$(mktemp)
key=training
port=${PORT:-18080}

post() { # accept, body
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: %s\r\nContent-Type: application/json\r\n' "$key" >&3
  printf 'Accept: %s\r\nContent-Length: %d\r\n\r\n%s' "$1" "${#2}" "$2" >&3
  timeout "${3:-10}" cat <&3 || true
  exec 3>&-
}

get() { # path
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 0
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: %s\r\n\r\n' "$1" "$key" >&3
  timeout 10 cat <&3 || true
  exec 3>&-
}

body() { # document
  printf '{"query":"%s"}' "$(sed -e 's/[[:space:]]*#.*$//' -e 's/\\/\\\\/g' -e 's/"/\\"/g' "$1" | tr '\n' ' ')"
}

scopes=tags.read+tags.write+calls.read+calls.tags.write+contacts.read+contacts.tags.write+raw.read+schema.read+admin
env SERVER_PORT="$port" GATEWAY_SECURITY_MODE=api-key \
  GATEWAY_API_KEYS="training=$(printf %s "$key" | sha256sum | cut -d' ' -f1):$scopes" \
  "${JAVA:-java}" "$@" -XX:AOTCacheOutput="$cache" -jar "$jar" >"$log" 2>&1 &
gateway=$!
trap 'kill "$gateway" 2>/dev/null || true; rm -f "$log"' EXIT

until [[ $(get /readyz 2>/dev/null) == "HTTP/1.1 200 "* ]]; do
  kill -0 "$gateway" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.2
done

failed=0
for round in $(seq "${ROUNDS:-150}"); do
  for document in "$examples"/*.graphql "$queries"/*.graphql; do
    case $document in
      *changes.graphql) [ "$round" -gt 2 ] || post text/event-stream "$(body "$document")" 1 >/dev/null; continue ;;
    esac
    answer=$(post application/json "$(body "$document")")
    case $answer in
      "HTTP/1.1 200 "*) ;;
      *) echo "$document: ${answer:-no response}" >&2; failed=1 ;;
    esac
  done
  get /readyz >/dev/null
  get /actuator/prometheus >/dev/null
done
get /graphiql >/dev/null

kill "$gateway"
wait "$gateway" || true
[ "$failed" -eq 0 ] && [ -s "$cache" ] || { cat "$log" >&2; exit 1; }
ls -l "$cache"
