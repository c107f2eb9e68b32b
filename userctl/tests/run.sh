#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Runs all tests of tokctl and sums them up.
#
#   tests/run.sh BUILD_DIR [TOKCTL]
#
# TOKCTL: the program of the command line tests, if it is another one than
# that of BUILD_DIR. TEST_JOBS of the environment: how many run at once.
# Output: the TAP of every part, then one line for programs:
#   userctl-check: pass=N fail=N skip=N
# A part that crashes, or reports fewer results than it planned, is one more
# failure: silence is never success.
set -u

build=$1 tokctl=${2:-$1/tokctl}
tests=$(dirname "$0")
pass=0 fail=0 skip=0
names=() pids=()
# Jobs of a script are deaf to Ctrl-C; they go when it does.
trap 'kill $(jobs -rp) 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# Most of them wait now and then; one more than there are CPUs keeps all busy.
most=${TEST_JOBS:-$(($(nproc) + 1))}

# part NAME COMMAND...: starts it, as soon as not too many are on. Those that
# have ended are jobs no more; report waits for each by its process id.
part() {
	local name=$1
	shift
	while [ "$(jobs -rp | wc -l)" -ge "$most" ]; do
		wait -n
	done
	"$@" >"$build/tests/$name.tap" 2>"$build/tests/$name.err" </dev/null &
	names+=("$name") pids+=("$!")
}

# report NAME PID: what came of it.
report() {
	local name=$1 rc=0 planned seen good bad skipped
	local tap="$build/tests/$name.tap"

	wait "$2" || rc=$?
	echo "# $name"
	cat "$build/tests/$name.err" >&2
	cat "$tap"
	planned=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$tap" | head -n 1)
	skipped=$(grep -c '^ok .*# SKIP' "$tap")
	good=$(($(grep -c '^ok ' "$tap") - skipped))
	bad=$(grep -c '^not ok ' "$tap")
	seen=$((good + bad + skipped))
	if [ "$bad" -eq 0 ] && { [ "$rc" -ne 0 ] || [ "$seen" -ne "${planned:--1}" ]; }; then
		echo "not ok - $name: exit status $rc, $seen of ${planned:-?} tests"
		bad=1
	fi
	pass=$((pass + good)) fail=$((fail + bad)) skip=$((skip + skipped))
}

# start PATH: the part that a unit_*.c or cli_*.sh below tests/ is, or the fuzz
# corpus, if it has not been started.
start() {
	local name=${1##*/}
	name=${name%.*}
	[ -z "${started[$name]-}" ] || return 0
	started[$name]=yes
	case $name in
	unit_*) part "$name" env CMOCKA_MESSAGE_OUTPUT=TAP "$build/tests/${1%.c}" ;;
	cli_*) part "$name" "$tests/$1" "$tokctl" "$build/tests/fakemod.so" ;;
	fuzz) part "$name" "$tests/fuzz/replay.sh" ;;
	esac
}

mapfile -t all < <(cd "$tests" && printf '%s\n' */unit_*.c cli/cli_*.sh)
# The longest first, so that none of them is left alone at the end.
declare -A started=()
for name in cli_manual cli_sweep cli_files cli_run cli_verify unit_usl unit_sentinel cli_schema unit_model_fit cli_checks \
	cli_damaged cli_compare; do
	for file in "${all[@]}"; do
		case $file in */"$name".*) start "$file" ;; esac
	done
done
for file in "${all[@]}" fuzz; do
	start "$file"
done
for i in "${!names[@]}"; do
	report "${names[i]}" "${pids[i]}"
done

echo "userctl-check: pass=$pass fail=$fail skip=$skip"
[ "$fail" -eq 0 ]
