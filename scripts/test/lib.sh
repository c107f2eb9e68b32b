# shellcheck shell=bash
#
# lib.sh - what every test file in cases/ is written with
#
# A file says how many cases it has (plan), then makes that many, each by
# check, ok, not_ok or skip. check runs a function; the case fails if the
# function calls fault or returns non-zero, and what it printed follows the
# verdict as diagnostics. Functions here that can go wrong call fault.
#
#	TB	the module's folder in debugfs
#	KO	tokbench.ko
#	BIN	the compiled helpers
#	QUICK	yes: as few and as short runs as make sense

TB=/sys/kernel/debug/tokbench
KO=$TOKBENCH_KO_DIR/tokbench.ko
BIN=$TOKBENCH_TEST_BIN
QUICK=${TOKBENCH_TEST_QUICK:-no}

CASES=0
FAULTS=0
SCRATCH=$(mktemp -d /run/test.XXXXXX)
trap 'rm -rf "$SCRATCH"' EXIT
exec {NEVER}<> <(:)

# --- TAP -------------------------------------------------------------------

plan() { echo "1..$1"; }
ok() { echo "ok $((++CASES)) - $1"; }
skip() { echo "ok $((++CASES)) - $1 # SKIP $2"; }

# skip_all WHAT REASON: in place of the whole file.
skip_all() {
	plan 1
	skip "$1" "$2"
	exit
}

# not_ok WHAT [FILE]: FILE holds the diagnostics.
not_ok() {
	echo "not ok $((++CASES)) - $1"
	[ -z "${2:-}" ] || awk '
		NR <= 12 { print "# " $0 }
		END { if (NR > 12) print "# and " NR - 12 " more lines" }' "$2"
}

fault() {
	FAULTS=$((FAULTS + 1))
	echo "$*"
}

# check WHAT FUNCTION [ARGUMENT...]
check() {
	local what=$1 log=$SCRATCH/log
	shift
	FAULTS=0
	"$@" >"$log" 2>&1 || fault "$1 returned $?"
	if [ "$FAULTS" -eq 0 ]; then
		ok "$what"
	else
		not_ok "$what" "$log"
	fi
}

# equal WHAT GOT WANTED
equal() { [ "$2" = "$3" ] || fault "$1: got '$2', wanted '$3'"; }

# holds EXPRESSION: of integers. Says what the numbers were.
holds() { (($1)) || fault "not so: $1${2:+ ($2)}"; }

# json_has FILE FILTER: jq's filter gives true. It does not of an empty file, with
# which jq itself succeeds.
json_has() { [ -s "$1" ] && jq -e "$2" "$1" >/dev/null; }

# nap SECONDS: without starting a process.
nap() { read -rt "$1" -u "$NEVER" || true; }

# --- files -----------------------------------------------------------------

# try FILE VALUE: the outcome of one write in REPLY, "ok N" or an error's name.
try() { REPLY=$("$BIN/io" write "$TB/$1" -t "$2"); }

# get FILE: its first line in REPLY.
get() { IFS= read -r REPLY <"$TB/$1" || [ -n "$REPLY" ]; }

cfg() {
	local pair why
	for pair; do
		echo "${pair#*=}" >"$TB/config/${pair%%=*}" 2>/dev/null && continue
		get error
		why=$REPLY
		fault "config/${pair%%=*} does not take '${pair#*=}': $why"
	done
}

# control WORD: must work.
control() {
	echo "$1" >"$TB/control" 2>/dev/null && return
	get error
	fault "control does not take $1: $REPLY"
	return 1
}

# refused FILE OUTCOME ERRNO PATTERN VALUE: a write to FILE ended with OUTCOME;
# it should be ERRNO, file error should match PATTERN, and FILE should still
# hold VALUE ("-": write only).
refused() {
	local file=$1 outcome=$2 errno=$3 pattern=$4 before=$5
	equal "$file: outcome" "$outcome" "$errno"
	get error
	[[ $REPLY =~ $pattern ]] ||
		fault "$file: error is '$REPLY', which does not match '$pattern'"
	[ "$before" = - ] && return
	get "$file"
	equal "$file: value after the refusal" "$REPLY" "$before"
}

# expect_refused FILE VALUE ERRNO PATTERN
expect_refused() {
	local before=- outcome
	case $1 in config/*) get "$1" && before=$REPLY ;; esac
	try "$1" "$2"
	outcome=$REPLY
	refused "$1" "$outcome" "$3" "$4" "$before"
}

# urgent FUNCTION...: this shell is more urgent than any thread of a run, among
# hundreds of which it would wait long for its turn.
urgent() {
	local status
	chrt -f -p 10 $$
	"$@"
	status=$?
	chrt -o -p 0 $$
	return "$status"
}

# --- runs ------------------------------------------------------------------

state() { read -r STATE RUN LOCK ELAPSED TOTAL <"$TB/state"; }

on() {
	state
	case $STATE in armed | warm | run | cool) return 0 ;; esac
	return 1
}

start() { control start; }

# wait_state WORD [SECONDS]: until the state is one of WORD (a|b|c).
wait_state() {
	local deadline=$((SECONDS + ${2:-30}))
	while state && [[ ! $STATE =~ ^($1)$ ]]; do
		if [ "$SECONDS" -ge "$deadline" ]; then
			fault "still $STATE after ${2:-30} s, not $1"
			return 1
		fi
		nap 0.02
	done
}

wait_end() { wait_state 'idle|done|failed' "${1:-}"; }

# run_wait NAME=VALUE...: one run, from start to end; its summary in R.
run_wait() {
	cfg "$@"
	start && wait_end 60 && load_result
}

# stop_any: no run is on afterwards.
stop_any() {
	echo stop >"$TB/control" 2>/dev/null
	wait_end
}

# tries FUNCTION...: until it returns 0, $TRIES (5) times at most: for what a machine
# that stands still meanwhile can spoil, and nothing else can.
tries() {
	local try
	for ((try = 1; try <= ${TRIES:-5}; try++)); do
		"$@" && return
		echo "# try $try: $*"
	done
	fault "not in ${TRIES:-5} tries: $*"
}

# one NAME=VALUE...: a run with these parameters and no others, which must be
# sound and get something done, if need be in a longer window.
one() { one_try "$@" || tries one_try "$@" duration_ms=300; }

one_try() {
	control reset
	run_wait "$@" || return 0
	sound
	((${R[totals.ops]:-0} > 0))
}

# rows NAME...: these columns of the locking threads, a line each, on stdout.
rows() {
	awk -F'\t' -v names="$*" '
		NR == 1 { n = split(names, name, " "); for (i = 1; i <= NF; i++) col[$i] = i; next }
		$col["role"] == "worker" {
			for (i = 1; i <= n; i++)
				printf "%s%s", name[i] in col ? $col[name[i]] : "none", i < n ? " " : "\n"
		}' "$TB/results/threads"
}

# binomial WHAT HITS TRIES PERCENT [SLACK]: so many hits of so many tries are no
# further from that percentage than six standard deviations, and SLACK more.
binomial() {
	local off=$((100 * $2 - $3 * $4))
	off=$(((off < 0 ? -off : off) - 100 * ${5:-0}))
	holds "$off <= 0 || $off * $off <= 36 * $3 * $4 * (100 - $4)" "$1: $2 of $3, $4 % wanted"
}

# no_start PATTERN NAME=VALUE...: check and start refuse these parameters, for a
# reason that matches PATTERN, and nothing changes.
no_start() {
	local pattern=$1 pair word before
	shift
	control reset
	cfg hold_ns=1000 duration_ms=10 warmup_ms=0 "$@"
	before=$(cat "$TB/state" "$TB"/config/* "$TB"/config/token/* 2>/dev/null)
	for word in check start; do
		expect_refused control "$word" EINVAL "^start: $pattern"
	done
	equal "state and configuration" "$(cat "$TB/state" "$TB"/config/* "$TB"/config/token/* 2>/dev/null)" "$before"
	tasks
	equal threads "${#TASKS[@]}" 1
}

# load_result: results/summary as R[KEY]; several reasons on one line.
declare -A R
load_result() {
	local key value
	R=()
	while read -r key value; do
		[ "$key" = reason ] && value=${R[reason]:+${R[reason]}; }$value
		R[$key]=$value
	done <"$TB/results/summary"
	[ -n "${R[verdict]:-}" ] || fault "no result"
}

# sound: the last result is consistent in itself (result.awk), and not FAILED;
# INVALID only because this machine was too busy to run all threads at once.
sound() {
	local reason='had not begun|were there for'
	awk -f "$TOKBENCH_TEST/result.awk" "$TB"/results/{summary,threads,histogram} ||
		fault "the result contradicts itself"
	case ${R[verdict]} in
	ok) ;;
	INVALID)
		local one
		while read -r one; do
			[[ $one =~ $reason ]] || fault "INVALID: $one"
		done < <(sed -n 's/^reason //p' "$TB/results/summary")
		;;
	*) fault "verdict ${R[verdict]}: ${R[reason]:-}" ;;
	esac
}

# locks_of_module: LOCKS, all but broken; which of them are on LWKT: IS_LWKT;
# the FLAGS and the MAX_SET of each.
declare -A IS_LWKT FLAGS MAX_SET
locks_of_module() {
	local name flags max_set _
	LOCKS=()
	while IFS=$'\t' read -r name flags max_set _; do
		case $name in name | broken) continue ;; esac
		LOCKS+=("$name")
		FLAGS[$name]=,$flags,
		MAX_SET[$name]=$max_set
		case ,$flags, in *,lwkt,*) IS_LWKT[$name]=yes ;; *) IS_LWKT[$name]=no ;; esac
	done <"$TB/variants"
}

# has LOCK FLAG: after locks_of_module.
has() { [[ ${FLAGS[$1]} == *",$2,"* ]]; }

# few_locks: where runs are slow, LOCKS without those that are to the benchmark
# what another one is: it drives all of Linux's sleeping locks the same way.
few_locks() {
	local lock few=()
	[ "$QUICK" = yes ] || return 0
	for lock in "${LOCKS[@]}"; do
		case $lock in
		mutex-big | ww-wound | rtmutex | semaphore | spinlock) ;;
		*) few+=("$lock") ;;
		esac
	done
	LOCKS=("${few[@]}")
}

# locks_with FLAG...: those of LOCKS that have all of them ("!FLAG": have not), in WITH.
locks_with() {
	local lock flag
	WITH=()
	for lock in "${LOCKS[@]}"; do
		for flag; do
			case $flag in
			!*) ! has "$lock" "${flag#!}" || continue 2 ;;
			*) has "$lock" "$flag" || continue 2 ;;
			esac
		done
		WITH+=("$lock")
	done
}

# --- the module --------------------------------------------------------------

load() { insmod "$KO" || fault "insmod failed"; }
unload() { rmmod tokbench || fault "rmmod failed"; }
loaded() { [ -d /sys/module/tokbench ]; }

# tasks: names of the module's kernel threads, in TASKS, with their ids in PIDS.
tasks() {
	local f name
	TASKS=() PIDS=()
	for f in /proc/[0-9]*/comm; do
		{ read -r name <"$f"; } 2>/dev/null || continue
		case $name in
		tokbench* | lwkt*)
			TASKS+=("$name")
			f=${f%/comm}
			PIDS+=("${f#/proc/}")
			;;
		esac
	done
}

# gone: the module left nothing behind.
gone() {
	! loaded || fault "still loaded"
	! grep -q '^tokbench ' /proc/modules || fault "still in /proc/modules"
	[ ! -e "$TB" ] || fault "$TB is still there"
	tasks
	[ "${#TASKS[@]}" -eq 0 ] || fault "threads left: ${TASKS[*]}"
}

hotplug_reason() {
	[ -e /sys/devices/system/cpu/cpu1/online ] && return 1
	REPLY="this kernel cannot take CPUs offline"
}

# leak_reason: why nobody here knows what was forgotten.
leak_reason() {
	echo clear 2>/dev/null >/sys/kernel/debug/kmemleak && return 1
	REPLY="no kmemleak in this kernel"
}

# unreferenced: there is no memory that nothing points to. What was freed is not
# seen so at once, and what is young is left out: two scans, with time in between.
unreferenced() {
	local leaks=/sys/kernel/debug/kmemleak
	echo scan >$leaks
	nap 6
	echo scan >$leaks
	cat $leaks >"$SCRATCH/leaks"
	[ ! -s "$SCRATCH/leaks" ] || fault "$(grep -c '^unreferenced' "$SCRATCH/leaks") leaks: $(head -n 20 "$SCRATCH/leaks")"
}
