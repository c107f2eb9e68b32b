# shellcheck shell=bash
#
# torture-draw.sh - owns what is random in scripts/torture-inner: the cases
#
# A case is a lock, a value for every parameter and knob, and something that is
# done to the run. Mostly values that a run can have, sometimes any in range,
# sometimes none at all. It is a function of SEED and its number CASE.
#
# draw leaves it in LOCK, VALUE[NAME], ACTION and DELAY.

# How much this machine can take: locking threads for each CPU.
case $TOKBENCH_LAB in
tcg) MANY=32 ;;
*) MANY=128 ;;
esac

# draws_of CASE: from here on rnd gives what this case draws.
draws_of() {
	RANDOM=$(((SEED * 1000003 + $1 * 7919 + 12345) & 0x7fffffff))
	rnd 1 && rnd 1 && rnd 1
}

# rnd N: 0 to N - 1, in REPLY.
rnd() { REPLY=$(((RANDOM << 30 | RANDOM << 15 | RANDOM) % $1)); }

# one_in N
one_in() {
	rnd "$1"
	[ "$REPLY" -eq 0 ]
}

# any_of WORD...: one of them, in REPLY.
any_of() {
	rnd $#
	shift "$REPLY"
	REPLY=$1
}

# up_to MAX: small ones as likely as large ones, in REPLY.
up_to() {
	local bits=1 max=$1
	while ((max >> bits > 0)); do ((bits++)); done
	rnd "$bits"
	rnd $(((1 << REPLY) < max ? (1 << REPLY) + 1 : max + 1))
}

declare -A MIN MAX ALLOWED VALUE
NAMES=()
parameters_of_module() {
	local name min max allowed _
	NAMES=()
	while IFS=$'\t' read -r name _ _ min max allowed _; do
		[ "$name" != name ] || continue
		NAMES+=("$name")
		MIN[$name]=$min MAX[$name]=$max ALLOWED[$name]=$allowed
	done <"$TB/parameters"
}

# wild NAME: any value in its range, or none at all, in REPLY.
wild() {
	local name=$1
	if one_in 8; then
		any_of '' -1 0x7 18446744073709551616 nosuchword '1 2' '/' 1/2/3 hold_ns=1/hold_ns=2 "${MAX[$name]}0"
		return
	fi
	case ${MAX[$name]},${ALLOWED[$name]} in
	-,-) any_of '' 0 0-1 1 1/1 1/2/1 nice=1/nice=-1 hold_ns=100/hold_ns=20000:threads=2 shared_pct=10/shared_pct=90 ;;
	-,*)
		local IFS=,
		# shellcheck disable=SC2086 # a comma list
		any_of ${ALLOWED[$name]}
		;;
	*)
		any_of small any min max
		case $REPLY in
		min) REPLY=${MIN[$name]} ;;
		max) REPLY=${MAX[$name]} ;;
		any) rnd "$((MAX[$name] > 0 && MAX[$name] < 1 << 40 ? MAX[$name] : 1 << 40))" ;;
		*) up_to "$((MAX[$name] > 0 && MAX[$name] < 1 << 40 ? MAX[$name] : 1 << 40))" ;;
		esac
		;;
	esac
}

# tame NAME: a value that goes with LOCK and others, mostly, in REPLY.
tame() {
	local max_set=${MAX_SET[$LOCK]:-1}
	case $1 in
	cpus) any_of '' '' '' 0 1 0-1 ;;
	threads_per_cpu) up_to "$MANY"; REPLY=$((REPLY + 1)) ;;
	locks) up_to 200; REPLY=$((REPLY + 1)) ;;
	set_size)
		[[ ${VALUE[locks]} =~ ^[0-9]{1,6}$ ]] && max_set=$((VALUE[locks] < max_set ? VALUE[locks] : max_set))
		up_to $((max_set < 40 ? max_set : 40))
		REPLY=$((REPLY < 1 ? 1 : REPLY))
		;;
	hold_ns | think_ns) up_to 50000 ;;
	touch_lines) any_of 0 0 0 1 7 64 ;;
	shared_pct)
		REPLY=0
		! has "$LOCK" shared || any_of 0 10 50 99 100
		;;
	block_ns)
		REPLY=0
		! has "$LOCK" blocks || any_of 0 0 1000 500000
		;;
	block_every)
		REPLY=0
		[ "${VALUE[block_ns]}" = 0 ] || any_of 1 2 10 1000
		;;
	bystanders) any_of 0 0 0 1 4 ;;
	groups) any_of '' '' '' '' hold_ns=0/hold_ns=3000 nice=-5/nice=5:think_ns=9000 ;;
	rate) any_of 0 0 0 0 100 20000 1000000 ;;
	queue_max) any_of 1 10 1000 ;;
	phases)
		REPLY=
		[ "${VALUE[rate]}" != 0 ] || any_of '' '' '' '' 1/1 1/1/1/1
		;;
	quantum_us) any_of 10 100 10000 1000000 ;;
	warmup_ms) any_of 0 0 10 50 ;;
	duration_ms) any_of 40 60 100 200 ;;
	seed) rnd 1000000 ;;
	substrate)
		REPLY=kthread
		! has "$LOCK" lwkt || any_of kthread inline
		;;
	sched) any_of normal normal normal normal normal normal normal fifo ;;
	order | pick | hold_dist | think_dist | measure) wild_word "$1" ;;
	zipf_milli) up_to 5000 ;;
	# What this script does not know is left alone, mostly.
	*) REPLY= ; ! one_in 8 || { wild "$1"; return; }; return 1 ;;
	esac
}

wild_word() {
	local IFS=,
	# shellcheck disable=SC2086 # a comma list
	any_of ${ALLOWED[$1]}
}

# draw: a whole case.
draw() {
	local name how=tame
	VALUE=()
	# shellcheck disable=SC2153 # of lib.sh
	any_of "${LOCKS[@]}"
	LOCK=$REPLY
	! one_in 6 || how=wild
	for name in "${NAMES[@]}"; do
		[ "$name" != lock ] || continue
		if [ "$how" = wild ] && ! one_in 3; then
			wild "$name"
		else
			tame "$name" || continue
		fi
		VALUE[$name]=$REPLY
	done
	[ "$how" = tame ] || calm
	# Nothing but a stop would end it.
	[ "${VALUE[fault]:-}" != hang ] || VALUE[fault]=late
	any_of none none none none none none stop stop unload offline busy reload
	ACTION=$REPLY
	rnd 200
	printf -v DELAY '0.%03d' "$REPLY"
}

# print_case: as it was drawn.
print_case() {
	local name
	printf '%s %s %s %s:' "$CASE" "$LOCK" "$ACTION" "$DELAY"
	for name in "${NAMES[@]}"; do
		[ -z "${VALUE[$name]+set}" ] || printf ' %s=%s' "$name" "${VALUE[$name]}"
	done
	echo
}

# calm: nobody wants to wait for hours.
calm() {
	local name
	rnd 300
	[[ ! ${VALUE[duration_ms]} =~ ^[0-9]{1,7}$ ]] || VALUE[duration_ms]=$((REPLY + 10))
	[[ ! ${VALUE[warmup_ms]} =~ ^[0-9]{1,5}$ ]] || VALUE[warmup_ms]=20
	for name in hold_ns think_ns block_ns; do
		[[ ! ${VALUE[$name]} =~ ^[0-9]{6,9}$ ]] || VALUE[$name]=$((VALUE[$name] % 200000))
	done
	for name in threads_per_cpu bystanders; do
		[[ ! ${VALUE[$name]} =~ ^[0-9]{1,4}$ ]] || VALUE[$name]=$((VALUE[$name] % MANY + 1))
	done
}
