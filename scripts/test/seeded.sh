# shellcheck shell=bash
#
# seeded.sh - shows a kernel bugs on purpose (seeded/tokbench_seeded.c), one per
# boot, that it has to report: what sees nothing must not pass for a clean kernel
#
#	ARGS	arguments for scripts/lab, with --module of seeded/
#	WORK	a folder
#
# The counts PASSED and FAILED are kept for the caller, SEEDED and SEEN for its table.

ok() {
	PASSED=$((PASSED + 1))
	echo "ok   $1"
}

# not_ok WHAT LOG: shows both ends of the log.
not_ok() {
	FAILED=$((FAILED + 1))
	echo "FAIL $1"
	{
		if [ "$(wc -l <"$2")" -le 40 ]; then
			cat "$2"
		else
			head -n 20 "$2"
			echo ...
			tail -n 20 "$2"
		fi
	} | sed 's/^/       /'
}

# lab_seeded BUG [BEFORE [AFTER]]: loads the module with the bug between these
# commands. Its output is WORK/log, the status scripts/lab's.
lab_seeded() {
	local rc
	"$SCRIPTS/lab" --quiet "${ARGS[@]}" -- \
		bash -c "${2:-true} && insmod \$TOKBENCH_KO_DIR/tokbench_seeded.ko bug=$1 && ${3:-true}" >"$WORK/log" 2>&1
	rc=$?
	echo "(scripts/lab ended with status $rc)" >>"$WORK/log"
	return "$rc"
}

# seen BOOT BUG PATTERN [BEFORE]: the lab's verdict is that the kernel
# complained, and it did of this.
seen() {
	SEEDED=$((SEEDED + 1))
	lab_seeded "$2" "${4:-}"
	if [ $? = 4 ] && grep -qE "$3" "$WORK/log"; then
		SEEN=$((SEEN + 1))
		ok "$1 sees a seeded bug: $2"
	else
		not_ok "$1 sees a seeded bug: $2" "$WORK/log"
	fi
}

# silent BOOT BUG [BEFORE]: no complaint.
silent() {
	if lab_seeded "$2" "${3:-}"; then
		ok "$1 has no complaint: $2"
	else
		not_ok "$1 has no complaint: $2" "$WORK/log"
	fi
}

# leak_seen BOOT: kmemleak is asked, it does not complain by itself.
leak_seen() {
	local scan='cd /sys/kernel/debug && echo scan >kmemleak && sleep 6 && echo scan >kmemleak && cat kmemleak'
	SEEDED=$((SEEDED + 1))
	if lab_seeded leak '' "$scan"; grep -q '^unreferenced object' "$WORK/log" && grep -q seeded_leak "$WORK/log"; then
		SEEN=$((SEEN + 1))
		ok "$1 sees a seeded bug: leak"
	else
		not_ok "$1 sees a seeded bug: leak" "$WORK/log"
	fi
}

# watchdogs_seen BOOT: those that the test safety relies on.
watchdogs_seen() {
	local before=". $SCRIPTS/test/watchdogs.sh && impatient"
	# One at a time: the lab shows the first complaint only.
	seen "$1" lockup 'BUG: soft lockup' \
		"$before && echo 1 >/sys/module/rcupdate/parameters/rcu_cpu_stall_suppress"
	seen "$1" stall 'rcu: INFO: rcu_[a-z]+ (self-detected stall|detected stalls)' \
		"$before && echo 0 >/proc/sys/kernel/watchdog"
	seen "$1" hung 'INFO: task insmod:[0-9]+ blocked for more than' "$before"
	silent "$1" none "$before"
}
