#!/bin/bash
#
# ipi - token-ipi: a release interrupts the CPUs that contend, no more of them
# than it may, and a CPU whose threads all wait halts meanwhile. Counts only.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"
# shellcheck source=../contended.sh
. "$TOKBENCH_TEST/contended.sh"

LOCK=token-ipi
CPUS=0-$(($(nproc) - 1))
RIVALS=(threads_per_cpu=2 warmup_ms=50 hold_ns=20000 think_ns=1000)

# releases: of the whole run, in the variable.
releases() {
	local tokens_undone tokens_dropped tokens_get_undone
	counts tokens_undone tokens_dropped tokens_get_undone
	releases=$((tokens_undone + tokens_dropped + tokens_get_undone + ${R[totals.ops]} * ${R[params.set_size]}))
}

# At both edges of the window one release per thread may be counted in part, and
# one interrupt per CPU be sent before it and be found useless in it.
limited() {
	local max=$1 ipis ipis_useless idle_halts releases
	shift
	contended "token/ipi_max=$max" "$@"
	counts ipis ipis_useless idle_halts
	releases
	equal ipi_max "${R[params.token.ipi_max]}" "$max"
	holds "$ipis > 0" "ipis"
	holds "$ipis <= $max * ($releases + ${R[totals.threads]})" "ipis <= $max * releases"
	holds "$ipis_useless <= $ipis + $(nproc)" "ipis_useless <= ipis"
	# One that finds itself asked when it is about to sleep is no halt.
	holds "$idle_halts * 11 / 10 + $(nproc) >= $ipis" "only who has halted is interrupted"
}

unlimited() {
	local ipis releases
	contended token/ipi_max=0 "$@"
	counts ipis
	releases
	holds "$ipis > 0" "ipis"
	holds "$ipis <= ($(nproc) - 1) * ($releases + ${R[totals.threads]})" "ipis <= other CPUs * releases"
}

# Sets of two in opposite orders: the undoing of a try is a release, too.
sets() {
	local order
	for order in same opposite random; do
		limited 4 locks=4 set_size=2 "order=$order"
	done
	contended locks=8 set_size=4 order=random block_ns=50000 block_every=3
}

halts() {
	local idle_halts idle_polls idle_poll_ns head_retries switches_contended
	contended
	counts idle_halts idle_polls idle_poll_ns head_retries switches_contended
	holds "$idle_halts > 0" "idle_halts"
	equal idle_polls "$idle_polls" 0
	equal idle_poll_ns "$idle_poll_ns" 0
	equal head_retries "$head_retries" 0
	holds "$switches_contended > 0" "switches_contended"
}

# Who waits alone, in one CPU's queue, is woken by releases alone.
no_turns() {
	local ticket_turns
	contended
	counts ticket_turns
	equal ticket_turns "$ticket_turns" 0
}

# turns ROUNDS: no pass makes more rounds than that.
turns() {
	local ticket_turns switches
	contended "token/ticket_rounds=$1" "${@:2}"
	counts ticket_turns switches
	equal ticket_rounds "${R[params.token.ticket_rounds]}" "$1"
	holds "$ticket_turns > 0" "ticket_turns"
	holds "$ticket_turns <= $1 * ($switches + $(nproc))" "ticket_turns <= rounds * switches"
}

# User threads run while kernel threads wait for a token, but not with
# token-poll, where the idle thread polls instead.
bystanders() {
	local lock ops
	declare -A ops
	for lock in token-poll token-ipi; do
		control reset
		run_wait "lock=$lock" "cpus=$CPUS" threads_per_cpu=2 bystanders=2 warmup_ms=50 "duration_ms=$MS" hold_ns=50000 think_ns=0
		sound
		ops[$lock]=${R[totals.bystander_ops]}
		holds "${R[totals.ops]} > 0" "$lock: ops"
	done
	equal "token-poll: bystander_ops" "${ops[token-poll]}" 0
	holds "${ops[token-ipi]} > 0" "token-ipi: bystander_ops"
}

# A user thread that runs past contended kernel threads yields every 10 ms,
# whatever is left of its slice and though nothing is released: that would be 40
# contended passes on each CPU but the holder's.
ticks() {
	local switches_contended
	control reset
	run_wait lock=token-ipi "cpus=$CPUS" threads_per_cpu=1 bystanders=1 warmup_ms=50 "duration_ms=$MS" hold_ns=100000000 quantum_us=10000000
	sound
	counts switches_contended
	holds "$switches_contended >= 10" "switches_contended >= 10"
	holds "$switches_contended * 8 < ${R[totals.bystander_ops]:-0}" "8 * switches_contended < bystander_ops"
}

# The mask has 64 bits.
too_many() {
	control reset
	cfg lock=token-ipi "cpus=$CPUS" hold_ns=1000 warmup_ms=0 duration_ms=10
	expect_refused control start EINVAL "^start: cpus: $(nproc); token-ipi can have at most 64"
	run_wait cpus=0-63
	sound
}

plan 12
check "at most 4 CPUs are interrupted per release" limited 4
check "ipi_max=1: at most one" limited 1
check "ipi_max=1 with many threads: at most one" limited 1 threads_per_cpu=16
check "ipi_max=0: all that contend" unlimited
check "sets of tokens, in any order, and holders that sleep" sets
check "a CPU whose threads all wait halts, and does not poll" halts
check "no ticket rounds unless asked for" no_turns
check "ticket_rounds=10: rounds in turn" turns 10
check "ticket_rounds=1000 with many threads and sleeping holders" turns 1000 threads_per_cpu=8 block_ns=20000 block_every=4
check "bystanders get on beside threads that wait" bystanders
check "and yield every 10 ms of a longer slice" ticks
if [ "$(nproc)" -gt 64 ]; then
	check "65 CPUs are refused, 64 are not" too_many
else
	skip "65 CPUs are refused, 64 are not" "needs 65 CPUs"
fi
