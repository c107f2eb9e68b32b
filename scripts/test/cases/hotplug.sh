#!/bin/bash
#
# hotplug - CPUs go and come back between and during runs: a run that loses one
# ends INVALID, at once, and the next works.
#
# limit: 240

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

LOOPS=20
[ "$QUICK" = no ] || LOOPS=6

cpu() { echo "$2" >"/sys/devices/system/cpu/cpu$1/online" || fault "cpu$1 online=$2 failed"; }

# lose LOCK THREADS STATE [SUBSTRATE]: a CPU of a run goes while the run is in STATE.
lose() {
	control reset
	cfg "lock=$1" "threads_per_cpu=$2" cpus=1-2 hold_ns=20000 think_ns=1000 locks=4 "set_size=$((${MAX_SET[$1]} > 1 ? 2 : 1))" \
		bystanders=1 warmup_ms=20 duration_ms=60000 "substrate=${4:-kthread}"
	[ "$3" != warm ] || cfg warmup_ms=60000
	[ "$3" != blocked ] || cfg block_ns=2000000 block_every=2
	start || return
	case $3 in
	armed) ;;
	warm) wait_state warm && nap 0.05 ;;
	*) wait_state run && nap 0.05 ;;
	esac
	cpu 2 0
	wait_end && load_result
	cpu 2 1
	equal "$*: verdict" "${R[verdict]}" INVALID
	[[ ${R[reason]} == "CPU 2 of the run went offline"* ]] || fault "$*: reason '${R[reason]}'"
	equal "$*: cpu_lost" "${R[certificate.cpu_lost]}" 1
	equal "$*: stopped" "${R[certificate.stopped]}" 0
	equal "$*: violations" "${R[certificate.violations]}" 0
	equal "$*: lost_updates" "${R[certificate.lost_updates]}" 0
	equal "$*: state" "$(cut -d' ' -f1 "$TB/state")" "done"
}

loses() {
	local m when
	for m in 1 8; do
		for when in armed warm run blocked; do
			[ "$when" != blocked ] || has "$1" blocks || continue
			lose "$1" "$m" "$when"
		done
	done
	if has "$1" lwkt; then
		lose "$1" 8 run inline
		lose "$1" 8 blocked inline
	fi
	control reset
	run_wait "lock=$1" cpus=1-2 threads_per_cpu=2 hold_ns=1000 warmup_ms=10 duration_ms=30
	sound
}

# A CPU that the run does not use is none of its concern.
other_cpu() {
	control reset
	cfg lock=token-poll cpus=1-2 hold_ns=1000 warmup_ms=10 duration_ms=1500
	start && wait_state run
	cpu 3 0
	wait_end && load_result
	cpu 3 1
	sound
	equal cpu_lost "${R[certificate.cpu_lost]}" 0
}

before_start() {
	control reset
	cpu 2 0
	cfg hold_ns=1000 warmup_ms=0 duration_ms=20 cpus=1-2
	expect_refused control start EINVAL '^start: cpus: "1-2".*online: 0-1,3'
	run_wait lock=mutex cpus=''
	equal "cpus by default" "${R[params.cpus]}" "1,3"
	cpu 2 1
	run_wait lock=mutex cpus=1-2
	sound
	run_wait cpus=''
	equal "cpus by default, later" "${R[params.cpus]}" "1-3"
}

between() {
	local i lock
	control reset
	for ((i = 0; i < LOOPS && FAULTS == 0; i++)); do
		lock=${LOCKS[i % ${#LOCKS[@]}]}
		cpu 2 0
		run_wait "lock=$lock" cpus=1,3 hold_ns=1000 warmup_ms=0 duration_ms=10
		sound
		cpu 2 1
		run_wait cpus=1-3
		sound
	done
}

# CPUs come and go all the time, while runs are started and end.
during() {
	local i lock
	control reset
	(for ((i = 0; i < LOOPS; i++)); do
		cpu 2 0
		cpu 3 0
		cpu 2 1
		cpu 3 1
	done) &
	while kill -0 "$!" 2>/dev/null; do
		lock=${LOCKS[RANDOM % ${#LOCKS[@]}]}
		cfg "lock=$lock" cpus='' threads_per_cpu=4 hold_ns=5000 warmup_ms=0 duration_ms=200
		start && wait_end && load_result
		case ${R[verdict]:-} in
		ok) ;;
		INVALID) [[ ${R[reason]} =~ offline|begun|were\ there|left\ their ]] || fault "$lock: ${R[reason]}" ;;
		*) fault "$lock: verdict ${R[verdict]:-none}: ${R[reason]:-}" ;;
		esac
	done
	wait "$!" || fault "a CPU did not go or come"
	run_wait "lock=mutex" cpus=1-3 duration_ms=20
	sound
}

# A CPU goes in the middle of a sweep without --cpus.
sweep() {
	local file=$SCRATCH/sweep.json pid rc=0
	control reset
	tokctl run -l mutex,token-handoff --hold 1us --think 1us --warmup 0 --duration 500ms -n 4 -q \
		-f json -o "$file" >"$SCRATCH/sweep.out" 2>&1 &
	pid=$!
	until [ -s "$file" ]; do nap 0.05; done
	cpu 2 0
	wait "$pid" || rc=$?
	cpu 2 1
	[ "$rc" -ne 0 ] || fault "exit status 0: $(<"$SCRATCH/sweep.out")"
	grep -q 'cpus: "1-3" names CPUs that are offline: 2; online: 0-1,3' "$SCRATCH/sweep.out" ||
		fault "the CPU is not named: $(<"$SCRATCH/sweep.out")"
	jq '[.. | .cpus? | strings | select(. != "")]' "$file" >"$SCRATCH/cpus"
	json_has "$SCRATCH/cpus" 'length >= 3 and all(. == "1-3")' || fault "not frozen: $(<"$SCRATCH/cpus")"
	json_has "$file" 'all(.runs[]; .verdict != "FAILED")' ||
		fault "a run is accused: $(jq -c '[.runs[] | [.lock, .verdict, .reasons]]' "$file")"
	rm -f "$file" "$SCRATCH/sweep.out"
}

unload_offline() {
	cfg lock=token-poll cpus=1-3 threads_per_cpu=4 hold_ns=1000 warmup_ms=0 duration_ms=60000
	start && wait_state run
	cpu 2 0 &
	unload
	wait "$!"
	gone
	load
	run_wait lock=token-poll cpus=1,3 hold_ns=1000 warmup_ms=0 duration_ms=20
	sound
	cpu 2 1
}

! hotplug_reason || skip_all "CPU hotplug" "$REPLY"
locks_of_module
few_locks
plan $((${#LOCKS[@]} + 6))
for lock in "${LOCKS[@]}"; do
	check "$lock: a CPU lost in armed, warm, run, asleep ends the run INVALID" loses "$lock"
done
check "another CPU that goes is none of the run's concern" other_cpu
check "offline before the start: not chosen, and refused by name" before_start
check "$LOOPS times off and on between runs" between
check "$LOOPS times off and on while runs come and go" during
check "a sweep without --cpus keeps its CPUs, and ends where one is gone" sweep
check "unload while a CPU of the run goes offline" unload_offline
