#!/bin/bash
#
# stuck - a run whose threads make no progress is noticed, FAILED, and described;
# and what the file dump says of runs that do.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

# dumped KEY: the value behind it, in REPLY.
dumped() { REPLY=$(sed -n "s/^$1 //p" "$SCRATCH/dump"); }

dump() { cat "$TB/dump" >"$SCRATCH/dump"; }

# described LOCK THREADS: one thread, the last one, is left, and it is known where.
described() {
	local key n=$2
	dump
	for key in "run 1" "lock $1" "phase cool" "threads $n" "armed $n" "entered $((n - 1))" "live 1"; do
		dumped "${key% *}"
		equal "dump: ${key% *}" "$REPLY" "${key#* }"
	done
	dumped stuck_s
	holds "$REPLY >= 20" "stuck_s"
	equal "lines of threads" "$(grep -c -P '^\d+\t\d+\t\d+\t[A-Z]\t' "$SCRATCH/dump")" "$n"
	equal "at the gate" "$(grep -P '\tgate\t' "$SCRATCH/dump" | cut -f1)" "$n"
	equal "left" "$(grep -c -P '\tleft\t' "$SCRATCH/dump")" "$((n - 1))"
	grep -P '\tgate\t' "$SCRATCH/dump" | cut -f3 | xargs -I{} cat /proc/{}/comm | grep -qx "tokbench/$n" ||
		fault "the pid of thread $n is another one's"
	dmesg | grep -qF "tokbench: thread	cpu	pid" || fault "the kernel log has no dump"
}

# Nothing goes on until it has ended, and everybody is told why.
shut() {
	local before
	before=$(cat "$TB/results/summary")
	refused control "$("$BIN/io" write "$TB/control" -t start)" EBUSY "^start: run 1 \($1\) is stuck; see the file dump; stop may" -
	expect_refused config/hold_ns 7 EBUSY 'hold_ns: run 1 .* is stuck'
	refused control "$("$BIN/io" write "$TB/control" -t reset)" EBUSY '^reset: run 1 .* is stuck' -
	rmmod tokbench 2>"$SCRATCH/rmmod" && fault "unloads under a thread that executes it"
	grep -q 'in use' "$SCRATCH/rmmod" || fault "rmmod: $(cat "$SCRATCH/rmmod")"
	equal "results meanwhile" "$(cat "$TB/results/summary")" "$before"
}

# ended: after a stop, which is what it hangs until: then it has a result.
ended() {
	wait_state failed 30 || return
	load_result
	equal verdict "${R[verdict]}" FAILED
	holds "${R[totals.window_ns]} >= 20000000" "the window"
	[[ ${R[reason]} != *'never opened'* ]] || fault "reason ${R[reason]}"
	[[ ${R[reason]} =~ 'for '[0-9]+' s no thread made progress' ]] || fault "reason ${R[reason]}"
	dump
	[ ! -s "$SCRATCH/dump" ] || fault "a dump of no run"
	unload
	gone
	load
	one lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
}

# a_token: by hand.
a_token() {
	control reset
	cfg lock=token-handoff hold_ns=1000 threads_per_cpu=2 warmup_ms=0 duration_ms=20 fault=hang
	start && wait_state stuck 120 || return
	get error
	[[ $REPLY =~ ^"run 1 (token-handoff): FAILED: for "[0-9]+" s no progress, 1 of "[0-9]+" left; see file dump"$ ]] ||
		fault "error: $REPLY"
	described token-handoff $(($(getconf _NPROCESSORS_ONLN) * 2))
	shut token-handoff
	control stop
	ended
}

run_mutex() { tokctl run -n 1 -l mutex --cpus 0 --hold 1us --think 0 --duration 20ms --warmup 0 "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"; }

# a_mutex: by tokctl, which does not wait for it: status 1, and the module's words.
# The only thread of the run; so nobody entered its window, which was there.
a_mutex() {
	control reset
	run_mutex --fault hang -f json
	equal "exit status" $? 1
	grep -q 'left no result (state stuck): run 1 (mutex): FAILED: for [0-9]* s no progress' "$SCRATCH/err" ||
		fault "tokctl says: $(cat "$SCRATCH/err")"
	described mutex 1
	shut mutex
	run_mutex
	equal "exit status of another" $? 1
	grep -q 'run 1 (mutex) is stuck' "$SCRATCH/err" || fault "tokctl says: $(cat "$SCRATCH/err")"
	tokctl stop >"$SCRATCH/out" 2>&1 || fault "tokctl stop: $? $(cat "$SCRATCH/out")"
	ended
}

# Stopped before anything was noticed: it was no fault, and nothing was stuck.
stopped() {
	control reset
	cfg lock=mutex hold_ns=1000 threads_per_cpu=2 warmup_ms=0 duration_ms=60000 fault=hang
	start && nap 0.3 && control stop && wait_end 30 && load_result
	equal verdict "${R[verdict]}" INVALID
	[[ ${R[reason]} =~ 'the fault hang was not injected' ]] || fault "reason ${R[reason]}"
}

# check_dump LOCK THREADS: says what is wrong with it. MET: a thread is in a section,
# and has its tokens.
check_dump() {
	awk -v lock="$1" -v n="$2" '
		$1 ~ /^[0-9]+$/ {
			threads += NF == 8
			states += $7 ~ /^(current|queued|blocked|asleep)$/
			if ($8 !~ /^(-|[0-3](,[0-3])*)$/)
				print "tokens " $8
		}
		/^lock / && $2 != lock { print "lock " $2 }
		/^phase / && $2 != "run" { print "phase " $2 }
		/^(section|token) / && ($2 > 3 || $4 > n) { print }
		END {
			if (threads != n)
				print threads " lines of threads, not " n
			if (states + 0 != (lock ~ /^(token-|lockmgr)/ ? n : 0))
				print states " states of LWKT threads"
		}' "$SCRATCH/dump"
	MET=no
	! grep -q '^section . thread [1-9]' "$SCRATCH/dump" && [[ $1 != @(none|broken) ]] && return
	! grep -q '^token . thread [1-9]' "$SCRATCH/dump" && [[ $1 == token-* ]] && return
	MET=yes
}

# going LOCK: dumps of a run that makes progress, until a thread is met in a section,
# where nobody need be at any one moment.
going() {
	local n try
	n=$(($(getconf _NPROCESSORS_ONLN) * 3))
	control reset
	cfg "lock=$1" hold_ns=100000 threads_per_cpu=3 locks=4 warmup_ms=0 duration_ms=60000
	[ "${MAX_SET[$1]:-1}" -lt 2 ] || cfg set_size=2 order=opposite
	start && wait_state run
	for ((try = 0; try < 300; try++)); do
		nap 0.01
		dump
		check_dump "$1" "$n" >"$SCRATCH/wrong"
		[ ! -s "$SCRATCH/wrong" ] || {
			fault "$1: $(cat "$SCRATCH/wrong" "$SCRATCH/dump")"
			break
		}
		[ "$MET" = no ] || break
	done
	[ "$MET" = yes ] || fault "$1: nobody met in a section: $(cat "$SCRATCH/dump")"
	stop_any
}

all_going() {
	local lock
	for lock in "${LOCKS[@]}"; do
		going "$lock"
	done
}

rights() {
	equal "rights of dump" "$(stat -c '%a %u %s' "$TB/dump")" "400 0 0"
	control reset
	dump
	[ ! -s "$SCRATCH/dump" ] || fault "a dump of no run"
	# Addresses would begin so on x86.
	cat "$TB"/results/* "$TB"/{state,error,variants,parameters,version} "$SCRATCH/dump" | grep -n -m3 -i ffff && fault "an address"
	return 0
}

locks_of_module
plan 6
check "stuck: a mutex's run" a_mutex
check "stuck: a token's run" a_token
check "stuck: a run that was stopped in time was not" stopped
check "dump: of a run of each lock" all_going
check "dump: root only, empty without a run, no addresses" rights
check "stuck: afterwards all is well" one lock=token-poll hold_ns=1000 warmup_ms=0 duration_ms=20
