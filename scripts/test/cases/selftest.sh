#!/bin/bash
#
# selftest - tokbench_selftest.ko: the contract of the tokens, generation by
# generation. Each line of its KTAP becomes a case here.
#
# limit: 600

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

ST=/sys/kernel/debug/tokbench_selftest
OPS=100000 PATIENCE=20
SUBSTRATES='kthread inline'
[ "$QUICK" = yes ] && OPS=5000
case $TOKBENCH_LAB in
tcg) OPS=3000 PATIENCE=60 SUBSTRATES=kthread ;;
esac
REPORT=$SCRATCH/report

# ask REQUEST: the outcome of a write to run in REPLY, "ok N" or an error's name.
ask() { REPLY=$("$BIN/io" write "$ST/run" -t "$1"); }

# run_all SUBSTRATE OPS: the report is in $REPORT.SUBSTRATE.
run_all() {
	ask "all seed=$RANDOM ops=$2 patience=$PATIENCE substrate=$1"
	[ "${REPLY%% *}" = ok ] || fault "run: $REPLY: $(dmesg | tail -n 3)"
	cat "$ST/results" >"$REPORT.$1"
}

# whole SUBSTRATE: the report has as many results as its plan says, numbered, and an end.
whole() {
	awk '
		NR == 1 && $0 != "KTAP version 1" { print "begins with " $0; bad = 1 }
		/^1\.\./ { plan = substr($0, 4); plans++ }
		/^(not )?ok / {
			n++
			number = $1 == "not" ? $3 : $2
			if (number != n) { print "number " number " comes as number " n; bad = 1 }
		}
		/^Bail out!/ { print; bad = 1 }
		{ last = $0 }
		END {
			if (plans != 1) { print plans + 0 " plans"; bad = 1 }
			if (n != plan) { print n + 0 " results, " plan + 0 " planned"; bad = 1 }
			if (last !~ /^# Totals: /) { print "ends with: " last; bad = 1 }
			exit bad
		}' "$REPORT.$1" || fault "the report is not whole"
}

# pass_on SUBSTRATE: each result as a case of this file, with the notes above it if it failed.
pass_on() {
	local line notes=$SCRATCH/notes
	: >"$notes"
	while IFS= read -r line; do
		case $line in
		'# seed='*) echo "$line" ;;
		'# '*) echo "${line#\# }" >>"$notes" ;;
		'not ok '*)
			not_ok "${line#* - }" "$notes"
			: >"$notes"
			;;
		'ok '*' # SKIP '*)
			line=${line#* - }
			skip "${line%% # SKIP *}" "${line#* # SKIP }"
			: >"$notes"
			;;
		'ok '*)
			ok "${line#* - }"
			: >"$notes"
			;;
		esac
	done <"$REPORT.$1"
}

# Nothing that is no request runs anything, or touches the last report.
bad_requests() {
	local request before
	ask pool.hashes.poll
	equal "pool.hashes.poll" "${REPLY%% *}" ok
	before=$(cat "$ST/results")
	for request in '' ' ' nosuch hold.nosuch hold.running.nosuch 'seed=1' 'all seed=x' 'all seed=-1' \
		'all substrate=' 'all substrate=stack' 'all ops=0' 'all ops=99999999999' 'all patience=0' 'all what=1' 'all =1' 'hold nosuch' \
		-hold 'hold -nosuch' 'all -' 'hold -all' 'pool.use -p*' \
		"$(printf '%2000s' all)"; do
		ask "$request"
		equal "'$request'" "$REPLY" EINVAL
	done
	equal "results" "$(cat "$ST/results")" "$before"
}

chosen() {
	local request
	for request in 'stack.swap*:30' 'stack.swap_s*.poll:2' 'pool.use:6' 'p*.hashes:6' 'pool.hashes.?o*:2' \
		'stack.swap* -*.poll:25' 'pool.use -hold -*.?o*:4'; do
		ask "${request%:*}"
		equal "${request%:*}: results" "$(grep -cE '^(not )?ok ' "$ST/results")" "${request##*:}"
	done
}

# One world: no run, no second selftest and no unloading meanwhile.
busy() {
	local pid
	cfg lock=token-poll hold_ns=1000 warmup_ms=0 duration_ms=10
	"$BIN/io" write "$ST/run" -t "random.sets.poll ops=1000000000 patience=$PATIENCE" >"$SCRATCH/busy" &
	pid=$!
	nap 0.5
	expect_refused control start EBUSY 'in use by the selftests'
	expect_refused control bench EBUSY 'in use by the selftests'
	ask stack
	equal "a second run" "$REPLY" EBUSY
	! rmmod tokbench_selftest 2>/dev/null || fault "unloaded while running"
	! rmmod tokbench 2>/dev/null || fault "tokbench unloaded under its selftests"
	kill -KILL "$pid"
	wait "$pid" 2>/dev/null
	start && wait_end
	control reset
	ask stack.swap_same
	equal "the next run" "${REPLY%% *}" ok
}

# While tokbench's own run has the world, tests fail with that reason.
busy_world() {
	cfg lock=token-poll hold_ns=1000 warmup_ms=0 duration_ms=60000
	start && wait_state run
	ask stack.swap_same.poll
	grep -q '^# the LWKT world is in use by a run' "$ST/results" || fault "$(cat "$ST/results")"
	stop_any
	control reset
}

unloads() {
	local i
	for ((i = 0; i < 5; i++)); do
		rmmod tokbench_selftest || fault "rmmod failed"
		[ ! -e "$ST" ] || fault "$ST is still there"
		insmod "$TOKBENCH_KO_DIR/tokbench_selftest.ko" || fault "insmod failed"
	done
	[ ! -s "$ST/results" ] || [ -z "$(cat "$ST/results")" ] || fault "results before any run"
}

insmod "$TOKBENCH_KO_DIR/tokbench_selftest.ko" || exit

# Inline threads differ in how they switch, so fewer of the random operations do.
for substrate in $SUBSTRATES; do
	run_all "$substrate" "$OPS" >>"$SCRATCH/log" 2>&1
	OPS=$((OPS / 4))
done
cases=$(cat "$REPORT".* | grep -cE '^(not )?ok ')
plan $((cases + 6 + $(wc -w <<<"$SUBSTRATES")))
if [ "$FAULTS" -eq 0 ]; then ok "all selftests run"; else not_ok "all selftests run" "$SCRATCH/log"; fi
for substrate in $SUBSTRATES; do
	check "the report of $substrate threads is whole" whole "$substrate"
	pass_on "$substrate"
done
check "what is no request is refused" bad_requests
check "names and globs choose tests, and leave some out" chosen
check "one world, one run" busy
check "a run of tokbench has the world" busy_world
check "unloads and loads" unloads
rmmod tokbench_selftest
