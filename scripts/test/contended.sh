# shellcheck shell=bash
#
# contended.sh - for files that put one lock under contention and look at counters
#
#	LOCK	the lock
#	RIVALS	settings of every run, behind which come those of the case
#	MS	length of a window
#	CPUS	two of them, not the first if there is a choice
#	TWO	for RIVALS or a case: sets of two tokens in opposite orders
#	ONE	likewise: one token
#
# shellcheck disable=SC2034 # for the file that sources this

MS=400
[ "$(nproc)" -gt 2 ] && CPUS=1-2 || CPUS=0-1
RIVALS=(warmup_ms=50)
TWO=(locks=2 set_size=2 order=opposite threads_per_cpu=2 hold_ns=5000)
ONE=(locks=1 set_size=1 threads_per_cpu=2 hold_ns=5000)

# contended NAME=VALUE...
contended() {
	control reset
	run_wait "lock=$LOCK" "cpus=$CPUS" "duration_ms=$MS" "${RIVALS[@]}" "$@"
	sound
}

# counts KEY...: each in the variable of its name.
counts() {
	local key
	for key; do
		[ -n "${R[totals.$key]:-}" ] || fault "no totals.$key"
		printf -v "$key" %s "${R[totals.$key]:-0}"
	done
}
