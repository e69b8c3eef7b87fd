#!/usr/bin/env bash
# Runs a command with a keychain of its own, in one of four conditions:
#
#   with-keyring.sh            COMMAND…   an unlocked keyring
#   with-keyring.sh --locked   COMMAND…   a keyring that exists, is locked, and nobody can be asked to unlock it
#   with-keyring.sh --absent   COMMAND…   a session bus on which no Secret Service answers
#   with-keyring.sh --none     COMMAND…   no session bus at all
#
# The command sees the condition in MPC_TEST_KEYRING (unlocked, locked, absent, none), private XDG and temporary
# folders, and ends with its own exit code. The bus starts nothing by itself, so that no keyring, prompt or portal of
# the desktop can slip in. Bus, keyring and folders are gone when the command, or this script, ends.
set -euo pipefail

condition=unlocked
case "${1-}" in
  --locked | --absent | --none) condition=${1#--}; shift ;;
esac
if [ $# -eq 0 ]; then
  echo "usage: with-keyring.sh [--locked|--absent|--none] COMMAND…" >&2
  exit 2
fi

# Every job gets a process group of its own: its children end with it, and Ctrl-C reaches this script first.
set -m
room=$(mktemp -d "${TMPDIR:-/tmp}/mpc-keyring.XXXXXXXX")
bus='' keyring='' command=''

end_group() {
  if [ -n "$1" ] && kill -TERM -- "-$1" 2>/dev/null; then wait "$1" 2>/dev/null || true; fi
}
leave() {
  trap - EXIT HUP INT TERM
  end_group "$command"
  end_group "$keyring"
  end_group "$bus"
  rm -rf "$room"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

export XDG_DATA_HOME="$room/data" XDG_CONFIG_HOME="$room/config" XDG_CACHE_HOME="$room/cache" XDG_STATE_HOME="$room/state"
export XDG_RUNTIME_DIR="$room/run" TMPDIR="$room/temporary"
mkdir -p "$TMPDIR" "$XDG_DATA_HOME/keyrings" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$room" "$XDG_RUNTIME_DIR"
unset GNOME_KEYRING_CONTROL GNOME_KEYRING_PID

start_bus() {
  cat >"$room/bus.conf" <<EOF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=$XDG_RUNTIME_DIR/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
EOF
  mkfifo "$room/address"
  dbus-daemon --config-file="$room/bus.conf" --nofork --nopidfile --print-address=3 \
    3>"$room/address" </dev/null >/dev/null 2>"$room/bus.log" &
  bus=$!
  read -r DBUS_SESSION_BUS_ADDRESS <"$room/address" || { cat "$room/bus.log" >&2; exit 1; }
  export DBUS_SESSION_BUS_ADDRESS
}

# Without a password the daemon makes no default collection, so the throw-away keyring has one.
start_keyring() {
  gnome-keyring-daemon --foreground --components=secrets "$@" >"$room/keyring.log" 2>&1 &
  keyring=$!
  gdbus wait --session --timeout 20 org.freedesktop.secrets || { cat "$room/keyring.log" >&2; exit 1; }
}

case $condition in
  unlocked)
    start_bus
    start_keyring --unlock <<<'throw-away'
    ;;
  locked)
    start_bus
    start_keyring --unlock <<<'throw-away'
    # The entry makes sure that the collection is on disk before the daemon that unlocked it goes.
    secret-tool store --label='made before the lock' made-by with-keyring <<<'x'
    end_group "$keyring"
    start_keyring </dev/null
    ;;
  absent)
    start_bus
    ;;
  none)
    # An address that leads nowhere, because an empty one lets libraries start a bus of their own.
    export DBUS_SESSION_BUS_ADDRESS="unix:path=$XDG_RUNTIME_DIR/no-bus"
    ;;
esac

export MPC_TEST_KEYRING=$condition
"$@" <&0 &
command=$!
code=0
wait "$command" || code=$?
command=''
exit "$code"
