#!/usr/bin/env bash
# Checks that target/tag-gateway.jar can be started with an AOT cache, and that a start prints no warning: makes a cache, and starts the gateway with a JVM
# that refuses to start without it. JAVA=… is the java to use, PORT=… a free port.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

java=${JAVA:-java} port=${PORT:-18080}
options=(-Xmx256m -XX:+UseSerialGC -XX:TrimNativeHeapInterval=5000 -XX:+ExitOnOutOfMemoryError)
directory=$(mktemp -d)
gateway=
trap '[ -z "$gateway" ] || kill "$gateway" 2>/dev/null || true; rm -rf "$directory"' EXIT

"$java" -Djarmode=tools -jar target/tag-gateway.jar extract --destination "$directory/gateway"
jar=$directory/gateway/tag-gateway.jar
ROUNDS=${ROUNDS:-10} src/aot/train.sh "$jar" schema/examples src/bench/queries "${options[@]}"

ready() {
  exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3 \
    && grep -q '^HTTP/1.1 200 ' <&3
}

begin=$(date +%s%N)
SERVER_PORT=$port "$java" "${options[@]}" -XX:AOTMode=on -XX:AOTCache="${jar%.jar}.aot" -jar "$jar" >"$directory/log" 2>&1 &
gateway=$!
until (ready) 2>/dev/null; do
  kill -0 "$gateway" 2>/dev/null || { cat "$directory/log" >&2; exit 1; }
  sleep 0.05
done
echo "Ready $((($(date +%s%N) - begin) / 1000000)) ms after start, with the AOT cache."
if grep -E '^WARNING|\[warning\]| WARN | ERROR ' "$directory/log" >&2; then
  echo "A start prints warnings." >&2
  exit 1
fi
