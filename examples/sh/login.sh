#!/bin/sh
set -eu
server="${LATCHKEY_URL:?is not set}"
token="${LATCHKEY_TOKEN_VALUE:?is not set}"

call() { # service, action, form fields
  path=service/$1/action/$2
  shift 2
  answer=$(curl -sS "$server/api_v3/$path" -d format=1 "$@")
  case $answer in # an error comes with status 200
    *'"objectType":"KalturaAPIException"'*) printf '%s\n' "$answer" >&2; exit 1 ;;
  esac
}
ks() { printf %s "$answer" | sed -n 's/.*"ks":"\([^"]*\)".*/\1/p' | tr -d '\\'; }

call session startWidgetSession \
  --data-urlencode "widgetId=_${LATCHKEY_PARTNER_ID:?is not set}"
widget=$(ks)
# Without sha256sum, as on some Macs: openssl dgst -sha256 -r
hash=$(printf %s "$widget$token" | sha256sum | cut -d ' ' -f 1)
call appToken startSession \
  --data-urlencode "ks=$widget" \
  --data-urlencode "id=${LATCHKEY_TOKEN_ID:?is not set}" \
  --data-urlencode "tokenHash=$hash"
session=$(ks)
call media list \
  --data-urlencode "ks=$session" \
  --data-urlencode 'pager:pageSize=3'
printf '%s\n' "$answer"
