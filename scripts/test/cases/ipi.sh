#!/bin/bash
#
# ipi - token-ipi and token-ticket: a release interrupts CPUs that contend, no
# more of them than it may, and a CPU whose threads all wait halts meanwhile.
# Counts only.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"
# shellcheck source=../contended.sh
. "$TOKBENCH_TEST/contended.sh"

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
	local max=$1 ipis ipis_awake ipis_useless idle_halts releases
	shift
	contended "token/ipi_max=$max" "$@"
	counts ipis ipis_awake ipis_useless idle_halts
	releases
	equal ipi_max "${R[params.token.ipi_max]}" "$max"
	holds "$ipis > 0" "ipis"
	holds "$ipis <= $max * ($releases + ${R[totals.threads]})" "ipis <= $max * releases"
	holds "$ipis_awake <= $ipis" "ipis_awake <= ipis"
	holds "$ipis_useless <= $ipis - $ipis_awake + $(nproc)" "ipis_useless <= ipis - ipis_awake"
	# One that finds itself asked when it is about to sleep is no halt.
	holds "$idle_halts * 11 / 10 + $(nproc) >= $ipis - $ipis_awake" "the others had halted"
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
	contended "$@"
	counts idle_halts idle_polls idle_poll_ns head_retries switches_contended
	holds "$idle_halts > 0" "idle_halts"
	equal idle_polls "$idle_polls" 0
	equal idle_poll_ns "$idle_poll_ns" 0
	equal head_retries "$head_retries" 0
	holds "$switches_contended > 0" "switches_contended"
}

# turns ROUNDS: no pass makes more rounds than that.
turns() {
	local ticket_turns switches
	contended "${@:2}"
	counts ticket_turns switches
	equal ticket_rounds "${R[params.token.ticket_rounds]:-0}" "$1"
	if [ "$1" = 0 ]; then
		equal ticket_turns "$ticket_turns" 0
	else
		holds "$ticket_turns > 0" "ticket_turns"
		holds "$ticket_turns <= $1 * ($switches + $(nproc))" "ticket_turns <= rounds * switches"
	fi
}

# User threads run while kernel threads wait for a token, but not with
# token-poll, where the idle thread polls instead.
bystanders() {
	control reset
	run_wait "lock=$LOCK" "cpus=$CPUS" threads_per_cpu=2 bystanders=2 warmup_ms=50 "duration_ms=$MS" hold_ns=50000 think_ns=0
	sound
	holds "${R[totals.ops]} > 0" "ops"
	if [ "$LOCK" = token-poll ]; then
		equal bystander_ops "${R[totals.bystander_ops]}" 0
	else
		holds "${R[totals.bystander_ops]} > 0" "bystander_ops"
	fi
}

# A user thread that runs past contended kernel threads yields every 10 ms,
# whatever is left of its slice and though nothing is released: that would be 40
# contended passes on each CPU but the holder's.
ticks() {
	local switches_contended
	control reset
	run_wait "lock=$LOCK" "cpus=$CPUS" threads_per_cpu=1 bystanders=1 warmup_ms=50 "duration_ms=$MS" hold_ns=100000000 quantum_us=10000000
	sound
	counts switches_contended
	holds "$switches_contended >= 10" "switches_contended >= 10"
	holds "$switches_contended * 8 < ${R[totals.bystander_ops]:-0}" "8 * switches_contended < bystander_ops"
}

# beside_user: workers and user threads, so that no CPU has a reason to halt.
beside_user() {
	contended threads_per_cpu=1 bystanders=1 hold_ns=500000
	holds "${R[totals.bystander_ops]} > 0" "bystander_ops"
}

# On 15 December the release interrupts a user thread, which gives its CPU up at
# once. Three days later the user thread is not interrupted, and sees it at the
# next clock tick: 100 times a second on each CPU.
user_interrupted() {
	local round ipis_awake
	for round in 1 2 3 4 5; do
		beside_user
		counts ipis_awake
		[ "$ipis_awake" = 0 ] || break
		echo "# round $round: the workers did not meet, once more"
	done
	holds "$ipis_awake > 0" "ipis_awake"
}

user_not_interrupted() {
	local ipis
	beside_user
	counts ipis
	holds "$ipis <= 2 * $(nproc)" "ipis"
	holds "${R[totals.switches_contended]} <= 4 * $(nproc) * $MS / 10" "switches_contended: no more than clock ticks"
}

# The mask has 64 bits.
too_many() {
	control reset
	cfg "lock=$LOCK" "cpus=$CPUS" hold_ns=1000 warmup_ms=0 duration_ms=10
	expect_refused control start EINVAL "^start: cpus: $(nproc); $LOCK can have at most 64"
	run_wait cpus=0-63
	sound
}

plan 24
LOCK=token-poll
check "token-poll: bystanders stand still beside threads that wait" bystanders
for LOCK in token-ipi token-ticket; do
	check "$LOCK: at most 4 CPUs are interrupted per release" limited 4
	check "$LOCK: ipi_max=1: at most one" limited 1
	check "$LOCK: ipi_max=1 with many threads: at most one" limited 1 threads_per_cpu=16
	check "$LOCK: ipi_max=0: all that contend" unlimited
	check "$LOCK: sets of tokens, in any order, and holders that sleep" sets
	check "$LOCK: a CPU whose threads all wait halts, and does not poll" halts
	check "$LOCK: bystanders make progress beside threads that wait" bystanders
	check "$LOCK: and yield every 10 ms of a longer slice" ticks
	if [ "$(nproc)" -gt 64 ]; then
		check "$LOCK: 65 CPUs are refused, 64 are not" too_many
	else
		skip "$LOCK: 65 CPUs are refused, 64 are not" "needs 65 CPUs"
	fi
done
LOCK=token-ipi
check "token-ipi: no ticket rounds" turns 0
check "token-ipi: a release interrupts a user thread" user_interrupted
LOCK=token-ticket
check "token-ticket: 10 rounds in turn" turns 10
check "token-ticket: 1000 with many threads and sleeping holders" turns 1000 token/ticket_rounds=1000 threads_per_cpu=8 block_ns=20000 block_every=4
check "token-ticket: a user thread sees a release at the clock tick" user_not_interrupted
