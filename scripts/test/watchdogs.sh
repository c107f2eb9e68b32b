# shellcheck shell=bash
#
# watchdogs.sh - Linux's watchdogs, and how soon they report

# impatient: after 4 s (soft lockups) or 5 (all others). WATCHDOGS: which there are.
# shellcheck disable=SC2034 # for who sources this
impatient() {
	local name file value
	WATCHDOGS=()
	while read -r name value file; do
		[ -w "$file" ] || continue
		echo "$value" >"$file" || return
		WATCHDOGS+=("$name")
	done <<-'END'
		lockup 2 /proc/sys/kernel/watchdog_thresh
		stall 5 /sys/module/rcupdate/parameters/rcu_cpu_stall_timeout
		expedited 5000 /sys/module/rcupdate/parameters/rcu_exp_cpu_stall_timeout
		hung 5 /proc/sys/kernel/hung_task_timeout_secs
	END
}
